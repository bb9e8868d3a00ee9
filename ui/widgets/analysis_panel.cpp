#include "ui/widgets/analysis_panel.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QGridLayout>

namespace acuguide::ui {

namespace {

QString percent(double share) { return QStringLiteral("%1 %").arg(share * 100.0, 0, 'f', 0); }

QString planesText(const imaging::FrameAnalysis& analysis) {
  QStringList names;
  int fasciae = 0;
  for (const auto& plane : analysis.planes) {
    if (plane.label == imaging::PlaneLabel::Fascia) {
      ++fasciae;
    } else {
      names << QStringLiteral("%1 %2").arg(wording::planeName(plane.label), percent(plane.confidence));
    }
  }
  if (fasciae > 0) names << AnalysisPanel::tr("%1 other").arg(fasciae);
  return names.isEmpty() ? AnalysisPanel::tr("none found") : names.join(QStringLiteral(", "));
}

QString durationsText(const navigation::StageDurations& took) {
  const auto ms = [](double seconds) { return QString::number(seconds * 1000.0, 'f', 1); };
  return AnalysisPanel::tr("imaging %1, tracking %2, guidance %3 ms")
      .arg(ms(took.imaging), ms(took.tracking), ms(took.guidance));
}

}  // namespace

AnalysisPanel::AnalysisPanel(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("analysisPanel"));
  const std::array<QString, kRows> names{tr("Needle"),    tr("Certainty"), tr("Angle"),  tr("Tip ±"),
                                         tr("Tip depth"), tr("Fibres"),    tr("Beside"), tr("Angle error"),
                                         tr("Planes"),    tr("Time taken")};
  const std::array<const char*, kRows> objects{
      "analysisNeedle", "analysisConfidence", "analysisAngle",      "analysisTipSigma", "analysisTipDepth",
      "analysisFibres", "analysisLateral",    "analysisAngleError", "analysisPlanes",   "analysisTimes"};
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(metrics::panelPadding);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  for (std::size_t i = 0; i < kRows; ++i) {
    auto* name = new QLabel(names[i]);
    setRole(*name, "muted");
    values_[i] = new ElidedLabel;
    values_[i]->setObjectName(QString::fromLatin1(objects[i]));
    // Short values two in a row, the long ones below in a row of their own.
    const bool isLong = i >= kShort;
    const int row = static_cast<int>(isLong ? kShort / 2 + (i - kShort) : i / 2);
    const int column = isLong ? 0 : static_cast<int>(i % 2) * 2;
    grid->addWidget(name, row, column);
    grid->addWidget(values_[i], row, column + 1, 1, isLong ? 3 : 1);
  }
  setSnapshot({});
}

void AnalysisPanel::setSnapshot(const navigation::GuidanceSnapshot& snapshot) {
  const auto& needle = snapshot.needle;
  const auto& guidance = snapshot.guidance;
  const bool known = snapshot.frame && needle.state != tracking::NeedleState::None;
  const QString none = wording::unknown();
  const std::array<QString, kRows> texts{
      snapshot.frame ? wording::needleState(needle.state) : none,
      snapshot.frame ? percent(needle.confidence) : none,
      known ? wording::angle(needle.angle()) : none,
      known ? tr("%1 px").arg(needle.tipSigmaPx(), 0, 'f', 1) : none,
      wording::length(guidance ? guidance->tipDepth : std::nullopt),
      snapshot.analysis->fibres ? wording::angle(snapshot.analysis->fibres->angle) : none,
      wording::length(guidance ? guidance->lateralError : std::nullopt),
      guidance && guidance->angleError ? wording::angle(*guidance->angleError) : none,
      snapshot.frame ? planesText(*snapshot.analysis) : none,
      snapshot.frame ? durationsText(snapshot.durations) : none,
  };
  for (std::size_t i = 0; i < kRows; ++i) values_[i]->setText(texts[i]);
}

}  // namespace acuguide::ui
