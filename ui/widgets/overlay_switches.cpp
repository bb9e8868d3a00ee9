#include "ui/widgets/overlay_switches.h"

#include <QAction>
#include <QMenu>

namespace acuguide::ui {

namespace {

struct Switch {
  bool Overlays::*member;
  QString name;
};

std::array<Switch, OverlaySwitches::kOverlays> switches() {
  return {{{&Overlays::planes, OverlaySwitches::tr("Planes")},
           {&Overlays::needle, OverlaySwitches::tr("Needle")},
           {&Overlays::target, OverlaySwitches::tr("Target")},
           {&Overlays::corridor, OverlaySwitches::tr("Corridor")},
           {&Overlays::dangers, OverlaySwitches::tr("Dangers")},
           {&Overlays::ruler, OverlaySwitches::tr("Ruler")},
           {&Overlays::orientation, OverlaySwitches::tr("Orientation")},
           {&Overlays::muscle, OverlaySwitches::tr("Muscle")}}};
}

}  // namespace

OverlaySwitches::OverlaySwitches(QWidget* parent) : QToolButton(parent), cycle_(new QAction(this)) {
  setObjectName(QStringLiteral("overlaySwitches"));
  cycle_->setObjectName(QStringLiteral("overlayCycle"));
  cycle_->setShortcut(Qt::Key_O);
  connect(cycle_, &QAction::triggered, this, &OverlaySwitches::cycle);
  setDefaultAction(cycle_);
  setPopupMode(QToolButton::MenuButtonPopup);
  auto* menu = new QMenu(this);
  setMenu(menu);

  const auto list = switches();
  for (std::size_t i = 0; i < kOverlays; ++i) {
    auto* action = new QAction(list[i].name, this);
    action->setObjectName(QStringLiteral("overlay%1").arg(i + 1));
    action->setCheckable(true);
    action->setShortcut(static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i)));
    action->setToolTip(tr("%1 in the picture (%2)").arg(list[i].name).arg(i + 1));
    switches_[i] = action;
    connect(action, &QAction::triggered, this, [this, member = list[i].member](bool on) {
      Overlays next = overlays_;
      next.*member = on;
      setOverlays(next);
    });
    menu->addAction(action);
  }
  showState();
}

QList<QAction*> OverlaySwitches::overlayActions() const {
  QList<QAction*> all{cycle_};
  for (QAction* action : switches_) all << action;
  return all;
}

void OverlaySwitches::setOverlays(const Overlays& overlays) {
  if (overlays == overlays_) return;
  overlays_ = overlays;
  showState();
  emit changed(overlays_);
}

void OverlaySwitches::cycle() {
  const Overlays now = overlays_.withoutMeasures();
  Overlays next = now == Overlays::all()         ? Overlays::essential()
                  : now == Overlays::essential() ? Overlays::none()
                                                 : Overlays::all();
  next.muscle = overlays_.muscle;
  setOverlays(next);
}

void OverlaySwitches::showState() {
  const Overlays shown = overlays_.withoutMeasures();
  const QString now = shown == Overlays::all()         ? tr("all")
                      : shown == Overlays::essential() ? tr("essential")
                      : shown == Overlays::none()      ? tr("none")
                                                       : tr("chosen");
  cycle_->setText(tr("Overlays: %1").arg(now));
  cycle_->setToolTip(tr("Overlays: all, essential, none (O)"));
  const auto list = switches();
  for (std::size_t i = 0; i < kOverlays; ++i) switches_[i]->setChecked(overlays_.*list[i].member);
}

}  // namespace acuguide::ui
