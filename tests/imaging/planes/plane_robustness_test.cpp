#include "imaging/frame_analyzer.h"
#include "imaging/planes/annotated_muscles.h"

#include <gmock/gmock.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace acuguide::imaging {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(ACUGUIDE_SOURCE_DIR) / "../shared/data";

/// Where a point of the picture went.
struct Moved {
  cv::Mat picture;
  std::function<cv::Point2d(double, double)> at = [](double x, double y) { return cv::Point2d(x, y); };
};

struct Change {
  const char* name;
  std::function<Moved(const cv::Mat& picture, double column)> apply;  // column: where it is annotated
  double least;  // share of pictures in which both planes must be right
};
std::ostream& operator<<(std::ostream& out, const Change& change) { return out << change.name; }

Moved recoloured(const cv::Mat& picture, const std::function<double(double)>& to) {
  cv::Mat table(1, 256, CV_8U);
  for (int i = 0; i < 256; ++i) table.at<uchar>(i) = cv::saturate_cast<uchar>(to(i));
  Moved moved;
  cv::LUT(picture, table, moved.picture);
  return moved;
}

Moved unchanged(const cv::Mat& picture, double) { return {picture.clone()}; }
Moved mirrored(const cv::Mat& picture, double) {
  Moved moved;
  cv::flip(picture, moved.picture, 1);
  moved.at = [w = picture.cols](double x, double y) { return cv::Point2d(w - 1 - x, y); };
  return moved;
}
Moved upsideDown(const cv::Mat& picture, double) {
  Moved moved;
  cv::flip(picture, moved.picture, 0);
  moved.at = [h = picture.rows](double x, double y) { return cv::Point2d(x, h - 1 - y); };
  return moved;
}
Moved halved(const cv::Mat& picture, double) {
  Moved moved;
  cv::resize(picture, moved.picture, {}, 0.5, 0.5, cv::INTER_AREA);
  moved.at = [](double x, double y) { return cv::Point2d((x + 0.5) / 2 - 0.5, (y + 0.5) / 2 - 0.5); };
  return moved;
}
Moved darker(const cv::Mat& picture, double) {
  return recoloured(picture, [](double v) { return 0.6 * v; });
}
Moved softer(const cv::Mat& picture, double) {
  return recoloured(picture, [](double v) { return 255 * std::pow(v / 255, 0.65); });
}
Moved harder(const cv::Mat& picture, double) {
  return recoloured(picture, [](double v) { return 255 * std::pow(v / 255, 1.5); });
}
Moved blurred(const cv::Mat& picture, double) {
  Moved moved;
  cv::GaussianBlur(picture, moved.picture, {}, 2.0);
  return moved;
}
Moved compressed(const cv::Mat& picture, double) {
  std::vector<uchar> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 35});
  Moved moved;
  moved.picture = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
  return moved;
}
/// Black below the skin over a quarter of the picture, on the side away from the annotation.
Moved withoutContact(const cv::Mat& picture, double column) {
  Moved moved{picture.clone()};
  const bool left = column > 0.5 * picture.cols;
  for (int x = 0; x < picture.cols / 3; ++x) {
    const double share = std::clamp((x - picture.cols / 4) / (picture.cols / 12.0), 0.0, 1.0);
    cv::Mat line = moved.picture.col(left ? x : picture.cols - 1 - x);
    line.convertTo(line, -1, share);
  }
  return moved;
}
/// On a screen with text, a ruler and a grey ramp around it.
Moved onAScreen(const cv::Mat& picture, double) {
  Moved moved;
  constexpr int left = 120, top = 90;
  moved.picture = cv::Mat(picture.rows + 150, picture.cols + 260, CV_8U, cv::Scalar(18));
  picture.copyTo(moved.picture(cv::Rect(left, top, picture.cols, picture.rows)));
  for (int i = 0; i < 5; ++i)
    cv::putText(moved.picture, "MSK 9.0 MHz Gn 62 D 5.0", {left + picture.cols + 8, 120 + 22 * i},
                cv::FONT_HERSHEY_SIMPLEX, 0.35, cv::Scalar(200), 1);
  cv::putText(moved.picture, "PATIENT 0001  2024-01-01", {130, 40}, cv::FONT_HERSHEY_SIMPLEX, 0.8,
              cv::Scalar(220), 2);
  for (int y = top; y < top + picture.rows; y += 20)
    cv::line(moved.picture, {left - 12, y}, {left - 6, y}, cv::Scalar(230));
  for (int y = 0; y < 200; ++y) cv::line(moved.picture, {30, top + y}, {48, top + y}, cv::Scalar(255 - y));
  moved.at = [](double x, double y) { return cv::Point2d(x + left, y + top); };
  return moved;
}

