#pragma once

#include "rendering/overlays.h"

#include <QToolButton>

#include <array>

class QAction;

namespace acuguide::ui {

/// Switches for what is drawn over the picture: a button (O) that goes round all, essential and none, with a
/// list of the single overlays beside it, each with a number key.
class OverlaySwitches : public QToolButton {
  Q_OBJECT
 public:
  static constexpr std::size_t kOverlays = 8;

  explicit OverlaySwitches(QWidget* parent = nullptr);

  const rendering::Overlays& overlays() const { return overlays_; }
  void setOverlays(const rendering::Overlays& overlays);
  /// All, then essential, then none, then all again.
  void cycle();
  /// The actions, for the window's keys, menu and list of keys: the cycle first, then one for each overlay.
  QList<QAction*> overlayActions() const;

 signals:
  void changed(const rendering::Overlays& overlays);

 private:
  void showState();

  rendering::Overlays overlays_;
  QAction* cycle_;
  std::array<QAction*, kOverlays> switches_;
};

}  // namespace acuguide::ui
