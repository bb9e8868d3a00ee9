#include "imaging/needle/needle_line_extractor.h"

#include "imaging/needle/needle_network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace acuguide::imaging {
namespace {

constexpr int kCells = NeedleNetwork::cells;

struct Drawn {
  Eigen::Vector2d tail, tip;  // cells
  double likelihood = 0.9;
};

/// What a network would answer that sees just these shafts.
cv::Mat answerOf(const std::vector<Drawn>& shafts) {
  cv::Mat answer(std::vector<int>{1, 4, kCells, kCells}, CV_32F, cv::Scalar(0));
  for (int y = 0; y < kCells; ++y) {
    for (int x = 0; x < kCells; ++x) {
      double most = 1e-4, turn = 0.3, tip = -8;
      for (const Drawn& drawn : shafts) {
        const Eigen::Vector2d axis = (drawn.tip - drawn.tail).normalized(), at(x, y);
        const double along = std::clamp((at - drawn.tail).dot(axis), 0.0, (drawn.tip - drawn.tail).norm());
        const double across = (at - drawn.tail - along * axis).norm();
        const double here = drawn.likelihood * std::exp(-across * across / 0.9);
        if (here > most) most = here, turn = std::atan2(axis.y(), axis.x());
        tip = std::max(tip, 3 - 2 * (at - drawn.tip).norm());
      }
      const auto cell = [&](int plane) -> float& { return answer.ptr<float>(0, plane)[y * kCells + x]; };
      cell(0) = static_cast<float>(std::log(most / (1 - most)));
      cell(1) = static_cast<float>(std::cos(2 * turn));
      cell(2) = static_cast<float>(std::sin(2 * turn));
      cell(3) = static_cast<float>(std::max(tip, -8.0));
    }
  }
  return answer;
}

double angleBetween(const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  return std::asin(std::min(1.0, std::abs(a.x() * b.y() - a.y() * b.x()) / (a.norm() * b.norm()))) * 180 /
         std::numbers::pi;
}

class SeenAtAngle : public ::testing::TestWithParam<double> {};

TEST_P(SeenAtAngle, IsReadWhereItLies) {
  const double angle = GetParam() * std::numbers::pi / 180;
  const Eigen::Vector2d axis(std::cos(angle), std::sin(angle));
  const Drawn drawn{Eigen::Vector2d(32, 30) - 18 * axis, Eigen::Vector2d(32, 30) + 18 * axis};
  NeedleLineExtractor extractor;
  extractor.setAnswer(answerOf({drawn}));
  const auto& lines = extractor.lines(3);
  ASSERT_FALSE(lines.empty());
  const SegmentedLine& line = lines.front();
  EXPECT_LT(angleBetween(line.end - line.begin, axis), 0.7);
  const Eigen::Vector2d middle = 0.5 * (line.begin + line.end) - Eigen::Vector2d(32, 30);
  EXPECT_LT(std::abs(middle.x() * axis.y() - middle.y() * axis.x()), 0.3);
  EXPECT_NEAR(line.length, 37, 3);
  EXPECT_GT(line.mean, 0.7);
  const bool endIsTip = (line.end - drawn.tip).norm() < (line.begin - drawn.tip).norm();
  EXPECT_GT(endIsTip ? line.tipAtEnd : line.tipAtBegin, 1);
  EXPECT_LT(endIsTip ? line.tipAtBegin : line.tipAtEnd, -5);
}

INSTANTIATE_TEST_SUITE_P(Angles, SeenAtAngle,
                         ::testing::Values(0.0, 3.0, 20.0, 45.0, 60.0, 80.0, 88.0, 90.0, 100.0, 135.0,
                                           177.0));

TEST(NeedleLineExtractor, TheSurerOfTwoLinesComesFirst) {
  NeedleLineExtractor extractor;
  extractor.setAnswer(answerOf({{{5, 10}, {50, 20}, 0.5}, {{10, 60}, {40, 30}, 0.95}}));
  const auto& lines = extractor.lines(3);
  ASSERT_GE(lines.size(), 2U);
  EXPECT_GT(lines[0].score, lines[1].score);
  EXPECT_LT(angleBetween(lines[0].end - lines[0].begin, {30, -30}), 2);
  EXPECT_LT(angleBetween(lines[1].end - lines[1].begin, {45, 10}), 2);
}

TEST(NeedleLineExtractor, AFaintLineIsReadAsWholeAsAClearOne) {
  for (const double likelihood : {0.2, 0.9}) {
    NeedleLineExtractor extractor;
    extractor.setAnswer(answerOf({{{8, 50}, {44, 14}, likelihood}}));
    const auto& lines = extractor.lines(1);
    ASSERT_EQ(lines.size(), 1U) << likelihood;
    EXPECT_NEAR(lines.front().length, 51, 5) << likelihood;
  }
}

TEST(NeedleLineExtractor, AnEmptyAnswerHasNoLines) {
  NeedleLineExtractor extractor;
  extractor.setAnswer(answerOf({}));
  EXPECT_TRUE(extractor.lines(3).empty());
  const SegmentedLine none = extractor.along({30, 30}, 0.5);
  EXPECT_EQ(none.length, 0);
  EXPECT_EQ(none.score, 0);
}

TEST(NeedleLineExtractor, AlongAGivenLineItSaysWhatIsSeenThere) {
  NeedleLineExtractor extractor;
  extractor.setAnswer(answerOf({{{8, 50}, {44, 14}}}));
  const double along = std::atan2(-36, 36);
  const SegmentedLine there = extractor.along({26, 32}, along);
  EXPECT_NEAR(there.length, 51, 4);
  EXPECT_GT(there.score, 10 * extractor.along({26, 32}, along + 1.2).score);
  EXPECT_GT(there.score, 10 * extractor.along({6, 12}, along).score);
}

TEST(NeedleLineExtractor, ScoresThatAreNoNumbersAreNotRead) {
  cv::Mat answer = answerOf({{{8, 50}, {44, 14}}});
  answer.setTo(std::nanf(""));
  NeedleLineExtractor extractor;
  extractor.setAnswer(answer);
  EXPECT_TRUE(extractor.lines(3).empty());
}

}  // namespace
}  // namespace acuguide::imaging
