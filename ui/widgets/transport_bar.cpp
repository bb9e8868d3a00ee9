#include "ui/widgets/transport_bar.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/help_dialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>

namespace acuguide::ui {

namespace {

constexpr std::array<double, 9> kSpeeds{0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0, 8.0};

}  // namespace

TransportBar::TransportBar(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("transportBar"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  const auto button = [this, row](QAction* action) {
    auto* made = new QToolButton;
    made->setDefaultAction(action);
    made->setFocusPolicy(Qt::TabFocus);
    row->addWidget(made);
  };

  play_ = add("transportPlay", tr("Play"), tr("Play and pause"), Qt::Key_Space);
  connect(play_, &QAction::triggered, this, &TransportBar::playToggled);
  struct Step {
    const char* name;
    QString text, tip;
    QKeySequence key;
    qint64 frames;
  };
  const std::array<Step, 4> steps{
      {{"transportBack10", QStringLiteral("−10"), tr("Ten frames back"),
        QKeySequence(Qt::SHIFT | Qt::Key_Left), -10},
       {"transportBack", QStringLiteral("−1"), tr("One frame back"), Qt::Key_Left, -1},
       {"transportOn", QStringLiteral("+1"), tr("One frame on"), Qt::Key_Right, 1},
       {"transportOn10", QStringLiteral("+10"), tr("Ten frames on"), QKeySequence(Qt::SHIFT | Qt::Key_Right),
        10}}};
  QList<QAction*> stepActions;
  for (const Step& step : steps) {
    stepActions << add(step.name, step.text, step.tip, step.key);
    connect(stepActions.back(), &QAction::triggered, this, [this, by = step.frames] { emit stepped(by); });
  }
  QAction* slower = add("transportSlower", QStringLiteral("−"), tr("Slower"), Qt::Key_Minus);
  QAction* faster = add("transportFaster", QStringLiteral("+"), tr("Faster"), Qt::Key_Plus);
  connect(slower, &QAction::triggered, this, [this] { changeSpeed(-1); });
  connect(faster, &QAction::triggered, this, [this] { changeSpeed(+1); });
  QAction* loopStart =
      add("transportLoopStart", QStringLiteral("["), tr("Loop begins here"), Qt::Key_BracketLeft);
  QAction* loopEnd = add("transportLoopEnd", QStringLiteral("]"), tr("Loop ends here"), Qt::Key_BracketRight);
  loop_ = add("transportLoop", tr("Loop"), tr("Loop on and off"), Qt::Key_L);
  loop_->setCheckable(true);
  connect(loopStart, &QAction::triggered, this, &TransportBar::loopStartChosen);
  connect(loopEnd, &QAction::triggered, this, &TransportBar::loopEndChosen);
  connect(loop_, &QAction::triggered, this, &TransportBar::loopToggled);

  for (QAction* action : {stepActions[0], stepActions[1], play_, stepActions[2], stepActions[3]})
    button(action);
  row->addSpacing(metrics::panelPadding);
  button(slower);
  speedLabel_ = new QLabel;
  speedLabel_->setObjectName(QStringLiteral("transportSpeed"));
  speedLabel_->setAlignment(Qt::AlignCenter);
  speedLabel_->setMinimumWidth(speedLabel_->fontMetrics().horizontalAdvance(QStringLiteral("0.25×  ")));
  row->addWidget(speedLabel_);
  button(faster);
  row->addSpacing(metrics::panelPadding);
  for (QAction* action : {loopStart, loop_, loopEnd}) button(action);
  loopLabel_ = new QLabel;
  loopLabel_->setObjectName(QStringLiteral("transportLoopRange"));
  setRole(*loopLabel_, "muted");
  row->addWidget(loopLabel_);
  row->addSpacing(metrics::gap);
  position_ = new QLabel;
  position_->setObjectName(QStringLiteral("transportPosition"));
  setRole(*position_, "label");
  // Room for the largest numbers, so that nothing beside it moves as they grow.
  position_->ensurePolished();
  position_->setMinimumWidth(
      position_->fontMetrics().horizontalAdvance(tr("frame %1 / %2   %3").arg("88888", "88888", "88:88.88")));
  row->addWidget(position_);
  row->addSpacing(metrics::gap);
  setSpeed(1.0);
  setPlaying(false);
  setPosition(std::nullopt, 0.0, std::nullopt);
}

QAction* TransportBar::add(const char* name, const QString& text, const QString& tip,
                           const QKeySequence& key) {
  auto* action = new QAction(text, this);
  action->setObjectName(QString::fromLatin1(name));
  action->setShortcut(key);
  action->setWhatsThis(tip);
  action->setToolTip(tr("%1 (%2)").arg(tip, keyText(*action)));
  actions_ << action;
  return action;
}

void TransportBar::setPlaying(bool playing) {
  const QString text = playing ? tr("Pause") : tr("Play");
  if (play_->text() != text) play_->setText(text);
}

void TransportBar::setSpeed(double factor) {
  speed_ = factor;
  setTextIfChanged(*speedLabel_, QStringLiteral("%1×").arg(factor));
}

void TransportBar::changeSpeed(int by) {
  const auto nearest = std::min_element(kSpeeds.begin(), kSpeeds.end(), [this](double a, double b) {
    return std::abs(a - speed_) < std::abs(b - speed_);
  });
  const auto at = std::clamp<std::ptrdiff_t>(nearest - kSpeeds.begin() + by, 0, kSpeeds.size() - 1);
  emit speedChosen(kSpeeds[static_cast<std::size_t>(at)]);
}

void TransportBar::setPosition(std::optional<std::int64_t> frame, double seconds,
                               std::optional<std::int64_t> count) {
  const QString number = frame ? QString::number(*frame + 1) : wording::unknown();
  const QString of = count ? QString::number(*count) : wording::unknown();
  const QString time = frame ? wording::timeCode(seconds) : wording::unknown();
  setTextIfChanged(*position_, tr("frame %1 / %2   %3").arg(number, of, time));
}

void TransportBar::setSeekable(bool seekable) {
  for (QAction* action : actions_) action->setEnabled(seekable);
}

void TransportBar::setLooping(bool looping, const QString& range) {
  loop_->setChecked(looping);
  setTextIfChanged(*loopLabel_, range);
}

}  // namespace acuguide::ui
