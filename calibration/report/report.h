#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace acuguide::calibration {

struct Plot;
struct MapPlot;

/// The page for a person that goes with every RESULT.json: one HTML file that needs nothing beside it (plots
/// are inline SVG, pictures embedded PNG), fit to be printed. Added to from top to bottom.
class Report {
 public:
  explicit Report(const std::string& title);

  /// The verdict in one sentence, marked as usable or not.
  void verdict(bool usable, const std::string& sentence);
  void section(const std::string& heading);
  void text(const std::string& paragraph);
  void list(const std::vector<std::string>& sentences);
  /// Cells that are numbers are set right.
  void table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);
  void plot(const Plot& plot);
  void plot(const MapPlot& plot);
  /// 8-bit grey or BGR.
  void picture(const cv::Mat& pixels, const std::string& caption);

  std::string html() const;

 private:
  std::string title_, body_;
};

/// Text made safe to stand in HTML or SVG.
std::string escaped(const std::string& text);

/// A number with so many decimals: fixed(0.34567, 3) is "0.346"; an en dash for one that is not finite.
std::string fixed(double value, int decimals);

}  // namespace acuguide::calibration
