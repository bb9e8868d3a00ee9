#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace acuguide::imaging {

/// What the needle network sees along one straight line. Places are cells of its answer (NeedleNetwork),
/// angles those of the square picture it is given.
struct SegmentedLine {
  Eigen::Vector2d begin = Eigen::Vector2d::Zero(), end = Eigen::Vector2d::Zero();
  double score = 0;   ///< likelihood of a shaft summed from cell to cell, less a toll for each
  double length = 0;  ///< cells; 0: no shaft is seen here
  double mean = 0;    ///< likelihood, over the length
  double low = 0;     ///< its lower quartile
  double aside = 0;   ///< cells from the line to the middle of what is seen beside it, either way
  double tipAtBegin = kNoTip, tipAtEnd = kNoTip;  ///< largest score of a tip near the two ends

  static constexpr double kNoTip = -9;
};

/// Reads lines off the network's answer, as training/needle_reading.py does. Every cell that may be shaft
/// votes for the line through it at the angle that it gives (Duda and Hart, CACM 1972); the line is laid
/// through the cells near it that agree with its direction; it reaches where likelihood, less a toll a cell,
/// adds up most. Keeps its buffers.
class NeedleLineExtractor {
 public:
  /// `answer`: as NeedleNetwork::process gives it; not kept.
  void setAnswer(const cv::Mat& answer);

  /// The best lines, at most `most`, by falling score; valid until the next answer. Read once an answer.
  const std::vector<SegmentedLine>& lines(std::size_t most);

  /// What is seen along the line through `point` at `angle`, both in cells.
  SegmentedLine along(const Eigen::Vector2d& point, double angle) const;

 private:
  struct Cell {
    float x = 0, y = 0, likelihood = 0, turn = 0;
    bool free = true;  ///< of no line read before
  };
  static constexpr int kTurns = 45, kOffsets = 192, kMiddle = kOffsets / 2;

  bool bestVote(double& angle, double& offset);
  bool layThrough(double& angle, double& offset) const;
  SegmentedLine read(double angle, double offset, bool freeOnly) const;
  double asideOf(double angle, double offset, double from, double to) const;
  double tipNear(const Eigen::Vector2d& place) const;

  std::vector<Cell> cells_;
  std::vector<float> tip_, votes_;
  std::vector<SegmentedLine> lines_;
  std::size_t read_ = 0;  ///< lines that were asked for of this answer
};

}  // namespace acuguide::imaging
