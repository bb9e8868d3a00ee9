#include "calibration/scale/pixel_scale.h"

#include "calibration/report/report.h"
#include "core/scale.h"
#include "imaging/region/region_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace acuguide::calibration {
namespace {

constexpr const char* otherWays =
    "give two clicks (--click x,y --click x,y --mm D) or the depth (--depth-mm D)";
constexpr int labelReachPx = 70;  // numbers stand this near to their ruler
constexpr double agreement = 0.01;

cv::Rect regionOf(const cv::Mat& grey) { return imaging::RegionFinder().process(grey, true).bounds; }

/// What a comb is worth, by the numbers beside it.
struct Reading {
  TickComb comb;
  double pxPerUnit = 0.0;  ///< of the numbers, whatever their unit
  std::vector<WrittenNumber> numbers;
  bool startsAtPicture = false;
};

/// Combs in the same columns: the long and the short ticks of one ruler, with the numbers beside it.
struct Ruler {
  int fromColumn = 0, toColumn = 0;
  std::vector<TickComb> combs;
};

std::vector<Ruler> rulersOf(std::vector<TickComb> combs) {
  std::stable_sort(combs.begin(), combs.end(),
                   [](const auto& a, const auto& b) { return a.fromColumn < b.fromColumn; });
  std::vector<Ruler> rulers;
  for (const TickComb& comb : combs) {
    if (rulers.empty() || comb.fromColumn > rulers.back().toColumn + 4)
      rulers.push_back({comb.fromColumn, comb.toColumn, {}});
    rulers.back().toColumn = std::max(rulers.back().toColumn, comb.toColumn);
    rulers.back().combs.push_back(comb);
  }
  return rulers;
}

/// The numbers beside a ruler, whose ticks are painted over so that they are not read as digits.
std::vector<WrittenNumber> numbersBeside(const Ruler& ruler, const cv::Mat& grey, const cv::Rect& region,
                                         NumberReader& reader) {
  int left = std::max(0, ruler.fromColumn - labelReachPx);
  int right = std::min(grey.cols, ruler.toColumn + 1 + labelReachPx);
  if (ruler.fromColumn >= region.br().x) left = std::max(left, region.br().x);
  if (ruler.toColumn < region.x) right = std::min(right, region.x);
  cv::Mat strip = grey.colRange(left, right).clone();
  const int from = std::max(ruler.fromColumn - 1, left) - left;
  const int to = std::min(ruler.toColumn + 2, right) - left;
  strip.colRange(from, to).setTo(strip.at<uchar>(0, from));
  std::vector<WrittenNumber> numbers = reader.read(strip);
  for (WrittenNumber& number : numbers) number.centre.x += left;
  return numbers;
}

bool isRulerStep(double step) {
  for (const double known : {0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0})
    if (std::abs(step / known - 1.0) < 1e-6) return true;
  return false;
}

/// Index of the tick a number stands at.
std::optional<int> tickOf(const WrittenNumber& number, const TickComb& comb) {
  const double place = (number.centre.y - comb.firstPx) / comb.periodPx;
  const double index = std::round(place);
  const double off = std::abs(place - index);
  if (index < 0 || index >= comb.ticks || off > 0.3 || off * comb.periodPx > 24.0) return std::nullopt;
  return int(index);
}

/// The step a tick at which most numbers fit, counting from the first tick as zero.
std::optional<Reading> readingOf(const TickComb& comb, const std::vector<WrittenNumber>& numbers,
                                 const cv::Rect& region) {
  std::vector<std::pair<int, WrittenNumber>> atTicks;
  for (const WrittenNumber& number : numbers)
    if (const auto tick = tickOf(number, comb)) atTicks.emplace_back(*tick, number);
  Reading best;
  best.comb = comb;
  best.startsAtPicture = std::abs(comb.firstPx - region.y) < std::max(4.0, 0.08 * comb.periodPx);
  for (const auto& [tick, number] : atTicks) {
    if (tick == 0 || number.value == 0) continue;
    const double step = double(number.value) / tick;
    if (!isRulerStep(step)) continue;
    std::vector<WrittenNumber> fitting;
    for (const auto& [otherTick, other] : atTicks)
      if (std::abs(other.value - step * otherTick) < 1e-6) fitting.push_back(other);
    if (fitting.size() <= best.numbers.size()) continue;
    best.numbers = std::move(fitting);
    best.pxPerUnit = comb.periodPx / step;
  }
  if (best.numbers.empty() || 2 * best.numbers.size() <= atTicks.size()) return std::nullopt;
  if (best.numbers.size() < 2 && !best.startsAtPicture) return std::nullopt;
  return best;
}

/// The unit of the numbers, by the depth the picture would have in it; millimetres a unit.
std::optional<double> unitMm(const Reading& reading, const cv::Rect& region) {
  const double depth = region.height / reading.pxPerUnit;
  if (depth >= 2.0 && depth <= 14.0) return 10.0;
  if (depth >= 31.0 && depth <= 300.0) return 1.0;
  return std::nullopt;
}

std::vector<Reading> readingsOf(const cv::Mat& grey, const cv::Rect& region,
                                const std::vector<TickComb>& combs) {
  std::vector<Reading> readings;
  NumberReader reader;
  for (const Ruler& ruler : rulersOf(combs)) {
    const auto numbers = numbersBeside(ruler, grey, region, reader);
    for (const TickComb& comb : ruler.combs)
      if (auto reading = readingOf(comb, numbers, region)) readings.push_back(std::move(*reading));
  }
  return readings;
}

/// The ruler along x that has ticks where the ruler for depth says millimetres are.
std::optional<TickComb> widthRuler(const cv::Mat& grey, const cv::Rect& region, double pxPerMm) {
  const cv::Rect inside(region.x, region.y, region.width, std::max(0, region.height - 10));
  const cv::Mat turned = grey.t();
  std::optional<TickComb> best;
  for (const TickComb& comb : findTickCombs(turned, {inside.y, inside.x, inside.height, inside.width})) {
    const double mm = comb.periodPx / pxPerMm;
    const bool known = std::abs(mm / 10.0 - 1.0) < 0.02 || std::abs(mm / 5.0 - 1.0) < 0.02;
    const int gap = std::max({0, region.y - comb.toColumn, comb.fromColumn - region.br().y});
    if (!known || gap > labelReachPx) continue;
    if (!best || comb.ticks > best->ticks) best = comb;
  }
  return best;
}

std::string ticksText(const TickComb& comb) {
  return std::to_string(comb.ticks) + " ticks " + fixed(comb.periodPx, 1) + " px apart";
}

std::string shapeText(double pixelAspect) {
  return pixelAspect == 1.0 ? std::string("pixels are taken as square")
                            : "pixels are taken to be " + fixed(pixelAspect, 3) +
                                  " times as wide as high, as the source states";
}

/// No scale that no ultrasound image has.
void requirePossible(ScaleSummary& summary, const std::string& remedy) {
  if (!summary.spacingMm) return;
  const std::string fault = scaleFault(*summary.spacingMm, summary.imageSize);
  if (fault.empty()) return;
  summary.reasons.insert(summary.reasons.begin(), "the result " + fault + "; " + remedy);
  summary.usable = false;
}

void refuse(ScaleSummary& summary, const std::string& why) {
  summary.reasons.push_back(why + "; " + otherWays);
}

void accept(ScaleSummary& summary, const cv::Mat& grey, const Reading& reading, double mmAUnit,
            double pixelAspect) {
  const double pxPerMm = reading.pxPerUnit / mmAUnit;
  summary.depthRuler = reading.comb;
  summary.numbers = reading.numbers;
  summary.widthRuler = widthRuler(grey, summary.region, pxPerMm);
  double pxPerMmAcross = pxPerMm / pixelAspect;
  if (summary.widthRuler) {
    const double mm = summary.widthRuler->periodPx / pxPerMm;
    pxPerMmAcross = summary.widthRuler->periodPx / (std::abs(mm / 10.0 - 1.0) < 0.02 ? 10.0 : 5.0);
  }
  summary.spacingMm = Eigen::Vector2d(1.0 / pxPerMmAcross, 1.0 / pxPerMm);
  summary.sigmaShare = 0.5 / (reading.comb.lastPx() - reading.comb.firstPx);
  summary.usable = true;
  std::string numbers;
  for (const WrittenNumber& number : reading.numbers)
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(number.value);
  summary.reasons.push_back("read from a ruler of " + ticksText(reading.comb) + " with the " +
                            (reading.numbers.size() == 1 ? "number " : "numbers ") + numbers + " (" +
                            (mmAUnit > 1.0 ? "cm" : "mm") + ")");
  if (!summary.widthRuler)
    summary.reasons.push_back("there is no ruler along the width, so " + shapeText(pixelAspect));
}

}  // namespace

