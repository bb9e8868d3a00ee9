#include "ui/widgets/calibrations_page.h"

#include "core/error.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace acuguide::ui {

namespace {

using Entry = calibration::ResultEntry;

constexpr int kRowHeight = 34;
constexpr int kDetailWidth = 380;
enum Column { kVerdict, kName, kKind, kProbe, kError, kAge, kColumns };

QString verdictWord(Entry::Verdict verdict) {
  switch (verdict) {
    case Entry::Verdict::Usable:
      return CalibrationsPage::tr("✓ usable");
    case Entry::Verdict::NotUsable:
      return CalibrationsPage::tr("✗ not usable");
    case Entry::Verdict::Expired:
      return CalibrationsPage::tr("◷ expired");
    case Entry::Verdict::Damaged:
      return CalibrationsPage::tr("! damaged");
  }
  return {};
}

QColor colourOf(Entry::Verdict verdict) {
  switch (verdict) {
    case Entry::Verdict::Usable:
      return toQt(rendering::palette::kOnCourse);
    case Entry::Verdict::Expired:
      return toQt(rendering::palette::kOffCourse);
    case Entry::Verdict::NotUsable:
    case Entry::Verdict::Damaged:
      return toQt(rendering::palette::kDangerName);
  }
  return {};
}

QString kindWord(const std::string& kind) {
  if (kind == "spatial") return CalibrationsPage::tr("picture at the probe");
  if (kind == "temporal") return CalibrationsPage::tr("time lag");
  if (kind == "pivot") return CalibrationsPage::tr("tool tip");
  if (kind == "landmarks") return CalibrationsPage::tr("landmarks");
  if (kind == "camera") return CalibrationsPage::tr("camera");
  if (kind == "scale") return CalibrationsPage::tr("pixel scale");
  return QString::fromStdString(kind);
}

/// "today", "3 days", "5 months": as old as a person would say.
QString ageWord(std::time_t created) {
  if (created == 0) return wording::unknown();
  const auto days = QDateTime::fromSecsSinceEpoch(created).date().daysTo(QDate::currentDate());
  if (days <= 0) return CalibrationsPage::tr("today");
  if (days < 60) return CalibrationsPage::tr("%1 d").arg(days);
  return CalibrationsPage::tr("%1 months").arg(days / 30);
}

QString dateText(std::time_t time) {
  return QLocale().toString(QDateTime::fromSecsSinceEpoch(time).date(), QLocale::ShortFormat);
}

QFrame* panel() {
  auto* frame = new QFrame;
  setRole(*frame, "panel");
  return frame;
}

QLabel* label(const char* role, const char* name) {
  auto* made = new QLabel;
  made->setObjectName(QString::fromLatin1(name));
  made->setWordWrap(true);
  made->setTextInteractionFlags(Qt::TextSelectableByMouse);
  setRole(*made, role);
  return made;
}

QString factsOf(const Entry& entry) {
  QStringList facts;
  if (entry.created != 0) facts << CalibrationsPage::tr("Made on %1").arg(dateText(entry.created));
  if (entry.expires) facts << CalibrationsPage::tr("to be used until %1").arg(dateText(*entry.expires));
  if (!entry.probe.empty())
    facts << CalibrationsPage::tr("probe %1").arg(QString::fromStdString(entry.probe));
  return facts.join(QStringLiteral(" · "));
}

QString inputsOf(const Entry& entry) {
  QStringList lines;
  for (const auto& input : entry.inputs)
    lines << QStringLiteral("<span style='color:%1'>%2</span><br>%3")
                 .arg(toQt(rendering::palette::kMuted).name(),
                      QString::fromStdString(input.role).toHtmlEscaped(),
                      QString::fromStdString(input.path.filename().string()).toHtmlEscaped());
  return lines.join(QStringLiteral("<br>"));
}

}  // namespace

CalibrationsPage::CalibrationsPage(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  row->addWidget(listPanel(), 1);
  row->addWidget(detailPanel());
}

