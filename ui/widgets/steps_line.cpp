#include "ui/widgets/steps_line.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/fit_label.h"

#include <QHBoxLayout>
#include <QLabel>

namespace acuguide::ui {

namespace {

std::array<QString, StepsLine::kSteps> names() {
  return {StepsLine::tr("picture"), StepsLine::tr("scale"),   StepsLine::tr("plan"),
          StepsLine::tr("needle"),  StepsLine::tr("aligned"), StepsLine::tr("at target")};
}

std::array<QString, StepsLine::kSteps> tips() {
  return {StepsLine::tr("A live picture comes in"),
          StepsLine::tr("The size of a pixel is known"),
          StepsLine::tr("A plan is loaded and its target is in the picture"),
          StepsLine::tr("The needle is seen"),
          StepsLine::tr("The needle points at the target"),
          StepsLine::tr("The tip is at the target")};
}

}  // namespace

StepsLine::StepsLine(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("stepsLine"));
  setRole(*this, "panel");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::panelPadding, 6, metrics::panelPadding, 6);
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

std::array<bool, StepsLine::kSteps> StepsLine::fulfilled(const navigation::GuidanceSnapshot& snapshot) {
  using navigation::PictureState;
  using planning::GuidanceState;
  const auto& guidance = snapshot.guidance;
  const bool picture = snapshot.frame && snapshot.picture != PictureState::Stale;
  const bool needle = picture && snapshot.needle.state == tracking::NeedleState::Observed;
  const bool atTarget = guidance && guidance->state == GuidanceState::AtTarget;
  const bool aligned = atTarget || (guidance && guidance->state == GuidanceState::OnCourse);
  // Without guidance (frozen, stale) a plan stays loaded; with it, its target must be found too.
  const bool plan = snapshot.plan && (!guidance || guidance->target);
  return {picture, picture && snapshot.frame->geometry.spacingMm, plan, needle, aligned, atTarget};
}

void StepsLine::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto done = fulfilled(snapshot);
  const auto words = names();
  bool nowShown = false;
  for (std::size_t i = 0; i < kSteps; ++i) {
    const bool now = !done[i] && !nowShown;
    nowShown = nowShown || now;
    setTextIfChanged(*labels_[i], done[i] ? words[i] + QStringLiteral(" ✓")
                                  : now   ? QStringLiteral("▸ ") + words[i]
                                          : words[i]);
    labels_[i]->setBold(now);
    labels_[i]->setColour(done[i] || now ? toQt(palette::kText) : toQt(palette::kMuted));
  }
}

}  // namespace acuguide::ui
