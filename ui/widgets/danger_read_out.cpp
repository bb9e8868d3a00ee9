#include "ui/widgets/danger_read_out.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/danger_bar.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr double kCloseMargins = 2;

/// Of the plan's dangers and the possible ones the one with the least left beyond its margin; a margin that
/// is broken comes first, and the plan's own before what is only possible.
bool possibleFirst(const guidance::DangerInPicture* danger, const guidance::PossibleInPicture* possible) {
  if (possible == nullptr || danger == nullptr) return possible != nullptr;
  if (danger->insideMargin || possible->insideMargin) return !danger->insideMargin;
  return possible->distance.px < danger->distance.px;
}

NearestDanger said(const QString& name, const ImageLength& distance, double marginMm, bool inside,
                   const rendering::palette::Colour& alarm) {
  const QString length = wording::length(distance);
  NearestDanger danger{name, inside ? DangerReadOut::tr("! %1").arg(length) : length};
  if (distance.mm && marginMm > 0) danger.margins = *distance.mm / marginMm;
  if (inside) {
    danger.colour = alarm;
  } else if (danger.margins && *danger.margins < kCloseMargins) {
    danger.colour = rendering::palette::kAlarmMedium;
  }
  return danger;
}

}  // namespace

NearestDanger nearestDanger(const navigation::GuidanceSnapshot& snapshot) {
  const auto& guidance = snapshot.guidance;
  const auto* danger = guidance && guidance->nearestDanger ? &*guidance->nearestDanger : nullptr;
  const auto* possible = guidance && guidance->nearestPossible ? &*guidance->nearestPossible : nullptr;
  if (possibleFirst(danger, possible))
    return said(wording::possibleName(possible->kind), possible->distance, guidance::possibleMarginMm,
                possible->insideMargin, rendering::palette::kAlarmMedium);
  if (danger == nullptr) {
    const bool none = snapshot.plan && snapshot.plan->dangers.empty();
    return {none ? DangerReadOut::tr("No danger planned") : DangerReadOut::tr("Nearest danger"),
            wording::unknown()};
  }
  const bool planned = snapshot.plan && danger->zone < snapshot.plan->dangers.size();
  return said(planned ? wording::dangerName(snapshot.plan->dangers[danger->zone])
                      : QString::fromStdString(danger->name),
              danger->distance, planned ? snapshot.plan->dangers[danger->zone].marginMm : 0.0,
              danger->insideMargin, rendering::palette::kStop);
}

DangerReadOut::DangerReadOut(QWidget* parent)
    : QWidget(parent), name_(new FitLabel), distance_(new FitLabel), bar_(new DangerBar) {
  name_->setObjectName(QStringLiteral("dangerName"));
  name_->setBold(false);
  distance_->setObjectName(QStringLiteral("dangerDistance"));
  distance_->setTextPixels(30);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::panelPadding);
  row->addWidget(distance_);
  row->addWidget(bar_, 1, Qt::AlignVCenter);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(name_);
  column->addLayout(row);
  setSnapshot({});
}

void DangerReadOut::setTextSizes(int height, int least) {
  name_->setTextPixels(std::max(metrics::labelText, least));
  distance_->setTextPixels(metrics::pixels(height, metrics::orderTextShare, least));
}

void DangerReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const NearestDanger danger = nearestDanger(snapshot);
  setTextIfChanged(*name_, danger.name);
  name_->setToolTip(danger.name);
  setTextIfChanged(*distance_, danger.distance);
  distance_->setColour(toQt(danger.colour));
  bar_->set(danger.margins.value_or(-1), danger.colour);
}

}  // namespace acuguide::ui
