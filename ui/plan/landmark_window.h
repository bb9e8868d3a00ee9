#pragma once

#include "acquisition/source_catalog.h"
#include "calibration/camera/camera.h"
#include "planning/locate.h"
#include "ui/plan/stylus.h"

#include <QDialog>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QDoubleSpinBox;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace acuguide::ui {

class CameraClicks;

/// The patient's landmarks of one limb: touched with a tracked stylus (Enter takes the landmark under its
/// tip and goes on to the next that is wanted), clicked in a camera's picture, or lengths measured with a
/// tape. Never modal; every change is handed on at once.
class LandmarkWindow : public QDialog {
  Q_OBJECT
 public:
  explicit LandmarkWindow(acquisition::SourceCatalog catalog, QWidget* parent = nullptr);
  ~LandmarkWindow() override;

  /// Which landmarks are listed; `wanted` of them are still missing for the chosen points.
  void setLimb(planning::Limb limb, const std::vector<std::string>& wanted);
  void setPatientCode(const std::string& code) { patientCode_ = code; }

  const planning::PatientLandmarks& patient() const { return patient_; }
  void setPatient(planning::PatientLandmarks patient);
  /// False when the file holds none, with the reason shown.
  bool load(const QString& path);
  bool save(const QString& path);

  /// Listens to a tracker; `calibration` may be empty. False when it cannot, with the reason shown.
  bool listen(const QString& source, const QString& calibration);
  /// Takes the landmark in hand from under the stylus. False when it cannot, with the reason shown.
  bool touch();
  /// The picture of the camera that is listened to, to click landmarks in; null when it is none, with the
  /// reason shown. `camera`: what it is, where its address does not say.
  CameraClicks* openCamera(std::optional<calibration::CameraModel> camera = std::nullopt);
  /// What the plan makes of them: one sentence.
  void say(const QString& sentence, bool bad = false);

 signals:
  void changed();

 private:
  QWidget* makeList();
  QWidget* makeTouch();
  QWidget* makeTape();
  void makeBar(QHBoxLayout& row);
  void take(const planning::LandmarkReading& reading, const std::string& frame);
  bool attempt(const std::function<void()>& doIt);
  void list(planning::Limb limb);
  void refresh();
  void showLandmark();
  void showStylus();
  void goToNext();
  std::string current() const;

  acquisition::SourceCatalog catalog_;
  planning::PatientLandmarks patient_;
  std::string patientCode_;
  std::optional<planning::Limb> limb_;
  std::vector<std::string> wanted_;
  std::unique_ptr<Stylus> stylus_;
  QTimer following_;
  CameraClicks* camera_ = nullptr;  ///< of the tracker that is listened to; null until it is opened
  bool showing_ = false;

  QListWidget* list_ = nullptr;
  QLabel *title_ = nullptr, *where_ = nullptr, *value_ = nullptr, *stylusText_ = nullptr, *notice_ = nullptr;
  QPushButton *touch_ = nullptr, *clear_ = nullptr;
  QLineEdit *source_ = nullptr, *calibration_ = nullptr;
  QFormLayout* tapeRows_ = nullptr;
  QWidget* tape_ = nullptr;
  std::map<std::string, QDoubleSpinBox*> tapes_;
};

/// "lateral_malleolus" as a person reads it: "lateral malleolus".
QString landmarkTitle(const std::string& name);

}  // namespace acuguide::ui
