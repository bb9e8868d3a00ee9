#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <utility>
#include <vector>

namespace acuguide::calibration {

/// One set of points of a plot. Points that are not finite are left out (a line breaks there).
struct PlotSeries {
  enum class Style { Points, Line, Bars };
  std::string name;  ///< in the legend; none when empty
  std::vector<std::pair<double, double>> points;
  Style style = Style::Points;
};

/// A diagram with two axes, drawn as SVG.
struct Plot {
  std::string title;
  std::string xLabel, yLabel;  ///< with units: "frame", "distance (mm)"
  std::vector<PlotSeries> series;
  bool equalAxes = false;  ///< one unit is as long in x as in y
  bool yDown = false;      ///< image coordinates

  std::string svg() const;
};

/// A grid of values over the image plane (or any plane), drawn as coloured cells with a scale.
struct MapPlot {
  std::string title;
  std::string xLabel, yLabel, valueLabel;
  cv::Mat values;        ///< CV_64F, one cell each, row 0 on top; NaN: nothing known there
  cv::Rect2d extent;     ///< what the grid covers, in the units of the axes (y down)
  double highest = 0.0;  ///< value of the darkest colour; 0: the largest value

  std::string svg() const;
};

/// Bars that count `values` in `bins` equal steps from `lowest` to `highest`.
PlotSeries histogram(const std::string& name, const std::vector<double>& values, double lowest,
                     double highest, int bins);

}  // namespace acuguide::calibration
