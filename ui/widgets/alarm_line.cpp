#include "ui/widgets/alarm_line.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr qint64 kSilenceMs = 120'000;

bool sameAlarms(const std::vector<navigation::Alarm>& a, const std::vector<navigation::Alarm>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.kind == y.kind && x.priority == y.priority && x.detail == y.detail;
  });
}

}  // namespace

AlarmLine::AlarmLine(QWidget* parent)
    : QFrame(parent),
      mark_(new QLabel),
      sentence_(new ElidedLabel),
      more_(new QLabel),
      silence_(new QLabel),
      acknowledge_(new QToolButton) {
  setObjectName(QStringLiteral("alarmLine"));
  mark_->setObjectName(QStringLiteral("alarmMark"));
  sentence_->setObjectName(QStringLiteral("alarmText"));
  more_->setObjectName(QStringLiteral("alarmMore"));
  silence_->setObjectName(QStringLiteral("alarmSilence"));
  acknowledge_->setObjectName(QStringLiteral("alarmAcknowledge"));

  sentence_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  acknowledge_->setText(tr("Silence (A)"));
  acknowledge_->setToolTip(tr("Silence the alarm sound for 2 minutes (A)"));
  acknowledge_->setVisible(false);
  connect(acknowledge_, &QToolButton::clicked, this, &AlarmLine::acknowledge);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::panelPadding, 0, metrics::gap, 0);
  row->setSpacing(metrics::panelPadding);
  row->addWidget(mark_);
  row->addWidget(sentence_, 1);
  row->addWidget(more_);
  row->addWidget(silence_);
  row->addWidget(acknowledge_);
}

void AlarmLine::setAlarms(const std::vector<navigation::Alarm>& alarms) {
  showSilence();
  if (sameAlarms(alarms, alarms_)) return;
  alarms_ = alarms;
  const auto isNew = [this](const auto& alarm) {
    return std::find(silencedKinds_.begin(), silencedKinds_.end(), alarm.kind) == silencedKinds_.end();
  };
  if (std::any_of(alarms_.begin(), alarms_.end(), isNew)) silencedSince_.invalidate();

  const bool quiet = alarms_.empty();
  acknowledge_->setVisible(!quiet);
  mark_->setText(quiet ? QString() : wording::priorityMark(alarms_.front().priority));
  sentence_->setText(quiet ? QString() : wording::alarm(alarms_.front()));
  QStringList others;
  for (std::size_t i = 1; i < alarms_.size(); ++i) others << wording::alarm(alarms_[i]);
  more_->setText(others.isEmpty() ? QString() : tr("+%1 more").arg(others.size()));
  more_->setToolTip(others.join(QLatin1Char('\n')));
  if (!quiet) {
    const bool light = alarms_.front().priority != navigation::AlarmPriority::High;
    const char* ink = light ? "alarmDark" : "alarmLight";
    for (QLabel* label : {mark_, static_cast<QLabel*>(sentence_), more_, silence_}) setRole(*label, ink);
    setRole(*acknowledge_, ink);
  }
  showSilence();
  update();
  emit changed();
}

int AlarmLine::wantedWidth() const { return layout()->sizeHint().width(); }

void AlarmLine::acknowledge() {
  if (alarms_.empty()) return;
  silencedKinds_.clear();
  for (const auto& alarm : alarms_) silencedKinds_.push_back(alarm.kind);
  silencedSince_.start();
  showSilence();
}

bool AlarmLine::silenced() const { return silencedSince_.isValid() && silencedSince_.elapsed() < kSilenceMs; }

std::optional<navigation::AlarmPriority> AlarmLine::sounding() const {
  if (alarms_.empty() || silenced()) return std::nullopt;
  return alarms_.front().priority;
}

void AlarmLine::showSilence() {
  const bool silent = silenced() && !alarms_.empty();
  const double left = static_cast<double>(kSilenceMs - (silent ? silencedSince_.elapsed() : 0)) / 1000.0;
  setTextIfChanged(*silence_, silent ? tr("sound silenced %1").arg(wording::duration(left)) : QString());
}

void AlarmLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(
      rect(), alarms_.empty() ? toQt(rendering::palette::kBackground) : colourOf(alarms_.front().priority));
}

}  // namespace acuguide::ui
