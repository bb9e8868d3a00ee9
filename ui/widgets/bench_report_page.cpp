#include "ui/widgets/bench_report_page.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/error_map_view.h"
#include "ui/widgets/marked_picture.h"
#include "ui/widgets/residual_plot.h"
#include "ui/widgets/wire_bars.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr std::size_t kValidation = 1;
constexpr std::size_t kListed = 40;
constexpr int kSideWidth = 500;
constexpr int kPlotHeight = 118;
constexpr int kMapHeight = 178;
constexpr int kVerdictBar = 5;

QFrame* panel(QLayout* layout) {
  auto* frame = new QFrame;
  setRole(*frame, "panel");
  layout->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  layout->setSpacing(metrics::gap);
  frame->setLayout(layout);
  return frame;
}

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  setRole(*label, "heading");
  return label;
}

std::vector<PictureMark> marksOf(const calibration::Findings& findings,
                                 const calibration::FrameFindings& frame) {
  std::vector<PictureMark> marks;
  for (std::size_t i = 0; i < frame.wires.size(); ++i) {
    const auto& wire = frame.wires[i];
    if (wire.expectedPx.allFinite())
      marks.push_back({PictureMark::Kind::Expected, {wire.expectedPx.x(), wire.expectedPx.y()}, {}});
    marks.push_back({frame.outlier ? PictureMark::Kind::Missed : PictureMark::Kind::Seen,
                     {wire.seenPx.x(), wire.seenPx.y()},
                     QString::fromStdString(findings.wires[i])});
  }
  return marks;
}

}  // namespace

BenchReportPage::BenchReportPage(QWidget* parent) : QWidget(parent) {
  plot_ = new ResidualPlot;
  plot_->setFixedHeight(kPlotHeight);
  plot_->setObjectName(QStringLiteral("benchResiduals"));
  connect(plot_, &ResidualPlot::chosen, this, &BenchReportPage::showFrame);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(metrics::gap);
  middle->addWidget(framePanel(), 1);
  middle->addWidget(figuresPanel());
  auto* plotBox = new QVBoxLayout;
  plotBox->addWidget(plot_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(verdictPanel());
  column->addLayout(middle, 1);
  column->addWidget(panel(plotBox));
}

QWidget* BenchReportPage::verdictPanel() {
  auto* row = new QHBoxLayout;
  bar_ = new QFrame;
  bar_->setFixedWidth(kVerdictBar);
  verdict_ = new QLabel;
  verdict_->setObjectName(QStringLiteral("benchReportVerdict"));
  setRole(*verdict_, "title");
  sentence_ = new QLabel;
  sentence_->setObjectName(QStringLiteral("benchReportSentence"));
  sentence_->setWordWrap(true);
  setRole(*sentence_, "label");
  figures_ = new QLabel;
  figures_->setObjectName(QStringLiteral("benchReportFigures"));
  figures_->setWordWrap(true);
  setRole(*figures_, "muted");
  accept_ = new QPushButton(tr("Accept"));
  accept_->setObjectName(QStringLiteral("benchAccept"));
  accept_->setToolTip(tr("Becomes the calibration in force; the one before is kept beside it"));
  setRole(*accept_, "primary");
  reject_ = new QPushButton(tr("Reject"));
  reject_->setObjectName(QStringLiteral("benchReject"));
  reject_->setToolTip(tr("The calibration in force stays as it is"));
  connect(accept_, &QPushButton::clicked, this, &BenchReportPage::accepted);
  connect(reject_, &QPushButton::clicked, this, &BenchReportPage::rejected);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addWidget(sentence_);
  words->addWidget(figures_);
  row->addWidget(bar_);
  row->addWidget(verdict_);
  row->addLayout(words, 1);
  row->addWidget(reject_);
  row->addWidget(accept_);
  return panel(row);
}

QWidget* BenchReportPage::framePanel() {
  picture_ = new MarkedPicture;
  caption_ = new ElidedLabel(Qt::ElideRight);
  caption_->setObjectName(QStringLiteral("benchFrameCaption"));
  auto* back = new QToolButton;
  auto* on = new QToolButton;
  back->setText(QStringLiteral("‹"));
  on->setText(QStringLiteral("›"));
  back->setToolTip(tr("Previous frame (Left)"));
  on->setToolTip(tr("Next frame (Right)"));
  connect(back, &QToolButton::clicked, this, [this] { step(-1); });
  connect(on, &QToolButton::clicked, this, [this] { step(1); });
  auto* row = new QHBoxLayout;
  row->addWidget(back);
  row->addWidget(on);
  row->addWidget(caption_, 1);
  auto* column = new QVBoxLayout;
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(metrics::gap);
  column->addWidget(picture_, 1);
  column->addLayout(row);
  auto* widget = new QWidget;
  widget->setLayout(column);
  return widget;
}

QWidget* BenchReportPage::figuresPanel() {
  map_ = new ErrorMapView;
  map_->setMaximumHeight(kMapHeight);
  wires_ = new WireBars;
  list_ = new QListWidget;
  list_->setObjectName(QStringLiteral("benchOutliers"));
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setTextElideMode(Qt::ElideRight);
  connect(list_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
    if (item != nullptr) showFrame(item->data(Qt::UserRole).toULongLong());
  });
  auto* wireColumn = new QVBoxLayout;
  wireColumn->addWidget(heading(tr("Each wire, mean and 95 % (mm)")));
  wireColumn->addWidget(wires_, 1);
  auto* listColumn = new QVBoxLayout;
  listColumn->addWidget(heading(tr("Frames to look at")));
  listColumn->addWidget(list_, 1);
  auto* lower = new QHBoxLayout;
  lower->setSpacing(metrics::panelPadding);
  lower->addLayout(wireColumn, 1);
  lower->addLayout(listColumn, 1);
  auto* column = new QVBoxLayout;
  column->addWidget(heading(tr("Error over the picture, validation (mm)")));
  column->addWidget(map_, 2);
  column->addLayout(lower, 2);
  QFrame* frame = panel(column);
  frame->setFixedWidth(kSideWidth);
  return frame;
}

