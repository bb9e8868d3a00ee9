#pragma once

#include "ui/widgets/timeline_data.h"
#include "ui/windows/instrument_window.h"

class QTimer;

namespace acuguide::ui {

class AnalysisPanel;
class DangerReadOut;
class PlanPanel;
class ReadOut;
class Timeline;
class TransportBar;

/// The trainer's window (`acuguide replay`): a recording with the same picture and read-out as the
/// practitioner had, what the analysis says of each frame, and a timeline that fills as frames are analysed.
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
  std::string timelineOf_;  ///< the source whose frames the timeline holds
};

}  // namespace acuguide::ui
