#include "ui/widgets/steps_line.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QLabel>

namespace acuguide::ui {

namespace {

using guidance::Step;

constexpr std::array<Step, StepsLine::kSteps> order{Step::Checklist, Step::ConfirmPoint, Step::Align,
                                                    Step::Advance,   Step::Approach,     Step::AtPlane};

std::array<QString, StepsLine::kSteps> tips() {
  return {StepsLine::tr("Contraindications have been asked for today, and there is none (C)"),
          StepsLine::tr("The probe is over the point, and the target lies on its tissue (Enter)"),
          StepsLine::tr("The needle points at the target"),
          StepsLine::tr("The tip is in tissue and on its course"),
          StepsLine::tr("The last 5 mm of the way"),
          StepsLine::tr("The tip is at the plane; strokes are counted")};
}

}  // namespace

StepsLine::StepsLine(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("stepsLine"));
  setRole(*this, "panel");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::panelPadding, 0, metrics::panelPadding, 0);
  row->setSpacing(metrics::gap);
  for (std::size_t i = 0; i < kSteps; ++i) {
    if (i > 0) {
      auto* dot = new QLabel(QStringLiteral("·"));
      setRole(*dot, "muted");
      row->addWidget(dot);
    }
    labels_[i] = new FitLabel;
    labels_[i]->setTextPixels(metrics::labelText);
    labels_[i]->setObjectName(QStringLiteral("step%1").arg(i + 1));
    labels_[i]->setToolTip(tips()[i]);
    row->addWidget(labels_[i]);
  }
  row->addStretch(1);
  setSnapshot({});
}

void StepsLine::setWindowHeight(int height) {
  setFixedHeight(metrics::pixels(height, metrics::rowShare, metrics::labelText * 3 / 2));
  const int type = metrics::pixels(height, metrics::reasonTextShare, metrics::labelText);
  for (FitLabel* label : labels_) label->setTextPixels(type);
}

std::array<StepsLine::Mark, StepsLine::kSteps> StepsLine::marks(
    const navigation::GuidanceSnapshot& snapshot) {
  std::array<Mark, kSteps> marks{};
  if (!snapshot.procedure || !snapshot.guidance) return marks;  // nothing is claimed of a frozen picture
  const guidance::ProcedureState& procedure = *snapshot.procedure;
  const bool strokesDone = procedure.cause == guidance::StopCause::StrokesDone;
  for (std::size_t i = 0; i < kSteps; ++i) {
    // A Stop says how it is, not how far it had come.
    const bool behind = procedure.step == Step::Stop ? strokesDone || i < 2 : order[i] < procedure.step;
    marks[i] = behind ? Mark::Done : order[i] == procedure.step ? Mark::Now : Mark::Open;
    if (i < 2 && !procedure.asked && marks[i] == Mark::Done) marks[i] = Mark::NotAsked;
  }
  return marks;
}

void StepsLine::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto all = marks(snapshot);
  for (std::size_t i = 0; i < kSteps; ++i) {
    QString text = wording::step(order[i]);
    if (order[i] == Step::AtPlane && snapshot.procedure && snapshot.procedure->strokes)
      text +=
          QStringLiteral(" %1/%2").arg(*snapshot.procedure->strokes).arg(snapshot.procedure->strokesPlanned);
    if (all[i] == Mark::Done) text += QStringLiteral(" ✓");
    if (all[i] == Mark::NotAsked) text += QStringLiteral(" ") + wording::unknown();
    if (all[i] == Mark::Now) text = QStringLiteral("▸ ") + text;
    setTextIfChanged(*labels_[i], text);
    labels_[i]->setBold(all[i] == Mark::Now);
    const bool strong = all[i] == Mark::Now || all[i] == Mark::Done;
    labels_[i]->setColour(strong ? toQt(rendering::palette::kText) : toQt(rendering::palette::kMuted));
  }
}

}  // namespace acuguide::ui
