#include "ui/widgets/read_out.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace acuguide::ui {

namespace {

/// No guidance: the one thing to do to get it.
QString withoutGuidance(const navigation::GuidanceSnapshot& snapshot) {
  using navigation::PictureState;
  switch (snapshot.picture) {
    case PictureState::None:
      return ReadOut::tr("Waiting for the first picture");
    case PictureState::Stale:
      return ReadOut::tr("No guidance: the picture is old. Stop the blade");
    case PictureState::Frozen:
      return ReadOut::tr("Guidance is withheld. Space: live again");
    default:
      break;
  }
  return snapshot.plan ? QString() : ReadOut::tr("Load one: Ctrl+L, or click the target");
}

FitLabel* bigLabel(const char* name, int pixels) {
  auto* label = new FitLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setTextPixels(pixels);
  return label;
}

}  // namespace

ReadOut::ReadOut(QWidget* parent)
    : QWidget(parent),
      state_(bigLabel("readoutState", 42)),
      distance_(bigLabel("readoutDistance", 97)),
      unit_(bigLabel("readoutUnit", 40)),
      hints_{bigLabel("readoutHint1", 36), bigLabel("readoutHint2", 36)},
      reason_(new QLabel) {
  reason_->setObjectName(QStringLiteral("readoutReason"));
  reason_->setWordWrap(true);
  reason_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  setRole(*reason_, "label");
  distance_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  unit_->setAlignment(Qt::AlignLeft | Qt::AlignBottom);

  auto* number = new QHBoxLayout;
  number->setSpacing(metrics::gap);
  number->addWidget(distance_, 0, Qt::AlignBaseline);
  number->addWidget(unit_, 0, Qt::AlignBaseline);
  number->addStretch(1);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(state_);
  column->addLayout(number);
  for (FitLabel* hint : hints_) column->addWidget(hint);
  column->addWidget(reason_);
  setSnapshot({});
}

void ReadOut::setWindowHeight(int height) {
  const auto share = [height](double part) { return static_cast<int>(height * part); };
  state_->setTextPixels(share(metrics::stateShare));
  distance_->setTextPixels(share(metrics::distanceShare));
  unit_->setTextPixels(share(metrics::distanceShare * 0.42));
  for (FitLabel* hint : hints_) hint->setTextPixels(share(metrics::hintShare));
  reason_->setMinimumHeight(2 * reason_->fontMetrics().lineSpacing());
}

void ReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto& guidance = snapshot.guidance;
  setTextIfChanged(*state_, wording::stateWord(snapshot));
  const bool stale = snapshot.picture == navigation::PictureState::Stale;
  state_->setColour(stale      ? toQt(palette::kAlarmHigh)
                    : guidance ? colourOf(guidance->state)
                               : toQt(palette::kText));

  const bool known = guidance && guidance->tipToTarget;
  setTextIfChanged(*distance_, known ? wording::lengthNumber(*guidance->tipToTarget) : wording::unknown());
  setTextIfChanged(*unit_, known ? wording::lengthUnit(*guidance->tipToTarget) : QString());
  setHints(snapshot);

  setTextIfChanged(*reason_, guidance ? wording::reason(guidance->reason) : withoutGuidance(snapshot));
}

void ReadOut::setHints(const navigation::GuidanceSnapshot& snapshot) {
  const std::size_t count = snapshot.guidance ? snapshot.guidance->hints.size() : 0;
  for (std::size_t i = 0; i < hints_.size(); ++i) {
    setTextIfChanged(*hints_[i], i < count ? wording::hint(snapshot.guidance->hints[i]) : QString());
  }
}

}  // namespace acuguide::ui
