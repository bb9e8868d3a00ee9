#include "ui/plan/landmark_window.h"

#include "core/clock.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "navigation/marker_camera.h"
#include "planning/atlas.h"
#include "ui/plan/camera_clicks.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/panel.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <exception>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr int kNameRole = Qt::UserRole;
constexpr int kFollowMilliseconds = 20;
constexpr double kLongestTapeMm = 1000.0;
constexpr double kSamePlaceMm = 5.0;  ///< two landmarks are farther apart: Enter was pressed twice

QLabel* text(const char* role, const char* name = nullptr) {
  auto* label = new QLabel;
  label->setWordWrap(true);
  setRole(*label, role);
  if (name != nullptr) label->setObjectName(QString::fromLatin1(name));
  return label;
}

QString placeText(const planning::LandmarkReading& reading) {
  return QStringLiteral("%1, %2, %3 mm ± %4")
      .arg(reading.mm.x(), 0, 'f', 1)
      .arg(reading.mm.y(), 0, 'f', 1)
      .arg(reading.mm.z(), 0, 'f', 1)
      .arg(reading.sdMm, 0, 'f', 1);
}

QDoubleSpinBox* tapeBox(const planning::Segment& segment) {
  auto* box = new QDoubleSpinBox;
  box->setObjectName(QStringLiteral("tape_") + QString::fromStdString(segment.name));
  box->setRange(0, kLongestTapeMm);
  box->setDecimals(0);
  box->setSingleStep(5);
  box->setSuffix(QStringLiteral(" mm"));
  box->setSpecialValueText(QStringLiteral("–"));
  box->setKeyboardTracking(false);
  return box;
}

}  // namespace

