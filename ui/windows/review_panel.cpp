#include "ui/windows/review_panel.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/insertion_list.h"
#include "ui/widgets/metrics_panel.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace acuguide::ui {

namespace {

constexpr int kListHeight = 128;

QScrollArea* scrolled(QWidget* widget) {
  auto* area = new QScrollArea;
  area->setWidget(widget);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setFocusPolicy(Qt::NoFocus);
  return area;
}

}  // namespace

ReviewPanel::ReviewPanel(QWidget* parent)
    : QWidget(parent),
      list_(new InsertionList),
      metrics_(new MetricsPanel),
      none_(new QLabel(tr("No insertion was found in this session"))),
      heading_(new QLabel) {
  setObjectName(QStringLiteral("reviewPanel"));
  setRole(*none_, "muted");
  setRole(*heading_, "heading");
  none_->setWordWrap(true);
  heading_->setObjectName(QStringLiteral("reviewHeading"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, metrics::gap, 0, 0);
  column->setSpacing(metrics::gap);
  auto* list = scrolled(list_);
  list->setFixedHeight(kListHeight);
  list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(none_);
  column->addWidget(list);
  column->addWidget(heading_);
  auto* table = scrolled(metrics_);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  column->addWidget(table, 1);
  connect(list_, &InsertionList::chosen, this, [this](int index) {
    showInsertion(index);
    emit chosen(insertions_[static_cast<std::size_t>(index)].insertion.firstFrame);
  });
}

void ReviewPanel::setReview(const SessionReview* review) {
  insertions_ = review != nullptr ? review->metrics.insertions : std::vector<assessment::InsertionMetrics>();
  metrics_->setExperts(review != nullptr ? review->experts : std::nullopt);
  list_->setEntries(review != nullptr ? review->entries : std::vector<InsertionEntry>());
  none_->setVisible(insertions_.empty());
  shown_ = -1;
  showInsertion(insertions_.empty() ? -1 : 0);
}

void ReviewPanel::setFrame(std::int64_t frame) {
  for (std::size_t i = 0; i < insertions_.size(); ++i) {
    const assessment::Insertion& part = insertions_[i].insertion;
    if (frame >= part.firstFrame && frame <= part.lastFrame) showInsertion(static_cast<int>(i));
  }
}

void ReviewPanel::showInsertion(int index) {
  if (index < 0) {
    metrics_->setInsertion(std::nullopt);
    heading_->clear();
    return;
  }
  if (index == shown_) return;
  shown_ = index;
  const assessment::InsertionMetrics& one = insertions_[static_cast<std::size_t>(index)];
  list_->setChosen(index);
  metrics_->setInsertion(one);
  heading_->setText(tr("Insertion %1 of %2").arg(one.number).arg(insertions_.size()));
}

}  // namespace acuguide::ui
