#include "ui/windows/bench_window.h"

#include "core/error.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/bench_report_page.h"
#include "ui/widgets/calibrations_page.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/file_dialog.h"
#include "ui/window_picture.h"

#include <QAction>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace acuguide::ui {

namespace {

constexpr int kLookEveryMs = 50;
constexpr const char* kMemoryName = "bench";

std::filesystem::path usualFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::HomeLocation).toStdString() +
         "/acuguide/calibrations";
}

/// The file of that role among those a result was made from.
std::string inputOf(const calibration::ResultEntry& entry, const char* role) {
  for (const auto& input : entry.inputs) {
    if (input.role == role) return input.path.string();
  }
  return {};
}

}  // namespace

BenchWindow::BenchWindow(BenchOptions options)
    : options_(std::move(options)),
      memory_(options_.remember, options_.settingsFile),
      pages_(new QStackedWidget),
      list_(new CalibrationsPage),
      runPage_(new BenchRunPage),
      report_(new BenchReportPage) {
  FieldFocus::install();
  setWindowTitle(tr("acuguide bench"));
  if (options_.folder.empty()) options_.folder = usualFolder();
  if (options_.place.empty()) options_.place = placeFor(options_.folder);
  pages_->addWidget(list_);
  pages_->addWidget(runPage_);
  pages_->addWidget(report_);
  auto* page = new QWidget;
  page->setObjectName(QStringLiteral("page"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(metrics::gap, metrics::gap, metrics::gap, metrics::gap);
  column->setSpacing(metrics::gap);
  column->addWidget(header());
  column->addWidget(pages_, 1);
  setCentralWidget(page);
  makeActions();

  connect(list_, &CalibrationsPage::newAsked, this, &BenchWindow::showRunPage);
  connect(list_, &CalibrationsPage::folderAsked, this, &BenchWindow::chooseFolder);
  connect(list_, &CalibrationsPage::repeatAsked, this, &BenchWindow::repeat);
  connect(runPage_, &BenchRunPage::runAsked, this, &BenchWindow::start);
  connect(runPage_, &BenchRunPage::cancelAsked, this, &BenchWindow::cancel);
  connect(runPage_, &BenchRunPage::recordAsked, this, &BenchWindow::record);
  connect(runPage_, &BenchRunPage::doneAsked, this, [this] {
    if (recording_) recording_->finish();
  });
  connect(report_, &BenchReportPage::accepted, this, &BenchWindow::accept);
  connect(report_, &BenchReportPage::rejected, this, &BenchWindow::reject);
  connect(&looking_, &QTimer::timeout, this, &BenchWindow::look);

  setMinimumSize(metrics::smallestWindowWidth, metrics::smallestWindowHeight);
  resize(1280, 720);
  restoreGeometry(memory_.geometry(QString::fromLatin1(kMemoryName)));
  runPage_->setRequest(options_.request, options_.place);
  showCalibrations();
  if (options_.runAtOnce) start();
}

BenchWindow::~BenchWindow() = default;

QWidget* BenchWindow::header() {
  auto* widget = new QWidget;
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(0, 0, 0, 0);
  back_ = new QToolButton;
  back_->setObjectName(QStringLiteral("benchBack"));
  back_->setText(tr("‹ Calibrations"));
  connect(back_, &QToolButton::clicked, this, &BenchWindow::showCalibrations);
  title_ = new QLabel;
  title_->setObjectName(QStringLiteral("benchTitle"));
  setRole(*title_, "strong");
  notice_ = new ElidedLabel(Qt::ElideMiddle);
  notice_->setObjectName(QStringLiteral("benchNotice"));
  notice_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(back_);
  row->addWidget(title_);
  row->addWidget(notice_, 1);
  return widget;
}

void BenchWindow::makeActions() {
  const auto add = [this](const QList<QKeySequence>& keys, auto slot) {
    auto* action = new QAction(this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  add({QKeySequence::New}, [this] { showRunPage(); });
  add({QKeySequence::Open}, [this] { chooseFolder(); });
  add({QKeySequence(Qt::Key_F11)}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  add({QKeySequence::Quit}, [this] { close(); });
  add({QKeySequence(Qt::Key_Escape)}, [this] {
    if (run_) {
      cancel();
    } else if (!recording_) {
      showCalibrations();
    }
  });
}

BenchWindow::Page BenchWindow::page() const { return static_cast<Page>(pages_->currentIndex()); }

void BenchWindow::show(Page page) {
  pages_->setCurrentIndex(static_cast<int>(page));
  back_->setVisible(page != Page::Calibrations);
  back_->setEnabled(!run_ && !recording_);
  switch (page) {
    case Page::Calibrations:
      title_->setText(tr("Calibrations"));
      break;
    case Page::Run:
      title_->setText(tr("New calibration: where the picture lies at the probe"));
      break;
    case Page::Report:
      title_->setText(tr("How it went"));
      break;
  }
}

void BenchWindow::showCalibrations() {
  if (run_ || recording_) return;
  list_->showFolder(options_.folder);
  show(Page::Calibrations);
}

void BenchWindow::showRunPage() {
  if (run_ || recording_) return;
  runPage_->setMode(BenchRunPage::Mode::Choosing);
  show(Page::Run);
}

void BenchWindow::start() {
  if (run_ || recording_) return;
  failure_.clear();
  say({});
  runPage_->setMode(BenchRunPage::Mode::Running);
  run_ = std::make_unique<BenchRun>(runPage_->request(), options_.readSweep);
  const auto end = [this](const QString& sentence) {
    failure_ = sentence;
    run_.reset();
    looking_.stop();
    showRunPage();
    runPage_->showError(sentence);
  };
  connect(run_.get(), &BenchRun::finished, this, &BenchWindow::finish);
  connect(run_.get(), &BenchRun::failed, this, end);
  connect(run_.get(), &BenchRun::cancelled, this, [this, end] {
    end({});
    say(tr("Cancelled. Nothing was changed."));
  });
  run_->start();
  looking_.start(kLookEveryMs);
  show(Page::Run);
}

void BenchWindow::cancel() {
  if (run_) run_->cancel();
}

void BenchWindow::look() {
  if (run_) runPage_->showRun(run_->status(), run_->latest());
  if (recording_) {
    if (const auto look = recording_->latest()) runPage_->showRecording(*look);
  }
}

void BenchWindow::finish() {
  result_ = run_->result();
  run_.reset();
  looking_.stop();
  runPage_->setMode(BenchRunPage::Mode::Choosing);
  report_->setRun(result_);
  show(Page::Report);
}

void BenchWindow::accept() {
  const std::filesystem::path place = runPage_->place();
  try {
    calibration::putInForce(result_->result, result_->report, place);
  } catch (const Error& error) {
    say(QString::fromUtf8(error.what()));
    return;
  }
  options_.folder = place.has_parent_path() ? place.parent_path() : std::filesystem::path(".");
  showCalibrations();
  say(tr("%1 is in force.").arg(QString::fromStdString(place.filename().string())));
}

void BenchWindow::reject() {
  showRunPage();
  say(tr("Rejected. The calibration in force stays as it was."));
}

void BenchWindow::record(const QString& source, const QString& sweep) {
  if (run_ || recording_) return;
  const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss"));
  const auto file = options_.folder / "sweeps" / (sweep + "-" + stamp + ".igs.mha").toStdString();
  runPage_->setMode(BenchRunPage::Mode::Recording);
  recording_ = std::make_unique<BenchRecording>(source.toStdString(), runPage_->request().phantom, file,
                                                options_.catalog);
  connect(recording_.get(), &BenchRecording::finished, this, [this](const QString& recorded) {
    endRecording({});
    runPage_->setRecorded(recorded);
  });
  connect(recording_.get(), &BenchRecording::failed, this, &BenchWindow::endRecording);
  recording_->start();
  looking_.start(kLookEveryMs);
  show(Page::Run);
}

void BenchWindow::endRecording(const QString& error) {
  recording_.reset();
  looking_.stop();
  showRunPage();
  runPage_->showError(error);
}

void BenchWindow::repeat(const calibration::ResultEntry& entry) {
  calibration::SpatialRequest request = options_.request;
  request.phantom = inputOf(entry, "phantom");
  request.calibration = inputOf(entry, "calibration");
  request.validation = inputOf(entry, "validation");
  runPage_->setRequest(request, entry.path);
  showRunPage();
}

void BenchWindow::chooseFolder() {
  auto* dialog =
      askForFile(this, FileWanted::Folder, tr("Folder of calibrations"), {}, [this](const QString& folder) {
        options_.folder = folder.toStdString();
        runPage_->setRequest(runPage_->request(), placeFor(options_.folder));
        showCalibrations();
      });
  dialog->setDirectory(QString::fromStdString(options_.folder.string()));
}

std::filesystem::path BenchWindow::placeFor(const std::filesystem::path& folder) const {
  return folder / "probe.json";
}

void BenchWindow::say(const QString& sentence) { notice_->setText(sentence); }

bool BenchWindow::saveScreenshot(const QString& path) { return saveWindowPicture(*this, path); }

void BenchWindow::closeEvent(QCloseEvent* event) {
  memory_.setGeometry(QString::fromLatin1(kMemoryName), saveGeometry());
  QMainWindow::closeEvent(event);
}

void BenchWindow::keyPressEvent(QKeyEvent* event) {
  if (page() == Page::Report && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
    report_->step(event->key() == Qt::Key_Left ? -1 : 1);
    return;
  }
  QMainWindow::keyPressEvent(event);
}

}  // namespace acuguide::ui
