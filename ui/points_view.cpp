#include "ui/points_view.h"

#include "rendering/offscreen_window.h"
#include "rendering/renderer_setup.h"

namespace acuguide::ui {
namespace {

constexpr int kMultiSamples = 4;
constexpr double kReach = 14;  // device-independent pixels

}  // namespace

struct PointsView::Scene {
  rendering::PointsScene points;
  rendering::OffscreenWindow window{points.renderer(), kMultiSamples};
  rendering::PointsInSpace shown;
};

PointsView::PointsView(QWidget* parent) : OrbitView(parent), scene_(std::make_unique<Scene>()) {
  setObjectName(QStringLiteral("pointsInSpace"));
}

PointsView::~PointsView() = default;

void PointsView::setPoints(rendering::PointsInSpace points) {
  scene_->shown = std::move(points);
  drawSoon();
}

void PointsView::render(cv::Size size, rendering::Pixels& into) {
  scene_->points.show(scene_->shown, size);
  if (!scene_->window.render(size, into)) into = rendering::blankPixels(size);
  scene_->points.drawLabels(devicePixelRatioF(), into);
}

void PointsView::turn(double right, double up) { scene_->points.turn(right, up); }
void PointsView::approach(double factor) { scene_->points.approach(factor); }
void PointsView::resetView() { scene_->points.resetView(); }

void PointsView::clicked(const QPointF& at) {
  const double ratio = devicePixelRatioF();
  const auto code = scene_->points.pointAt({at.x() * ratio, at.y() * ratio}, kReach * ratio);
  if (code) emit pointClicked(QString::fromStdString(*code));
}

}  // namespace acuguide::ui
