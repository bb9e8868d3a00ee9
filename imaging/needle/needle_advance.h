#pragma once

#include <Eigen/Core>

#include <array>
#include <vector>

namespace acuguide::imaging {

/// What moves like a needle: a line whose deep end runs on along the line itself while the line and its
/// shallow end stay. Tissue does not do that, so a line that advances (or is drawn back) gains odds and a
/// faint or steep shaft can be believed that a single picture would not show. The gain fades slowly: a needle
/// that has arrived and lies still keeps most of what its way has earned.
class NeedleAdvance {
 public:
  /// Begins the picture at `time` (seconds); who calls resets it at a discontinuity. `unit`: px per
  /// search px.
  void begin(double time, double unit);

  /// Notes a line of this picture; the log odds, 0 to 1.5, that its way so far gives it.
  double note(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail);

  void reset();

 private:
  static constexpr std::size_t kMost = 40;  ///< sightings of a line that are kept

  struct Sighting {
    double time = 0, tip = 0, tail = 0;  ///< px along the axis
  };
  struct Line {
    Eigen::Vector2d tip = Eigen::Vector2d::Zero(), tail = Eigen::Vector2d::Zero();  ///< as last seen
    /// As first seen: along what its ends are measured.
    Eigen::Vector2d anchor = Eigen::Vector2d::Zero(), axis = Eigen::Vector2d::UnitX();
    std::array<Sighting, kMost> seen{};  ///< a ring
    std::size_t count = 0;
    double earned = 0, earnedAt = 0, time = 0;
  };

  Line* match(const Eigen::Vector2d& tip, const Eigen::Vector2d& tail);
  double evidence(const Line& line) const;

  std::vector<Line> lines_;
  double time_ = 0, unit_ = 1;
};

}  // namespace acuguide::imaging
