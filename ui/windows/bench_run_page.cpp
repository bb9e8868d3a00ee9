#include "ui/windows/bench_run_page.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/elided_label.h"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace acuguide::ui {

namespace {

constexpr int kFormWidth = 420;

std::vector<PictureMark> marksOf(const calibration::SeenFrame& seen) {
  std::vector<PictureMark> marks;
  const auto kind = seen.left.empty() ? PictureMark::Kind::Seen : PictureMark::Kind::Missed;
  for (const auto& px : seen.expectedPx) marks.push_back({PictureMark::Kind::Expected, {px.x(), px.y()}, {}});
  for (const auto& px : seen.dotsPx) marks.push_back({kind, {px.x(), px.y()}, {}});
  return marks;
}

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  setRole(*label, "heading");
  return label;
}

QLabel* wrapped(const char* role, const char* name) {
  auto* label = new QLabel;
  label->setObjectName(QString::fromLatin1(name));
  label->setWordWrap(true);
  setRole(*label, role);
  return label;
}

}  // namespace

BenchRunPage::BenchRunPage(QWidget* parent)
    : QWidget(parent), picture_(new MarkedPicture), caption_(new ElidedLabel(Qt::ElideRight)) {
  picture_->setWaiting(
      tr("Choose the phantom and two sweeps over it, or record them from a live source.\nThe wires found in "
         "each picture appear here."));
  caption_->setObjectName(QStringLiteral("benchCaption"));
  setRole(*caption_, "muted");
  auto* left = new QVBoxLayout;
  left->setSpacing(metrics::gap);
  left->addWidget(picture_, 1);
  left->addWidget(caption_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  row->addLayout(left, 1);
  row->addWidget(form());
  setMode(Mode::Choosing);
}

QWidget* BenchRunPage::fileRow(QLineEdit*& field, const char* name, const QString& filter) {
  auto* widget = new QWidget;
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  field = new QLineEdit;
  field->setObjectName(QString::fromLatin1(name));
  connect(field, &QLineEdit::textChanged, this, &BenchRunPage::updateRun);
  auto* browse = new QPushButton(QStringLiteral("…"));
  browse->setToolTip(tr("Choose a file"));
  connect(browse, &QPushButton::clicked, this, [this, target = field, filter] { choose(*target, filter); });
  row->addWidget(field, 1);
  row->addWidget(browse);
  return widget;
}

QWidget* BenchRunPage::sweepRow(QLineEdit*& field, const char* name, const QString& sweep) {
  QWidget* widget = fileRow(field, name, tr("Sequences (*.mha *.mhd *.nrrd);;All files (*)"));
  field->setPlaceholderText(tr("a file, or a live source to record"));
  auto* record = new QPushButton(tr("Record"));
  record->setToolTip(tr("Records the live source named here, for example igtl://localhost:18944/Image"));
  connect(record, &QPushButton::clicked, this, [this, target = field, sweep] {
    recordingInto_ = target;
    emit recordAsked(target->text().trimmed(), sweep);
  });
  widget->layout()->addWidget(record);
  return widget;
}

QWidget* BenchRunPage::form() {
  auto* frame = new QFrame;
  setRole(*frame, "panel");
  frame->setFixedWidth(kFormWidth);
  inputs_ = new QWidget;
  auto* fields = new QVBoxLayout(inputs_);
  fields->setContentsMargins(0, 0, 0, 0);
  fields->setSpacing(metrics::gap);
  fields->addWidget(heading(tr("Phantom: PLUS device set or phantom file")));
  fields->addWidget(fileRow(phantom_, "benchPhantom", tr("Phantoms (*.xml *.json)")));
  fields->addWidget(heading(tr("Calibration sweep")));
  fields->addWidget(sweepRow(calibration_, "benchCalibration", QStringLiteral("calibration")));
  fields->addWidget(heading(tr("Validation sweep: a second one, to judge by")));
  fields->addWidget(sweepRow(validation_, "benchValidation", QStringLiteral("validation")));
  fields->addWidget(heading(tr("Goes into force as")));
  fields->addWidget(fileRow(place_, "benchPlace", tr("Calibrations (*.json)")));
  auto* limits = new QHBoxLayout;
  limits->addWidget(heading(tr("Largest mean error accepted")), 1);
  limit_ = new QDoubleSpinBox;
  limit_->setObjectName(QStringLiteral("benchLimit"));
  limit_->setRange(0.05, 20.0);
  limit_->setDecimals(2);
  limit_->setSingleStep(0.1);
  limit_->setSuffix(tr(" mm"));
  limit_->setButtonSymbols(QAbstractSpinBox::NoButtons);
  limits->addWidget(limit_);
  fields->addLayout(limits);

  running_ = new QWidget;
  auto* status = new QVBoxLayout(running_);
  status->setContentsMargins(0, metrics::gap, 0, 0);
  status->setSpacing(metrics::gap);
  progress_ = new QProgressBar;
  progress_->setObjectName(QStringLiteral("benchProgress"));
  progress_->setTextVisible(false);
  doing_ = wrapped("label", "benchDoing");
  counts_ = wrapped("", "benchCounts");
  reason_ = wrapped("muted", "benchReason");
  for (QWidget* widget : {static_cast<QWidget*>(progress_), static_cast<QWidget*>(doing_),
                          static_cast<QWidget*>(counts_), static_cast<QWidget*>(reason_)})
    status->addWidget(widget);

  error_ = wrapped("bad", "benchError");
  run_ = new QPushButton(tr("Calibrate"));
  run_->setObjectName(QStringLiteral("benchStart"));
  setRole(*run_, "primary");
  stop_ = new QPushButton;
  stop_->setObjectName(QStringLiteral("benchStop"));
  connect(run_, &QPushButton::clicked, this, &BenchRunPage::runAsked);
  connect(stop_, &QPushButton::clicked, this,
          [this] { mode_ == Mode::Recording ? emit doneAsked() : emit cancelAsked(); });
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(metrics::panelPadding, metrics::panelPadding, metrics::panelPadding,
                             metrics::panelPadding);
  column->setSpacing(metrics::gap);
  column->addWidget(inputs_);
  column->addWidget(error_);
  column->addWidget(running_);
  column->addStretch(1);
  column->addWidget(stop_);
  column->addWidget(run_);
  return frame;
}

void BenchRunPage::choose(QLineEdit& field, const QString& filter) {
  auto* dialog = new QFileDialog(this, tr("Choose a file"), QFileInfo(field.text()).path(), filter);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOption(QFileDialog::DontUseNativeDialog);
  if (&field == place_) dialog->setAcceptMode(QFileDialog::AcceptSave);
  connect(dialog, &QFileDialog::fileSelected, &field, &QLineEdit::setText);
  dialog->show();
}

void BenchRunPage::setRequest(const calibration::SpatialRequest& request,
                              const std::filesystem::path& place) {
  options_ = request.options;
  phantom_->setText(QString::fromStdString(request.phantom.string()));
  calibration_->setText(QString::fromStdString(request.calibration));
  validation_->setText(QString::fromStdString(request.validation));
  place_->setText(QString::fromStdString(place.string()));
  limit_->setValue(request.options.limitMm);
  for (QLineEdit* field : {phantom_, calibration_, validation_, place_})
    field->setCursorPosition(static_cast<int>(field->text().size()));  // a path's end tells it from others
}

calibration::SpatialRequest BenchRunPage::request() const {
  calibration::SpatialRequest request{phantom_->text().trimmed().toStdString(),
                                      calibration_->text().trimmed().toStdString(),
                                      validation_->text().trimmed().toStdString(), options_};
  request.options.limitMm = limit_->value();
  return request;
}

std::filesystem::path BenchRunPage::place() const { return place_->text().trimmed().toStdString(); }

void BenchRunPage::updateRun() {
  bool all = true;
  for (const QLineEdit* field : {phantom_, calibration_, validation_, place_})
    all = all && field != nullptr && !field->text().trimmed().isEmpty();
  run_->setEnabled(all);
}

void BenchRunPage::setMode(Mode mode) {
  mode_ = mode;
  inputs_->setEnabled(mode == Mode::Choosing);
  running_->setVisible(mode != Mode::Choosing);
  run_->setVisible(mode == Mode::Choosing);
  stop_->setVisible(mode != Mode::Choosing);
  stop_->setText(mode == Mode::Recording ? tr("Done recording") : tr("Cancel"));
  error_->setVisible(false);
  progress_->setRange(0, mode == Mode::Recording ? 0 : 1000);
  progress_->setValue(0);
  for (QLabel* label : {doing_, counts_, reason_}) label->clear();
  updateRun();
}

void BenchRunPage::showRun(const BenchRun::Status& status,
                           const std::optional<calibration::SeenFrame>& seen) {
  progress_->setValue(static_cast<int>(status.share * 1000));
  setTextIfChanged(*doing_, status.doing);
  if (status.complete + status.left > 0)
    setTextIfChanged(
        *counts_,
        tr("Every wire seen in %1 of %2 frames").arg(status.complete).arg(status.complete + status.left));
  if (!status.lastReason.isEmpty())
    setTextIfChanged(*reason_, tr("Last frame left out: %1").arg(status.lastReason));
  if (!seen) return;
  picture_->setPicture(seen->grey, marksOf(*seen));
  caption_->setText(
      seen->left.empty()
          ? tr("Frame %1: %2 dots (circles) where wires should be (crosses)")
                .arg(seen->frame)
                .arg(seen->dotsPx.size())
          : tr("Frame %1 left out: %2").arg(seen->frame).arg(QString::fromStdString(seen->left)));
}

void BenchRunPage::showRecording(const BenchRecording::Look& look) {
  std::vector<PictureMark> marks;
  const bool good = look.what.read && look.what.tracked;
  for (const auto& px : look.what.dotsPx)
    marks.push_back({good ? PictureMark::Kind::Seen : PictureMark::Kind::Missed, {px.x(), px.y()}, {}});
  picture_->setPicture(look.pixels, std::move(marks));
  caption_->setText(QString::fromStdString(look.what.sentence));
  setTextIfChanged(*doing_, tr("Recording: %1 frames").arg(look.frames));
  setTextIfChanged(
      *counts_,
      tr("The phantom was read in %1 of %2 pictures looked at").arg(look.complete).arg(look.looked));
  setTextIfChanged(*reason_, good ? QString() : QString::fromStdString(look.what.sentence));
}

void BenchRunPage::showError(const QString& sentence) {
  error_->setText(sentence);
  error_->setVisible(!sentence.isEmpty());
}

void BenchRunPage::setRecorded(const QString& file) {
  if (recordingInto_ != nullptr) recordingInto_->setText(file);
}

}  // namespace acuguide::ui
