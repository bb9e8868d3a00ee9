#pragma once

#include "core/transform.h"

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::acquisition {

/// The poses of the last second, each under its name, to be asked for the moment of a picture. Times are
/// seconds on one clock.
class PoseHistory {
 public:
  /// A pose must be this near in time to the picture, on at least one side, and on both to be interpolated.
  static constexpr double kLongestGapSeconds = 0.1;

  void add(const NamedPose& pose, double time);

  /// Every pose known, at `time`: between its neighbours (translation linearly, rotation by slerp), or the
  /// nearest one where there is only one. Not valid where the neighbours are further than kLongestGapSeconds,
  /// or where one of them is not valid.
  std::vector<NamedPose> at(double time) const;

  /// Every name that was heard lately has a pose from `time` or later.
  bool completeAt(double time) const;

 private:
  struct Sample {
    double time;
    Eigen::Matrix4d matrix;
    bool valid;
    std::string fault;
  };
  using Samples = std::deque<Sample>;
  static NamedPose interpolated(const std::pair<std::string, std::string>& name, const Samples& samples,
                                double time);

  std::map<std::pair<std::string, std::string>, Samples> poses_;
};

}  // namespace acuguide::acquisition
