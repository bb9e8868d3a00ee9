#include "ui/widgets/share_splitter.h"

#include <QResizeEvent>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr double kLeastShare = 0.1;
constexpr double kLargestShare = 0.7;

}  // namespace

ShareSplitter::ShareSplitter(QWidget* parent) : QSplitter(Qt::Horizontal, parent) {
  setChildrenCollapsible(false);
  connect(this, &QSplitter::splitterMoved, this, [this] {
    if (count() < 2 || length() <= 0) return;
    share_ = std::clamp(static_cast<double>(sizes().at(1)) / length(), kLeastShare, kLargestShare);
    emit placed(share_);
  });
}

void ShareSplitter::setShare(double share) {
  share_ = std::clamp(share, kLeastShare, kLargestShare);
  apply();
}

void ShareSplitter::setLeast(int least) {
  least_ = least;
  apply();
}

void ShareSplitter::resizeEvent(QResizeEvent* event) {
  QSplitter::resizeEvent(event);
  apply();
}

int ShareSplitter::length() const { return orientation() == Qt::Horizontal ? width() : height(); }

void ShareSplitter::apply() {
  const int second = std::max(least_, static_cast<int>(length() * share_));
  setSizes({std::max(0, length() - handleWidth() - second), second});
}

}  // namespace acuguide::ui
