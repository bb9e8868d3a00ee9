#include "ui/widgets/zone_prompt.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

namespace acuguide::ui {

ZonePrompt::ZonePrompt(QWidget* picture, QAction* confirm, QAction* dismiss)
    : QFrame(picture), question_(new QLabel) {
  setObjectName(QStringLiteral("zonePrompt"));
  setRole(*this, "panel");
  setRole(*question_, "strong");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::gap, metrics::gap);
  row->setSpacing(metrics::gap);
  row->addWidget(question_);
  for (QAction* action : {confirm, dismiss}) {
    auto* button = new QToolButton;
    // Not as its default action: a change of that would take the key out of the text.
    button->setText(tr("%1 (%2)").arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    button->setToolTip(action->toolTip());
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    button->setFocusPolicy(Qt::NoFocus);
    row->addWidget(button);
  }
  hide();
}

void ZonePrompt::ask(std::uint64_t id, imaging::StructureKind kind, QPoint place) {
  zone_ = id;
  question_->setText(wording::possibleName(kind));
  adjustSize();
  const QSize room = parentWidget()->size() - size();
  const QPoint beside = place + QPoint(2 * metrics::gap, 2 * metrics::gap);
  move(std::clamp(beside.x(), 0, std::max(0, room.width())),
       std::clamp(beside.y(), 0, std::max(0, room.height())));
  show();
  raise();
}

void ZonePrompt::close() {
  zone_ = 0;
  hide();
}

}  // namespace acuguide::ui
