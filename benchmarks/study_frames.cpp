// study_frames: makes the frames of the accuracy study whose truth must be known exactly.
//
//   study_frames rendered OUT_DIR SEED NEEDLES IMAGE...
//       draws NEEDLES needles, one at a time, into each real picture (training/needle_renderer.h); writes
//       OUT_DIR/NNNNNN.png and OUT_DIR/truth.csv.
//   study_frames insertion OUT.igs.mha TRUTH.csv SCENARIO ANGLE_DEG DEPTH_MM FPS SEED
//       a simulated insertion at any angle and to any depth in the tissue of a scenario.

#include "acquisition/frame_writer.h"
#include "imaging/region/probe_side.h"
#include "imaging/region/region_finder.h"
#include "simulation/blade.h"
#include "simulation/simulator.h"
#include "simulation/truth_writer.h"
#include "training/needle_renderer.h"

#include <opencv2/imgcodecs.hpp>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace acuguide;

cv::Mat readGrey(const std::string& path) {
  cv::Mat grey = cv::imread(path, cv::IMREAD_GRAYSCALE);
  if (grey.empty()) throw std::runtime_error(path + ": not a picture that can be read");
  return grey;
}

void renderInto(const std::filesystem::path& folder, unsigned seed, int needles,
                const std::vector<std::string>& pictures) {
  std::filesystem::create_directories(folder);
  std::ofstream truth(folder / "truth.csv");
  truth << "image,source,visible,tip_x,tip_y,tail_x,tail_y,shaft_tip_x,shaft_tip_y,shaft_tail_x,shaft_tail_y,"
           "angle_deg,contrast\n";
  training::RenderOptions options;
  options.flatShare = 0;  // steepness even over the whole range
  imaging::RegionFinder finder;
  int number = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const cv::Mat original = readGrey(pictures[i]);
    cv::Rect bounds = finder.process(original, true).bounds;
    if (bounds.empty()) bounds = cv::Rect(0, 0, original.cols, original.rows);
    const bool probeAtBottom = imaging::probeSideOf(original, bounds) == imaging::ProbeSide::Bottom;
    for (int k = 0; k < needles; ++k, ++number) {
      std::mt19937 random(seed * 7919U + static_cast<unsigned>(i) * 104729U + static_cast<unsigned>(k));
      cv::Mat picture = original.clone();
      const auto needle = training::renderNeedle(picture, bounds, probeAtBottom, options, random);
      char name[32];
      std::snprintf(name, sizeof(name), "%06d.png", number);
      if (!cv::imwrite((folder / name).string(), picture, {cv::IMWRITE_PNG_COMPRESSION, 1}))
        throw std::runtime_error((folder / name).string() + ": cannot be written");
      truth << name << ',' << pictures[i] << ",1";
      // The straight line that fits a slightly bent shaft (a parabola) best lies two thirds of its bend
      // aside.
      for (const Eigen::Vector2d& aside : {Eigen::Vector2d(0, 0), Eigen::Vector2d(2.0 / 3 * needle.bend)}) {
        const Eigen::Vector2d tip = needle.tip + aside, tail = needle.tail + aside;
        truth << ',' << tip.x() << ',' << tip.y() << ',' << tail.x() << ',' << tail.y();
      }
      truth << ',' << needle.angleDeg << ',' << needle.contrast << '\n';
    }
  }
}

void simulateInsertion(const std::string& out, const std::string& truthFile, const std::string& scenario,
                       double angleDeg, double depthMm, double framesPerSecond, std::uint64_t seed) {
  simulation::SimulatorOptions options;
  options.seed = seed;
  options.framesPerSecond = framesPerSecond;
  options.frames = static_cast<std::int64_t>(9 * framesPerSecond);
  simulation::Simulator simulator(scenario, options);
  simulation::BladeCourseOptions path;
  path.angleDeg = angleDeg;
  path.targetMm = {0.0, depthMm};
  const simulation::BladeCourse course(path, seed);
  const auto writer = acquisition::openFrameWriter(out, framesPerSecond);
  simulation::TruthWriter truth(truthFile);
  for (std::int64_t i = 0; i < options.frames; ++i) {
    const auto simulated = simulator.renderWithBlade(i, course.at(static_cast<double>(i) / framesPerSecond));
    writer->write(simulated.frame);
    truth.write(simulated.truth);
  }
  writer->finish();
  truth.finish();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  cv::setNumThreads(1);
  try {
    if (given.size() >= 5 && given[0] == "rendered") {
      renderInto(given[1], static_cast<unsigned>(std::stoul(given[2])), std::stoi(given[3]),
                 {given.begin() + 4, given.end()});
    } else if (given.size() == 8 && given[0] == "insertion") {
      simulateInsertion(given[1], given[2], given[3], std::stod(given[4]), std::stod(given[5]),
                        std::stod(given[6]), std::stoull(given[7]));
    } else {
      std::cerr
          << "usage: study_frames rendered OUT_DIR SEED NEEDLES IMAGE...\n"
             "       study_frames insertion OUT.igs.mha TRUTH.csv SCENARIO ANGLE_DEG DEPTH_MM FPS SEED\n";
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
  return 0;
}
