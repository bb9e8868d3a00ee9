#include "ui/plan/limb_painter.h"

#include "planning/limb_figure.h"
#include "ui/style/style.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <vector>

namespace acuguide::ui {

namespace {

using planning::Limb;

// Panels from left to right: arm from the front, from behind, leg from the front, from behind.
constexpr int kPanels = 4;

struct Row {
  double z, lateral, medial;  // mm, of the outline
};

// A right limb, hanging, palm forward; drawn by eye, after the proportions of figure.json.
constexpr std::array<Row, 17> kArm{{{628, 4, -16},
                                    {612, 30, -32},
                                    {580, 46, -42},
                                    {540, 46, -44},
                                    {500, 42, -40},
                                    {430, 37, -36},
                                    {360, 33, -33},
                                    {306, 37, -37},
                                    {262, 40, -37},
                                    {190, 33, -31},
                                    {110, 25, -24},
                                    {62, 25, -24},
                                    {34, 33, -31},
                                    {-26, 35, -33},
                                    {-66, 31, -29},
                                    {-106, 23, -21},
                                    {-122, 8, -8}}};
constexpr std::array<Row, 17> kLeg{{{925, 62, -98},
                                    {880, 74, -99},
                                    {830, 83, -99},
                                    {800, 83, -97},
                                    {770, 81, -88},
                                    {700, 73, -75},
                                    {610, 64, -62},
                                    {520, 52, -51},
                                    {470, 46, -46},
                                    {420, 44, -44},
                                    {385, 47, -46},
                                    {330, 52, -50},
                                    {250, 45, -43},
                                    {150, 31, -30},
                                    {76, 34, -34},
                                    {34, 38, -36},
                                    {4, 46, -44}}};

bool isArm(int panel) { return panel < 2; }
bool isFront(int panel) { return panel % 2 == 0; }

int panelOf(const planning::FigurePoint& point) {
  return (point.limb == Limb::Upper ? 0 : 2) + (point.mm.y() >= 0 ? 0 : 1);
}

QString title(int panel) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("acuguide::ui", text); };
  if (panel == 0) return tr("arm, front");
  if (panel == 1) return tr("arm, back");
  return panel == 2 ? tr("leg, front") : tr("leg, back");
}

/// A smooth closed line: through the middles of the sides, towards their corners.
QPainterPath smooth(const std::vector<QPointF>& corners) {
  QPainterPath path;
  const std::size_t n = corners.size();
  path.moveTo((corners[n - 1] + corners[0]) / 2);
  for (std::size_t i = 0; i < n; ++i) path.quadTo(corners[i], (corners[i] + corners[(i + 1) % n]) / 2);
  return path;
}

}  // namespace

QRectF LimbPainter::panelArea(int panel) const {
  const double width = area_.width() / kPanels;
  return {area_.left() + panel * width, area_.top(), width, area_.height()};
}

/// x lateral, z up (mm, right limb) on the paper. Who faces a patient sees the right limb's lateral side on
/// the left.
QPointF LimbPainter::toArea(int panel, double x, double z) const {
  const QRectF area = panelArea(panel);
  const double top = isArm(panel) ? 640 : 940, bottom = isArm(panel) ? -140 : -20;
  const double title = 22;
  // Drawn wider than they are, so that points beside each other can be told apart.
  constexpr double stretch = 1.45;
  // Both limbs at one scale would leave the arm small: each fills its panel.
  const double scale = std::min((area.height() - title) / (top - bottom), area.width() / (230 * stretch));
  const double centre = isArm(panel) ? 0 : -8;
  const double mirrored = (isFront(panel) == (side_ == planning::BodySide::Right)) ? -1 : 1;
  const double spare = (area.height() - title - scale * (top - bottom)) / 2;
  return {area.center().x() + mirrored * stretch * scale * (x - centre),
          area.top() + title + spare + scale * (top - z)};
}

std::optional<QPointF> LimbPainter::placeOf(const QString& code) const {
  for (const planning::FigurePoint& point : planning::figurePoints()) {
    if (QString::fromStdString(point.code) == code) return toArea(panelOf(point), point.mm.x(), point.mm.z());
  }
  return std::nullopt;
}

QString LimbPainter::pointAt(const QPointF& place, double within) const {
  QString nearest;
  double least = within;
  for (const planning::FigurePoint& point : planning::figurePoints()) {
    const QPointF off = toArea(panelOf(point), point.mm.x(), point.mm.z()) - place;
    const double distance = std::hypot(off.x(), off.y());
    if (distance > least) continue;
    least = distance;
    nearest = QString::fromStdString(point.code);
  }
  return nearest;
}

void LimbPainter::paint(QPainter& painter, const QStringList& chosen, const QString& current,
                        const PlanInk& ink, double textPx) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (int panel = 0; panel < kPanels; ++panel) {
    std::vector<QPointF> outline;
    const auto& rows = isArm(panel) ? kArm : kLeg;
    for (const Row& row : rows) outline.push_back(toArea(panel, row.lateral, row.z));
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
      outline.push_back(toArea(panel, row->medial, row->z));
    painter.setPen(QPen(ink.edge, 1.2 * ink.line));
    painter.setBrush(ink.body);
    painter.drawPath(smooth(outline));
    painter.setPen(ink.muted);
    painter.setFont(textFont(static_cast<int>(textPx)));
    painter.drawText(panelArea(panel).adjusted(0, 0, 0, -panelArea(panel).height() + 20), Qt::AlignCenter,
                     title(panel));
  }
  const double dot = std::max(2.2, textPx * 0.2) * 1.0;
  for (const planning::FigurePoint& point : planning::figurePoints()) {
    const QString code = QString::fromStdString(point.code);
    const QPointF at = toArea(panelOf(point), point.mm.x(), point.mm.z());
    const bool isCurrent = code == current, isChosen = chosen.contains(code);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isCurrent ? ink.target : isChosen ? ink.accent : ink.muted);
    painter.drawEllipse(at,
                        dot * (isCurrent  ? 1.9
                               : isChosen ? 1.5
                                          : 0.9),
                        dot * (isCurrent  ? 1.9
                               : isChosen ? 1.5
                                          : 0.9));
    if (!isCurrent && !isChosen) continue;
    if (isCurrent) {
      painter.setPen(QPen(ink.target, 1.5 * ink.line));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(at, dot * 3.4, dot * 3.4);
    }
    const QRectF panel = panelArea(panelOf(point));
    const bool right = at.x() < panel.center().x();  // the name goes outwards
    painter.setFont(textFont(static_cast<int>(textPx), isCurrent));
    painter.setPen(isCurrent ? ink.target : ink.text);
    const double gap = dot * 4.2;
    const QRectF name(right ? at.x() - gap - 80 : at.x() + gap, at.y() - textPx, 80, 2 * textPx);
    painter.drawText(name, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft), code);
  }
  painter.restore();
}

}  // namespace acuguide::ui