QWidget* CalibrationsPage::listPanel() {
  auto* frame = panel();
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(metrics::panelPadding, metrics::panelPadding, metrics::panelPadding,
                             metrics::panelPadding);
  column->setSpacing(metrics::gap);
  auto* head = new QHBoxLayout;
  place_ = new ElidedLabel(Qt::ElideMiddle);
  place_->setObjectName(QStringLiteral("benchFolder"));
  setRole(*place_, "muted");
  auto* folder = new QPushButton(tr("Folder…"));
  auto* fresh = new QPushButton(tr("New calibration"));
  fresh->setObjectName(QStringLiteral("benchNew"));
  setRole(*fresh, "primary");
  connect(folder, &QPushButton::clicked, this, &CalibrationsPage::folderAsked);
  connect(fresh, &QPushButton::clicked, this, &CalibrationsPage::newAsked);
  head->addWidget(place_, 1);
  head->addWidget(folder);
  head->addWidget(fresh);
  column->addLayout(head);

  table_ = new QTableWidget(0, kColumns);
  table_->setObjectName(QStringLiteral("benchTable"));
  table_->setHorizontalHeaderLabels(
      {tr("Verdict"), tr("Name"), tr("What"), tr("Probe"), tr("Error"), tr("Age")});
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table_->horizontalHeader()->setHighlightSections(false);
  for (int i = 0; i < kColumns; ++i)
    table_->horizontalHeader()->setSectionResizeMode(
        i, i == kName ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
  connect(table_, &QTableWidget::currentCellChanged, this, [this](int chosen) { showDetail(chosen); });
  none_ = label("muted", "benchNone");
  none_->setAlignment(Qt::AlignCenter);
  listOrNone_ = new QStackedWidget;
  listOrNone_->addWidget(table_);
  listOrNone_->addWidget(none_);
  column->addWidget(listOrNone_, 1);
  return frame;
}

QWidget* CalibrationsPage::detailPanel() {
  auto* frame = panel();
  frame->setFixedWidth(kDetailWidth);
  auto* column = new QVBoxLayout(frame);
  column->setContentsMargins(metrics::panelPadding, metrics::panelPadding, metrics::panelPadding,
                             metrics::panelPadding);
  column->setSpacing(metrics::gap);
  name_ = label("strong", "benchName");
  verdict_ = label("strong", "benchVerdict");
  sentence_ = label("label", "benchSentence");
  facts_ = label("muted", "benchFacts");
  inputs_ = label("", "benchInputs");
  inputs_->setTextFormat(Qt::RichText);
  for (QLabel* one : {name_, verdict_, sentence_, facts_, inputs_}) column->addWidget(one);
  column->addStretch(1);
  auto* row = new QHBoxLayout;
  page_ = new QPushButton(tr("Open its report"));
  repeat_ = new QPushButton(tr("Repeat"));
  repeat_->setToolTip(tr("Calibrate again from the same files"));
  connect(page_, &QPushButton::clicked, this, &CalibrationsPage::openPage);
  connect(repeat_, &QPushButton::clicked, this, [this] {
    const int chosen = table_->currentRow();
    if (chosen >= 0) emit repeatAsked(entries_[static_cast<std::size_t>(chosen)]);
  });
  row->addWidget(page_);
  row->addWidget(repeat_);
  row->addStretch(1);
  column->addLayout(row);
  return frame;
}

void CalibrationsPage::showFolder(const std::filesystem::path& folder) {
  folder_ = folder;
  place_->setText(QString::fromStdString(folder.string()));
  entries_.clear();
  none_->setText(tr("No calibration is here yet."));
  try {
    if (std::filesystem::exists(folder)) entries_ = calibration::resultsIn(folder);
  } catch (const Error& error) {
    none_->setText(QString::fromUtf8(error.what()));
  }
  showEntries();
}

void CalibrationsPage::showEntries() {
  table_->setRowCount(static_cast<int>(entries_.size()));
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    const auto put = [&](Column column, const QString& text) {
      auto* item = new QTableWidgetItem(text);
      table_->setItem(static_cast<int>(i), column, item);
      return item;
    };
    put(kVerdict, verdictWord(entry.verdict))->setForeground(colourOf(entry.verdict));
    put(kName, QString::fromStdString(entry.path.stem().string()));
    put(kKind, kindWord(entry.kind));
    put(kProbe, QString::fromStdString(entry.probe));
    put(kError, entry.errorMm ? tr("%1 mm").arg(*entry.errorMm, 0, 'f', 2) : wording::unknown())
        ->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    put(kAge, ageWord(entry.created));
  }
  listOrNone_->setCurrentIndex(entries_.empty() ? 1 : 0);
  table_->setCurrentCell(entries_.empty() ? -1 : 0, 0);
  showDetail(table_->currentRow());
}

void CalibrationsPage::showDetail(int row) {
  const bool any = row >= 0 && static_cast<std::size_t>(row) < entries_.size();
  for (QWidget* widget : {static_cast<QWidget*>(page_), static_cast<QWidget*>(repeat_)})
    widget->setVisible(any);
  for (QLabel* one : {name_, verdict_, sentence_, facts_, inputs_}) one->clear();
  if (!any) return;
  const Entry& entry = entries_[static_cast<std::size_t>(row)];
  name_->setText(QString::fromStdString(entry.path.filename().string()));
  verdict_->setText(verdictWord(entry.verdict));
  verdict_->setStyleSheet(QStringLiteral("color: %1").arg(colourOf(entry.verdict).name()));
  sentence_->setText(QString::fromStdString(entry.sentence));
  facts_->setText(factsOf(entry));
  inputs_->setText(inputsOf(entry));
  std::filesystem::path page = entry.path;
  page_->setEnabled(std::filesystem::exists(page.replace_extension(".html")));
  repeat_->setEnabled(entry.kind == "spatial" && entry.inputs.size() >= 3);
}

void CalibrationsPage::openPage() const {
  const int row = table_->currentRow();
  if (row < 0) return;
  std::filesystem::path page = entries_[static_cast<std::size_t>(row)].path;
  QDesktopServices::openUrl(
      QUrl::fromLocalFile(QString::fromStdString(page.replace_extension(".html").string())));
}

}  // namespace acuguide::ui
