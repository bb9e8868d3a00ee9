#pragma once

#include <Eigen/Core>

#include <vector>

namespace acuguide::imaging {

/// Needles seen a moment ago, so that one that lies still or fades for some frames is not lost to a verdict
/// made anew in each picture. Nothing is carried over that a single picture had not called a needle first,
/// and nothing without a line in the picture now.
class NeedleMemory {
 public:
  /// Begins the picture at `time` (seconds); who calls resets it at a discontinuity. `unit`: px per
  /// search px.
  void begin(double time, double unit);

  /// How sure it is that the line from tip to tail is a needle, given that `alone` this picture makes it so.
  double confidence(double alone, const Eigen::Vector2d& tip, const Eigen::Vector2d& tail) const;

  /// Notes a line of this picture with the confidence that it has.
  void note(double confidence, const Eigen::Vector2d& tip, const Eigen::Vector2d& tail);

  void reset();

 private:
  struct Seen {
    Eigen::Vector2d tip, tail;
    double support = 0;  ///< log odds
    double time = 0;
  };
  const Seen* match(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail, double unit) const;

  std::vector<Seen> seen_, now_;
  double time_ = 0, unit_ = 1;
};

}  // namespace acuguide::imaging
