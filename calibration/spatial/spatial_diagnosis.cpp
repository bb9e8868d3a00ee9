#include "calibration/spatial/spatial_diagnosis.h"

#include "calibration/pose_chain.h"
#include "calibration/report/report.h"
#include "calibration/sentence.h"
#include "calibration/spatial/dot_finder.h"
#include "calibration/spatial/spatial_errors.h"
#include "core/error.h"
#include "core/pose.h"

#include <Eigen/Geometry>
#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>

namespace acuguide::calibration {
namespace {

constexpr double agreeingMm = 2.0;
constexpr double muchBetter = 0.5;  ///< a cause counts when it brings the error below this share

double median(std::vector<double> values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

double medianErrorMm(const Phantom& phantom, const std::vector<WireObservation>& observations,
                     const Eigen::Matrix4d& imageToProbe) {
  std::vector<double> errors;
  for (const WireObservation& one : observations)
    errors.push_back(meanPointToWireMm(phantom, one, imageToProbe));
  return median(errors);
}

/// The error left when these frames are calibrated by themselves; infinite when they cannot be.
double ownErrorMm(const Phantom& phantom, const std::vector<WireObservation>& observations) {
  constexpr std::size_t least = 5;
  if (observations.size() < least) return std::numeric_limits<double>::infinity();
  try {
    return medianErrorMm(phantom, observations, trimmedImageToProbe(phantom, observations));
  } catch (const Error&) {
    return std::numeric_limits<double>::infinity();
  }
}

/// The same readings with other poses: `poses` gives those of a frame, by its place in the sweep.
std::vector<WireObservation> withPoses(const Phantom& phantom, const Sweep& sweep,
                                       const std::vector<WireObservation>& readings, const std::string& probe,
                                       const std::function<std::vector<NamedPose>(std::size_t)>& poses) {
  std::map<std::int64_t, std::size_t> places;
  for (std::size_t i = 0; i < sweep.frames.size(); ++i) places[sweep.frames[i].index] = i;
  std::vector<WireObservation> changed;
  for (const WireObservation& reading : readings) {
    std::vector<NamedPose> changedPoses;
    for (const NamedPose& pose : poses(places.at(reading.frame))) {
      if (pose.from != phantom.frames.image && pose.to != phantom.frames.image) changedPoses.push_back(pose);
    }
    const PoseChain chain = findPoseChain(changedPoses, phantom.fixedPoses, probe, phantom.frames.phantom);
    if (!chain.matrix || !chain.matrix->allFinite()) continue;
    changed.push_back(reading);
    changed.back().probeToPhantom = *chain.matrix;
  }
  return changed;
}

/// One thing that may be wrong, put right.
struct Trial {
  std::string sentence;
  double errorMm;
};

/// The same phantom, all lengths of its wires so many times as long.
Phantom scaledWires(Phantom phantom, double factor) {
  for (Wire& wire : phantom.wires) {
    wire.front *= factor;
    wire.back *= factor;
  }
  return phantom;
}

constexpr std::array<std::pair<double, const char*>, 2> phantomUnits{
    {{10.0, "centimetres"}, {25.4, "inches"}}};

/// The unit in which the phantom's file would describe the wires that the pictures show; empty when none.
std::string unitShown(const Phantom& phantom, const std::vector<TrackedPicture>& pictures, std::size_t most,
                      std::size_t than) {
  for (const auto& [factor, unit] : phantomUnits) {
    for (const auto& [key, readings] : readWithoutTracker(scaledWires(phantom, factor), pictures, most))
      if (readings.size() > than) return unit;
  }
  return {};
}

void tryUnits(const Phantom& phantom, const Sweep& sweep, const std::vector<WireObservation>& readings,
              std::vector<Trial>& trials) {
  const std::array<std::pair<double, const char*>, 4> units{
      {{1000.0, "metres"}, {10.0, "centimetres"}, {25.4, "inches"}, {0.001, "micrometres"}}};
  for (const auto& [factor, name] : units) {
    const double scale = factor;
    const auto scaled = withPoses(phantom, sweep, readings, phantom.frames.probe, [&](std::size_t i) {
      auto poses = sweep.frames[i].poses;
      for (NamedPose& pose : poses) pose.matrix.topRightCorner<3, 1>() *= scale;
      return poses;
    });
    trials.push_back({std::string("the tracker's poses are in ") + name + ", not millimetres",
                      ownErrorMm(phantom, scaled)});
  }
  for (const auto& [factor, unit] : phantomUnits)
    trials.push_back({std::string("the phantom's file is in ") + unit + ", not millimetres",
                      ownErrorMm(scaledWires(phantom, factor), readings)});
}

void tryOtherPoses(const Phantom& phantom, const Sweep& sweep, const std::vector<WireObservation>& readings,
                   std::vector<Trial>& trials) {
  std::set<std::string> tools, names;
  for (const NamedPose& pose : sweep.frames.front().poses) {
    tools.insert(pose.from);
    names.insert(pose.name());
  }
  for (const std::string& tool : tools) {
    if (tool == phantom.frames.probe || tool == phantom.frames.reference || tool == phantom.frames.image)
      continue;
    const auto other =
        withPoses(phantom, sweep, readings, tool, [&](std::size_t i) { return sweep.frames[i].poses; });
    trials.push_back(
        {"the probe's marker is recorded under the name " + tool + ", not " + phantom.frames.probe,
         ownErrorMm(phantom, other)});
  }
  for (const std::string& name : names) {
    const auto backwards = withPoses(phantom, sweep, readings, phantom.frames.probe, [&](std::size_t i) {
      auto poses = sweep.frames[i].poses;
      for (NamedPose& pose : poses) {
        if (pose.name() == name) pose.matrix = pose.matrix.inverse().eval();
      }
      return poses;
    });
    trials.push_back({name + " holds the inverse of what its name says", ownErrorMm(phantom, backwards)});
  }
}

std::vector<NamedPose> posesAt(const Sweep& sweep, double time) {
  const auto& frames = sweep.frames;
  const auto after = std::lower_bound(frames.begin(), frames.end(), time,
                                      [](const Frame& frame, double t) { return frame.time < t; });
  if (after == frames.begin() || after == frames.end()) return {};
  const Frame& a = *(after - 1);
  const Frame& b = *after;
  std::vector<NamedPose> poses;
  for (const NamedPose& pose : a.poses) {
    const auto next = findPose(b.poses, pose.name());
    if (!pose.valid || !next || b.time <= a.time) continue;
    poses.push_back(pose);
    poses.back().matrix = poseBetween(pose.matrix, *next, (time - a.time) / (b.time - a.time));
  }
  return poses;
}

constexpr double lagStep = 0.04;  ///< s between the lags that are tried

/// The readings with the poses of so many seconds later.
std::vector<WireObservation> lagged(const Phantom& phantom, const Sweep& sweep,
                                    const std::vector<WireObservation>& readings, double lag) {
  return withPoses(phantom, sweep, readings, phantom.frames.probe,
                   [&](std::size_t i) { return posesAt(sweep, sweep.frames[i].time + lag); });
}

void tryLags(const Phantom& phantom, const Sweep& sweep, const std::vector<WireObservation>& readings,
             std::vector<Trial>& trials) {
  std::optional<Trial> best;
  for (int step = -25; step <= 25; ++step) {
    if (step == 0) continue;
    const auto shifted = lagged(phantom, sweep, readings, lagStep * step);
    if (shifted.size() < readings.size() / 2) continue;
    const double error = ownErrorMm(phantom, shifted);
    if (!best || error < best->errorMm) best = Trial{lagSentence(lagStep * step), error};
  }
  if (best) trials.push_back(*best);
}

/// Mean over all frames, so that none is overlooked, under the calibration of these frames by themselves.
double ownMeanErrorMm(const Phantom& phantom, const std::vector<WireObservation>& observations) {
  const Eigen::Matrix4d imageToProbe = trimmedImageToProbe(phantom, observations);
  double sum = 0;
  for (const WireObservation& one : observations) sum += meanPointToWireMm(phantom, one, imageToProbe);
  return sum / static_cast<double>(observations.size());
}

void tryLooseMarker(const Phantom& phantom, const std::vector<WireObservation>& readings,
                    std::vector<Trial>& trials) {
  constexpr std::size_t least = 6;
  std::optional<Trial> best;
  for (std::size_t cut = least; cut + least <= readings.size(); ++cut) {
    const auto middle = readings.begin() + static_cast<std::ptrdiff_t>(cut);
    double error = 0;
    try {
      error = std::max(ownMeanErrorMm(phantom, {readings.begin(), middle}),
                       ownMeanErrorMm(phantom, {middle, readings.end()}));
    } catch (const Error&) {
      continue;
    }
    if (best && best->errorMm <= error) continue;
    best = Trial{"a marker moved at about frame " + std::to_string(middle->frame) +
                     ": the frames before and after it fit by themselves, but not together",
                 error};
  }
  if (best) trials.push_back(*best);
}

/// Frees the phantom's pose: the error left when it may move to where the dots put it.
void tryPhantomPose(const Phantom& phantom, std::vector<WireObservation> readings,
                    std::vector<Trial>& trials) {
  constexpr int rounds = 30;
  double error = std::numeric_limits<double>::infinity();
  Eigen::Isometry3d moved = Eigen::Isometry3d::Identity();
  for (int round = 0; round < rounds; ++round) {
    Eigen::Matrix4d imageToProbe;
    try {
      imageToProbe = trimmedImageToProbe(phantom, readings);
    } catch (const Error&) {
      return;
    }
    error = medianErrorMm(phantom, readings, imageToProbe);
    std::vector<Eigen::Vector3d> from, to;
    for (const WireObservation& reading : readings) {
      const Eigen::Matrix3d plane = pixelToPhantom(reading, imageToProbe);
      for (std::size_t i = 0; i < phantom.wires.size(); ++i) {
        const Wire& wire = phantom.wires[i];
        const Eigen::Vector3d at = plane * reading.points[i].homogeneous();
        from.push_back(at);
        to.push_back(wire.front + wire.direction() * wire.direction().dot(at - wire.front));
      }
    }
    const Eigen::Map<const Eigen::Matrix3Xd> a(from.front().data(), 3,
                                               static_cast<Eigen::Index>(from.size()));
    const Eigen::Map<const Eigen::Matrix3Xd> b(to.front().data(), 3, static_cast<Eigen::Index>(to.size()));
    const Eigen::Matrix4d step = Eigen::umeyama(a, b, false);
    moved = Eigen::Isometry3d(step) * moved;
    for (WireObservation& reading : readings) reading.probeToPhantom = step * reading.probeToPhantom;
  }
  const double angle = Eigen::AngleAxisd(moved.rotation()).angle() * 180 / M_PI;
  trials.push_back(
      {"the phantom is not where its file says (" + phantom.frames.phantom + "To" + phantom.frames.reference +
           " seems off by about " + fixed(angle, 0) +
           " degrees): it was moved after its registration, or another phantom's registration is used",
       error});
}

}  // namespace

std::optional<Agreement> agreementOf(const Phantom& phantom,
                                     const std::map<int, std::vector<WireObservation>>& readings) {
  constexpr std::size_t least = 5;
  std::optional<Agreement> best;
  for (const auto& [key, observations] : readings) {
    if (observations.size() < least) continue;
    Agreement one{key, observations, Eigen::Matrix4d::Identity(), 0, 0.0};
    try {
      one.imageToProbe = trimmedImageToProbe(phantom, observations);
    } catch (const Error&) {
      continue;
    }
    for (const WireObservation& reading : observations) {
      if (meanPointToWireMm(phantom, reading, one.imageToProbe) < agreeingMm) ++one.agreeing;
    }
    one.medianMm = medianErrorMm(phantom, observations, one.imageToProbe);
    const auto rank = [](const Agreement& a) {
      return std::tuple(a.agreeing, a.readings.size(), -a.medianMm);
    };
    if (!best || rank(one) > rank(*best)) best = std::move(one);
  }
  return best;
}

std::string likelyCause(const Phantom& phantom, const Sweep& sweep, const Agreement& agreement,
                        double limitMm) {
  // What has more to turn fits more: it must be better by so much to be believed.
  constexpr double flexible = 1.3;
  std::vector<Trial> trials;
  tryLooseMarker(phantom, agreement.readings, trials);
  tryPhantomPose(phantom, agreement.readings, trials);
  for (Trial& trial : trials) trial.errorMm *= flexible;
  tryUnits(phantom, sweep, agreement.readings, trials);
  tryOtherPoses(phantom, sweep, agreement.readings, trials);
  tryLags(phantom, sweep, agreement.readings, trials);
  const auto best = std::min_element(trials.begin(), trials.end(),
                                     [](const Trial& a, const Trial& b) { return a.errorMm < b.errorMm; });
  if (!(best->errorMm < limitMm && best->errorMm < muchBetter * agreement.medianMm)) return {};
  return best->sentence + " (put right, the error falls from " + fixed(agreement.medianMm, 2) + " to " +
         fixed(best->errorMm, 2) + " mm)";
}

std::string outOfStep(const Phantom& phantom, const Sweep& sweep,
                      const std::vector<WireObservation>& observations) {
  constexpr int steps = 20;  // to either side
  constexpr double muchBetterLag = 0.75;
  // All lags are judged on the frames that have poses at every one of them.
  std::map<std::int64_t, int> known;
  std::vector<std::vector<WireObservation>> at;
  for (int step = -steps; step <= steps; ++step) {
    at.push_back(step == 0 ? observations : lagged(phantom, sweep, observations, lagStep * step));
    for (const WireObservation& one : at.back()) ++known[one.frame];
  }
  std::vector<double> errors;
  for (auto& readings : at) {
    std::erase_if(readings, [&](const WireObservation& one) { return known[one.frame] <= 2 * steps; });
    errors.push_back(ownErrorMm(phantom, readings));
  }
  const auto best = std::min_element(errors.begin(), errors.end());
  const double now = errors[steps];
  if (!std::isfinite(now) || !(*best < muchBetterLag * now)) return {};
  const double lag = lagStep * static_cast<double>(best - errors.begin() - steps);
  return lagSentence(lag) + "; put right, the error falls from " + fixed(now, 2) + " to " + fixed(*best, 2) +
         " mm";
}

std::string lateValidation(const Phantom& phantom, const Sweep& validation,
                           const std::vector<WireObservation>& readings, const Eigen::Matrix4d& imageToProbe,
                           double limitMm) {
  constexpr int steps = 25;  // to either side
  if (readings.empty()) return {};
  const double now = medianErrorMm(phantom, readings, imageToProbe);
  double least = now, at = 0;
  for (int step = -steps; step <= steps; ++step) {
    if (step == 0) continue;
    const auto shifted = lagged(phantom, validation, readings, lagStep * step);
    if (shifted.size() < std::max<std::size_t>(5, readings.size() / 2)) continue;
    const double error = medianErrorMm(phantom, shifted, imageToProbe);
    if (error < least) least = error, at = lagStep * step;
  }
  if (!(least < limitMm && least < muchBetter * now)) return {};
  return lagSentence(at) + "; put right, the validation's error falls from " + fixed(now, 2) + " to " +
         fixed(least, 2) + " mm";
}

/// Whether one's wires are the other's in another unit.
static bool alikeButForUnits(const Phantom& one, const Phantom& other) {
  if (one.wires.size() != other.wires.size()) return false;
  const auto length = [](const Phantom& p) { return (p.wires[0].back - p.wires[0].front).norm(); };
  const double factor = length(other) / length(one), near = 0.01 * length(other);
  for (std::size_t i = 0; i < one.wires.size(); ++i)
    if ((factor * one.wires[i].front - other.wires[i].front).norm() > near ||
        (factor * one.wires[i].back - other.wires[i].back).norm() > near)
      return false;
  return true;
}

std::string otherPhantom(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                         const Agreement& agreement, double limitMm) {
  constexpr std::size_t mostFrames = 60;
  std::string shown;
  double least = muchBetter * agreement.medianMm;
  for (const Phantom& known : knownPhantoms()) {
    if (known.name == phantom.name && known.version == phantom.version) continue;
    if (alikeButForUnits(phantom, known)) continue;
    const auto own = agreementOf(known, readWithoutTracker(known, pictures, mostFrames));
    if (!own || 2 * own->readings.size() < agreement.readings.size()) continue;
    if (own->medianMm > std::min(limitMm, least)) continue;
    least = own->medianMm;
    shown = known.name + " " + known.version;
  }
  if (shown.empty()) return {};
  return "the images show the wires of phantom " + shown + ", not of " + phantom.name + " " +
         phantom.version + ": with its wires the error is " + fixed(least, 2) +
         " mm; give that phantom's file";
}

std::string phantomShown(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                         std::size_t most, std::size_t than) {
  std::string shown;
  for (const Phantom& known : knownPhantoms()) {
    if (known.name == phantom.name && known.version == phantom.version) continue;
    // Specks may be read as wires in many frames; wires agree with the tracker from frame to frame, if need
    // be where the phantom lies elsewhere: the file of another version has that version's registration.
    const auto own = agreementOf(known, readWithoutTracker(known, pictures, most));
    if (!own || own->readings.size() <= than) continue;
    std::size_t agreeing = own->agreeing;
    if (agreeing <= than) {
      std::vector<Trial> trials;
      tryPhantomPose(known, own->readings, trials);
      if (!trials.empty() && trials.back().errorMm < agreeingMm) agreeing = own->readings.size();
    }
    if (agreeing <= than) continue;
    than = agreeing;
    shown = known.name + " " + known.version;
  }
  return shown;
}

std::string whyUnread(const Phantom& phantom, const std::vector<TrackedPicture>& pictures) {
  constexpr std::size_t sample = 30, chance = sample / 3;  // so many frames of noise may be read as wires
  const std::string wanted = phantom.name + (phantom.version.empty() ? "" : " " + phantom.version);
  if (const std::string unit = unitShown(phantom, pictures, sample, chance); !unit.empty())
    return "the pictures show the wires of " + wanted + " if its file is in " + unit + ", not millimetres";
  const std::string other = phantomShown(phantom, pictures, std::min(sample, pictures.size()),
                                         std::min(chance, pictures.size() / 3));
  if (!other.empty())
    return "the pictures show the wires of phantom " + other + ", not of " + wanted + " (" +
           std::to_string(phantom.wires.size()) + " wires)";
  std::vector<double> counts;
  for (const TrackedPicture& picture : pictures)
    counts.push_back(static_cast<double>(strongestDots(picture.contrast, 50).size()));
  return "the " + std::to_string(phantom.wires.size()) + " wires of " + wanted +
         " were not found in the pictures, which show " + fixed(median(counts), 0) +
         " bright spots each (median)";
}

}  // namespace acuguide::calibration
