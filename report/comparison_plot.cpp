#include "report/comparison_plot.h"

#include "calibration/report/report.h"
#include "core/error.h"
#include "core/version.h"
#include "core/whole_file.h"
#include "outcomes/comparison_text.h"
#include "outcomes/number_text.h"
#include "report/page_writer.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace acuguide::report {
namespace {

using outcomes::GroupComparison;
using outcomes::VisitComparison;

// Painters are scaled to these units, whatever the device.
constexpr double plotWidth = 1000, plotHeight = 440;
constexpr double titleHeight = 44, axisHeight = 52, labelWidth = 56;
const QColor inkColour(0x1c, 0x24, 0x30), mutedColour(0x55, 0x5f, 0x6d), gridColour(0xe2, 0xe6, 0xeb);
const std::array<QColor, 2> groupColours{QColor(0x1f, 0x5f, 0xa8), QColor(0xc8, 0x50, 0x1e)};

QString q(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QFont fontOf(int size, bool bold = false) {
  QFont font(QStringLiteral("Noto Sans"));
  font.setStyleHint(QFont::SansSerif);
  font.setPixelSize(size);
  font.setBold(bold);
  return font;
}

struct Range {
  double low = 0, high = 1;
};

/// 1, 2 or 5 times a power of ten, for about six lines.
double stepOf(const Range& range) {
  const double raw = (range.high - range.low) / 6, power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw) return factor * power;
  return 10 * power;
}

/// One diagram: visits along, values up.
class Panel {
 public:
  Panel(QPainter& painter, const QRectF& place, const Range& range, std::size_t visits)
      : painter_(painter), place_(place), range_(range), visits_(visits) {}

  double x(std::size_t visit) const {
    return place_.left() + (static_cast<double>(visit) + 0.5) / static_cast<double>(visits_) * place_.width();
  }
  double y(double value) const {
    return place_.bottom() - (value - range_.low) / (range_.high - range_.low) * place_.height();
  }

  void drawAxes(const QString& title, const std::vector<VisitComparison>& visits) {
    painter_.setFont(fontOf(13));
    const double step = stepOf(range_);
    for (double value = std::ceil(range_.low / step) * step; value <= range_.high + 1e-9; value += step) {
      painter_.setPen(QPen(gridColour, 1));
      painter_.drawLine(QPointF(place_.left(), y(value)), QPointF(place_.right(), y(value)));
      painter_.setPen(mutedColour);
      painter_.drawText(QRectF(place_.left() - 50, y(value) - 10, 44, 20), Qt::AlignRight | Qt::AlignVCenter,
                        q(outcomes::fixedText(value, step < 1 ? 1 : 0)));
    }
    for (std::size_t i = 0; i < visits.size(); ++i)
      painter_.drawText(QRectF(x(i) - 70, place_.bottom() + 6, 140, 20), Qt::AlignHCenter | Qt::AlignTop,
                        q(titleOf(visits[i].visit)));
    painter_.setFont(fontOf(14, true));
    painter_.setPen(inkColour);
    painter_.drawText(QRectF(place_.left(), place_.top() - 26, place_.width(), 22),
                      Qt::AlignLeft | Qt::AlignVCenter, title);
  }

  void drawInterval(double across, double middle, double low, double high, const QColor& colour) {
    painter_.setPen(QPen(colour, 2.2));
    painter_.drawLine(QPointF(across, y(low)), QPointF(across, y(high)));
    for (const double end : {low, high})
      painter_.drawLine(QPointF(across - 6, y(end)), QPointF(across + 6, y(end)));
    painter_.setBrush(colour);
    painter_.drawEllipse(QPointF(across, y(middle)), 5, 5);
    painter_.setBrush(Qt::NoBrush);
  }

  /// Values that are alike stand side by side.
  void drawValues(double across, std::vector<double> values, const QColor& colour) {
    std::ranges::sort(values);
    QColor pale = colour;
    pale.setAlphaF(0.35F);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(pale);
    for (std::size_t i = 0; i < values.size();) {
      const std::size_t end =
          static_cast<std::size_t>(std::ranges::upper_bound(values, values[i]) - values.begin());
      const double gap = std::min(5.0, 46.0 / static_cast<double>(end - i));
      for (std::size_t k = i; k < end; ++k)
        painter_.drawEllipse(
            QPointF(across + gap * (static_cast<double>(k - i) - 0.5 * static_cast<double>(end - i - 1)),
                    y(values[i])),
            2.4, 2.4);
      i = end;
    }
    painter_.setBrush(Qt::NoBrush);
  }

