#include "ui/plan/plan_page.h"

#include "core/error.h"
#include "core/units.h"
#include "core/whole_file.h"
#include "planning/atlas.h"
#include "planning/blade_direction.h"
#include "ui/plan/dial_painter.h"
#include "ui/plan/limb_painter.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/checklist_panel.h"

#include <QCoreApplication>
#include <QFile>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>

namespace acuguide::ui {

namespace {

// The page in units of 1/144 inch, so that half points are whole numbers: A4 less its margins is 1046 wide
// and 1540 high.
constexpr double kPerInch = 144;
constexpr int kText = 17;
constexpr int kHeading = 20;
constexpr int kTitle = 40;
constexpr int kFigureText = 18;
constexpr double kGap = 20;
constexpr double kFigures = 430;
constexpr double kDial = 112;
constexpr double kNames = 160;  // column of the names of a row
constexpr double kAnswers = 70;

QString tr(const char* text) { return QCoreApplication::translate("acuguide::ui", text); }

QString mm(double value) { return QString::number(value, 'f', 1) + QStringLiteral(" mm"); }

/// Draws text in a column and moves its top down.
struct Column {
  QPainter& painter;
  QRectF area;
  const PlanInk ink = PlanInk::paper();

  void text(const QString& words, int size = kText, bool bold = false, QColor colour = {}) {
    painter.setFont(textFont(size, bold));
    painter.setPen(colour.isValid() ? colour : ink.text);
    QRectF used;
    painter.drawText(area, Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, words, &used);
    area.setTop(used.bottom() + 4);
  }
  void heading(const QString& words) {
    area.setTop(area.top() + kGap * 0.7);
    text(words, kHeading, true, ink.accent);
  }
  void row(const QString& name, const QString& value, double names = kNames) {
    if (value.isEmpty()) return;
    painter.setFont(textFont(kText));
    painter.setPen(ink.muted);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, name);
    painter.setPen(ink.text);
    QRectF used;
    painter.drawText(area.adjusted(names, 0, 0, 0), Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, value,
                     &used);
    area.setTop(std::max(used.bottom(), area.top() + kText * 1.4) + 3);
  }
};

QString dangersText(const planning::Plan& plan) {
  QStringList parts;
  for (const auto& zone : plan.dangers)
    parts << tr("%1 (%2 to stay free)").arg(wording::dangerName(zone), mm(zone.marginMm));
  return parts.isEmpty() ? tr("none drawn") : parts.join(QStringLiteral(", "));
}

void paintFacts(Column& column, const Section& section, const planning::Acupoint* point) {
  const planning::Plan& plan = section.plan;
  column.heading(tr("Target and way in"));
  column.row(tr("target"), wording::target(plan.target) + QStringLiteral(", ") +
                               tr("within %1").arg(mm(plan.targetToleranceMm)));
  if (section.proposal.best) {
    const planning::Trajectory& way = *section.proposal.best;
    column.row(
        tr("entry"),
        way.fromLeft
            ? tr("from the picture's left, %1 left of its centre line").arg(mm(-way.entry.lateralMm))
            : tr("from the picture's right, %1 right of its centre line").arg(mm(way.entry.lateralMm)));
    column.row(tr("angle, way"),
               tr("%1 to the probe face, %2 through tissue").arg(wording::angle(way.angle), mm(way.pathMm)));
    if (!way.feasible()) column.row(tr("not feasible"), QString::fromStdString(way.refusal));
    column.row(tr("visibility"), QString::fromLatin1(planning::nameOf(way.visibility).data()));
    if (way.roomMm)
      column.row(tr("room"),
                 tr("%1 beyond the margin of %2")
                     .arg(mm(*way.roomMm), wording::dangerName(plan.dangers[*way.nearestDanger])));
    column.row(tr("instrument"),
               tr("%1: %2 thick, blade %3, %4 long")
                   .arg(QString::fromStdString(way.instrument.name), mm(way.instrument.diameterMm),
                        mm(way.instrument.bladeWidthMm), mm(way.instrument.lengthMm)));
  }
  column.row(tr("depth limit"), plan.maximumDepthMm ? mm(*plan.maximumDepthMm) : tr("none set"));
  column.row(tr("strokes"), tr("at most %1").arg(plan.strokes));
  column.row(tr("keep clear of"), dangersText(plan));
  if (point) {
    QStringList avoid;
    for (const auto& part : point->avoid)
      avoid << QString::fromStdString(part.name) + (part.general ? QStringLiteral(" [U]") : QString());
    column.row(tr("atlas: avoid"), avoid.join(QStringLiteral("; ")));
    QStringList layers;
    for (const auto& layer : point->stack) layers << QString::fromStdString(layer.name);
    column.row(tr("layers"),
               tr("skin, subcutis, deep fascia") + QStringLiteral(", ") + layers.join(QStringLiteral(", ")));
  }
}

void paintChecklist(Column& column, const planning::Plan& plan) {
  column.heading(tr("Contraindications"));
  const planning::Checklist checklist = plan.checklist.value_or(planning::Checklist{});
  for (const auto& item : planning::contraindications()) {
    const auto found = checklist.answers.find(item.id);
    const auto answer = found == checklist.answers.end() ? planning::Answer::Open : found->second;
    const QString mark = answer == planning::Answer::No    ? tr("no")
                         : answer == planning::Answer::Yes ? tr("YES")
                                                           : QStringLiteral("☐");
    column.row(mark, ChecklistPanel::question(item.id), kAnswers);
  }
  column.row(tr("asked"), checklist.date.empty() ? tr("not yet") : QString::fromStdString(checklist.date),
             kAnswers);
}

void paintTitle(Column& column, const planning::Plan& plan, const planning::Acupoint* point) {
  const QString side = plan.side == planning::BodySide::Left ? tr("LEFT") : tr("RIGHT");
  column.text(QString::fromStdString(plan.acupoint) + QStringLiteral("  ") + side, kTitle, true);
  if (point)
    column.text(QString::fromStdString(point->names.pinyin + "  " + point->names.chinese + "  " +
                                       point->names.korean + "  " + point->names.english) +
                    QStringLiteral("  ·  ") + QString::fromStdString(point->where),
                kHeading, false, column.ink.muted);
  column.text(plan.patientCode.empty() ? tr("patient: ____________")
                                       : tr("patient %1").arg(QString::fromStdString(plan.patientCode)),
              kHeading);
}

/// A plan that has its way in is shown with that one, whatever else could be proposed.
void showPlannedWay(const planning::TrajectoryRequest& request, const planning::Plan& plan,
                    planning::TrajectoryProposal& proposal) {
  const planning::Trajectory planned =
      planning::judgeTrajectory(request, *plan.entryFromLeft, *plan.entryAngle);
  proposal = {};
  proposal.best = planned;
  if (!planned.feasible())
    proposal.explanation = {"The planned way in is not feasible: " + planned.refusal + "."};
}

}  // namespace