class PlanesOfChangedPictures : public ::testing::TestWithParam<Change> {};

/// Both planes within reach of the observers' (6 px, 12 px) at the annotated column of every third picture.
TEST_P(PlanesOfChangedPictures, StayWhereTheyAre) {
  if (!fs::exists(data / "planes/consensus.csv")) GTEST_SKIP() << "no annotated pictures in " << data;
  AnalyzerOptions options;
  options.still = true;
  FrameAnalyzer analyzer(options);
  int right = 0, all = 0, row = 0;
  for (const auto& annotated : testing::annotatedMuscles(data / "planes")) {
    const auto& value = annotated.value;
    if (row++ % 3 != 0 || !value.contains("superficial_y") || !value.contains("deep_y")) continue;
    const double column = value.at("x_col");
    const Moved moved = GetParam().apply(cv::imread(annotated.image.string(), cv::IMREAD_GRAYSCALE), column);
    Frame frame;
    frame.pixels = moved.picture;
    const FrameAnalysis analysis = *analyzer.process(frame);
    ++all;
    const auto isNear = [&](PlaneLabel label, double y, double reach) {
      const TissuePlane* plane = analysis.plane(label);
      if (!plane) return false;
      const cv::Point2d point = moved.at(column, y);
      const double unit = cv::norm(moved.at(0, 10) - moved.at(0, 0)) / 10;
      const PlaneVertex& v = testing::nearest(*plane, point.x);
      const double off = std::min(std::abs(v.upper - point.y), std::abs(v.lower - point.y));
      return std::abs(v.x - point.x) < 20 && off < reach * unit;
    };
    right += isNear(PlaneLabel::SuperficialAponeurosis, value.at("superficial_y"), 6) &&
             isNear(PlaneLabel::DeepAponeurosis, value.at("deep_y"), 12);
  }
  RecordProperty("right", right);
  EXPECT_GE(right, GetParam().least * all) << right << " of " << all;
}
INSTANTIATE_TEST_SUITE_P(
    Real, PlanesOfChangedPictures,
    ::testing::Values(Change{"unchanged", unchanged, 0.9}, Change{"mirrored", mirrored, 0.9},
                      Change{"upsideDown", upsideDown, 0.85}, Change{"half", halved, 0.9},
                      Change{"dark", darker, 0.9}, Change{"soft", softer, 0.9}, Change{"hard", harder, 0.8},
                      Change{"blurred", blurred, 0.85}, Change{"jpeg", compressed, 0.9},
                      Change{"contactLost", withoutContact, 0.75}, Change{"screen", onAScreen, 0.9}),
    [](const auto& change) { return std::string(change.param.name); });

/// Nerves and vessels: hardly one of these pictures shows a muscle between two aponeuroses.
TEST(Planes, AreNotSureWhereThereIsNoMuscleBetweenTwo) {
  const fs::path folder = data / "nerves_vessels/images";
  if (!fs::exists(folder)) GTEST_SKIP() << "no pictures in " << folder;
  AnalyzerOptions options;
  options.still = true;
  FrameAnalyzer analyzer(options);
  int sure = 0, all = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    Frame frame;
    frame.pixels = cv::imread(entry.path().string(), cv::IMREAD_GRAYSCALE);
    const FrameAnalysis analysis = *analyzer.process(frame);
    const auto isSure = [&](PlaneLabel label) {
      const TissuePlane* plane = analysis.plane(label);
      return plane && plane->confidence > 0.5;
    };
    ++all;
    sure += isSure(PlaneLabel::SuperficialAponeurosis) && isSure(PlaneLabel::DeepAponeurosis);
  }
  EXPECT_LE(sure, 0.03 * all) << sure << " of " << all;
}

}  // namespace
}  // namespace acuguide::imaging
