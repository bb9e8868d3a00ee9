#pragma once

#include "navigation/guidance_snapshot.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <string>

namespace acuguide::ui {

/// A second picture beside the window's own: frames of a recorded session, each with the analysis that was
/// recorded with it. Read on a thread of its own; of several frames asked for meanwhile only the last is
/// read.
class Companion : public QObject {
  Q_OBJECT
 public:
  explicit Companion(std::string session, QObject* parent = nullptr);
  ~Companion() override;

  /// Asks for frame `frame` of the session (kept within it).
  void show(std::int64_t frame);

 signals:
  void ready(const std::shared_ptr<const acuguide::navigation::GuidanceSnapshot>& snapshot);
  void failed(const QString& sentence);

 private:
  void collect();

  struct Reader;
  std::shared_ptr<Reader> reader_;
};

}  // namespace acuguide::ui
