#pragma once

#include "acquisition/source_catalog.h"
#include "calibration/spatial/live_look.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace acuguide::ui {

/// A live source being recorded into a sequence file, on a thread of its own, while the phantom is looked for
/// in its pictures. Every frame is written; as many are looked at as there is time for.
class BenchRecording : public QObject {
  Q_OBJECT
 public:
  struct Look {
    cv::Mat pixels;
    calibration::LiveLook what;
    std::size_t frames = 0;  ///< written so far
    std::size_t complete = 0, looked = 0;
  };

  /// `phantom`: its file; `file`: to write. Records until finish(), or until the source ends.
  BenchRecording(std::string source, std::filesystem::path phantom, std::filesystem::path file,
                 acquisition::SourceCatalog catalog, QObject* parent = nullptr);
  ~BenchRecording() override;  ///< as finish(), and waits

  /// Once, after the signals are connected.
  void start();
  void finish() { thread_.request_stop(); }
  std::optional<Look> latest();

 signals:
  void finished(const QString& file);
  void failed(const QString& sentence);

 private:
  void work(const std::stop_token& stop);

  const std::string source_;
  const std::filesystem::path phantom_, file_;
  const acquisition::SourceCatalog catalog_;
  std::mutex mutex_;
  std::optional<Look> latest_;
  std::jthread thread_;
};

}  // namespace acuguide::ui
