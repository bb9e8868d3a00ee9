#include "ui/widgets/checklist_card.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/checklist_panel.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace acuguide::ui {

namespace {

QToolButton* makeAnswer(const char* name, const QString& text) {
  auto* button = new QToolButton;
  button->setObjectName(QString::fromLatin1(name));
  button->setText(text);
  button->setFocusPolicy(Qt::NoFocus);  // Enter and Space stay the procedure's
  button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setRole(*button, "choice");
  return button;
}

}  // namespace

ChecklistCard::ChecklistCard(QWidget* parent)
    : QFrame(parent),
      heading_(new QLabel),
      question_(new FitLabel),
      finding_(new QLabel),
      no_(makeAnswer("answerNo", tr("No (N)"))),
      yes_(makeAnswer("answerYes", tr("Yes (Y)"))),
      back_(makeAnswer("answerBack", tr("Question before (Backspace)"))) {
  setObjectName(QStringLiteral("checklistCard"));
  setRole(*this, "panel");
  heading_->setObjectName(QStringLiteral("checklistHeading"));
  question_->setObjectName(QStringLiteral("checklistQuestion"));
  question_->setLines(5);
  finding_->setObjectName(QStringLiteral("checklistFinding"));
  finding_->setWordWrap(true);
  setRole(*heading_, "heading");
  setRole(*finding_, "bad");
  setRole(*back_, "plain");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap);
  column->addWidget(heading_);
  column->addWidget(question_);
  column->addWidget(finding_);
  auto* answers = new QHBoxLayout;
  answers->setSpacing(metrics::gap);
  answers->addWidget(no_);
  answers->addWidget(yes_);
  column->addLayout(answers);
  column->addWidget(back_);
  column->addStretch(1);
  connect(no_, &QToolButton::clicked, this, [this] { answer(false); });
  connect(yes_, &QToolButton::clicked, this, [this] { answer(true); });
  connect(back_, &QToolButton::clicked, this, &ChecklistCard::goBack);
  show();
}

std::size_t ChecklistCard::firstOpen() const {
  const auto& items = planning::contraindications();
  std::size_t at = 0;
  for (; at < items.size(); ++at) {
    const auto found = checklist_.answers.find(items[at].id);
    if (found == checklist_.answers.end() || found->second != planning::Answer::No) break;
  }
  return at;
}

void ChecklistCard::setChecklist(const planning::Checklist& checklist, const std::string& acupoint) {
  checklist_ = checklist;
  acupoint_ = acupoint;
  if (checklist_.date != planning::today()) {
    // What was found stays found until somebody says otherwise; what was not has to be asked again.
    std::erase_if(checklist_.answers, [](const auto& item) { return item.second != planning::Answer::Yes; });
    checklist_.date = planning::today();
  }
  at_ = firstOpen();
  show();
}

void ChecklistCard::askSide(const QString& question) {
  side_ = question;
  show();
}

void ChecklistCard::stopAskingSide() {
  side_.clear();
  show();
}

void ChecklistCard::answer(bool yes) {
  if (asksSide()) {
    stopAskingSide();
    emit sideAnswered(yes);
    return;
  }
  const auto& items = planning::contraindications();
  if (at_ >= items.size()) return;
  checklist_.answers[items[at_].id] = yes ? planning::Answer::Yes : planning::Answer::No;
  if (!yes) {
    // On to the next that has no answer, not over a yes found before.
    ++at_;
    while (at_ < items.size() && checklist_.answers.contains(items[at_].id) &&
           checklist_.answers.at(items[at_].id) == planning::Answer::No)
      ++at_;
    if (at_ >= items.size()) at_ = firstOpen();
  }
  show();
  const bool passed = planning::judgeChecklist(checklist_, planning::today()).passed();
  emit answered();
  if (passed) emit finished();
}

void ChecklistCard::goBack() {
  if (asksSide() || at_ == 0) return;
  --at_;
  show();
}

void ChecklistCard::setTextPixels(int pixels) { question_->setTextPixels(pixels); }

void ChecklistCard::show() {
  const auto& items = planning::contraindications();
  const auto finding = planning::judgeChecklist(checklist_, planning::today());
  const bool over = !asksSide() && at_ >= items.size();
  if (asksSide()) {
    heading_->setText(tr("Which side?"));
    question_->setText(side_);
    finding_->clear();
  } else {
    heading_->setText(over ? tr("Contraindications")
                           : tr("Contraindications: %1 of %2").arg(at_ + 1).arg(items.size()));
    question_->setText(over ? tr("Asked today: no contraindication.")
                            : ChecklistPanel::question(items[at_].id));
    QStringList present;
    for (const std::string& id : finding.present) present << ChecklistPanel::question(id);
    finding_->setText(present.isEmpty() ? QString()
                                        : tr("Contraindicated: this plan must not be used.") +
                                              QLatin1Char('\n') + present.join(QLatin1Char('\n')));
  }
  for (QToolButton* button : {no_, yes_}) button->setVisible(!over);
  back_->setVisible(!asksSide());
  back_->setEnabled(at_ > 0);
}

}  // namespace acuguide::ui
