// needle_lines: measures every line that the needle detector judges, for training/train_needle_classifier.py.
//
//   needle_lines NETWORK.onnx PICTURES.csv OUT.csv
//
// PICTURES.csv: picture,before,draw. Files; `before`: the picture a moment earlier, or empty; `draw`: empty,
// or a seed with which the picture is varied and a needle drawn into it (needle_example.h). Where the
// ultrasound picture lies is found as the program finds it. OUT.csv: a row is a line: picture (number of the
// row), its tip and tail, the confidence that it has with the built-in weights, the root of its region's
// area, tip and tail of the drawn needle (nan: none), then the evidence and the features of its ridge. A
// picture without lines has one row, whose confidence is -1.

#include "imaging/needle/needle_detector.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/region/region_finder.h"
#include "needle_example.h"

#include <opencv2/imgcodecs.hpp>

#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <limits>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace acuguide::imaging;
using namespace acuguide::training;

cv::Mat readGrey(const std::string& path) {
  cv::Mat grey = cv::imread(path, cv::IMREAD_GRAYSCALE);
  if (grey.empty()) throw std::runtime_error(path + ": not a picture that can be read");
  return grey;
}

class Measurer {
 public:
  Measurer(const std::string& network, const std::string& out) : out_(out), detector_(optionsOf(network)) {
    out_ << "picture,tip_x,tip_y,tail_x,tail_y,confidence,size,drawn_tip_x,drawn_tip_y,drawn_tail_x,drawn_"
            "tail_y";
    for (const auto name : kNeedleEvidenceNames) out_ << ',' << name;
    for (const auto name : kNeedleFeatureNames) out_ << ',' << name;
    out_ << '\n';
  }

  void measure(int number, const cv::Mat& picture, const cv::Mat& before, const std::string& draw) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    detector_.reset();
    if (!before.empty()) process(before, regionOf(before), 0);
    ImagingRegion region = regionOf(picture);
    std::array<double, 4> drawn{kNone, kNone, kNone, kNone};
    if (draw.empty()) {
      process(picture, region, 0.1);
    } else {
      std::mt19937 random(static_cast<unsigned>(std::stoul(draw)));
      const Example example = makeExample(picture, region, ExampleKind::Drawn, {}, random);
      region = example.region;
      drawn = {example.needle.tip.x(), example.needle.tip.y(), example.needle.tail.x(),
               example.needle.tail.y()};
      process(example.grey, region, 0.1);
    }
    const double size = std::sqrt(static_cast<double>(region.bounds.area()));
    for (const MeasuredShaft& line : detector_.judged()) {
      const Shaft& s = *line.shaft;
      const Eigen::Vector2d tip = s.at(line.tipAtEnd ? s.end : s.begin);
      const Eigen::Vector2d tail = s.at(line.tipAtEnd ? s.begin : s.end);
      write(number, {tip.x(), tip.y(), tail.x(), tail.y(), line.confidence, size}, drawn);
      for (const float value : line.evidence) out_ << ',' << value;
      for (const float value : line.features) out_ << ',' << value;
      out_ << '\n';
    }
    if (!detector_.judged().empty()) return;
    write(number, {0, 0, 0, 0, -1, size}, drawn);
    for (std::size_t i = 0; i < kNeedleEvidenceCount + kNeedleFeatureCount; ++i) out_ << ",0";
    out_ << '\n';
  }

 private:
  static NeedleDetectorOptions optionsOf(const std::string& network) {
    NeedleDetectorOptions options;
    options.network = network;
    return options;
  }

  ImagingRegion regionOf(const cv::Mat& grey) {
    finder_.reset();
    ImagingRegion region = finder_.process(grey, true);
    region.probe = finder_.probeByFace();
    return region;
  }

  void process(const cv::Mat& grey, const ImagingRegion& region, double time) {
    planes_.reset();
    planes_.process(grey, region, 0, tissue_);
    detector_.process(grey, region, tissue_, time);
  }

  void write(int number, const std::array<double, 6>& line, const std::array<double, 4>& drawn) {
    out_ << number;
    for (const double value : line) out_ << ',' << value;
    for (const double value : drawn) out_ << ',' << value;
  }

  std::ofstream out_;
  RegionFinder finder_;
  PlaneFinder planes_;
  std::vector<TissuePlane> tissue_;
  NeedleDetector detector_;
};

}  // namespace

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  if (argc != 4) {
    std::cerr << "usage: needle_lines NETWORK.onnx PICTURES.csv OUT.csv\n";
    return 2;
  }
  try {
    Measurer measurer(argv[1], argv[3]);
    std::ifstream list(argv[2]);
    std::string row;
    std::getline(list, row);  // the names
    for (int number = 0; std::getline(list, row); ++number) {
      std::array<std::string, 3> cells;
      std::stringstream stream(row);
      for (std::string& cell : cells) std::getline(stream, cell, ',');
      measurer.measure(number, readGrey(cells[0]), cells[1].empty() ? cv::Mat() : readGrey(cells[1]),
                       cells[2]);
    }
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
  return 0;
}
