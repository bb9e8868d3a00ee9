#include "imaging/needle/needle_detector.h"

#include "imaging/frame_analyzer.h"
#include "imaging/needle/needle_pictures.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numbers>
#include <sstream>
#include <string>

namespace acuguide::imaging {
namespace {

namespace fs = std::filesystem;

constexpr double kSure = 0.8;  // the confidence at which the tracker takes a needle at once
const fs::path kData = fs::path(ACUGUIDE_SOURCE_DIR).parent_path() / "shared" / "data";

NeedleDetector stillDetector() {
  NeedleDetectorOptions options;
  options.still = true;
  return NeedleDetector(options);
}

ImagingRegion whole(const cv::Mat& grey, ProbeSide probe) {
  ImagingRegion region;
  region.bounds = cv::Rect(0, 0, grey.cols, grey.rows);
  region.probe = probe;
  return region;
}

std::vector<NeedleCandidate> detect(const cv::Mat& grey, ProbeSide probe = ProbeSide::Top) {
  return stillDetector().process(grey, whole(grey, probe), {}, 0);
}

double best(const std::vector<NeedleCandidate>& needles) {
  return needles.empty() ? 0 : needles.front().confidence;
}

struct Entry {
  double angleDeg;
  bool fromRight;
  bool probeAtBottom;
};

class DrawnNeedle : public ::testing::TestWithParam<Entry> {};

TEST_P(DrawnNeedle, IsFoundWhereItLies) {
  const auto [angleDeg, fromRight, probeAtBottom] = GetParam();
  cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 7);
  const double angle = angleDeg * std::numbers::pi / 180;
  const double length = std::min(300.0, 330 / std::sin(angle));
  cv::Point2d tail(angleDeg < 40 ? 0 : 150, 60),
      tip = tail + length * cv::Point2d(std::cos(angle), std::sin(angle));
  for (cv::Point2d* p : {&tip, &tail}) {
    if (fromRight) p->x = 639 - p->x;
    if (probeAtBottom) p->y = 479 - p->y;
  }
  // The beam spreads an upright shaft sideways.
  ::acuguide::imaging::testing::drawShaft(grey, tip, tail, 235, angleDeg > 67 ? 5.0 : 1.8);
  const auto needles = detect(grey, probeAtBottom ? ProbeSide::Bottom : ProbeSide::Top);
  ASSERT_FALSE(needles.empty());
  const NeedleCandidate& needle = needles.front();
  EXPECT_GE(needle.confidence, kSure);
  const Eigen::Vector2d axis = Eigen::Vector2d(tip.x - tail.x, tip.y - tail.y).normalized();
  const Eigen::Vector2d error = needle.tipPx - Eigen::Vector2d(tip.x, tip.y);
  EXPECT_LT(std::abs(error.dot(axis)), 8.0);
  EXPECT_LT(std::abs(error.x() * axis.y() - error.y() * axis.x()), 1.0);
  double expected = std::atan2(-(tip.y - tail.y), tip.x - tail.x);
  if (expected > std::numbers::pi / 2) expected -= std::numbers::pi;
  if (expected < -std::numbers::pi / 2) expected += std::numbers::pi;
  EXPECT_NEAR(needle.angle(), expected, 0.3 * std::numbers::pi / 180);
  EXPECT_GT(needle.tipSigmaPx, 0);
  EXPECT_GT(needle.lateralSigmaPx, 0);
}

INSTANTIATE_TEST_SUITE_P(Entries, DrawnNeedle,
                         ::testing::Values(Entry{8, false, false}, Entry{20, true, false},
                                           Entry{30, false, true}, Entry{40, true, true},
                                           Entry{45, false, false}, Entry{55, true, false},
                                           Entry{63, false, true}, Entry{72, false, false},
                                           Entry{80, true, false}, Entry{88, false, false}));

TEST(NeedleDetector, GivesUpTheEchoForTheShaft) {
  for (const bool probeAtBottom : {false, true}) {
    cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 3);
    const auto y = [&](double depth) { return probeAtBottom ? 479 - depth : depth; };
    ::acuguide::imaging::testing::drawShaft(grey, {400, y(280)}, {20, y(90)}, 235);
    ::acuguide::imaging::testing::drawShaft(grey, {400, y(294)}, {20, y(104)}, 200);
    const auto needles = detect(grey, probeAtBottom ? ProbeSide::Bottom : ProbeSide::Top);
    ASSERT_FALSE(needles.empty());
    EXPECT_NEAR(needles.front().tipPx.y(), y(280), 6.0);
    EXPECT_TRUE(needles.size() == 1 || needles[1].confidence < 0.5);
  }
}

