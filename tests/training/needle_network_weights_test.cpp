// The built-in network and classifier give the score that training/needle_network_model_card.md states for
// scanners of which nothing was learnt.

#include "core/frame.h"
#include "imaging/frame_analyzer.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace acuguide::training {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = ACUGUIDE_SOURCE_DIR;
const fs::path kSeen = kSource.parent_path() / "shared" / "data" / "seen";
constexpr double kSure = 0.8;  // tracking::NeedleTrackerOptions::bornConfidence

struct Labelled {
  fs::path image;
  Eigen::Vector2d tip, tail;
};

std::vector<Labelled> needlesIn(const fs::path& folder) {
  std::ifstream file(folder / "needles.csv");
  std::string line;
  std::getline(file, line);  // image,tip_x,tip_y,tail_x,tail_y,note
  std::vector<Labelled> all;
  while (std::getline(file, line)) {
    std::stringstream stream(line);
    std::vector<std::string> cells;
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    if (cells.size() < 5 || cells[1].empty()) continue;
    const auto number = [&](std::size_t i) { return std::stod(cells[i]); };
    all.push_back({folder / "images" / cells[0], {number(1), number(2)}, {number(3), number(4)}});
  }
  return all;
}

std::shared_ptr<const imaging::FrameAnalysis> analyse(const fs::path& image) {
  Frame frame;
  frame.pixels = cv::imread(image.string(), cv::IMREAD_GRAYSCALE);
  imaging::AnalyzerOptions options;
  options.still = true;
  return imaging::FrameAnalyzer(options).process(frame);
}

/// As ../shared/score/score_seen.py: within 5 degrees, its middle within 2 % of the width of the line, on the
/// shaft.
bool isRight(const imaging::NeedleCandidate& needle, const Labelled& truth, double width) {
  const Eigen::Vector2d shaft = truth.tip - truth.tail, axis = shaft.normalized();
  const Eigen::Vector2d found = needle.tipPx - needle.tailPx, middle = 0.5 * (needle.tipPx + needle.tailPx);
  const double turn =
      std::atan2(std::abs(axis.x() * found.y() - axis.y() * found.x()), std::abs(axis.dot(found)));
  const Eigen::Vector2d from = middle - truth.tail;
  const double along = from.dot(axis) / shaft.norm();
  return turn <= 5 * std::numbers::pi / 180 &&
         std::abs(from.x() * axis.y() - from.y() * axis.x()) <= 0.02 * width && along >= -0.2 && along <= 1.2;
}

TEST(NeedleNetworkWeights, GiveTheScoreOfTheModelCard) {
  if (!fs::exists(kSeen / "phantom_convex")) GTEST_SKIP() << kSeen << " is not here";
  std::ifstream file(kSource / "training" / "needle_network_model_card.md");
  const std::string card((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::smatch stated;
  ASSERT_TRUE(std::regex_search(
      card, stated,
      std::regex(
          R"(finds (\d+) of (\d+) needles of phantom_convex and draws (\d+) in (\d+) images of bone)")));
  int found = 0, drawn = 0, images = 0;
  const auto needles = needlesIn(kSeen / "phantom_convex");
  for (const Labelled& needle : needles) {
    const auto analysis = analyse(needle.image);
    found += !analysis->needles.empty() && analysis->needles.front().confidence >= kSure &&
             isRight(analysis->needles.front(), needle, analysis->region.bounds.width);
  }
  for (const char* part : {"stills", "images"}) {
    for (const auto& entry : fs::directory_iterator(kSeen / "bone" / part)) {
      if (entry.path().extension() != ".png") continue;
      ++images;
      const auto analysis = analyse(entry.path());
      drawn += !analysis->needles.empty() && analysis->needles.front().confidence >= kSure;
    }
  }
  EXPECT_EQ(static_cast<int>(needles.size()), std::stoi(stated[2]));
  EXPECT_EQ(images, std::stoi(stated[4]));
  // Another compiler or OpenCV may move one that lies at the operating point.
  EXPECT_NEAR(found, std::stoi(stated[1]), 1);
  EXPECT_NEAR(drawn, std::stoi(stated[3]), 1);
}

}  // namespace
}  // namespace acuguide::training
