#pragma once

#include "recording/session_writer.h"

#include <filesystem>
#include <functional>

namespace acuguide::assessment::samples {

/// A recorded insertion whose every number is known: a blade that goes 30 degrees down along a line to a
/// target 30 mm along it, written as the recorder writes it. A pixel is 0.1 mm, the probe face is row 0.
class SimulatedInsertion {
 public:
  static constexpr double rate = 30.0;
  static constexpr double targetAlongMm = 30.0;
  static constexpr double spacingMm = 0.1;

  explicit SimulatedInsertion(const std::filesystem::path& folder);

  /// Nothing in the picture.
  void nothing(double seconds);
  /// The tip moves evenly to `alongMm`, beginning where it is.
  void move(double alongMm, double seconds, bool seen = true);
  void place(double alongMm) { along_ = alongMm; }
  /// The source's clock is set: time goes on, of another epoch.
  void setClock() { ++epoch_; }
  void finish() { writer_.finish(); }

  double seconds() const { return static_cast<double>(frame_) / rate; }
  bool tracked = false;  ///< with poses of needle, probe and picture, in a room turned against the picture
  /// The pose is that of a marker at the needle's handle, and NeedleTipToNeedle is there, as calibrate pivot
  /// gives it.
  bool marker = false;
  bool scaled = true;         ///< with a pixel spacing
  bool planned = true;        ///< with guidance
  double shownAsideMm = 0.0;  ///< what the picture shows as needle lies so much deeper than the needle
  double probeShiftMm = 0.0;  ///< the probe is moved by so much each second
  guidance::GuidanceState state = guidance::GuidanceState::OnCourse;

 private:
  void write(bool seen);

  recording::SessionWriter writer_;
  std::int64_t frame_ = 0;
  std::int64_t epoch_ = 0;
  double along_ = 0.0;
};

}  // namespace acuguide::assessment::samples
