#include "ui/picture_view.h"

#include "core/clock.h"
#include "rendering/palette.h"
#include "rendering/picture_scene.h"
#include "rendering/pixels_widget.h"
#include "ui/picture_crop.h"

#include <QtGui/QMouseEvent>

namespace acuguide::ui {

struct PictureView::Scene {
  rendering::PictureScene picture;
  rendering::PictureLayout layout;
  rendering::Overlays overlays;
  rendering::Caption caption;
  PictureCrop crop;
  bool whole = false;
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

void PictureView::setWhole(bool whole) {
  scene_->whole = whole;
  update();
}

void PictureView::setCaption(const rendering::Caption& caption) {
  if (caption == scene_->caption) return;
  scene_->caption = caption;
  update();
}

const rendering::Caption& PictureView::caption() const { return scene_->caption; }

QRectF PictureView::pictureRectangle() const {
  const cv::Rect2d place = scene_->layout.pictureRectangle();
  const double density = devicePixelRatioF();
  return {place.x / density, place.y / density, place.width / density, place.height / density};
}

void PictureView::draw() {
  const navigation::GuidanceSnapshot& snapshot = *scene_->snapshot;
  const double density = devicePixelRatioF();
  rendering::PictureLayout scaled;
  scaled.scaleTo(window()->height() * density, density);
  const cv::Size view = rendering::sizeInPixels(*this);
  const cv::Size picture = snapshot.frame ? snapshot.frame->pixels.size() : view;
  const auto spacing = snapshot.frame ? snapshot.frame->geometry.spacingMm : std::nullopt;
  cv::Rect shown(cv::Point(), picture);
  if (snapshot.frame) {
    const cv::Rect region = scene_->crop.of(*snapshot.frame, snapshot.analysis->region);
    if (!scene_->whole) shown = region;
  }
  scene_->layout = rendering::PictureLayout::fit(
      view, picture, spacing, scaled.unit, rendering::palette::kStateFrameRoomPx * scaled.lineUnit, shown);
  scene_->layout.lineUnit = scaled.lineUnit;
  if (!scene_->caption.empty()) rendering::makeRoomForCaption(scene_->layout);
  scene_->pixels =
      scene_->picture.draw(snapshot, scene_->overlays, scene_->layout, monotonicSeconds(), scene_->caption);
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
