#pragma once

#include "ui/widgets/timeline_data.h"
#include "ui/windows/instrument_window.h"
#include "ui/windows/session_review.h"

#include <memory>
#include <optional>

class QTabWidget;
class QTimer;

namespace acuguide::ui {

class AnalysisPanel;
class Companion;
class DangerReadOut;
class PlanPanel;
class ReadOut;
class ReviewPanel;
class SidePicture;
class Timeline;
class TransportBar;

/// The trainer's window (`acuguide replay`): a recording with the same picture and read-out as the
/// practitioner had, what the analysis says of each frame, and a timeline that fills as frames are analysed.
/// Of a recorded session it shows the insertions with their metrics, what happened, and beside the picture
/// either what was said when it was recorded or a second session, aligned at the first skin contact.
class ReplayWindow : public InstrumentWindow {
  Q_OBJECT
 public:
  /// Opens the options' source, or the last one. The navigator must outlive the window.
  explicit ReplayWindow(navigation::Navigator& navigator, WindowOptions options = {});
  ~ReplayWindow() override;

 protected:
  void present(const navigation::GuidanceSnapshot& snapshot) override;
  void tick(const navigation::GuidanceSnapshot& snapshot) override;
  void setReadOutHeight(int height) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  class Samples;

  ReplayWindow(navigation::Navigator& navigator, WindowOptions options, std::shared_ptr<Samples> samples);

  QWidget* makeSide();
  void connectTransport();
  void togglePlay();
  void setLoopEdge(bool start);
  void seekSoon(std::int64_t frame);
  void keepLoop(const navigation::GuidanceSnapshot& snapshot);
  void showLoop();
  void makeReviewActions();
  /// Reads the session's record in the background; what another source brought meanwhile is dropped.
  void startReview();
  void takeReview(std::optional<SessionReview> review);
  void startCompare();
  void setCompanion(const std::string& session, const QString& title);
  void toggleRecorded();
  void showBeside(std::int64_t frame);
  void besideReady(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot);
  void bookmark(const QString& note);
  void askForNote();
  void jumpToMark(bool forward);

  std::shared_ptr<Samples> samples_;
  ReadOut* readOut_;
  DangerReadOut* danger_;
  AnalysisPanel* analysis_;
  PlanPanel* planPanel_;
  Timeline* timeline_;
  TransportBar* transport_;
  QTimer* seekTimer_;
  std::int64_t seekTo_ = -1;
  bool looping_ = false;
  QTabWidget* tabs_;
  ReviewPanel* reviewPanel_;
  SidePicture* beside_;
  std::unique_ptr<Companion> companion_;
  std::optional<SessionReview> review_;
  std::optional<SessionReview> compared_;  ///< of the session beside
  bool comparing_ = false;                 ///< beside is another session, not this one as recorded
  std::int64_t besideFrame_ = -1;
  QAction* recorded_ = nullptr;
  std::string timelineOf_;  ///< the source whose frames the timeline holds
};

}  // namespace acuguide::ui
