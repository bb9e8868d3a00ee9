#include "calibration/report/plot.h"

#include "calibration/report/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <sstream>

namespace acuguide::calibration {
namespace {

constexpr double width = 640, height = 400, left = 64, right = 16, top = 34, bottom = 48;
constexpr std::array<const char*, 6> colours{"#1f5fa8", "#c8501e", "#2e8b57",
                                             "#8a3fa0", "#6b6b6b", "#b8860b"};

/// A step of 1, 2 or 5 times a power of ten that gives about `wanted` ticks.
double tickStep(double span, int wanted) {
  const double raw = span / wanted;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw) return factor * power;
  }
  return 10.0 * power;
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double span() const { return high - low; }
  /// Never empty, and with a little air.
  Range padded() const {
    if (!(low <= high)) return {0, 1};
    const double air = span() > 0 ? 0.04 * span() : 0.5;
    return {low - air, high + air};
  }
};

struct Axes {
  Range x, y;
  bool yDown = false;
  double px(double value) const { return left + (value - x.low) / x.span() * (width - left - right); }
  double py(double value) const {
    const double share = (value - y.low) / y.span();
    return top + (yDown ? share : 1 - share) * (height - top - bottom);
  }
};

std::string number(double value) {
  std::ostringstream text;
  text.precision(4);
  text << (std::abs(value) < 1e-12 ? 0.0 : value);
  return text.str();
}

void begin(std::ostream& svg, const std::string& title) {
  svg << "<svg class=\"plot\" viewBox=\"0 0 " << width << ' ' << height << "\" role=\"img\"><title>"
      << escaped(title) << "</title><text x=\"" << width / 2 << "\" y=\"20\" class=\"title\">"
      << escaped(title) << "</text>";
}

void drawAxes(std::ostream& svg, const Axes& axes, const std::string& xLabel, const std::string& yLabel) {
  const double xStep = tickStep(axes.x.span(), 8), yStep = tickStep(axes.y.span(), 6);
  for (double x = std::ceil(axes.x.low / xStep) * xStep; x <= axes.x.high; x += xStep)
    svg << "<line class=\"grid\" x1=\"" << axes.px(x) << "\" x2=\"" << axes.px(x) << "\" y1=\"" << top
        << "\" y2=\"" << height - bottom << "\"/><text class=\"tick\" x=\"" << axes.px(x) << "\" y=\""
        << height - bottom + 15 << "\" text-anchor=\"middle\">" << number(x) << "</text>";
  for (double y = std::ceil(axes.y.low / yStep) * yStep; y <= axes.y.high; y += yStep)
    svg << "<line class=\"grid\" x1=\"" << left << "\" x2=\"" << width - right << "\" y1=\"" << axes.py(y)
        << "\" y2=\"" << axes.py(y) << "\"/><text class=\"tick\" x=\"" << left - 5 << "\" y=\""
        << axes.py(y) + 4 << "\" text-anchor=\"end\">" << number(y) << "</text>";
  svg << "<text class=\"label\" x=\"" << (left + width - right) / 2 << "\" y=\"" << height - 10 << "\">"
      << escaped(xLabel) << "</text><text class=\"label\" transform=\"translate(14,"
      << (top + height - bottom) / 2 << ") rotate(-90)\">" << escaped(yLabel) << "</text>";
}

void drawLine(std::ostream& svg, const Axes& axes, const PlotSeries& series, const char* colour) {
  std::ostringstream path;
  bool down = false;
  for (const auto& [x, y] : series.points) {
    if (!std::isfinite(x) || !std::isfinite(y)) {
      down = false;
      continue;
    }
    path << (down ? 'L' : 'M') << axes.px(x) << ' ' << axes.py(y);
    down = true;
  }
  svg << "<path fill=\"none\" stroke=\"" << colour << "\" stroke-width=\"1.6\" d=\"" << path.str() << "\"/>";
}

void drawPoints(std::ostream& svg, const Axes& axes, const PlotSeries& series, const char* colour) {
  for (const auto& [x, y] : series.points) {
    if (std::isfinite(x) && std::isfinite(y))
      svg << "<circle cx=\"" << axes.px(x) << "\" cy=\"" << axes.py(y) << "\" r=\"2.2\" fill=\"" << colour
          << "\" fill-opacity=\"0.65\"/>";
  }
}

void drawBars(std::ostream& svg, const Axes& axes, const PlotSeries& series, const char* colour) {
  if (series.points.empty()) return;
  const double step = series.points.size() > 1 ? series.points[1].first - series.points[0].first : 1.0;
  const double half = 0.45 * std::abs(axes.px(step) - axes.px(0));
  for (const auto& [x, y] : series.points) {
    if (!std::isfinite(y)) continue;
    const double a = axes.py(0), b = axes.py(y);
    svg << "<rect x=\"" << axes.px(x) - half << "\" y=\"" << std::min(a, b) << "\" width=\"" << 2 * half
        << "\" height=\"" << std::abs(a - b) << "\" fill=\"" << colour << "\" fill-opacity=\"0.8\"/>";
  }
}

