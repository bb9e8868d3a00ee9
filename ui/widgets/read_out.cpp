#include "ui/widgets/read_out.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
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
    case PictureState::Ended:
      return ReadOut::tr("The recording has ended: nothing is guided");
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

ReadOut::ReadOut(Size size, QWidget* parent)
    : QWidget(parent),
      size_(size),
      state_(bigLabel("readoutState", 42)),
      distance_(bigLabel("readoutDistance", 97)),
      order_(bigLabel("readoutOrder", 36)),
      reason_(bigLabel("readoutReason", metrics::labelText)),
      number_(new QHBoxLayout) {
  reason_->setBold(false);
  number_->setSpacing(metrics::gap);
  number_->addWidget(distance_, 1);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(state_);
  column->addLayout(number_);
  column->addWidget(order_);
  column->addSpacing(4);
  column->addWidget(reason_);
  setSnapshot({});
}

void ReadOut::addBesideDistance(QWidget* widget) { number_->addWidget(widget, 0, Qt::AlignVCenter); }

void ReadOut::setWindowHeight(int height) {
  const double scale = size_ == Size::Large ? 1.0 : metrics::compactReadOut;
  const auto share = [height, scale](double part) { return static_cast<int>(height * part * scale); };
  state_->setTextPixels(share(metrics::stateShare));
  distance_->setTextPixels(share(metrics::distanceShare));
  order_->setTextPixels(share(metrics::hintShare));
  reason_->setTextPixels(std::max(metrics::labelText, share(metrics::reasonShare)));
}

void ReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto& guidance = snapshot.guidance;
  setTextIfChanged(*state_, wording::stateWord(snapshot));
  const bool stale = snapshot.picture == navigation::PictureState::Stale;
  state_->setColour(stale      ? toQt(rendering::palette::kAlarmHigh)
                    : guidance ? colourOf(*navigation::shownState(snapshot))
                               : toQt(rendering::palette::kText));

  const bool known = guidance && guidance->tipToTarget;
  setTextIfChanged(*distance_, known ? wording::lengthNumber(*guidance->tipToTarget) : wording::unknown());
  distance_->setUnit(known ? wording::lengthUnit(*guidance->tipToTarget) : QString());
  setTextIfChanged(*order_, wording::order(snapshot));
  setTextIfChanged(*reason_, guidance ? wording::reason(snapshot) : withoutGuidance(snapshot));
}

}  // namespace acuguide::ui
