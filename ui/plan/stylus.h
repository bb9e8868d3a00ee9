#pragma once

#include "acquisition/stream/feed.h"
#include "planning/landmark_touch.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace acuguide::ui {

/// A tracked stylus whose tip touches landmarks: a source of poses (camera:, igtl://), and where its tip is
/// in its marker. The tip is followed in the frame `Reference` (a marker on the limb) once the tracker has
/// shown one, so that the limb may move; else in `Tracker`. A Reference that is hidden hides the tip.
class Stylus {
 public:
  /// `calibration`: RESULT.json of `calibrate pivot` for the tool "Stylus"; empty where the tracker itself
  /// knows `StylusTipToStylus` (PLUS). Throws Error for a source that is none and a calibration that is not
  /// usable; what goes wrong with the tracker later stands in status().
  Stylus(const std::string& source, const std::string& calibration,
         const acquisition::SourceCatalog& catalog);

  /// Takes what has come since; call it 30 times a second or more.
  void follow();

  const planning::LandmarkTouch& touch() const { return touch_; }
  /// What the tracker showed last: its poses, and its picture where it is a camera; null before.
  const std::shared_ptr<const Frame>& latest() const { return latest_; }
  /// The frame the tip is given in; empty before anything came.
  const std::string& frame() const { return frame_; }
  /// Whether the tip is seen, else why not, in a sentence.
  QString status() const;
  bool seen() const;

 private:
  std::optional<Eigen::Vector3d> tipIn(const Frame& frame);

  acquisition::Feed feed_;
  std::vector<NamedPose> fixed_;
  std::shared_ptr<const Frame> latest_;
  std::string tip_ = "StylusTip";
  std::string frame_, hidden_;
  planning::LandmarkTouch touch_;
};

}  // namespace acuguide::ui