void BenchReportPage::setRun(std::shared_ptr<const calibration::SpatialRun> run) {
  run_ = std::move(run);
  findings_ = std::shared_ptr<const calibration::Findings>(run_, &run_->findings);
  showVerdict();
  map_->setFindings(findings_.get(), kValidation);
  wires_->setFindings(findings_.get(), kValidation);
  plot_->setFindings(findings_);
  fillList();
  const auto first = calibration::framesToLookAt(*findings_, 1);
  if (!first.empty()) showFrame(first.front());
}

void BenchReportPage::showVerdict() {
  const QColor colour =
      toQt(findings_->usable ? rendering::palette::kOnCourse : rendering::palette::kDangerName);
  bar_->setStyleSheet(QStringLiteral("background: %1; border-radius: 2px").arg(colour.name()));
  verdict_->setText(findings_->usable ? tr("✓ Usable") : tr("✗ Not usable"));
  verdict_->setStyleSheet(QStringLiteral("color: %1").arg(colour.name()));
  QString sentence = QString::fromStdString(findings_->verdict);
  sentence = sentence.mid(sentence.indexOf(QLatin1Char(':')) + 1).trimmed();  // the word stands beside it
  if (!sentence.isEmpty()) sentence[0] = sentence[0].toUpper();
  sentence_->setText(sentence);
  QStringList figures;
  for (const auto& [name, value] : findings_->figures)
    figures << QStringLiteral("%1 <span style='color:%3'>%2</span>")
                   .arg(QString::fromStdString(name).toHtmlEscaped(),
                        QString::fromStdString(value).replace(QLatin1Char(' '), QChar(QChar::Nbsp)),
                        toQt(rendering::palette::kText).name());
  figures_->setText(figures.join(QStringLiteral(" · ")));
  QStringList reasons;
  for (const std::string& reason : findings_->reasons) reasons << QString::fromStdString(reason);
  sentence_->setToolTip(reasons.join(QLatin1Char('\n')));
  accept_->setEnabled(findings_->usable);
}

void BenchReportPage::fillList() {
  const QSignalBlocker quiet(list_);
  list_->clear();
  for (const std::size_t i : calibration::framesToLookAt(*findings_, kListed)) {
    const auto& frame = findings_->frames[i];
    const QString name =
        (frame.sweep == kValidation ? tr("validation %1") : tr("calibration %1")).arg(frame.frame);
    const QString what =
        frame.left.empty() ? tr("%1 mm").arg(frame.errorMm, 0, 'f', 2) : QString::fromStdString(frame.left);
    const QString mark = frame.outlier || !frame.left.empty() ? QStringLiteral("✗ ") : QString();
    auto* item = new QListWidgetItem(QStringLiteral("%1%2 · %3").arg(mark, name, what), list_);
    item->setData(Qt::UserRole, static_cast<qulonglong>(i));
    item->setToolTip(item->text());
  }
}

QString BenchReportPage::captionOf(const calibration::FrameFindings& frame) const {
  const QString name = (frame.sweep == kValidation ? tr("Validation, frame %1") : tr("Calibration, frame %1"))
                           .arg(frame.frame);
  if (!frame.left.empty()) return tr("%1, left out: %2").arg(name, QString::fromStdString(frame.left));
  const QString error = (frame.outlier ? tr("%1: %2 mm, an outlier, not used") : tr("%1: %2 mm"))
                            .arg(name)
                            .arg(frame.errorMm, 0, 'f', 2);
  return tr("%1   cross: should be, circle: seen").arg(error);
}

void BenchReportPage::showFrame(std::size_t frame) {
  if (!findings_ || frame >= findings_->frames.size()) return;
  shown_ = frame;
  const auto& one = findings_->frames[frame];
  picture_->setPicture(one.grey, marksOf(*findings_, one));
  caption_->setText(captionOf(one));
  plot_->setChosen(frame);
  const QSignalBlocker quiet(list_);
  int listed = -1;
  for (int row = 0; row < list_->count(); ++row) {
    if (list_->item(row)->data(Qt::UserRole).toULongLong() == frame) listed = row;
  }
  if (list_->currentRow() != listed) list_->setCurrentRow(listed);
}

void BenchReportPage::step(int frames) {
  if (!findings_ || findings_->frames.empty()) return;
  const auto last = static_cast<std::int64_t>(findings_->frames.size()) - 1;
  showFrame(static_cast<std::size_t>(
      std::clamp<std::int64_t>(static_cast<std::int64_t>(shown_) + frames, 0, last)));
}

}  // namespace acuguide::ui
