#include "ui/bench_sweeps.h"

#include <Eigen/Geometry>

#include <cmath>
#include <fstream>

namespace acuguide::ui::test {

namespace fs = std::filesystem;

namespace {

void drawDot(cv::Mat& picture, const Eigen::Vector2d& px) {
  constexpr int reach = 16;
  const cv::Point middle(cvRound(px.x()), cvRound(px.y()));
  for (int y = std::max(0, middle.y - reach); y < std::min(picture.rows, middle.y + reach); ++y) {
    for (int x = std::max(0, middle.x - reach); x < std::min(picture.cols, middle.x + reach); ++x) {
      const double dx = (x - px.x()) / 4.0, dy = (y - px.y()) / 2.2;
      auto& pixel = picture.at<uchar>(y, x);
      pixel = cv::saturate_cast<uchar>(pixel + 180 * std::exp(-0.5 * (dx * dx + dy * dy)));
    }
  }
}

}  // namespace

void makeSweeps(const fs::path& folder) {
  for (const char* name : {"calibration", "validation"}) std::ofstream(folder / name) << name;
  std::ofstream(folder / "phantom.json") << R"({"format": "acuguide.phantom/1", "name": "two N", "nWires": [
    [{"name": "a", "frontMm": [0, 0, 0], "backMm": [0, 0, 40]},
     {"name": "b", "frontMm": [1, 0, 0], "backMm": [19.6, 0, 40]},
     {"name": "c", "frontMm": [20.6, 0, 0], "backMm": [20.6, 0, 40]}],
    [{"name": "d", "frontMm": [0, 10, 0], "backMm": [0, 10, 40]},
     {"name": "e", "frontMm": [19.6, 10, 0], "backMm": [1, 10, 40]},
     {"name": "f", "frontMm": [20.6, 10, 0], "backMm": [20.6, 10, 40]}],
    [{"name": "g", "frontMm": [3, 20, 0], "backMm": [3, 20, 40]},
     {"name": "h", "frontMm": [4, 20, 0], "backMm": [22.6, 20, 40]},
     {"name": "i", "frontMm": [23.6, 20, 0], "backMm": [23.6, 20, 40]}]]})";
}

calibration::SpatialRequest sweepRequest(const fs::path& folder) {
  return {folder / "phantom.json", (folder / "calibration").string(), (folder / "validation").string(), {}};
}

calibration::Sweep sweepOf(const fs::path& folder, const std::string& file) {
  const calibration::Phantom phantom = calibration::readPhantom(folder / "phantom.json");
  calibration::Sweep made{fs::path(file).filename().string(), {}};
  for (int i = 0; i < 30; ++i) {
    const double t = 0.3 * i + (made.name == "validation" ? 0.11 : 0.0);
    Frame frame;
    frame.index = i;
    frame.time = 0.1 * i;
    frame.pixels = cv::Mat(320, 360, CV_8UC1, cv::Scalar(4));
    Eigen::Isometry3d pose = Eigen::Isometry3d::Identity();
    pose.translation() = Eigen::Vector3d(-6 + std::sin(t), -6 + std::cos(t), 20 + 8 * std::sin(0.7 * t));
    pose.linear() = (Eigen::AngleAxisd(0.1 * std::sin(1.1 * t), Eigen::Vector3d::UnitX()) *
                     Eigen::AngleAxisd(0.1 * std::cos(0.8 * t), Eigen::Vector3d::UnitY()) *
                     Eigen::AngleAxisd(0.1 * std::sin(0.5 * t), Eigen::Vector3d::UnitZ()))
                        .toRotationMatrix();
    Eigen::Matrix3d plane;
    plane << pose.linear().leftCols<2>() * 0.1, pose.translation();
    for (const auto& wire : phantom.wires) drawDot(frame.pixels, *calibration::cutPx(plane, wire));
    frame.poses = {{"Probe", "Phantom", pose.matrix(), true}};
    made.frames.push_back(frame);
  }
  if (made.name == "calibration") made.frames[4].pixels.setTo(4);
  return made;
}

}  // namespace acuguide::ui::test