QString landmarkTitle(const std::string& name) {
  return QString::fromStdString(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

LandmarkWindow::LandmarkWindow(acquisition::SourceCatalog catalog, QWidget* parent)
    : QDialog(parent), catalog_(std::move(catalog)) {
  FieldFocus::install();
  setObjectName(QStringLiteral("landmarkWindow"));
  setWindowTitle(tr("acuguide – landmarks"));
  setModal(false);
  auto* rows = new QVBoxLayout(this);
  rows->setSpacing(metrics::gap);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(metrics::gap);
  columns->addWidget(makeList(), 1);
  auto* right = new QVBoxLayout;
  right->setSpacing(metrics::gap);
  right->addWidget(makeTouch(), 1);
  right->addWidget(makeTape());
  columns->addLayout(right, 1);
  rows->addLayout(columns, 1);
  auto* bar = new QHBoxLayout;
  bar->setSpacing(metrics::gap);
  makeBar(*bar);
  rows->addLayout(bar);
  resize(940, 620);
  following_.setInterval(kFollowMilliseconds);
  connect(&following_, &QTimer::timeout, this, [this] {
    stylus_->follow();
    showStylus();
    if (camera_ != nullptr && camera_->isVisible()) camera_->setFrame(stylus_->latest());
  });
  setLimb(planning::Limb::Lower, {});
}

LandmarkWindow::~LandmarkWindow() = default;

QWidget* LandmarkWindow::makeList() {
  list_ = new QListWidget;
  list_->setObjectName(QStringLiteral("landmarks"));
  connect(list_, &QListWidget::currentRowChanged, this, [this] {
    if (!showing_) showLandmark();
  });
  return list_;
}

QWidget* LandmarkWindow::makeTouch() {
  QWidget* frame = nullptr;
  auto* column = makePanel(frame);
  column->addWidget(title_ = text("title", "landmarkTitle"));
  column->addWidget(where_ = text("muted"));
  column->addWidget(value_ = text("label", "landmarkValue"));
  auto* buttons = new QHBoxLayout;
  touch_ = new QPushButton(tr("Touched (Enter)"));
  touch_->setObjectName(QStringLiteral("touch"));
  touch_->setDefault(true);
  setRole(*touch_, "primary");
  connect(touch_, &QPushButton::clicked, this, &LandmarkWindow::touch);
  clear_ = new QPushButton(tr("Clear"));
  clear_->setAutoDefault(false);
  connect(clear_, &QPushButton::clicked, this, [this] {
    patient_.landmarks.erase(current());
    refresh();
    emit changed();
  });
  buttons->addWidget(touch_, 1);
  buttons->addWidget(clear_);
  column->addLayout(buttons);
  column->addWidget(stylusText_ = text("muted", "stylusText"));
  column->addStretch(1);
  source_ = new QLineEdit;
  source_->setObjectName(QStringLiteral("tracker"));
  source_->setPlaceholderText(QStringLiteral("camera:0?markers=FILE, igtl://HOST:PORT"));
  calibration_ = new QLineEdit;
  calibration_->setObjectName(QStringLiteral("stylusCalibration"));
  calibration_->setPlaceholderText(tr("pivot calibration of the stylus (JSON)"));
  auto* listening = new QPushButton(tr("Listen to the tracker"));
  listening->setAutoDefault(false);
  connect(listening, &QPushButton::clicked, this,
          [this] { listen(source_->text().trimmed(), calibration_->text().trimmed()); });
  column->addWidget(source_);
  column->addWidget(calibration_);
  column->addWidget(listening);
  auto* clicking = new QPushButton(tr("Click in the camera's picture…"));
  clicking->setAutoDefault(false);
  clicking->setToolTip(tr("Where the tracker is a camera: click each landmark from two sides"));
  connect(clicking, &QPushButton::clicked, this, [this] { openCamera(); });
  column->addWidget(clicking);
  return frame;
}

QWidget* LandmarkWindow::makeTape() {
  QWidget* frame = nullptr;
  auto* column = makePanel(frame);
  auto* heading = text("heading");
  heading->setText(tr("Measured with a tape"));
  column->addWidget(heading);
  tape_ = new QWidget;
  tapeRows_ = new QFormLayout(tape_);
  tapeRows_->setContentsMargins(0, 0, 0, 0);
  column->addWidget(tape_);
  return frame;
}

void LandmarkWindow::makeBar(QHBoxLayout& row) {
  const auto button = [&](const QString& label, auto slot) {
    auto* made = new QPushButton(label);
    made->setAutoDefault(false);
    connect(made, &QPushButton::clicked, this, slot);
    row.addWidget(made);
  };
  button(tr("Load…"), [this] {
    askForFile(this, FileWanted::Open, tr("Landmarks"), tr("Landmarks (*.json)"),
               [this](const QString& file) { load(file); });
  });
  button(tr("Save…"), [this] {
    askForFile(
        this, FileWanted::Save, tr("Landmarks"), tr("Landmarks (*.json)"),
        [this](const QString& file) { save(file); }, QStringLiteral("json"));
  });
  notice_ = text("muted", "landmarkNotice");
  row.addWidget(notice_, 1);
  button(tr("Close"), [this] { close(); });
}

bool LandmarkWindow::attempt(const std::function<void()>& doIt) {
  say({});
  try {
    doIt();
    return true;
  } catch (const std::exception& error) {
    say(QString::fromStdString(error.what()), true);
    return false;
  }
}

void LandmarkWindow::say(const QString& sentence, bool bad) {
  setRole(*notice_, bad ? "bad" : "muted");
  notice_->setText(sentence);
}

void LandmarkWindow::setLimb(planning::Limb limb, const std::vector<std::string>& wanted) {
  const bool other = limb != limb_, otherWanted = wanted != wanted_;
  limb_ = limb;
  wanted_ = wanted;
  if (other) list(limb);
  refresh();
  const bool inHandWanted = std::ranges::find(wanted_, current()) != wanted_.end();
  if (other || (otherWanted && !inHandWanted)) goToNext();
}

void LandmarkWindow::list(planning::Limb limb) {
  showing_ = true;
  list_->clear();
  while (tapeRows_->rowCount() > 0) tapeRows_->removeRow(0);
  tapes_.clear();
  for (const auto& landmark : planning::atlas().landmarks) {
    if (landmark.limb != limb) continue;
    auto* item = new QListWidgetItem(list_);
    item->setData(kNameRole, QString::fromStdString(landmark.name));
    item->setToolTip(QString::fromStdString(landmark.where));
  }
  for (const auto& segment : planning::atlas().segments) {
    const auto* end = planning::atlas().landmark(segment.between.front().first);
    if (end == nullptr || end->limb != limb) continue;
    QDoubleSpinBox* box = tapeBox(segment);
    connect(box, &QDoubleSpinBox::valueChanged, this, [this, name = segment.name](double value) {
      if (showing_) return;
      patient_.segmentsMm.erase(name);
      if (value > 0) patient_.segmentsMm[name] = value;
      emit changed();
    });
    tapeRows_->addRow(QString::fromStdString(segment.where), box);
    tapes_[segment.name] = box;
  }
  showing_ = false;
}

void LandmarkWindow::setPatient(planning::PatientLandmarks patient) {
  patient_ = std::move(patient);
  refresh();
}

bool LandmarkWindow::load(const QString& path) {
  return attempt([&] {
    setPatient(planning::readLandmarks(path.toStdString()));
    emit changed();
  });
}

bool LandmarkWindow::save(const QString& path) {
  return attempt([&] {
    if (patient_.landmarks.empty() && patient_.segmentsMm.empty())
      throw Error("landmarks", "none is given yet", "touch one, or measure a segment");
    writeWholeFile(path.toStdString(), planning::patientLandmarksText(patient_, patientCode_),
                   "the landmarks");
  });
}

bool LandmarkWindow::listen(const QString& source, const QString& calibration) {
  source_->setText(source);
  calibration_->setText(calibration);
  following_.stop();
  stylus_.reset();
  delete std::exchange(camera_, nullptr);  // of the tracker before
  const bool listening = attempt([&] {
    stylus_ = std::make_unique<Stylus>(source.toStdString(), calibration.toStdString(), catalog_);
    following_.start();
  });
  showStylus();
  return listening;
}

bool LandmarkWindow::touch() {
  return attempt([&] {
    if (!stylus_)
      throw Error("landmarks", "no tracker is listened to", "name one below, or measure with a tape");
    if (current().empty()) throw Error("landmarks", "no landmark is chosen", "choose one on the left");
    take(stylus_->touch().reading(monotonicSeconds()), stylus_->frame());
  });
}

/// The landmark in hand is there.
void LandmarkWindow::take(const planning::LandmarkReading& reading, const std::string& frame) {
  if (!patient_.landmarks.empty() && patient_.frame != frame)
    throw Error("landmarks",
                "the others were touched in the frame " + patient_.frame + ", this one in " + frame,
                "clear them, or bring that frame back");
  for (const auto& [name, known] : patient_.landmarks)
    if (name != current() && (known.mm - reading.mm).norm() < kSamePlaceMm)
      throw Error("landmarks", name + " lies here already", "move to the landmark in hand");
  patient_.frame = frame;
  patient_.landmarks[current()] = reading;
  std::erase(wanted_, current());
  refresh();
  goToNext();
  emit changed();
}

CameraClicks* LandmarkWindow::openCamera(std::optional<calibration::CameraModel> camera) {
  attempt([&] {
    if (!stylus_) throw Error("landmarks", "no tracker is listened to", "name a camera first");
    if (camera_ == nullptr) {
      if (!camera) camera = navigation::markerCameraModel(source_->text().toStdString());
      camera_ = new CameraClicks(*camera, this);
      connect(camera_, &CameraClicks::placed, this, [this](const planning::LandmarkReading& reading) {
        const std::string name = current();
        if (attempt([&] { take(reading, CameraClicks::frameName); }))
          camera_->say(
              tr("%1 taken, within %2 mm.").arg(landmarkTitle(name)).arg(2 * reading.sdMm, 0, 'f', 0));
        else
          camera_->say(notice_->text(), true);
      });
    }
    camera_->setPatient(patient_);
    camera_->setLandmark(current());
    camera_->setFrame(stylus_->latest());
    camera_->show();
    camera_->raise();
  });
  return camera_;
}

std::string LandmarkWindow::current() const {
  const QListWidgetItem* item = list_->currentItem();
  return item ? item->data(kNameRole).toString().toStdString() : std::string();
}

/// The next landmark that a chosen point waits for, else the next one not touched.
void LandmarkWindow::goToNext() {
  const auto open = [&](int row, bool onlyWanted) {
    const std::string name = list_->item(row)->data(kNameRole).toString().toStdString();
    if (patient_.landmarks.contains(name)) return false;
    return !onlyWanted || std::ranges::find(wanted_, name) != wanted_.end();
  };
  const int count = list_->count(), from = std::max(0, list_->currentRow());
  for (const bool onlyWanted : {true, false})
    for (int i = 0; i < count; ++i)
      if (const int row = (from + i) % count; open(row, onlyWanted)) {
        list_->setCurrentRow(row);
        return;
      }
}

void LandmarkWindow::refresh() {
  showing_ = true;
  for (int row = 0; row < list_->count(); ++row) {
    QListWidgetItem& item = *list_->item(row);
    const std::string name = item.data(kNameRole).toString().toStdString();
    const bool done = patient_.landmarks.contains(name);
    const bool wanted = !done && std::ranges::find(wanted_, name) != wanted_.end();
    item.setText((done     ? QStringLiteral("✓  ")
                  : wanted ? QStringLiteral("●  ")
                           : QStringLiteral("    ")) +
                 landmarkTitle(name));
    item.setForeground(toQt(done     ? rendering::palette::kText
                            : wanted ? rendering::palette::kAccent
                                     : rendering::palette::kMuted));
  }
  for (const auto& [name, box] : tapes_) {
    const auto measured = patient_.segmentsMm.find(name);
    box->setValue(measured == patient_.segmentsMm.end() ? 0.0 : measured->second);
  }
  showing_ = false;
  showLandmark();
}

void LandmarkWindow::showLandmark() {
  const std::string name = current();
  const auto* landmark = planning::atlas().landmark(name);
  title_->setText(landmarkTitle(name));
  where_->setText(landmark ? QString::fromStdString(landmark->where) : QString());
  const auto found = patient_.landmarks.find(name);
  value_->setText(found == patient_.landmarks.end() ? tr("not touched") : placeText(found->second));
  clear_->setEnabled(found != patient_.landmarks.end());
  if (camera_ != nullptr) {
    camera_->setPatient(patient_);
    camera_->setLandmark(name);
  }
  showStylus();
}

void LandmarkWindow::showStylus() {
  const bool seen = stylus_ && stylus_->seen();
  touch_->setEnabled(seen && !current().empty());
  setRole(*stylusText_, seen ? "strong" : "muted");
  setTextIfChanged(*stylusText_, stylus_ ? stylus_->status()
                                         : tr("To touch landmarks, name the tracker that sees the stylus."));
}

}  // namespace acuguide::ui
