#include "ui/widgets/source_dialog.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/file_dialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <exception>

namespace acuguide::ui {

namespace {

constexpr int kSourceRole = Qt::UserRole;

QLabel* sentence(const QString& text, const char* role = "muted") {
  auto* label = new QLabel(text);
  label->setWordWrap(true);
  setRole(*label, role);
  return label;
}

QVBoxLayout* pageLayout(QWidget* page) {
  page->setObjectName(QStringLiteral("page"));
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, metrics::panelPadding, 0, 0);
  column->setSpacing(metrics::gap);
  return column;
}

QString formatsOf(const acquisition::CaptureDevice& device) {
  QStringList texts;
  for (const auto& format : device.formats) {
    const QString size = QStringLiteral("%1×%2").arg(format.width).arg(format.height);
    if (!texts.contains(size)) texts << size;
  }
  return texts.join(QStringLiteral(", "));
}

QListWidget* sourceList(const char* name) {
  auto* list = new QListWidget;
  list->setObjectName(QString::fromLatin1(name));
  list->setWordWrap(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return list;
}

void setSource(QListWidgetItem& item, const QString& title, const QString& source) {
  item.setText(title);
  item.setData(kSourceRole, source);
  item.setToolTip(source);
}

void addSource(QListWidget& list, const QString& title, const QString& source) {
  setSource(*new QListWidgetItem(&list), title, source);
}

}  // namespace

SourceDialog::SourceDialog(SourceChoices choices, QWidget* parent)
    : QDialog(parent), choices_(std::move(choices)), pages_(new QTabWidget), error_(sentence({}, "bad")) {
  FieldFocus::install();
  setObjectName(QStringLiteral("sourceDialog"));
  setWindowTitle(tr("Choose a source"));
  setModal(false);
  resize(600, 420);
  error_->setObjectName(QStringLiteral("sourceError"));
  error_->setVisible(false);
  pages_->addTab(devicePage(), tr("Capture device"));
  pages_->addTab(recordingPage(), tr("Recording"));
  pages_->addTab(scannerPage(), tr("Scanner"));
  pages_->addTab(simulatorPage(), tr("Simulator"));
  auto* column = new QVBoxLayout(this);
  column->addWidget(pages_, 1);
  column->addWidget(error_);
  for (QListWidget* list : findChildren<QListWidget*>()) {
    const auto take = [this](QListWidgetItem* item) { choose(item->data(kSourceRole).toString()); };
    connect(list, &QListWidget::itemClicked, this, take);
    connect(list, &QListWidget::itemActivated, this, take);
  }
}

QWidget* SourceDialog::devicePage() {
  auto* page = new QWidget;
  auto* column = pageLayout(page);
  column->addWidget(sentence(tr("Video capture devices of this computer. A click opens one.")));
  devices_ = sourceList("deviceList");
  column->addWidget(devices_, 1);
  noDevice_ = sentence(tr("No capture device is there. Plug one in, then look again."), "label");
  noDevice_->setObjectName(QStringLiteral("noDevice"));
  column->addWidget(noDevice_);
  auto* again = new QPushButton(tr("Look again"));
  connect(again, &QPushButton::clicked, this, &SourceDialog::listDevices);
  column->addWidget(again, 0, Qt::AlignLeft);
  return page;
}

QWidget* SourceDialog::recordingPage() {
  auto* page = new QWidget;
  auto* column = pageLayout(page);
  column->addWidget(
      sentence(tr("A video file, a MetaImage or NRRD sequence, or a folder of images. It can also be dropped "
                  "on the window.")));
  auto* row = new QHBoxLayout;
  auto* file = new QPushButton(tr("File…"));
  auto* folder = new QPushButton(tr("Folder of images…"));
  setRole(*file, "primary");
  connect(file, &QPushButton::clicked, this, &SourceDialog::chooseFile);
  connect(folder, &QPushButton::clicked, this, &SourceDialog::chooseFolder);
  row->addWidget(file);
  row->addWidget(folder);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(sentence(tr("Recent")));
  recent_ = sourceList("recentList");
  column->addWidget(recent_, 1);
  return page;
}

QWidget* SourceDialog::scannerPage() {
  auto* page = new QWidget;
  auto* column = pageLayout(page);
  QString forms;
  for (const auto& kind : choices_.catalog.kinds()) {
    forms += QStringLiteral("<tr><td style='padding:2px 14px 2px 0'><code>%1</code></td><td>%2</td></tr>")
                 .arg(QString::fromStdString(kind.form).toHtmlEscaped(),
                      QString::fromStdString(kind.description).toHtmlEscaped());
  }
  column->addWidget(sentence(tr("Write where the pictures come from. These forms are known:")));
  auto* table = new QLabel(QStringLiteral("<table>%1</table>").arg(forms));
  table->setTextFormat(Qt::RichText);
  table->setWordWrap(true);
  table->setTextInteractionFlags(Qt::TextSelectableByMouse);
  column->addWidget(table);
  auto* row = new QHBoxLayout;
  text_ = new QLineEdit;
  text_->setObjectName(QStringLiteral("sourceText"));
  text_->setPlaceholderText(tr("gst:v4l2src ! videoconvert"));
  auto* connectButton = new QPushButton(tr("Connect"));
  connectButton->setObjectName(QStringLiteral("connectButton"));
  connectButton->setDefault(true);
  setRole(*connectButton, "primary");
  connect(connectButton, &QPushButton::clicked, this, &SourceDialog::connectToText);
  connect(text_, &QLineEdit::returnPressed, this, &SourceDialog::connectToText);
  row->addWidget(text_, 1);
  row->addWidget(connectButton);
  column->addLayout(row);
  column->addStretch(1);
  return page;
}

QWidget* SourceDialog::simulatorPage() {
  auto* page = new QWidget;
  auto* column = pageLayout(page);
  column->addWidget(sentence(tr("Simulated ultrasound with a blade going in. A click starts one.")));
  auto* list = sourceList("scenarioList");
  for (const auto& scenario : choices_.scenarios) {
    addSource(*list, QString::fromStdString(scenario.title), QString::fromStdString(scenario.source));
  }
  column->addWidget(list, 1);
  if (choices_.scenarios.empty()) {
    column->addWidget(sentence(tr("This build has no simulator."), "label"));
  }
  return page;
}

void SourceDialog::listDevices() {
  devices_->clear();
  try {
    for (const auto& device : choices_.listDevices()) {
      const QString path = QString::fromStdString(device.path);
      addSource(
          *devices_,
          QStringLiteral("%1\n%2  %3").arg(QString::fromStdString(device.name), path, formatsOf(device)),
          QStringLiteral("device:") + path);
    }
  } catch (const std::exception& error) {
    error_->setText(QString::fromStdString(error.what()));
    error_->setVisible(true);
  }
  noDevice_->setVisible(devices_->count() == 0);
}

void SourceDialog::showPage(Page page) {
  error_->setVisible(false);
  listDevices();
  pages_->setCurrentIndex(static_cast<int>(page));
  show();
  raise();
  activateWindow();
  if (page == Page::Scanner) text_->setFocus(Qt::ShortcutFocusReason);  // asked for, to be written in
}

void SourceDialog::setRecent(const QStringList& sources) {
  // In place: a click on this list is what changes it.
  for (int row = 0; row < sources.size(); ++row) {
    if (row >= recent_->count()) addSource(*recent_, {}, {});
    setSource(*recent_->item(row), sources[row], sources[row]);
  }
  while (recent_->count() > sources.size()) delete recent_->takeItem(recent_->count() - 1);
}

void SourceDialog::connectToText() { choose(text_->text().trimmed()); }

void SourceDialog::chooseFile() {
  askForFile(this, FileWanted::Open, tr("Open a recording"), {},
             [this](const QString& file) { choose(file); });
}

void SourceDialog::chooseFolder() {
  askForFile(this, FileWanted::Folder, tr("Open a folder of images"), {},
             [this](const QString& folder) { choose(folder); });
}

void SourceDialog::choose(const QString& source) {
  if (source.isEmpty()) return;
  const std::string why = whyNotASource(choices_.catalog, source.toStdString());
  error_->setText(QString::fromStdString(why));
  error_->setVisible(!why.empty());
  if (!why.empty()) return;
  hide();
  emit chosen(source);
}

}  // namespace acuguide::ui
