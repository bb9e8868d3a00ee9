#include "ui/widgets/checklist_panel.h"

#include "planning/atlas.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr int kNo = 0;
constexpr int kYes = 1;

}  // namespace

QString ChecklistPanel::question(const std::string& id) {
  const std::pair<const char*, QString> questions[] = {
      {"infection", tr("Local infection at the site?")},
      {"clotting", tr("Clotting disorder or anticoagulant (INR above 1.5)?")},
      {"heart_lung", tr("Severe heart or lung disease?")},
      {"pregnancy", tr("Pregnancy (LI4, SP6, BL60 at no time in it)?")},
      {"implant", tr("Implant at the site?")},
      {"metal_allergy", tr("Metal allergy?")},
      {"pressure_glucose", tr("Blood pressure or glucose out of control?")},
      {"cooperation", tr("Patient unable to cooperate?")},
      {"acute_phase", tr("Acute phase of a cardiac or cerebrovascular event?")}};
  for (const auto& [known, text] : questions) {
    if (id == known) return text;
  }
  return QString::fromStdString(id);
}

ChecklistPanel::ChecklistPanel(QWidget* parent) : QFrame(parent), finding_(new QLabel) {
  setObjectName(QStringLiteral("checklist"));
  setRole(*this, "panel");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap / 2);
  auto* heading = new QLabel(tr("Contraindications"));
  setRole(*heading, "heading");
  column->addWidget(heading);
  auto* grid = new QGridLayout;
  grid->setVerticalSpacing(3);
  grid->setHorizontalSpacing(metrics::gap / 2);
  grid->setColumnStretch(0, 1);
  const auto& items = planning::contraindications();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const int row = static_cast<int>(i);
    auto* text = new QLabel(question(items[i].id));
    text->setWordWrap(true);
    grid->addWidget(text, row, 0);
    auto* group = new QButtonGroup(this);
    for (const int answer : {kNo, kYes}) {
      auto* button = new QPushButton(answer == kNo ? tr("No") : tr("Yes"));
      button->setObjectName(QString::fromStdString(items[i].id) +
                            (answer == kNo ? QLatin1String("_no") : QLatin1String("_yes")));
      button->setCheckable(true);
      setRole(*button, answer == kNo ? "answer" : "answerYes");
      button->setAccessibleName(text->text() + QLatin1Char(' ') + button->text());
      group->addButton(button, answer);
      grid->addWidget(button, row, 1 + answer);
    }
    rows_.push_back(group);
    connect(group, &QButtonGroup::idClicked, this, [this, id = items[i].id](int answer) {
      checklist_.date = planning::today();
      checklist_.answers[id] = answer == kYes ? planning::Answer::Yes : planning::Answer::No;
      show(acupoint_);
      emit answered();
    });
  }
  column->addLayout(grid);
  finding_->setObjectName(QStringLiteral("checklistFinding"));
  finding_->setWordWrap(true);
  column->addWidget(finding_);
  setChecklist({}, {});
}

void ChecklistPanel::setChecklist(const planning::Checklist& checklist, const std::string& acupoint) {
  checklist_ = checklist;
  if (checklist_.date != planning::today()) {
    std::erase_if(checklist_.answers, [](const auto& item) { return item.second != planning::Answer::Yes; });
    checklist_.date = planning::today();
  }
  show(acupoint);
}

void ChecklistPanel::show(const std::string& acupoint) {
  acupoint_ = acupoint;
  const auto& items = planning::contraindications();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto found = checklist_.answers.find(items[i].id);
    const auto answer = found == checklist_.answers.end() ? planning::Answer::Open : found->second;
    rows_[i]->setExclusive(false);  // so that an open one can show neither
    rows_[i]->button(kNo)->setChecked(answer == planning::Answer::No);
    rows_[i]->button(kYes)->setChecked(answer == planning::Answer::Yes);
    rows_[i]->setExclusive(true);
  }
  const auto finding = planning::judgeChecklist(checklist_, planning::today());
  if (!finding.present.empty()) {
    const bool pregnant =
        std::find(finding.present.begin(), finding.present.end(), "pregnancy") != finding.present.end();
    const planning::Acupoint* point = planning::atlas().point(acupoint);
    QString text = tr("Contraindicated: this plan must not be used.");
    if (pregnant && point && point->forbiddenInPregnancy())
      text += QLatin1Char(' ') +
              tr("%1 is forbidden at any time in pregnancy.").arg(QString::fromStdString(acupoint));
    setTextIfChanged(*finding_, text);
  } else {
    setTextIfChanged(
        *finding_, finding.open.empty()
                       ? tr("Asked today: no contraindication.")
                       : tr("%1 of %2 still to be asked today.").arg(finding.open.size()).arg(items.size()));
  }
  setRole(*finding_, !finding.present.empty() ? "bad" : finding.open.empty() ? "strong" : "muted");
}

}  // namespace acuguide::ui
