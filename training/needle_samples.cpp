// needle_samples: measures the lines in pictures without a needle, and in the same pictures with needles
// drawn into them, and writes what the model learns from.
//
//   needle_samples OUT.csv SEED IMAGE...
//
// A row is a line: group (to split by), kind (0 as is, 1 varied, 2 with a needle drawn in), label (1 needle,
// 0 not, -1 an echo of the needle or only a part of it: not to be learned from), picture number, steepness
// and peak of the drawn needle, whether the tip's end is right, then the features.

#include "imaging/needle_detector.h"
#include "imaging/probe_side.h"
#include "imaging/region_finder.h"
#include "needle_renderer.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using acuguide::imaging::ImagingRegion;
using acuguide::imaging::MeasuredShaft;
using acuguide::imaging::NeedleDetector;
using acuguide::imaging::ProbeSide;
using acuguide::imaging::Shaft;
using acuguide::training::RenderedNeedle;

double uniform(std::mt19937& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 5) / 134217728.0);
}

/// Subject of planes/ (folders below images/), or a run of 17 names of nerves_vessels/.
std::string groupOf(const std::filesystem::path& path) {
  const std::string stem = path.stem().string();
  if (path.parent_path().filename() == "images" && !stem.empty() && std::isdigit(stem[0]) != 0)
    return "nerves" + std::to_string(std::stoi(stem) / 17);
  return path.parent_path().parent_path().filename().string() + "/" + path.parent_path().filename().string();
}

