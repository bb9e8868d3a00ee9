#include "ui/widgets/danger_read_out.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace acuguide::ui {

DangerReadOut::DangerReadOut(QWidget* parent)
    : QWidget(parent), name_(new ElidedLabel), distance_(new FitLabel) {
  name_->setObjectName(QStringLiteral("dangerName"));
  distance_->setObjectName(QStringLiteral("dangerDistance"));
  auto* heading = new ElidedLabel;
  heading->setText(tr("Nearest danger"));
  setRole(*heading, "heading");
  setRole(*name_, "label");
  distance_->setTextPixels(30);

  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  words->addWidget(heading);
  words->addWidget(name_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::panelPadding);
  row->addLayout(words, 1);
  row->addWidget(distance_, 0, Qt::AlignVCenter);
  setSnapshot({});
}

void DangerReadOut::setWindowHeight(int height) {
  distance_->setTextPixels(static_cast<int>(height * metrics::hintShare));
}

void DangerReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto* danger =
      snapshot.guidance && snapshot.guidance->nearestDanger ? &*snapshot.guidance->nearestDanger : nullptr;
  if (danger == nullptr) {
    name_->setText(snapshot.plan && snapshot.plan->dangers.empty() ? tr("none planned") : wording::unknown());
    setTextIfChanged(*distance_, wording::unknown());
    distance_->setColour(toQt(palette::kText));
    return;
  }
  const bool planned = snapshot.plan && danger->zone < snapshot.plan->dangers.size();
  name_->setText(planned ? wording::dangerName(snapshot.plan->dangers[danger->zone])
                         : QString::fromStdString(danger->name));
  const QString length = wording::length(danger->distance);
  setTextIfChanged(*distance_, danger->insideMargin ? tr("! %1").arg(length) : length);
  distance_->setColour(danger->insideMargin ? toQt(palette::kStop) : toQt(palette::kText));
}

}  // namespace acuguide::ui
