// The shipped weights give the score that training/structures_model_card.md states for the stills they
// learned from.

#include "imaging/structures/structure_segmenter.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string>

namespace acuguide::training {
namespace {

namespace fs = std::filesystem;
using imaging::StructureKind;

const fs::path kSource = ACUGUIDE_SOURCE_DIR;
const fs::path kData = kSource.parent_path() / "shared" / "data";
constexpr int kEvery = 5;  // still of the table

struct Score {
  double vessel = 0, nerve = 0;  // mean Dice, over the stills that hold the kind
  int stills = 0, judged = 0;
};

double dice(const cv::Mat& truth, const cv::Mat& seen) {
  cv::Mat both;
  cv::bitwise_and(truth, seen, both);
  return 2.0 * cv::countNonZero(both) / (cv::countNonZero(truth) + cv::countNonZero(seen));
}

/// As ../shared/score/score_structures.py does it.
Score measure() {
  imaging::StructureSegmenter segmenter;
  Score score;
  int vessels = 0, nerves = 0, number = 0;
  std::ifstream file(kSource / "training" / "needle_regions.csv");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("nerves_vessels/images/", 0) != 0 || number++ % kEvery != 0) continue;
    std::stringstream stream(line);
    std::string name;
    std::getline(stream, name, ',');
    imaging::ImagingRegion region;
    char comma = 0;
    stream >> region.bounds.x >> comma >> region.bounds.y >> comma >> region.bounds.width >> comma >>
        region.bounds.height;
    region.probe = imaging::ProbeSide::Top;
    const cv::Mat grey = cv::imread((kData / name).string(), cv::IMREAD_GRAYSCALE);
    const fs::path mask = kData / "nerves_vessels" / "masks" / fs::path(name).filename();
    const cv::Mat colours = cv::imread(mask.string());
    if (grey.empty() || colours.empty()) continue;
    const imaging::Structures seen = segmenter.process(grey, region);
    ++score.stills;
    score.judged += seen.sure;
    cv::Mat channels[3];
    cv::split(colours, channels);  // blue, green, red
    const cv::Mat vessel = channels[1] > 64, nerve = channels[2] > 64;
    if (cv::countNonZero(vessel) > 0 && ++vessels)
      score.vessel += dice(vessel, seen.mask == static_cast<int>(StructureKind::Vessel));
    if (cv::countNonZero(nerve) > 0 && ++nerves)
      score.nerve += dice(nerve, seen.mask == static_cast<int>(StructureKind::Nerve));
  }
  if (vessels > 0) score.vessel /= vessels;
  if (nerves > 0) score.nerve /= nerves;
  return score;
}

TEST(StructureWeights, GiveTheScoreOfTheModelCard) {
  if (!fs::exists(kData / "nerves_vessels" / "images")) GTEST_SKIP() << kData << " is not here";
  std::ifstream file(kSource / "training" / "structures_model_card.md");
  const std::string card((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::smatch stated;
  ASSERT_TRUE(std::regex_search(
      card, stated,
      std::regex(R"(mean Dice ([\d.]+) for vessels and ([\d.]+) for nerves on every fifth still)")));
  const Score score = measure();
  EXPECT_GT(score.stills, 35);
  EXPECT_EQ(score.judged, score.stills) << "no still it learned from is strange to it";
  EXPECT_NEAR(score.vessel, std::stod(stated[1]), 0.005);
  EXPECT_NEAR(score.nerve, std::stod(stated[2]), 0.005);
}

}  // namespace
}  // namespace acuguide::training
