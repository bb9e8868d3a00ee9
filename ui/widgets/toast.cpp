#include "ui/widgets/toast.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/text_size.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <utility>

namespace acuguide::ui {

Toast::Toast(QWidget* parent)
    : QFrame(parent), sentence_(new ElidedLabel(Qt::ElideMiddle)), row_(new QHBoxLayout(this)) {
  setObjectName(QStringLiteral("toast"));
  setRole(*this, "toast");
  sentence_->setObjectName(QStringLiteral("notice"));
  sentence_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  row_->setContentsMargins(metrics::panelPadding, 0, metrics::gap / 2, 0);
  row_->setSpacing(metrics::gap);
  row_->addWidget(sentence_, 1);
  hide();
}

void Toast::say(const QString& sentence, std::vector<Action> actions) {
  for (QToolButton* button : std::exchange(buttons_, {})) {
    button->hide();
    button->deleteLater();  // not at once: a click on it may be what says this
  }
  sentence_->setText(sentence);
  for (Action& action : actions) {
    auto* button = new QToolButton;
    button->setText(action.text);
    button->setFocusPolicy(Qt::NoFocus);
    setRole(*button, "toast");
    connect(button, &QToolButton::clicked, this, [act = std::move(action.act)] { act(); });
    row_->addWidget(button);
    buttons_.push_back(button);
  }
  setVisible(!sentence.isEmpty());
  raise();
}

QString Toast::sentence() const { return sentence_->text(); }

void Toast::setTextPixels(int pixels) { setTextSize(*this, pixels, pixels * 5 / 4); }

}  // namespace acuguide::ui
