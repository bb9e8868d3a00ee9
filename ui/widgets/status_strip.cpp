#include "ui/widgets/status_strip.h"

#include "core/clock.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/text_size.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr qint64 kRenewMs = 250;
constexpr int kFactSpacing = 18;
constexpr int kSourceWidth = 220;  ///< a longer name is elided before another fact goes

QLabel* addFact(QHBoxLayout& row, const char* name, const QString& tip) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setToolTip(tip);
  row.addWidget(label);
  return label;
}

/// "P07  LEFT  ST36": what the wrong side would be seen by; empty where the plan names no point.
QString sideOf(const planning::Plan& plan) {
  if (plan.acupoint.empty()) return {};
  QStringList parts;
  if (!plan.patientCode.empty()) parts << QString::fromStdString(plan.patientCode);
  parts << (plan.side == planning::BodySide::Left ? StatusStrip::tr("LEFT") : StatusStrip::tr("RIGHT"));
  parts << QString::fromStdString(plan.acupoint);
  return parts.join(QStringLiteral("  "));
}

}  // namespace

StatusStrip::StatusStrip(QWidget* parent)
    : QFrame(parent),
      row_(new QHBoxLayout(this)),
      facts_(new QWidget),
      source_(new ElidedLabel(Qt::ElideMiddle)) {
  setObjectName(QStringLiteral("statusStrip"));
  setRole(*this, "panel");
  row_->setContentsMargins(metrics::gap / 2, 0, metrics::panelPadding, 0);
  row_->setSpacing(metrics::panelPadding);

  auto* facts = new QHBoxLayout(facts_);
  facts->setContentsMargins(0, 0, 0, 0);
  facts->setSpacing(kFactSpacing);
  source_->setObjectName(QStringLiteral("statusSource"));
  source_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  facts->addWidget(source_, 1);
  connection_ = addFact(*facts, "statusConnection", tr("State of the connection to the source"));
  rate_ = addFact(*facts, "statusRate", {});
  age_ = addFact(*facts, "statusAge", tr("Age of the picture on the screen"));
  calibration_ = addFact(*facts, "statusCalibration", tr("Pixel spacing; without it lengths are in pixels"));
  facts->addStretch(0);
  row_->addWidget(facts_, 1);
  structures_ = new QToolButton;
  structures_->setObjectName(QStringLiteral("statusStructures"));
  structures_->setFocusPolicy(Qt::TabFocus);
  structures_->setVisible(false);
  row_->addWidget(structures_);
  sound_ = addFact(*row_, "statusSound", tr("Guidance and alarm sound"));
  recording_ = addFact(*row_, "statusRecording", tr("Recording"));
  plan_ = addFact(*row_, "statusPlan", {});
  setRole(*sound_, "muted");
  setRole(*plan_, "strong");
  plan_->hide();
  setRecording({});
  showStream({});
}

void StatusStrip::addLeading(QWidget* widget) { row_->insertWidget(0, widget); }

void StatusStrip::setAlarmLine(AlarmLine* alarmLine) {
  alarmLine_ = alarmLine;
  row_->insertWidget(row_->indexOf(facts_), alarmLine, 2);
  connect(alarmLine, &AlarmLine::changed, this, &StatusStrip::arrange);
  arrange();
}

void StatusStrip::setWindowHeight(int height) {
  const int own = metrics::pixels(height, metrics::stripShare, 2 * metrics::controlText + 1);
  setFixedHeight(own);
  setTextSize(*this, metrics::pixels(height, metrics::reasonTextShare, metrics::labelText), own - 6);
  const int fact = metrics::pixels(height, metrics::factTextShare, metrics::controlText);
  for (QWidget* small : {facts_, static_cast<QWidget*>(structures_), static_cast<QWidget*>(sound_)})
    setTextSize(*small, fact);
  arrange();
}

void StatusStrip::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  arrange();
}

void StatusStrip::arrange() {
  const bool quiet = alarmLine_ == nullptr || alarmLine_->quiet();
  if (alarmLine_ != nullptr) alarmLine_->setVisible(!quiet);
  int room = width() - row_->contentsMargins().left() - row_->contentsMargins().right();
  if (!quiet) room -= alarmLine_->wantedWidth();
  for (int i = 0; i < row_->count(); ++i) {
    QWidget* widget = row_->itemAt(i)->widget();
    if (widget == alarmLine_ || widget == facts_ || widget == sound_ || widget->isHidden()) continue;
    room -= widget->sizeHint().width() + row_->spacing();
  }
  // In the order in which they are missed.
  QLabel* const facts[] = {connection_, calibration_, sound_, age_, rate_, source_};
  bool any = quiet;  // the strip's free room
  for (QLabel* fact : facts) {
    const int wanted = std::min(fact->sizeHint().width(), kSourceWidth) + kFactSpacing;
    const bool fits = !fact->text().isEmpty() && wanted <= room;
    if (fits) room -= wanted;
    fact->setVisible(fits);
    any = any || (fits && fact != sound_);
  }
  facts_->setVisible(any);
}