Section sectionOf(const planning::Plan& plan, const std::vector<planning::Instrument>& instruments,
                  std::optional<double> probeWidthMm, QString* problem) {
  Section section;
  section.plan = plan;
  section.probeWidthMm = probeWidthMm;
  const auto* depth = std::get_if<planning::TargetAtDepth>(&plan.target);
  if (depth == nullptr) return section;
  section.target = depth->point;
  try {
    planning::TrajectoryRequest request = planning::requestFor(plan, instruments);
    request.probeWidthMm = probeWidthMm;
    section.proposal = planning::proposeTrajectory(request);
    if (plan.entryFromLeft && plan.entryAngle) showPlannedWay(request, plan, section.proposal);
  } catch (const Error& error) {
    if (problem) *problem = QString::fromStdString(error.what());
  }
  return section;
}

void paintPlanPage(QPainter& painter, const QRectF& page, const Section& section) {
  const planning::Plan& plan = section.plan;
  const planning::Acupoint* point = planning::atlas().point(plan.acupoint);
  const PlanInk ink = PlanInk::paper();
  Column top{painter, page};
  paintTitle(top, plan, point);
  const double half = (page.width() - 2 * kGap) / 2;
  const double y = top.area.top() + kGap;
  LimbPainter limbs(QRectF(page.left(), y, half, kFigures), plan.side);
  limbs.paint(painter, {}, QString::fromStdString(plan.acupoint), ink, kFigureText);
  const SectionPainter picture(QRectF(page.left() + half + 2 * kGap, y, half, kFigures), section);
  picture.paint(painter, ink, kFigureText);

  Column left{painter, QRectF(page.left(), y + kFigures + kGap, half, page.bottom() - y)};
  paintFacts(left, section, point);
  Column right{painter, QRectF(page.left() + half + 2 * kGap, y + kFigures + kGap, half, page.bottom() - y)};
  right.heading(tr("Blade direction"));
  const auto blade = planning::wantedBlade(plan, planning::plannedNeedle(plan));
  paintDial(painter, QRectF(right.area.left(), right.area.top(), kDial, kDial), blade.clock, std::nullopt,
            ink);
  Column words{painter, right.area.adjusted(kDial + kGap, 2, 0, 0)};
  words.text(QString::fromStdString(planning::describe(blade)));
  right.area.setTop(std::max(words.area.top(), right.area.top() + kDial) + 4);
  paintChecklist(right, plan);

  Column under{painter,
               QRectF(page.left(), std::max(left.area.top(), right.area.top()), page.width(), page.bottom())};
  under.heading(tr("Why this way"));
  for (std::size_t i = 0; i < std::min<std::size_t>(section.proposal.explanation.size(), 8); ++i)
    under.text(QStringLiteral("– ") + QString::fromStdString(section.proposal.explanation[i]));
  if (!plan.note.empty()) under.text(QString::fromStdString(plan.note), kText, false, ink.muted);
  painter.setFont(textFont(kText - 1));
  painter.setPen(ink.muted);
  painter.drawText(page, Qt::AlignBottom | Qt::AlignLeft | Qt::TextWordWrap,
                   wording::researchStatement() + QStringLiteral("  ") +
                       tr("[U], [general knowledge]: no source was at hand."));
}

void writePlanPdf(const Section& section, const QString& path) {
  WholeFile whole(path.toStdString(), "the plan's page");
  QPdfWriter writer(QString::fromStdString(whole.part().string()));
  writer.setPageSize(QPageSize(QPageSize::A4));
  writer.setPageMargins(QMarginsF(36, 36, 36, 36), QPageLayout::Point);
  writer.setTitle(
      QString::fromStdString(section.plan.acupoint + " " + std::string(planning::nameOf(section.plan.side))));
  writer.setCreator(QStringLiteral("acuguide"));
  QPainter painter;
  if (!painter.begin(&writer))
    throw Error(path.toStdString(), "cannot be written", "check the folder and its permissions");
  painter.scale(writer.logicalDpiX() / kPerInch, writer.logicalDpiY() / kPerInch);
  const QSizeF size = writer.pageLayout().paintRect(QPageLayout::Inch).size() * kPerInch;
  paintPlanPage(painter, QRectF(QPointF(0, 0), size), section);
  if (!painter.end()) throw Error(path.toStdString(), "cannot be written", "check that the disk has room");
  whole.commit();
}

}  // namespace acuguide::ui
