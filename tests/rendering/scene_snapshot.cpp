#include "rendering/scene_snapshot.h"

#include "core/clock.h"
#include "core/error.h"
#include "navigation/fail_safe.h"
#include "ui/virtual_display.h"

#include <QtWidgets/QApplication>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <numbers>
#include <string_view>

namespace acuguide::rendering::test {
namespace {

using imaging::PlaneLabel;

imaging::TissuePlane planeAt(PlaneLabel label, float y, float left, float right) {
  imaging::TissuePlane plane;
  plane.label = label;
  plane.confidence = 0.9;
  for (float x = left; x <= right; x += 8) {
    const float ridge = y + 6 * std::sin(x / 90);
    plane.vertices.push_back({x, ridge, ridge - 3, ridge + 3});
  }
  return plane;
}

std::vector<Eigen::Vector2d> ellipse(const Eigen::Vector2d& centre, double width, double height) {
  std::vector<Eigen::Vector2d> outline;
  for (int i = 0; i < 40; ++i) {
    const double angle = 2 * std::numbers::pi * i / 40;
    outline.push_back(centre + Eigen::Vector2d(width * std::cos(angle), height * std::sin(angle)));
  }
  return outline;
}

std::shared_ptr<const planning::Plan> somePlan() {
  auto plan = std::make_shared<planning::Plan>();
  plan->name = "ST36 left";
  plan->targetToleranceMm = 2.0;
  plan->instrument = {"0.8 x 40", 0.8, 0.8, 40.0};
  planning::DangerZone nerve;
  nerve.name = "deep peroneal nerve";
  nerve.automatic = true;
  plan->dangers = {nerve};
  return plan;
}

guidance::Guidance someGuidance(guidance::GuidanceState state) {
  guidance::Guidance guidance;
  guidance.state = state;
  guidance.target = guidance::TargetInPicture{kTargetPx, 30.0, "depth", 0.0, true};
  guidance.dangerOutlinesPx = {ellipse(kDangerPx, 45, 30)};
  const Eigen::Vector2d along = (kTargetPx - kTailPx).normalized();
  const Eigen::Vector2d across = Eigen::Vector2d(-along.y(), along.x()) * 20;
  guidance.corridorPx = {kTailPx + across, kTargetPx + across, kTargetPx - across, kTailPx - across};
  return guidance;
}

}  // namespace

cv::Mat layeredPicture(cv::Size size, bool colour) {
  cv::Mat grey(size, CV_8UC1);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x)
      grey.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(35 + 14 * (y / 26 % 6) + 9 * (x / 110 % 3));
  }
  if (!colour) return grey;
  cv::Mat bgr;
  cv::merge(std::vector<cv::Mat>{grey, grey / 2, 255 - grey}, bgr);
  return bgr;
}

std::shared_ptr<navigation::GuidanceSnapshot> sceneSnapshot(const SceneOptions& options) {
  auto frame = std::make_shared<Frame>();
  frame->pixels = layeredPicture(options.size, options.colour);
  frame->arrival = monotonicSeconds();
  frame->geometry.spacingMm = options.spacingMm;
  auto snapshot = std::make_shared<navigation::GuidanceSnapshot>();
  snapshot->sequence = 1;
  snapshot->frame = frame;
  snapshot->picture = options.picture;
  snapshot->ownAnalysis().region.bounds = cv::Rect(cv::Point(), options.size);
  snapshot->ownAnalysis().region.probe = imaging::ProbeSide::Top;
  if (options.planes) {
    snapshot->ownAnalysis().planes = {planeAt(PlaneLabel::Skin, 24, 40, 680),
                                      planeAt(PlaneLabel::SuperficialAponeurosis, 120, 40, 640),
                                      planeAt(PlaneLabel::DeepAponeurosis, 330, 40, 640)};
  }
  snapshot->needle.state = options.needle;
  snapshot->needle.confidence = 0.9;
  snapshot->needle.tailPx = kTailPx;
  snapshot->needle.tipPx = kTipPx;
  snapshot->needle.tipCovariancePx = Eigen::Matrix2d::Identity() * 4;
  if (options.guidance) {
    snapshot->plan = somePlan();
    snapshot->guidance = someGuidance(options.state);
  }
  if (options.picture == navigation::PictureState::Stale) makeStale(*snapshot);
  return snapshot;
}

void makeStale(navigation::GuidanceSnapshot& snapshot) {
  acquisition::StreamStatus stream;
  stream.connection = acquisition::Connection::Running;
  stream.source.live = true;
  navigation::Watch watch;
  watch.now = snapshot.frame->arrival + 1.0;
  snapshot = navigation::asOf(snapshot, stream, watch);
}

std::string missingDisplay() {
  static std::unique_ptr<ui::VirtualDisplay> display;
  static std::string missing;
  if (display || !missing.empty()) return missing;
  try {
    display = std::make_unique<ui::VirtualDisplay>("1400x900x24");
  } catch (const Error& error) {
    // Only a missing program is a reason to skip; a display that does not start is a failure.
    if (std::strstr(error.what(), "not installed") == nullptr) throw;
    missing = error.what();
  }
  return missing;
}

void keepDriverLoaded() {
  const auto keep = [](dl_phdr_info* module, std::size_t, void*) {
    const std::string_view name = module->dlpi_name != nullptr ? module->dlpi_name : "";
    if (name.ends_with("_dri.so")) ::dlopen(module->dlpi_name, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
    return 0;
  };
  ::dl_iterate_phdr(keep, nullptr);
}

void needApplication() {
  static int count = 1;
  static char name[] = "views_tests";
  static char* arguments[] = {name, nullptr};
  static QApplication application(count, arguments);
}

}  // namespace acuguide::rendering::test
