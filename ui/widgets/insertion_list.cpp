#include "ui/widgets/insertion_list.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QHBoxLayout>
#include <QPixmap>
#include <QToolButton>

namespace acuguide::ui {

namespace {

constexpr QSize kPicture(96, 72);

}  // namespace

InsertionList::InsertionList(QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
  setObjectName(QStringLiteral("insertionList"));
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(metrics::gap);
  row_->addStretch(1);
}

void InsertionList::setEntries(const std::vector<InsertionEntry>& entries) {
  qDeleteAll(buttons_);
  buttons_.clear();
  for (const InsertionEntry& entry : entries) {
    auto* button = new QToolButton;
    setRole(*button, "thumbnail");
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setFocusPolicy(Qt::NoFocus);  // the keys stay those of the window
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize(kPicture);
    button->setIcon(
        QPixmap::fromImage(entry.picture.scaled(kPicture, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    button->setText(tr("%1 · %2").arg(entry.number).arg(wording::timeCode(entry.start)));
    button->setToolTip(tr("Insertion %1: %2 to %3")
                           .arg(entry.number)
                           .arg(wording::timeCode(entry.start), wording::timeCode(entry.end)));
    const int index = count();
    connect(button, &QToolButton::clicked, this, [this, index] { emit chosen(index); });
    row_->insertWidget(index, button);
    buttons_.push_back(button);
  }
}

void InsertionList::setChosen(int index) {
  if (index >= 0 && index < count()) buttons_[static_cast<std::size_t>(index)]->setChecked(true);
}

}  // namespace acuguide::ui
