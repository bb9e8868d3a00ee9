#pragma once

#include "imaging/structures/structures.h"

#include <QFrame>

#include <cstdint>

class QAction;
class QLabel;

namespace acuguide::ui {

/// A question beside a possible nerve or vessel that was clicked: is it one? Lies over the picture; nothing
/// waits for its answer.
class ZonePrompt : public QFrame {
  Q_OBJECT
 public:
  /// Hidden at first. The answers are the window's actions, with their keys.
  ZonePrompt(QWidget* picture, QAction* confirm, QAction* dismiss);

  /// Beside `place` (a point of the picture's widget), within it. `id`: the zone that is asked about.
  void ask(std::uint64_t id, imaging::StructureKind kind, QPoint place);
  /// The zone asked about; 0 while nothing is.
  std::uint64_t zone() const { return zone_; }
  void close();

 private:
  QLabel* question_;
  std::uint64_t zone_ = 0;
};

}  // namespace acuguide::ui