ScaleSummary scaleFromRuler(const cv::Mat& grey, double pixelAspect) {
  ScaleSummary summary;
  summary.source = "ruler";
  summary.imageSize = grey.size();
  summary.region = regionOf(grey);
  if (summary.region.empty()) {
    refuse(summary, "no ultrasound picture was found in the image");
    return summary;
  }
  const auto combs = findTickCombs(grey, summary.region);
  if (combs.empty()) {
    refuse(summary, "no ruler was found beside the picture");
    return summary;
  }
  const auto readings = readingsOf(grey, summary.region, combs);
  if (readings.empty()) {
    refuse(summary, "a ruler of " + ticksText(combs.front()) +
                        " was found, but no numbers that say what its ticks are worth");
    return summary;
  }
  const Reading& best = *std::max_element(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
    return std::pair(a.numbers.size(), -a.comb.spreadPx) < std::pair(b.numbers.size(), -b.comb.spreadPx);
  });
  const auto mmAUnit = unitMm(best, summary.region);
  const bool agreed = std::all_of(readings.begin(), readings.end(), [&best](const Reading& other) {
    return std::abs(other.pxPerUnit / best.pxPerUnit - 1.0) < agreement;
  });
  if (!agreed)
    refuse(summary, "the ticks and numbers beside the picture can be read in two ways");
  else if (!mmAUnit)
    refuse(summary, "the ruler's numbers could be centimetres or millimetres (the picture would be " +
                        fixed(summary.region.height / best.pxPerUnit, 1) + " of them deep)");
  else
    accept(summary, grey, best, *mmAUnit, pixelAspect);
  requirePossible(summary, otherWays);
  return summary;
}