TEST(NeedleDetector, FindsNothingInSpeckle) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    EXPECT_LT(best(detect(::acuguide::imaging::testing::specklePicture(cv::Size(512, 400), seed))), 0.5)
        << seed;
}

TEST(NeedleDetector, FindsNothingInBandsAcrossThePicture) {
  for (const double slope : {0.0, 0.05, -0.1}) {
    cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 5);
    for (const double y : {150.0, 320.0})
      ::acuguide::imaging::testing::drawShaft(grey, {-20, y - slope * 340}, {660, y + slope * 340}, 230, 4.0);
    EXPECT_LT(best(detect(grey)), kSure) << slope;
  }
}

TEST(NeedleDetector, ALineThatIsPartOfAKnownAponeurosisIsLessLikelyANeedle) {
  cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 5);
  ::acuguide::imaging::testing::drawShaft(grey, {300, 300}, {20, 240}, 235);
  const auto with = [&](const TissuePlane& plane) {
    return best(stillDetector().process(grey, whole(grey, ProbeSide::Top), {plane}, 0));
  };
  TissuePlane plane;
  plane.label = PlaneLabel::DeepAponeurosis;
  plane.confidence = 0.9;
  for (int x = 0; x < 640; x += 8) {
    const auto y = static_cast<float>(240 + (x - 20) * 60.0 / 280);
    plane.vertices.push_back({static_cast<float>(x), y, y - 4, y + 4});
  }
  const double alone = best(detect(grey));
  ASSERT_GE(alone, kSure);
  const double onPlane = with(plane);
  EXPECT_NEAR(onPlane / (1 - onPlane), alone / (1 - alone) / 5, 0.05 * alone / (1 - alone));

  TissuePlane faint = plane;
  faint.confidence = 0.5;
  EXPECT_DOUBLE_EQ(with(faint), alone);
  TissuePlane fascia = plane;
  fascia.label = PlaneLabel::Fascia;
  EXPECT_DOUBLE_EQ(with(fascia), alone);
  TissuePlane asLongAsTheNeedle = plane;
  asLongAsTheNeedle.vertices.resize(40);
  EXPECT_DOUBLE_EQ(with(asLongAsTheNeedle), alone);
}

TEST(NeedleDetector, FindsNothingInManyParallelFibres) {
  cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 9);
  cv::RNG random(4);
  for (int i = 0; i < 60; ++i) {
    const cv::Point2d at(random.uniform(0, 640), random.uniform(40, 440));
    const double length = random.uniform(60, 160);
    ::acuguide::imaging::testing::drawShaft(grey, at, at + length * cv::Point2d(0.94, -0.34),
                                            random.uniform(150, 220), 1.6);
  }
  EXPECT_LT(best(detect(grey)), kSure);
}

TEST(NeedleDetector, FindsNothingInTextAndRuler) {
  cv::Mat grey = cv::Mat::zeros(480, 640, CV_8UC1);
  cv::putText(grey, "MSK General 12L", {40, 60}, cv::FONT_HERSHEY_SIMPLEX, 1.0, 255, 2);
  cv::putText(grey, "VILLAGE WAVY MAXIMAL", {40, 300}, cv::FONT_HERSHEY_SIMPLEX, 1.4, 255, 2);
  cv::line(grey, {600, 10}, {600, 470}, 255, 1);
  for (int y = 10; y < 470; y += 20) cv::line(grey, {594, y}, {606, y}, 255, 1);
  EXPECT_LT(best(detect(grey)), kSure);
}

TEST(NeedleDetector, TakesAbsurdPictures) {
  for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 700), cv::Size(48, 48), cv::Size(700, 50)}) {
    for (const int level : {0, 128, 255})
      EXPECT_TRUE(detect(cv::Mat(size, CV_8UC1, cv::Scalar(level))).empty()) << size << level;
  }
  EXPECT_TRUE(stillDetector().process(cv::Mat(), {}, {}, 0).empty());
  ImagingRegion outside;
  outside.bounds = cv::Rect(-500, -500, 400, 400);
  EXPECT_TRUE(stillDetector().process(cv::Mat(480, 640, CV_8UC1, cv::Scalar(9)), outside, {}, 0).empty());
}

