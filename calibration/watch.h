#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// One frame as a running calibration has just looked at it.
struct SeenFrame {
  std::int64_t frame = 0;
  cv::Mat grey;
  std::vector<Eigen::Vector2d> expectedPx;  ///< where pose and phantom put the wires
  std::vector<Eigen::Vector2d> dotsPx;      ///< what was found
  std::string left;                         ///< why the frame is left out; empty when it is used
};

/// How a calibration is watched while it runs, and ended early. Everything may be empty. A person at a window
/// and the command line run the same calibration; only this differs.
struct Watch {
  /// Share of the whole done, 0 to 1, and what is being done now ("wires of validation.mha").
  std::function<void(double share, const std::string& doing)> progress;
  /// Each frame looked at, from any thread, one call at a time.
  std::function<void(const SeenFrame&)> seen;
  std::stop_token stop;

  void tell(double share, const std::string& doing) const {
    if (progress) progress(share, doing);
  }
  /// Throws Cancelled when the end was asked for.
  void checkpoint() const;
};

/// The calibration was ended by the one who watches it. Nothing has been written.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "cancelled"; }
};

inline void Watch::checkpoint() const {
  if (stop.stop_requested()) throw Cancelled();
}

}  // namespace acuguide::calibration
