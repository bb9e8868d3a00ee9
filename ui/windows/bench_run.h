#pragma once

#include "calibration/spatial/spatial_run.h"

#include <QObject>
#include <QString>

#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace acuguide::ui {

/// A calibration at work on a thread of its own. Signals come in the window's thread;
/// what happens in between is asked for with status() and latest(), as often as the screen wants to know.
class BenchRun : public QObject {
  Q_OBJECT
 public:
  struct Status {
    double share = 0.0;        ///< of the whole, done
    QString doing;             ///< "finding every wire in validation.mha"
    std::size_t complete = 0;  ///< frames that showed every wire
    std::size_t left = 0;      ///< frames that did not
    QString lastReason;
  };

  BenchRun(calibration::SpatialRequest request, calibration::SweepReader read, QObject* parent = nullptr);
  ~BenchRun() override;  ///< ends the calibration and waits for that

  /// Once, after the signals are connected.
  void start();
  void cancel() { thread_.request_stop(); }
  Status status() const;
  /// The newest frame looked at since the last asking; those in between are passed over.
  std::optional<calibration::SeenFrame> latest();
  /// Null before finished().
  std::shared_ptr<const calibration::SpatialRun> result() const;

 signals:
  void finished();
  void failed(const QString& sentence);
  void cancelled();

 private:
  void work(const std::stop_token& stop);
  void note(const calibration::SeenFrame& seen);

  const calibration::SpatialRequest request_;
  const calibration::SweepReader read_;
  mutable std::mutex mutex_;
  Status status_;
  std::optional<calibration::SeenFrame> latest_;
  std::shared_ptr<const calibration::SpatialRun> result_;
  std::jthread thread_;  // last: ends before what it works on
};

}  // namespace acuguide::ui
