#pragma once

#include "calibration/report/result_list.h"
#include "ui/windows/bench_options.h"
#include "ui/windows/bench_recording.h"
#include "ui/windows/bench_run.h"
#include "ui/windows/bench_run_page.h"
#include "ui/windows/memory.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace acuguide::ui {

class BenchReportPage;
class CalibrationsPage;
class ElidedLabel;

/// The engineer's window: the calibrations there are, one being made, and how it went. The calibration
/// library does the work, as for the command line; nothing takes the place of the calibration in force before
/// it is accepted.
class BenchWindow : public QMainWindow {
  Q_OBJECT
 public:
  enum class Page { Calibrations, Run, Report };

  explicit BenchWindow(BenchOptions options);
  ~BenchWindow() override;

  Page page() const;
  /// A calibration is at work.
  bool running() const { return run_ != nullptr; }
  BenchRunPage& runPage() { return *runPage_; }
  /// The sentence of a run that could not be made; empty when there is none.
  const QString& failure() const { return failure_; }
  /// Frames the run at work has looked at.
  std::size_t framesSeen() const { return run_ ? run_->status().complete + run_->status().left : 0; }
  bool saveScreenshot(const QString& path);

 public slots:
  void start();
  void cancel();
  void showCalibrations();
  void showRunPage();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* header();
  void makeActions();
  void show(Page page);
  void look();
  void finish();
  void accept();
  void reject();
  void record(const QString& source, const QString& sweep);
  void endRecording(const QString& error);
  void repeat(const calibration::ResultEntry& entry);
  void chooseFolder();
  void say(const QString& sentence);
  std::filesystem::path placeFor(const std::filesystem::path& folder) const;

  BenchOptions options_;
  Memory memory_;
  QTimer looking_;
  std::unique_ptr<BenchRun> run_;
  std::unique_ptr<BenchRecording> recording_;
  std::shared_ptr<const calibration::SpatialRun> result_;
  QString failure_;
  QToolButton* back_;
  QLabel* title_;
  ElidedLabel* notice_;
  QStackedWidget* pages_;
  CalibrationsPage* list_;
  BenchRunPage* runPage_;
  BenchReportPage* report_;
};

}  // namespace acuguide::ui
