#include "benchmarks/calibration_study/faults.h"

#include "calibration/spatial/spatial_calibration.h"
#include "calibration/wire_scene.h"
#include "core/error.h"

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::benchmarks {
namespace {

using calibration::Phantom;
using calibration::Sweep;
using calibration::Wire;
using calibration::test::WireScene;

/// What a calibration is made from; faults spoil it.
struct Input {
  Phantom phantom;
  Sweep calibration, validation;
};

struct Fault {
  std::string name, named;  ///< `named`: words of the sentence that names it
  std::function<void(Input&)> inject;
};

/// Every frame gets the poses of `frames` frames before.
void makeLate(Sweep& sweep, std::size_t frames) {
  for (std::size_t i = sweep.frames.size(); i-- > 0;)
    sweep.frames[i].poses = sweep.frames[i < frames ? 0 : i - frames].poses;
}

void changePoses(Input& input, const std::function<void(std::vector<NamedPose>&)>& change) {
  for (Sweep* sweep : {&input.calibration, &input.validation})
    for (Frame& frame : sweep->frames) change(frame.poses);
}

Eigen::Matrix4d slipped(double radians, const Eigen::Vector3d& mm) {
  Eigen::Isometry3d slip = Eigen::Isometry3d::Identity();
  slip.linear() = Eigen::AngleAxisd(radians, Eigen::Vector3d(1, 2, 0.5).normalized()).toRotationMatrix();
  slip.translation() = mm;
  return slip.matrix();
}

std::vector<Fault> faults() {
  const auto late = [](std::size_t frames) {
    return [frames](Input& input) {
      makeLate(input.calibration, frames);
      makeLate(input.validation, frames);
    };
  };
  return {
      {"none", "", [](Input&) {}},
      {"poses 0.08 s late", "not in step", late(1)},
      {"poses 0.40 s late", "not in step", late(5)},
      {"poses 0.40 s late, validation only", "not in step",
       [](Input& input) { makeLate(input.validation, 5); }},
      {"probe and stylus swapped", "recorded under the name",
       [](Input& input) {
         changePoses(input, [](std::vector<NamedPose>& poses) { std::swap(poses[0].from, poses[2].from); });
       }},
      {"ProbeToTracker inverted", "holds the inverse",
       [](Input& input) {
         changePoses(input, [](std::vector<NamedPose>& poses) {
           poses[0].matrix = poses[0].matrix.inverse().eval();
         });
       }},
      {"ReferenceToTracker inverted", "holds the inverse",
       [](Input& input) {
         changePoses(input, [](std::vector<NamedPose>& poses) {
           poses[1].matrix = poses[1].matrix.inverse().eval();
         });
       }},
      {"phantom file of version 1.2 for 2.0", "show the wires of phantom",
       [](Input& input) {
         input.phantom.wires = calibration::knownPhantoms()[1].wires;
         input.phantom.version = "1.2";
       }},
      {"phantom file of version 1.0 for 2.0", "show the wires of phantom",
       [](Input& input) {
         input.phantom.wires = calibration::knownPhantoms()[2].wires;
         input.phantom.version = "1.0";
       }},
      {"no wires in the images", "were not found in the",
       [](Input& input) {
         for (Frame& frame : input.calibration.frames) {
           cv::randn(frame.pixels, 60, 25);
         }
       }},
      {"poses in metres", "poses are in metres",
       [](Input& input) {
         changePoses(input, [](std::vector<NamedPose>& poses) {
           for (NamedPose& pose : poses) pose.matrix.topRightCorner<3, 1>() *= 0.001;
         });
       }},
      {"phantom file in centimetres", "file is in centimetres",
       [](Input& input) {
         for (Wire& wire : input.phantom.wires) wire.front *= 0.1, wire.back *= 0.1;
         input.phantom.name = "our own";
       }},
      {"validation mirrored", "mirrored",
       [](Input& input) {
         for (Frame& frame : input.validation.frames) cv::flip(frame.pixels, frame.pixels, 1);
       }},
      {"marker slipped half-way", "a marker moved",
       [](Input& input) {
         for (std::size_t i = input.calibration.frames.size() / 2; i < input.calibration.frames.size(); ++i)
           input.calibration.frames[i].poses[0].matrix *= slipped(0.2, {6, -4, 3});
       }},
      {"phantom moved after its registration", "phantom is not where",
       [](Input& input) {
         input.phantom.fixedPoses[0].matrix *= slipped(0.35, {8, -6, 5});
       }},
      {"another probe in the validation", "another probe", [](Input& input) {
         for (Frame& frame : input.validation.frames) frame.poses[0].matrix *= slipped(0.1, {12, -5, 4});
       }}};
}

/// Words of all causes, to tell which one a sentence names.
std::string causeIn(const std::string& sentence, const std::vector<Fault>& all) {
  for (const Fault& fault : all)
    if (!fault.named.empty() && sentence.find(fault.named) != std::string::npos) return fault.named;
  return sentence;
}

std::string named(const Input& input, const std::vector<Fault>& all) {
  try {
    const auto outcome = calibrateSpatial(input.phantom, input.calibration, input.validation);
    return outcome.usable ? "usable" : causeIn(outcome.verdict, all);
  } catch (const Error& error) {
    return causeIn(error.what(), all);
  }
}

}  // namespace

FaultScore printFaults(int runs, std::ostream& out) {
  const std::vector<Fault> all = faults();
  FaultScore score;
  out << "| injected | named rightly | what else was named |\n|---|---|---|\n";
  for (const Fault& fault : all) {
    std::map<std::string, int> answers;
    for (int run = 0; run < runs; ++run) {
      WireScene scene;
      scene.frames = 45;
      scene.dotNoisePx = 1.0;
      scene.poseNoiseMm = 0.2;
      scene.poseNoiseDeg = 0.1;
      scene.seed = static_cast<unsigned>(2 * run + 1);
      WireScene second = scene;
      ++second.seed;
      Input input{scene.phantom, scene.sweep("calibration.mha"), second.sweep("validation.mha")};
      fault.inject(input);
      ++answers[named(input, all)];
    }
    const std::string wanted = fault.named.empty() ? "usable" : fault.named;
    score.right += answers[wanted];
    score.all += runs;
    out << "| " << fault.name << " | " << answers[wanted] << " of " << runs << " |";
    std::string others;
    for (const auto& [answer, count] : answers)
      if (answer != wanted) others += (others.empty() ? " " : "; ") + std::to_string(count) + ": " + answer;
    out << others << " |\n" << std::flush;
  }
  return score;
}

}  // namespace acuguide::benchmarks
