#include "ui/style/icons.h"

#include "ui/style/style.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QPixmap>

#include <initializer_list>

namespace acuguide::ui {

namespace {

constexpr double kGrid = 24;  // the marks are drawn on a square of so many units
constexpr double kPen = 2;

void addLines(QPainterPath& path, std::initializer_list<QPointF> points, bool closed = false) {
  const auto* first = points.begin();
  path.moveTo(*first);
  for (const auto* point = first + 1; point != points.end(); ++point) path.lineTo(*point);
  if (closed) path.closeSubpath();
}

void addSnowflake(QPainterPath& path) {
  for (int i = 0; i < 6; ++i) {
    QTransform turn;
    turn.translate(12, 12);
    turn.rotate(60.0 * i);
    addLines(path, {turn.map(QPointF(0, 0)), turn.map(QPointF(0, -9))});
    addLines(path, {turn.map(QPointF(-2.5, -8)), turn.map(QPointF(0, -5.5)), turn.map(QPointF(2.5, -8))});
  }
}

void addCorners(QPainterPath& path) {
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      addLines(path, {{12 + 9 * x, 12 + 4 * y}, {12 + 9 * x, 12 + 8 * y}, {12 + 5 * x, 12 + 8 * y}});
}

QPainterPath outlineOf(Mark mark) {
  QPainterPath path;
  switch (mark) {
    case Mark::Open:
      addLines(path, {{3, 19}, {3, 5}, {9, 5}, {11, 8}, {21, 8}, {21, 19}}, true);
      break;
    case Mark::Plan:
      addLines(path, {{5, 3}, {14, 3}, {19, 8}, {19, 21}, {5, 21}}, true);
      addLines(path, {{9, 12}, {15, 12}});
      addLines(path, {{9, 16}, {15, 16}});
      break;
    case Mark::Freeze:
      addSnowflake(path);
      break;
    case Mark::Snapshot:
      addLines(path, {{3, 7}, {8, 7}, {10, 4}, {14, 4}, {16, 7}, {21, 7}, {21, 19}, {3, 19}}, true);
      path.addEllipse(QPointF(12, 13), 3.5, 3.5);
      break;
    case Mark::Record:
      path.addEllipse(QPointF(12, 12), 9, 9);
      break;
    case Mark::EditPlan:
      addLines(path, {{4, 20}, {5, 15.5}, {16, 4.5}, {19.5, 8}, {8.5, 19}}, true);
      addLines(path, {{13.5, 7}, {17, 10.5}});
      break;
    case Mark::Checklist:
      addLines(path, {{4, 4}, {20, 4}, {20, 20}, {4, 20}}, true);
      addLines(path, {{8, 12}, {11, 15}, {16, 9}});
      break;
    case Mark::Confirm:
      path.addEllipse(QPointF(12, 12), 6, 6);
      addLines(path, {{12, 2}, {12, 8}});
      addLines(path, {{12, 16}, {12, 22}});
      addLines(path, {{2, 12}, {8, 12}});
      addLines(path, {{16, 12}, {22, 12}});
      break;
    case Mark::Mute:
      addLines(path, {{3, 9}, {7, 9}, {12, 5}, {12, 19}, {7, 15}, {3, 15}}, true);
      addLines(path, {{16, 9}, {21, 15}});
      addLines(path, {{21, 9}, {16, 15}});
      break;
    case Mark::Overlays:
      addLines(path, {{12, 4}, {21, 9}, {12, 14}, {3, 9}}, true);
      addLines(path, {{3, 14}, {12, 19}, {21, 14}});
      break;
    case Mark::PictureOnly:
      addCorners(path);
      break;
    case Mark::WholeScreen:
      addLines(path, {{3, 4}, {21, 4}, {21, 16}, {3, 16}}, true);
      addLines(path, {{12, 16}, {12, 20}});
      addLines(path, {{8, 20}, {16, 20}});
      break;
  }
  return path;
}

class LineIcon : public QIconEngine {
 public:
  explicit LineIcon(Mark mark) : mark_(mark), outline_(outlineOf(mark)) {}

  QIconEngine* clone() const override { return new LineIcon(*this); }

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const QColor ink = mode == QIcon::Disabled
                           ? QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text)
                       : state == QIcon::On ? toQt(rendering::palette::kBackground)
                                            : toQt(rendering::palette::kText);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / kGrid, rect.height() / kGrid);
    painter->setPen(QPen(ink, kPen, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(outline_);
    if (mark_ == Mark::Record) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(mode == QIcon::Disabled || state == QIcon::On ? ink
                                                                      : toQt(rendering::palette::kAlarmHigh));
      painter->drawEllipse(QPointF(12, 12), 5, 5);
    }
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap drawn(size);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return drawn;
  }

 private:
  Mark mark_;
  QPainterPath outline_;
};

}  // namespace

QIcon icon(Mark mark) { return QIcon(new LineIcon(mark)); }

}  // namespace acuguide::ui
