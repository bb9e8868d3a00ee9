#include "ui/widgets/action_grid.h"

#include "ui/style/style.h"
#include "ui/style/text_size.h"
#include "ui/style/window_metrics.h"

#include <QAction>
#include <QEvent>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>

namespace acuguide::ui {

namespace {

constexpr int kGap = 6;

}  // namespace

ActionGrid::ActionGrid(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("actionGrid"));
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

QToolButton* ActionGrid::add(QAction* action) {
  auto* button = new QToolButton(this);
  button->setDefaultAction(action);
  button->setVisible(action->isVisible());
  connect(action, &QAction::changed, button, [action, button] { button->setVisible(action->isVisible()); });
  add(button);
  return button;
}

void ActionGrid::add(QToolButton* button) {
  if (button->parentWidget() != this) button->setParent(this);
  button->setIconSize(QSize(metrics::iconSize, metrics::iconSize));
  button->setFocusPolicy(Qt::TabFocus);
  setRole(*button, "icon");
  buttons_.push_back(button);
  chooseWords();
  updateGeometry();
}

void ActionGrid::setTextPixels(int pixels) {
  setTextSize(*this, pixels);
  updateGeometry();
  place();
}

void ActionGrid::setRoomForWords(bool room) {
  roomForWords_ = room;
  chooseWords();
  updateGeometry();
  place();
}

std::vector<QToolButton*> ActionGrid::shown() const {
  std::vector<QToolButton*> list;
  for (QToolButton* button : buttons_)
    if (!button->isHidden()) list.push_back(button);
  return list;
}

QSize ActionGrid::cell() const {
  QSize size(metrics::touchTarget, metrics::touchTarget);
  for (const QToolButton* button : shown()) {
    size = size.expandedTo(button->sizeHint());
    if (button->toolButtonStyle() == Qt::ToolButtonTextUnderIcon)
      size.setHeight(std::max(size.height(), metrics::iconSize + button->fontMetrics().height() + 2 * kGap));
  }
  return size;
}

int ActionGrid::columns(int width) const { return std::max(1, (width + kGap) / (cell().width() + kGap)); }

int ActionGrid::heightForWidth(int width) const {
  const int count = static_cast<int>(shown().size());
  if (count == 0) return 0;
  const int rows = (count + columns(width) - 1) / columns(width);
  return rows * (cell().height() + kGap) - kGap;
}

QSize ActionGrid::sizeHint() const { return {width(), heightForWidth(width())}; }

QSize ActionGrid::minimumSizeHint() const { return {cell().width(), heightForWidth(width())}; }

void ActionGrid::chooseWords() {
  const auto style = roomForWords_ && width() >= metrics::wordsFromWidth ? Qt::ToolButtonTextUnderIcon
                                                                         : Qt::ToolButtonIconOnly;
  for (QToolButton* button : buttons_)
    if (button->toolButtonStyle() != style) button->setToolButtonStyle(style);
}

void ActionGrid::place() {
  const auto list = shown();
  if (list.empty()) return;
  const int perRow = columns(width());
  const QSize size((width() + kGap) / perRow - kGap, cell().height());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const int row = static_cast<int>(i) / perRow, column = static_cast<int>(i) % perRow;
    list[i]->setGeometry(QRect(QPoint(column * (size.width() + kGap), row * (size.height() + kGap)), size));
  }
}

void ActionGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  chooseWords();
  updateGeometry();
  place();
}

bool ActionGrid::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest) {
    updateGeometry();
    place();
  }
  return QWidget::event(event);
}

}  // namespace acuguide::ui