/// Gain, contrast, zoom, blur and flips that a scanner or its user may choose.
void vary(cv::Mat& picture, ImagingRegion& region, std::mt19937& random) {
  const double gamma = uniform(random, 0.7, 1.45);
  const double gain = uniform(random, 0.75, 1.2);
  cv::Mat table(1, 256, CV_8UC1);
  for (int i = 0; i < 256; ++i)
    table.at<std::uint8_t>(i) = cv::saturate_cast<std::uint8_t>(255 * gain * std::pow(i / 255.0, gamma));
  cv::LUT(picture, table, picture);
  const double zoom = uniform(random, 0.7, 1.5);
  cv::Mat zoomed;
  cv::resize(picture, zoomed, cv::Size(), zoom, zoom, zoom < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  picture = zoomed;
  auto& b = region.bounds;
  b = cv::Rect(static_cast<int>(b.x * zoom), static_cast<int>(b.y * zoom), static_cast<int>(b.width * zoom),
               static_cast<int>(b.height * zoom)) &
      cv::Rect(0, 0, picture.cols, picture.rows);
  if (uniform(random, 0, 1) < 0.5) {
    cv::flip(picture, picture, 1);
    b.x = picture.cols - b.x - b.width;
  }
  if (uniform(random, 0, 1) < 0.4) {
    cv::flip(picture, picture, 0);
    b.y = picture.rows - b.y - b.height;
    if (region.probe == ProbeSide::Top)
      region.probe = ProbeSide::Bottom;
    else if (region.probe == ProbeSide::Bottom)
      region.probe = ProbeSide::Top;
  }
}

void soften(cv::Mat& picture, std::mt19937& random) {
  const double kind = uniform(random, 0, 1);
  if (kind < 0.15)
    cv::GaussianBlur(picture, picture, cv::Size(), uniform(random, 0.5, 1.5));
  else if (kind < 0.25)
    cv::blur(picture, picture, cv::Size(3 + 2 * static_cast<int>(uniform(random, 0, 3)), 1));
}

/// 1 the needle, -1 something of it, 0 something else.
int labelOf(const Shaft& shaft, const RenderedNeedle& needle, double unit) {
  const Eigen::Vector2d axis = (needle.tail - needle.tip).normalized();
  const double length = (needle.tail - needle.tip).norm();
  const double sine = std::abs(axis.x() * shaft.direction.y() - axis.y() * shaft.direction.x());
  const Eigen::Vector2d a = shaft.at(shaft.begin) - needle.tip;
  const Eigen::Vector2d b = shaft.at(shaft.end) - needle.tip;
  const double low = std::max(0.0, std::min(a.dot(axis), b.dot(axis)));
  const double high = std::min(length, std::max(a.dot(axis), b.dot(axis)));
  const Eigen::Vector2d normal(-axis.y(), axis.x());
  const double across = std::abs(0.5 * (a + b).dot(normal));
  if (high <= low) return across < 4 * unit && sine < 0.1 ? -1 : 0;
  if (sine < 0.07 && across < 5 * unit && high - low > 0.5 * length && shaft.length() < 1.35 * length)
    return 1;
  return sine < 0.15 && across < 30 * unit ? -1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: needle_samples OUT.csv SEED IMAGE...\n";
    return 2;
  }
  cv::setNumThreads(1);
  std::ofstream out(argv[1]);
  out << "group,kind,label,picture,angle_deg,peak,tip_right,found";
  for (const auto name : acuguide::imaging::kNeedleFeatureNames) out << ',' << name;
  out << '\n';
  acuguide::imaging::NeedleDetectorOptions options;
  options.still = true;
  NeedleDetector detector(options);
  acuguide::imaging::RegionFinder finder;
  const auto seed = static_cast<unsigned>(std::stoul(argv[2]));
  int picture = 0;
  for (int i = 3; i < argc; ++i) {
    const cv::Mat original = cv::imread(argv[i], cv::IMREAD_GRAYSCALE);
    if (original.empty()) {
      std::cerr << argv[i] << ": not a picture that can be read\n";
      return 2;
    }
    ImagingRegion found = finder.process(original, true);
    if (found.bounds.empty()) found.bounds = cv::Rect(0, 0, original.cols, original.rows);
    found.mask.release();
    found.probe = acuguide::imaging::probeSideOf(original, found.bounds);
    const std::string group = groupOf(argv[i]);
    constexpr int kVaried = 5, kDrawn = 16;
    for (int round = 0; round < 1 + kVaried + kDrawn; ++round, ++picture) {
      std::mt19937 random(seed * 7919U + static_cast<unsigned>(i) * 104729U + static_cast<unsigned>(round));
      cv::Mat grey = original.clone();
      ImagingRegion region = found;
      const int kind = round == 0 ? 0 : round <= kVaried ? 1 : 2;
      if (kind > 0) vary(grey, region, random);
      RenderedNeedle needle;
      if (kind == 2)
        needle = acuguide::training::renderNeedle(grey, region.bounds, region.probe == ProbeSide::Bottom, {},
                                                  random);
      if (kind > 0) soften(grey, random);
      if (kind == 2 && uniform(random, 0, 1) < 0.3) region.probe = ProbeSide::Unknown;
      detector.process(grey, region, {}, 0);
      const double unit = std::max(1.0, std::sqrt(static_cast<double>(region.bounds.area())) / 290);
      bool any = false;
      for (const MeasuredShaft& judged : detector.judged())
        any = any || (kind == 2 && labelOf(*judged.shaft, needle, unit) == 1);
      const auto row = [&](int label, bool tipRight, const acuguide::imaging::NeedleFeatures& features) {
        out << group << ',' << kind << ',' << label << ',' << picture << ',' << needle.angleDeg << ','
            << needle.peak << ',' << tipRight << ',' << any;
        for (const float value : features) out << ',' << value;
        out << '\n';
      };
      if (kind == 2 && !any) row(2, false, {});  // the search or the fit missed it: counts in the recall
      for (const MeasuredShaft& judged : detector.judged()) {
        const Shaft& shaft = *judged.shaft;
        const int label = kind == 2 ? labelOf(shaft, needle, unit) : 0;
        const Eigen::Vector2d tip = shaft.at(judged.tipAtEnd ? shaft.end : shaft.begin);
        row(label, (tip - needle.tip).norm() < (tip - needle.tail).norm(), judged.features);
      }
    }
  }
  return 0;
}