TEST(NeedleDetector, ResultIsSortedAndRepeatable) {
  cv::Mat grey = ::acuguide::imaging::testing::specklePicture(cv::Size(640, 480), 11);
  ::acuguide::imaging::testing::drawShaft(grey, {300, 250}, {0, 120}, 240);
  NeedleDetector detector = stillDetector();
  const auto first = detector.process(grey, whole(grey, ProbeSide::Top), {}, 0);
  const auto again = detector.process(grey, whole(grey, ProbeSide::Top), {}, 1);
  ASSERT_EQ(first.size(), again.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].tipPx, again[i].tipPx);
    EXPECT_EQ(first[i].confidence, again[i].confidence);
    if (i > 0) {
      EXPECT_GE(first[i - 1].confidence, first[i].confidence);
    }
  }
}

// ---- real pictures ----

struct Truth {
  std::string image;
  Eigen::Vector2d tip, tail;
};

std::vector<Truth> readTruth(const fs::path& csv) {
  std::ifstream file(csv);
  std::string line;
  const auto split = [](const std::string& text) {
    std::vector<std::string> out;
    std::stringstream stream(text);
    for (std::string cell; std::getline(stream, cell, ',');) out.push_back(cell);
    return out;
  };
  std::getline(file, line);
  std::map<std::string, std::size_t> column;
  for (const auto& name : split(line)) column.emplace(name, column.size());
  std::vector<Truth> truth;
  while (std::getline(file, line)) {
    const auto cells = split(line);
    if (cells[column.at("visible")] != "1") continue;
    const auto number = [&](const char* name) { return std::stod(cells[column.at(name)]); };
    truth.push_back({cells[column.at("image")],
                     {number("shaft_tip_x"), number("shaft_tip_y")},
                     {number("shaft_tail_x"), number("shaft_tail_y")}});
  }
  return truth;
}

/// As the program sees it: region, planes, then needles.
std::vector<NeedleCandidate> detectIn(const fs::path& image) {
  Frame frame;
  frame.pixels = cv::imread(image.string(), cv::IMREAD_GRAYSCALE);
  AnalyzerOptions options;
  options.still = true;
  return FrameAnalyzer(options).process(frame)->needles;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

class RealNeedles : public ::testing::TestWithParam<std::pair<const char*, double>> {};

TEST_P(RealNeedles, AreFoundInSinglePictures) {
  const auto [sequence, tipLimit] = GetParam();
  const fs::path folder = kData / "needle" / sequence;
  if (!fs::exists(folder))
    GTEST_SKIP() << folder << " is not here: needle frames with ground truth are not shipped";
  std::vector<double> angle, across, along;
  const auto truth = readTruth(folder / "ground_truth.csv");
  int tipRight = 0;
  for (const Truth& t : truth) {
    const auto needles = detectIn(folder / t.image);
    if (best(needles) < kSure) continue;
    const NeedleCandidate& n = needles.front();
    const Eigen::Vector2d axis = (t.tip - t.tail).normalized();
    const Eigen::Vector2d found = (n.tipPx - n.tailPx).normalized();
    tipRight += (n.tipPx - t.tip).norm() < (n.tailPx - t.tip).norm();
    angle.push_back(std::asin(std::abs(axis.x() * found.y() - axis.y() * found.x())) * 180 /
                    std::numbers::pi);
    const Eigen::Vector2d between = 0.5 * (t.tip + t.tail) - n.tailPx;
    across.push_back(std::abs(between.x() * found.y() - between.y() * found.x()));
    along.push_back(std::abs((n.tipPx - t.tip).dot(axis)));
  }
  ASSERT_GE(static_cast<double>(angle.size()), 0.9 * static_cast<double>(truth.size()));
  EXPECT_LE(median(angle), 0.3);
  EXPECT_LE(median(across), 1.0);
  EXPECT_LE(median(along), tipLimit);
  EXPECT_EQ(tipRight, static_cast<int>(angle.size()));
}

INSTANTIATE_TEST_SUITE_P(Sequences, RealNeedles,
                         ::testing::Values(std::pair{"invitro", 10.0}, std::pair{"tissue", 4.0}));

TEST(RealPicturesWithoutNeedle, HoldNone) {
  int pictures = 0, falseOnes = 0;
  for (const char* name :
       {"planes/images", "nerves_vessels/images", "aponeurosis/apo_images", "aponeurosis/fasc_images"}) {
    const fs::path folder = kData / name;
    if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      ++pictures;
      falseOnes += best(detectIn(entry.path())) >= kSure;
    }
  }
  // nerves_vessels/0134: an oblique fascia over a shadow, which ends as a shaft does.
  EXPECT_LE(falseOnes, 0.004 * pictures) << "of " << pictures;
}

}  // namespace
}  // namespace acuguide::imaging