 private:
  QPainter& painter_;
  QRectF place_;
  Range range_;
  std::size_t visits_;
};

void drawScores(QPainter& painter, const QRectF& place, const GroupComparison& comparison) {
  const Range range{comparison.scale->lowest, comparison.scale->highest};
  Panel panel(painter, place, range, comparison.scores.size());
  panel.drawAxes(QStringLiteral("Scores: each person, mean with 95 % interval"), comparison.scores);
  for (std::size_t group = 0; group < 2; ++group) {
    std::optional<QPointF> before;
    for (std::size_t i = 0; i < comparison.scores.size(); ++i) {
      const auto& at = group == 0 ? comparison.scores[i].first : comparison.scores[i].second;
      const double across = panel.x(i) + (group == 0 ? -26.0 : 26.0);
      panel.drawValues(across, at.values, groupColours[group]);
      if (at.summary.n == 0) continue;
      const QPointF here(across, panel.y(at.summary.mean));
      if (before) {
        painter.setPen(QPen(groupColours[group], 1.4, Qt::DashLine));
        painter.drawLine(*before, here);
      }
      before = here;
      const double half = outcomes::meanHalfWidth(at.summary);
      panel.drawInterval(across, at.summary.mean, at.summary.mean - half, at.summary.mean + half,
                         groupColours[group]);
    }
  }
}

void drawDifferences(QPainter& painter, const QRectF& place, const GroupComparison& comparison) {
  Range range{0, 0};
  for (const VisitComparison& one : comparison.scores) {
    if (!one.result) continue;
    range.low = std::min(range.low, one.result->low);
    range.high = std::max(range.high, one.result->high);
  }
  const double air = std::max(0.5, 0.08 * (range.high - range.low));
  range = {range.low - air, range.high + air};
  Panel panel(painter, place, range, comparison.scores.size());
  panel.drawAxes(QStringLiteral("%1 less %2, 95 % interval").arg(q(comparison.first), q(comparison.second)),
                 comparison.scores);
  painter.setPen(QPen(inkColour, 1.4));
  painter.drawLine(QPointF(place.left(), panel.y(0)), QPointF(place.right(), panel.y(0)));
  for (std::size_t i = 0; i < comparison.scores.size(); ++i) {
    const auto& result = comparison.scores[i].result;
    if (result) {
      panel.drawInterval(panel.x(i), result->difference, result->low, result->high, inkColour);
      continue;
    }
    painter.setFont(fontOf(12));
    painter.setPen(mutedColour);
    painter.drawText(QRectF(panel.x(i) - 45, panel.y(0) - 22, 90, 20), Qt::AlignCenter,
                     QStringLiteral("not compared"));
  }
}

void drawLegend(QPainter& painter, const QRectF& place, const GroupComparison& comparison) {
  double x = place.left() + labelWidth;
  painter.setFont(fontOf(13));
  for (std::size_t group = 0; group < 2; ++group) {
    const QString name = q(group == 0 ? comparison.first : comparison.second);
    painter.setPen(Qt::NoPen);
    painter.setBrush(groupColours[group]);
    painter.drawEllipse(QPointF(x + 6, place.bottom() - 12), 5, 5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(inkColour);
    painter.drawText(QRectF(x + 18, place.bottom() - 23, 200, 22), Qt::AlignLeft | Qt::AlignVCenter, name);
    x += 40 + painter.fontMetrics().horizontalAdvance(name);
  }
}

QImage imageOf(const std::vector<GroupComparison>& comparisons) {
  constexpr int sharpness = 2;
  QImage image(static_cast<int>(sharpness * plotWidth),
               static_cast<int>(sharpness * plotHeight * static_cast<double>(comparisons.size())),
               QImage::Format_RGB888);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(sharpness, sharpness);
  for (std::size_t i = 0; i < comparisons.size(); ++i)
    drawComparison(painter, QRectF(0, plotHeight * static_cast<double>(i), plotWidth, plotHeight),
                   comparisons[i]);
  return image;
}

std::string pngOf(QImage image) {
  image.setText(QStringLiteral("Software"), QStringLiteral("acuguide"));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes.toStdString();
}

PageWriter::Row rowOf(const std::vector<std::string>& cells, std::size_t columns) {
  PageWriter::Row row;
  for (const std::string& cell : cells) row.push_back(q(cell));
  row.resize(static_cast<std::size_t>(columns));
  return row;
}

void writeTable(PageWriter& page, const std::vector<VisitComparison>& visits) {
  const auto table = outcomes::tableOf(visits);
  if (table.empty()) return;
  std::vector<PageWriter::Row> rows;
  for (std::size_t i = 1; i < table.size(); ++i) rows.push_back(rowOf(table[i], table[0].size()));
  page.table(rowOf(table[0], table[0].size()), rows, {2.1, 1.9, 1.9, 2.3, 0.8, 0.8, 1.1, 2.2});
}

std::pair<QByteArray, int> pdfPages(const std::vector<GroupComparison>& comparisons, int pages) {
  PageOptions options;
  options.title = QStringLiteral("Outcomes of two groups");
  options.statement = q(researchUseStatement);
  options.pages = pages;
  PageWriter page(options);
  page.title(options.title,
             q(comparisons.front().first) + QStringLiteral(" against ") + q(comparisons.front().second));
  for (const GroupComparison& one : comparisons) {
    page.heading(q(titleOf(one)), 90);
    page.drawing(plotHeight / plotWidth, [&one](QPainter& painter, const QRectF& place) {
      painter.translate(place.topLeft());
      painter.scale(place.width() / plotWidth, place.width() / plotWidth);
      drawComparison(painter, QRectF(0, 0, plotWidth, plotHeight), one);
    });
    writeTable(page, one.scores);
    writeTable(page, one.changes);
    for (const std::string& remark : outcomes::remarksOn(one)) page.remark(q(remark));
  }
  return page.finish();
}

std::string pdfOf(const std::vector<GroupComparison>& comparisons) {
  const int pages = pdfPages(comparisons, 0).second;
  return pdfPages(comparisons, pages).first.toStdString();
}

void addTable(calibration::Report& page, const std::vector<VisitComparison>& visits) {
  auto table = outcomes::tableOf(visits);
  if (table.empty()) return;
  for (auto& row : table) row.resize(table[0].size());
  page.table(table[0], {table.begin() + 1, table.end()});
}

std::string htmlOf(const std::vector<GroupComparison>& comparisons) {
  calibration::Report page("Outcomes: " + comparisons.front().first + " against " +
                           comparisons.front().second);
  for (const GroupComparison& one : comparisons) {
    page.section(titleOf(one));
    QImage image = imageOf({one}).rgbSwapped();
    page.picture(cv::Mat(image.height(), image.width(), CV_8UC3, image.bits(),
                         static_cast<std::size_t>(image.bytesPerLine())),
                 titleOf(one));
    addTable(page, one.scores);
    addTable(page, one.changes);
    page.list(outcomes::remarksOn(one));
  }
  return page.html();
}

}  // namespace

void drawComparison(QPainter& painter, const QRectF& place, const GroupComparison& comparison) {
  painter.setFont(fontOf(17, true));
  painter.setPen(inkColour);
  painter.drawText(QRectF(place.left() + labelWidth, place.top() + 8, place.width(), 26),
                   Qt::AlignLeft | Qt::AlignVCenter, q(titleOf(comparison)));
  const double top = place.top() + titleHeight + 26, height = place.height() - titleHeight - 26 - axisHeight;
  const double split = place.width() * 0.58;
  drawScores(painter, QRectF(place.left() + labelWidth, top, split - labelWidth - 16, height), comparison);
  drawDifferences(
      painter,
      QRectF(place.left() + split + labelWidth, top, place.width() - split - labelWidth - 16, height),
      comparison);
  drawLegend(painter, place, comparison);
}

void writeComparisonPlot(const std::vector<GroupComparison>& comparisons, const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending == ".png")
    writeWholeFile(file, pngOf(imageOf(comparisons)), "the plot");
  else if (ending == ".pdf")
    writeWholeFile(file, pdfOf(comparisons), "the plot");
  else if (ending == ".html")
    writeWholeFile(file, htmlOf(comparisons), "the plot");
  else
    throw Error(file.string(), "the ending names no kind of plot", "name it .png, .pdf or .html");
}

}  // namespace acuguide::report
