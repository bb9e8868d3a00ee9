#include "ui/picture_view.h"

#include "core/clock.h"
#include "rendering/palette.h"
#include "rendering/picture_scene.h"
#include "rendering/pixels_widget.h"

#include <QtGui/QMouseEvent>

namespace acuguide::ui {

struct PictureView::Scene {
  rendering::PictureScene picture;
  rendering::PictureLayout layout;
  rendering::Overlays overlays;
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot =
      std::make_shared<navigation::GuidanceSnapshot>();
  std::shared_ptr<const Frame> announced;
  rendering::Pixels pixels;  // as drawn last
};

PictureView::PictureView(QWidget* parent) : QWidget(parent), scene_(std::make_unique<Scene>()) {
  setMinimumSize(160, 120);
  setAttribute(Qt::WA_OpaquePaintEvent);  // nothing behind it need be painted
}

PictureView::~PictureView() = default;

void PictureView::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  scene_->snapshot = snapshot ? std::move(snapshot) : std::make_shared<navigation::GuidanceSnapshot>();
  update();
}

void PictureView::setOverlays(const rendering::Overlays& overlays) {
  scene_->overlays = overlays;
  update();
}

const rendering::Overlays& PictureView::overlays() const { return scene_->overlays; }

void PictureView::draw() {
  const navigation::GuidanceSnapshot& snapshot = *scene_->snapshot;
  const double unit = devicePixelRatioF();
  const cv::Size view = rendering::sizeInPixels(*this);
  const cv::Size picture = snapshot.frame ? snapshot.frame->pixels.size() : view;
  const auto spacing = snapshot.frame ? snapshot.frame->geometry.spacingMm : std::nullopt;
  scene_->layout = rendering::PictureLayout::fit(view, picture, spacing, unit,
                                                 rendering::palette::kStateFrameRoomPx * unit);
  scene_->pixels = scene_->picture.draw(snapshot, scene_->overlays, scene_->layout, monotonicSeconds());
}

void PictureView::paintEvent(QPaintEvent*) {
  draw();
  rendering::paintPixels(scene_->pixels, *this);
  // After this event the window system has the pixels; what is queued now runs then.
  const auto shown = scene_->snapshot;
  if (shown->frame && shown->frame != scene_->announced)
    QMetaObject::invokeMethod(
        this, [this, shown] { announce(shown); }, Qt::QueuedConnection);
}

void PictureView::announce(const std::shared_ptr<const navigation::GuidanceSnapshot>& shown) {
  if (shown->frame == scene_->announced) return;
  scene_->announced = shown->frame;
  emit displayed(shown->sequence, monotonicSeconds() - shown->frame->arrival);
}

QImage PictureView::drawn() {
  draw();
  return rendering::imageOf(scene_->pixels).copy();
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  const QPointF at = event->position() * devicePixelRatioF();
  const cv::Rect2d picture = scene_->layout.pictureRectangle();
  if (!scene_->snapshot->frame || !picture.contains(cv::Point2d(at.x(), at.y()))) {
    QWidget::mousePressEvent(event);
    return;
  }
  const Eigen::Vector2d px = scene_->layout.toPicture({at.x(), at.y()});
  emit clicked(px.x(), px.y());
}

}  // namespace acuguide::ui
