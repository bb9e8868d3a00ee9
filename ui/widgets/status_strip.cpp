#include "ui/widgets/status_strip.h"

#include "core/clock.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace acuguide::ui {

namespace {

constexpr qint64 kRenewMs = 250;

QLabel* addFact(QHBoxLayout& row, const char* name, const QString& tip) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setToolTip(tip);
  row.addWidget(label);
  return label;
}

}  // namespace

StatusStrip::StatusStrip(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("statusStrip"));
  setRole(*this, "panel");
  setMinimumHeight(metrics::stripHeight);
  row_ = new QHBoxLayout(this);
  row_->setContentsMargins(metrics::gap, 0, metrics::panelPadding, 0);
  row_->setSpacing(18);

  source_ = new ElidedLabel(Qt::ElideMiddle);
  source_->setObjectName(QStringLiteral("statusSource"));
  source_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
  row_->addWidget(source_, 1);
  connection_ = addFact(*row_, "statusConnection", tr("State of the connection to the source"));
  rate_ = addFact(*row_, "statusRate", tr("Frames a second that arrive"));
  age_ = addFact(*row_, "statusAge", tr("Age of the picture on the screen"));
  skipped_ = addFact(*row_, "statusSkipped", tr("Frames not analysed because a newer one was there"));
  late_ =
      addFact(*row_, "statusLate", tr("Frames that came late (gap longer than one and a half frame times)"));
  repeated_ = addFact(*row_, "statusRepeated", tr("Frames with the same pixels as the one before"));
  row_->addStretch(0);
  structures_ = new QToolButton;
  structures_->setObjectName(QStringLiteral("statusStructures"));
  structures_->setFocusPolicy(Qt::TabFocus);
  structures_->setVisible(false);
  row_->addWidget(structures_);
  calibration_ = addFact(*row_, "statusCalibration", tr("Pixel spacing; without it lengths are in pixels"));
  sound_ = addFact(*row_, "statusSound", tr("Guidance and alarm sound"));
  recording_ = addFact(*row_, "statusRecording", tr("Recording"));
  setRole(*sound_, "muted");
  setRecording({});
  setSound({});
  showStream({});
}

void StatusStrip::addLeading(QWidget* widget) { row_->insertWidget(0, widget); }

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
  setTextIfChanged(*connection_, hasSource ? wording::connection(stream.connection) : QString());
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

  setTextIfChanged(*skipped_, tr("%1 dropped").arg(stream.skipped));
  setTextIfChanged(*late_, tr("%1 late").arg(stream.late));
  setTextIfChanged(*repeated_, tr("%1 repeated").arg(stream.repeated));
  for (QLabel* label : {skipped_, late_, repeated_}) setRole(*label, "muted");

  const bool uncalibrated = snapshot.frame && !snapshot.frame->geometry.spacingMm;
  setTextIfChanged(*calibration_, wording::calibration(snapshot.frame.get()));
  setRole(*calibration_, uncalibrated ? "warn" : "muted");
  showStructures(snapshot.structures);
  structures_->setVisible(searches_ &&
                          snapshot.frame);  // without a picture there is nothing to be silent about
}

void StatusStrip::setRecording(const RecordingStatus& recording) {
  recording_->setVisible(recording.recording);
  setRole(*recording_, "recording");
  setTextIfChanged(*recording_, recording.recording ? tr("● REC %1").arg(wording::duration(recording.seconds))
                                                    : QString());
  recording_->setToolTip(QString::fromStdString(recording.message));
}

void StatusStrip::setSound(const QString& text) {
  sound_->setVisible(!text.isEmpty());
  setTextIfChanged(*sound_, text);
}

void StatusStrip::setTimes(const QString& text) { age_->setToolTip(text); }

}  // namespace acuguide::ui
