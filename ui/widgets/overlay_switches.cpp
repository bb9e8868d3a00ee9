#include "ui/widgets/overlay_switches.h"

#include <QAction>
#include <QMenu>

namespace acuguide::ui {

namespace {

struct Switch {
  bool rendering::Overlays::*member;
  QString name;
};

std::array<Switch, OverlaySwitches::kOverlays> switches() {
  return {{{&rendering::Overlays::planes, OverlaySwitches::tr("Planes")},
           {&rendering::Overlays::needle, OverlaySwitches::tr("Needle")},
           {&rendering::Overlays::target, OverlaySwitches::tr("Target")},
           {&rendering::Overlays::corridor, OverlaySwitches::tr("Corridor")},
           {&rendering::Overlays::dangers, OverlaySwitches::tr("Dangers")},
           {&rendering::Overlays::ruler, OverlaySwitches::tr("Ruler")},
           {&rendering::Overlays::orientation, OverlaySwitches::tr("Orientation")},
           {&rendering::Overlays::muscle, OverlaySwitches::tr("Muscle")}}};
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
      rendering::Overlays next = overlays_;
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

void OverlaySwitches::setOverlays(const rendering::Overlays& overlays) {
  if (overlays == overlays_) return;
  overlays_ = overlays;
  showState();
  emit changed(overlays_);
}

void OverlaySwitches::cycle() {
  const rendering::Overlays now = overlays_.withoutMeasures();
  rendering::Overlays next = now == rendering::Overlays::all()         ? rendering::Overlays::essential()
                             : now == rendering::Overlays::essential() ? rendering::Overlays::none()
                                                                       : rendering::Overlays::all();
  next.muscle = overlays_.muscle;
  setOverlays(next);
}

void OverlaySwitches::showState() {
  const rendering::Overlays shown = overlays_.withoutMeasures();
  const QString now = shown == rendering::Overlays::all()         ? tr("all")
                      : shown == rendering::Overlays::essential() ? tr("essential")
                      : shown == rendering::Overlays::none()      ? tr("none")
                                                                  : tr("chosen");
  cycle_->setText(tr("Overlays: %1").arg(now));
  cycle_->setToolTip(tr("Overlays: all, essential, none (O)"));
  const auto list = switches();
  for (std::size_t i = 0; i < kOverlays; ++i) switches_[i]->setChecked(overlays_.*list[i].member);
}

}  // namespace acuguide::ui
