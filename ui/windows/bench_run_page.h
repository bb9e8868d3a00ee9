#pragma once

#include "ui/widgets/marked_picture.h"
#include "ui/windows/bench_recording.h"
#include "ui/windows/bench_run.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace acuguide::ui {

class ElidedLabel;

/// What a calibration is made from, and, while it runs, the wires found in each picture and how far it is.
class BenchRunPage : public QWidget {
  Q_OBJECT
 public:
  explicit BenchRunPage(QWidget* parent = nullptr);

  void setRequest(const calibration::SpatialRequest& request, const std::filesystem::path& place);
  calibration::SpatialRequest request() const;
  std::filesystem::path place() const;

  enum class Mode { Choosing, Recording, Running };
  void setMode(Mode mode);
  Mode mode() const { return mode_; }
  void showRun(const BenchRun::Status& status, const std::optional<calibration::SeenFrame>& seen);
  void showRecording(const BenchRecording::Look& look);
  void showError(const QString& sentence);
  /// A sweep was recorded: it takes the place of the source it came from.
  void setRecorded(const QString& file);

 signals:
  void runAsked();
  void cancelAsked();  ///< of a run
  void doneAsked();    ///< of a recording
  void recordAsked(const QString& source, const QString& sweep);

 private:
  QWidget* form();
  QWidget* sweepRow(QLineEdit*& field, const char* name, const QString& sweep);
  QWidget* fileRow(QLineEdit*& field, const char* name, const QString& filter);
  void choose(QLineEdit& field, const QString& filter);
  void updateRun();

  Mode mode_ = Mode::Choosing;
  calibration::SpatialOptions options_;
  QLineEdit* recordingInto_ = nullptr;
  MarkedPicture* picture_;
  ElidedLabel* caption_;
  QWidget* inputs_;
  QLineEdit *phantom_, *calibration_, *validation_, *place_;
  QDoubleSpinBox* limit_;
  QLabel* error_;
  QWidget* running_;
  QProgressBar* progress_;
  QLabel* doing_;
  QLabel* counts_;
  QLabel* reason_;
  QPushButton* run_;
  QPushButton* stop_;
};

}  // namespace acuguide::ui
