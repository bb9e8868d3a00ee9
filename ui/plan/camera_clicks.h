#pragma once

#include "calibration/camera/camera.h"
#include "core/frame.h"
#include "planning/landmark_sighting.h"

#include <QDialog>

#include <memory>
#include <string>

class QLabel;

namespace acuguide::ui {

class MarkedPicture;

/// A calibrated camera's picture, in which the landmark in hand is clicked: once, and again from another
/// side, where the first click's line is drawn. Needs a marker board on the limb, "Reference": landmarks are
/// kept in its frame, so that camera and limb may move. Those that have a place already are drawn where the
/// camera sees them.
class CameraClicks : public QDialog {
  Q_OBJECT
 public:
  explicit CameraClicks(calibration::CameraModel camera, QWidget* parent = nullptr);

  /// Another landmark forgets the clicks before.
  void setLandmark(const std::string& name);
  void setPatient(const planning::PatientLandmarks& patient) { patient_ = patient; }
  /// What the camera sees now.
  void setFrame(std::shared_ptr<const Frame> frame);

  /// The landmark in hand is at `px` of the picture that is shown. False when that says nothing, with the
  /// reason shown.
  bool click(const QPointF& px);
  void say(const QString& sentence, bool bad = false);

  static constexpr const char* frameName = "Reference";

 signals:
  void placed(const planning::LandmarkReading& reading);

 private:
  void draw(const Frame& frame);

  calibration::CameraModel camera_;
  planning::PatientLandmarks patient_;
  std::string name_;
  std::shared_ptr<const Frame> frame_;
  std::vector<planning::LandmarkSighting> sightings_;
  MarkedPicture* picture_ = nullptr;
  QLabel *title_ = nullptr, *notice_ = nullptr;
};

}  // namespace acuguide::ui