void StatusStrip::setStructuresAction(QAction* action) {
  connect(structures_, &QToolButton::clicked, action, &QAction::trigger);
  searches_ = true;
}

void StatusStrip::showStructures(const navigation::StructuresNow& structures) {
  using navigation::StructuresState;
  shownStructures_ = structures.state;
  setTextIfChanged(*structures_, wording::structures(structures));
  setRole(*structures_, structures.state == StructuresState::On ? "fact" : "factWarn");
  structures_->setToolTip(tr("%1 (N: on and off)").arg(wording::structuresWhy(structures)));
}

void StatusStrip::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const bool renew = !renewed_.isValid() || renewed_.elapsed() >= kRenewMs ||
                     snapshot.picture != shownState_ || snapshot.structures.state != shownStructures_;
  if (!renew) return;
  renewed_.start();
  shownState_ = snapshot.picture;
  showStream(snapshot);
}

void StatusStrip::showStream(const navigation::GuidanceSnapshot& snapshot) {
  using acquisition::Connection;
  const auto& stream = snapshot.stream;
  const bool hasSource = !stream.source.name.empty() || snapshot.frame;
  source_->setText(hasSource ? QString::fromStdString(stream.source.name) : tr("no source"));
  source_->setToolTip(QString::fromStdString(stream.source.name + "\n" + stream.source.description));

  const bool connected = stream.connection == Connection::Running || stream.connection == Connection::Ended;
  const bool tells = hasSource && stream.connection != Connection::Running;
  setTextIfChanged(*connection_, tells ? wording::connection(stream.connection) : QString());
  setRole(*connection_, connected ? "muted" : "warn");
  const bool flowing = stream.connection == Connection::Running && snapshot.frame != nullptr;
  setTextIfChanged(*rate_, flowing ? tr("%1 fps").arg(stream.framesPerSecond, 0, 'f', 0)
                                   : tr("%1 fps").arg(wording::unknown()));

  const bool ageMeans = snapshot.frame && (snapshot.picture == navigation::PictureState::Live ||
                                           snapshot.picture == navigation::PictureState::Stale);
  const double age = ageMeans ? monotonicSeconds() - snapshot.frame->arrival : 0.0;
  const QString ageText = !ageMeans   ? wording::unknown()
                          : age < 1.0 ? tr("%1 ms").arg(age * 1000.0, 0, 'f', 0)
                                      : tr("%1 s").arg(age, 0, 'f', 1);
  setTextIfChanged(*age_, tr("age %1").arg(ageText));
  setRole(*age_, snapshot.picture == navigation::PictureState::Stale ? "bad" : "plain");

  rate_->setToolTip(
      tr("Frames a second that arrive; %1 dropped (not analysed because a newer one was there), "
         "%2 late (gap longer than one and a half frame times), %3 repeated (the same pixels as "
         "the one before)")
          .arg(stream.skipped)
          .arg(stream.late)
          .arg(stream.repeated));

  const bool uncalibrated = snapshot.frame && !snapshot.frame->geometry.spacingMm;
  setTextIfChanged(*calibration_, wording::calibration(snapshot.frame.get()));
  setRole(*calibration_, uncalibrated ? "warn" : "muted");
  showStructures(snapshot.structures);
  structures_->setVisible(searches_ &&
                          snapshot.frame);  // without a picture there is nothing to be silent about
  arrange();
}

void StatusStrip::setPlan(const planning::Plan* plan) {
  const QString text = plan != nullptr ? sideOf(*plan) : QString();
  plan_->setToolTip(plan != nullptr ? wording::planSummary(*plan) : QString());
  if (text == plan_->text()) return;
  plan_->setText(text);
  plan_->setVisible(!text.isEmpty());
  arrange();
}

void StatusStrip::setRecording(const RecordingStatus& recording) {
  const bool turned = recording_->isHidden() == recording.recording;
  recording_->setVisible(recording.recording);
  setRole(*recording_, "recording");
  setTextIfChanged(*recording_, recording.recording ? tr("● REC %1").arg(wording::duration(recording.seconds))
                                                    : QString());
  recording_->setToolTip(QString::fromStdString(recording.message));
  if (turned) arrange();
}

void StatusStrip::setSound(const QString& text) {
  if (text == sound_->text()) return;
  sound_->setText(text);
  arrange();
}

void StatusStrip::setTimes(const QString& text) { age_->setToolTip(text); }

}  // namespace acuguide::ui