ScaleSummary noScale(const std::string& source, const cv::Size& imageSize, const std::string& why) {
  ScaleSummary summary;
  summary.source = source;
  summary.imageSize = imageSize;
  refuse(summary, why);
  return summary;
}

ScaleSummary scaleFromClicks(const cv::Point2d& a, const cv::Point2d& b, double mm, const cv::Size& imageSize,
                             double pixelAspect) {
  ScaleSummary summary;
  summary.source = "clicks";
  summary.imageSize = imageSize;
  summary.clicks = {a, b};
  const double px = std::hypot(pixelAspect * (a.x - b.x), a.y - b.y);  // heights of a pixel
  if (px < 1e-9 || mm <= 0.0) {
    summary.reasons.push_back("the two clicks are the same point; click the two ends of a known distance");
    return summary;
  }
  summary.spacingMm = mm / px * Eigen::Vector2d(pixelAspect, 1.0);
  summary.sigmaShare = std::sqrt(2.0) / px;  // a click is good to a pixel
  if (px < 100.0)
    summary.reasons.push_back("the clicks are only " + fixed(px, 0) +
                              " px apart, so that a pixel's error is " +
                              fixed(100.0 * summary.sigmaShare, 1) +
                              " %; click a distance of 100 px or more, best along the whole ruler");
  requirePossible(summary, "check that --mm is in millimetres");
  summary.usable = summary.reasons.empty();
  summary.reasons.push_back(shapeText(pixelAspect));
  return summary;
}

ScaleSummary scaleFromFile(const Eigen::Vector2d& statedMm, const cv::Size& imageSize) {
  ScaleSummary summary;
  summary.source = "file";
  summary.imageSize = imageSize;
  summary.spacingMm = statedMm;
  summary.sigmaShare = std::numeric_limits<double>::quiet_NaN();
  if (const std::string fault = scaleFault(statedMm, imageSize); !fault.empty())
    refuse(summary, "the file " + fault);
  summary.usable = summary.reasons.empty();
  if (summary.usable) summary.reasons.push_back("stated by the file itself");
  return summary;
}

ScaleSummary scaleFromDepth(const cv::Mat& grey, double depthMm, double pixelAspect) {
  ScaleSummary summary;
  summary.source = "depth";
  summary.imageSize = grey.size();
  summary.region = regionOf(grey);
  if (summary.region.empty()) {
    summary.reasons.push_back("no ultrasound picture was found in the image; give two clicks instead");
    return summary;
  }
  const double pxPerMm = summary.region.height / depthMm;
  summary.spacingMm = Eigen::Vector2d(pixelAspect, 1.0) / pxPerMm;
  summary.sigmaShare = 3.0 / summary.region.height;  // its edges are found to some pixels
  requirePossible(summary, "check that --depth-mm is in millimetres");
  summary.usable = summary.reasons.empty();
  summary.reasons.push_back("the depth was taken to be the height of the picture found, " +
                            std::to_string(summary.region.height) + " px, and " + shapeText(pixelAspect));
  return summary;
}

}  // namespace acuguide::calibration