void drawLegend(std::ostream& svg, const std::vector<PlotSeries>& series) {
  double y = top + 12;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].name.empty()) continue;
    svg << "<rect x=\"" << width - right - 150 << "\" y=\"" << y - 8 << "\" width=\"9\" height=\"9\" fill=\""
        << colours[i % colours.size()] << "\"/><text class=\"tick\" x=\"" << width - right - 136 << "\" y=\""
        << y << "\">" << escaped(series[i].name) << "</text>";
    y += 15;
  }
}

/// White to deep red: more is worse.
std::string heat(double share) {
  const double s = std::clamp(share, 0.0, 1.0);
  std::ostringstream text;
  text << "rgb(" << static_cast<int>(255 - 105 * s * s) << ',' << static_cast<int>(245 - 225 * s) << ','
       << static_cast<int>(235 - 215 * s) << ')';
  return text.str();
}

}  // namespace

std::string Plot::svg() const {
  Axes axes;
  axes.yDown = yDown;
  for (const PlotSeries& one : series) {
    for (const auto& [x, y] : one.points) {
      if (!std::isfinite(x) || !std::isfinite(y)) continue;
      axes.x.add(x);
      axes.y.add(y);
      if (one.style == PlotSeries::Style::Bars) axes.y.add(0);
    }
  }
  axes.x = axes.x.padded();
  axes.y = axes.y.padded();
  if (equalAxes) {
    const double unit =
        std::max(axes.x.span() / (width - left - right), axes.y.span() / (height - top - bottom));
    const double addX = unit * (width - left - right) - axes.x.span();
    const double addY = unit * (height - top - bottom) - axes.y.span();
    axes.x = {axes.x.low - addX / 2, axes.x.high + addX / 2};
    axes.y = {axes.y.low - addY / 2, axes.y.high + addY / 2};
  }
  std::ostringstream out;
  begin(out, title);
  drawAxes(out, axes, xLabel, yLabel);
  for (std::size_t i = 0; i < series.size(); ++i) {
    const char* colour = colours[i % colours.size()];
    if (series[i].style == PlotSeries::Style::Line) drawLine(out, axes, series[i], colour);
    if (series[i].style == PlotSeries::Style::Points) drawPoints(out, axes, series[i], colour);
    if (series[i].style == PlotSeries::Style::Bars) drawBars(out, axes, series[i], colour);
  }
  drawLegend(out, series);
  out << "</svg>";
  return out.str();
}

std::string MapPlot::svg() const {
  Axes axes{{extent.x, extent.x + extent.width}, {extent.y, extent.y + extent.height}, true};
  double most = highest;
  if (most <= 0) {
    for (int i = 0; i < values.rows * values.cols; ++i) {
      const double value = values.at<double>(i / values.cols, i % values.cols);
      if (std::isfinite(value)) most = std::max(most, value);
    }
  }
  if (most <= 0) most = 1;
  std::ostringstream out;
  begin(out, title + " (" + valueLabel + ")");
  drawAxes(out, axes, xLabel, yLabel);
  const double cellWidth = extent.width / values.cols, cellHeight = extent.height / values.rows;
  for (int r = 0; r < values.rows; ++r) {
    for (int c = 0; c < values.cols; ++c) {
      const double value = values.at<double>(r, c);
      if (!std::isfinite(value)) continue;
      const double x = axes.px(extent.x + c * cellWidth), y = axes.py(extent.y + r * cellHeight);
      const double w = axes.px(extent.x + (c + 1) * cellWidth) - x,
                   h = axes.py(extent.y + (r + 1) * cellHeight) - y;
      out << "<rect x=\"" << x << "\" y=\"" << y << "\" width=\"" << w << "\" height=\"" << h << "\" fill=\""
          << heat(value / most) << "\"/><text class=\"cell\" x=\"" << x + w / 2 << "\" y=\"" << y + h / 2 + 4
          << "\"" << (value > 0.6 * most ? " fill=\"#fff\"" : "") << ">"
          << number(std::round(value * 100) / 100) << "</text>";
    }
  }
  out << "</svg>";
  return out.str();
}

PlotSeries histogram(const std::string& name, const std::vector<double>& values, double lowest,
                     double highest, int bins) {
  const double step = (highest - lowest) / bins;
  PlotSeries series{name, {}, PlotSeries::Style::Bars};
  for (int i = 0; i < bins; ++i) series.points.emplace_back(lowest + (i + 0.5) * step, 0.0);
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    const int bin = std::clamp(static_cast<int>((value - lowest) / step), 0, bins - 1);
    series.points[static_cast<std::size_t>(bin)].second += 1;
  }
  return series;
}

}  // namespace acuguide::calibration
