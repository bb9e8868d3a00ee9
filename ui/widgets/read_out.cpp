#include "ui/widgets/read_out.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/hint_glyph_view.h"

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

ReadOut::ReadOut(QWidget* parent)
    : QWidget(parent),
      state_(bigLabel("readoutState", 42)),
      distance_(bigLabel("readoutDistance", 97)),
      glyph_(new HintGlyphView),
      order_(bigLabel("readoutOrder", 36)),
      reason_(bigLabel("readoutReason", metrics::labelText)) {
  reason_->setBold(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(state_);
  column->addWidget(distance_);
  auto* order = new QHBoxLayout;
  order->setSpacing(metrics::gap);
  order->addWidget(glyph_);
  order->addWidget(order_, 1);
  column->addLayout(order);
  column->addSpacing(4);
  column->addWidget(reason_);
  setSnapshot({});
}

void ReadOut::setLines(int order, int reason) {
  order_->setLines(order);
  reason_->setLines(reason);
}

void ReadOut::setTextSizes(int height, int least) {
  const auto share = [height, least](double part) { return metrics::pixels(height, part, least); };
  state_->setTextPixels(share(metrics::stateTextShare));
  distance_->setTextPixels(share(metrics::distanceTextShare));
  order_->setTextPixels(share(metrics::orderTextShare));
  glyph_->setFixedSize(2 * order_->textPixels(), 2 * order_->textPixels());
  reason_->setTextPixels(std::max(metrics::labelText, least));
}

QString ReadOut::state() const { return state_->text(); }

QString ReadOut::distance() const {
  return distance_->unit().isEmpty() ? distance_->text()
                                     : distance_->text() + QLatin1Char(' ') + distance_->unit();
}

const std::optional<rendering::HintGlyph>& ReadOut::glyph() const { return glyph_->glyph(); }

QString ReadOut::order() const { return order_->text(); }

void ReadOut::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto& guidance = snapshot.guidance;
  setTextIfChanged(*state_, wording::stateWord(snapshot));
  const bool stale = snapshot.picture == navigation::PictureState::Stale;
  stateColour_ = stale      ? toQt(rendering::palette::kAlarmHigh)
                 : guidance ? colourOf(*navigation::shownState(snapshot))
                            : toQt(rendering::palette::kText);
  state_->setColour(stateColour_);

  const bool known = guidance && guidance->tipToTarget;
  setTextIfChanged(*distance_, known ? wording::lengthNumber(*guidance->tipToTarget) : wording::unknown());
  distance_->setUnit(known ? wording::lengthUnit(*guidance->tipToTarget) : QString());
  const bool hinted = guidance && !wording::asksForStep(snapshot);
  glyph_->set(hinted ? rendering::hintGlyph(*guidance, snapshot.needle, snapshot.frame->geometry)
                     : std::nullopt);
  setTextIfChanged(*order_, wording::order(snapshot));
  setTextIfChanged(*reason_, guidance ? wording::reason(snapshot) : withoutGuidance(snapshot));
}

}  // namespace acuguide::ui
