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

namespace {

/// Of the plan's dangers and the possible ones the one with the least left beyond its margin; a margin that
/// is broken comes first, and the plan's own before what is only possible.
bool possibleFirst(const guidance::DangerInPicture* danger, const guidance::PossibleInPicture* possible) {
  if (possible == nullptr || danger == nullptr) return possible != nullptr;
  if (danger->insideMargin || possible->insideMargin) return !danger->insideMargin;
  return possible->distance.px < danger->distance.px;
}

}  // namespace

void DangerReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto& guidance = snapshot.guidance;
  const auto* danger = guidance && guidance->nearestDanger ? &*guidance->nearestDanger : nullptr;
  const auto* possible = guidance && guidance->nearestPossible ? &*guidance->nearestPossible : nullptr;
  if (possibleFirst(danger, possible)) {
    show(wording::possibleName(possible->kind), possible->distance, possible->insideMargin,
         toQt(rendering::palette::kAlarmMedium));
    return;
  }
  if (danger == nullptr) {
    name_->setText(snapshot.plan && snapshot.plan->dangers.empty() ? tr("none planned") : wording::unknown());
    setTextIfChanged(*distance_, wording::unknown());
    distance_->setColour(toQt(rendering::palette::kText));
    return;
  }
  const bool planned = snapshot.plan && danger->zone < snapshot.plan->dangers.size();
  show(planned ? wording::dangerName(snapshot.plan->dangers[danger->zone])
               : QString::fromStdString(danger->name),
       danger->distance, danger->insideMargin, toQt(rendering::palette::kStop));
}

void DangerReadOut::show(const QString& name, const ImageLength& distance, bool inside, const QColor& alarm) {
  name_->setText(name);
  const QString length = wording::length(distance);
  setTextIfChanged(*distance_, inside ? tr("! %1").arg(length) : length);
  distance_->setColour(inside ? alarm : toQt(rendering::palette::kText));
}

}  // namespace acuguide::ui
