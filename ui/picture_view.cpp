#include "ui/picture_view.h"

#include "core/clock.h"
#include "ui/palette.h"
#include "ui/scene/picture_scene.h"
#include "ui/scene/qt_render_window.h"

#include <QtGui/QMouseEvent>

namespace acuguide::ui {

struct PictureView::Scene {
  explicit Scene(PictureView& view) : window(view, picture.renderer(), 0) {}

  PictureScene picture;
  QtRenderWindow window;
  PictureLayout layout;
  Overlays overlays;
  std::shared_ptr<const navigation::GuidanceSnapshot> snapshot =
      std::make_shared<navigation::GuidanceSnapshot>();
  std::shared_ptr<const navigation::GuidanceSnapshot> painted;  // on its way to the screen
  std::shared_ptr<const Frame> announced;
};

PictureView::PictureView(QWidget* parent) : QOpenGLWidget(parent), scene_(std::make_unique<Scene>(*this)) {
  setMinimumSize(160, 120);
  connect(this, &QOpenGLWidget::frameSwapped, this, [this] {
    const auto painted = scene_->painted;
    if (!painted || !painted->frame || painted->frame == scene_->announced) return;
    scene_->announced = painted->frame;
    emit displayed(painted->sequence, monotonicSeconds() - painted->frame->arrival);
  });
}

PictureView::~PictureView() = default;

void PictureView::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot) {
  scene_->snapshot = snapshot ? std::move(snapshot) : std::make_shared<navigation::GuidanceSnapshot>();
  update();
}

void PictureView::setOverlays(const Overlays& overlays) {
  scene_->overlays = overlays;
  update();
}

const Overlays& PictureView::overlays() const { return scene_->overlays; }

void PictureView::initializeGL() { scene_->window.initialize(); }

void PictureView::resizeGL(int, int) {}

void PictureView::paintGL() {
  const navigation::GuidanceSnapshot& snapshot = *scene_->snapshot;
  const double unit = devicePixelRatioF();
  const cv::Size view = scene_->window.sizePx();
  const cv::Size picture = snapshot.frame ? snapshot.frame->pixels.size() : view;
  const auto spacing = snapshot.frame ? snapshot.frame->geometry.spacingMm : std::nullopt;
  scene_->layout = PictureLayout::fit(view, picture, spacing, unit, palette::kStateFrameRoomPx * unit);
  scene_->picture.update(snapshot, scene_->overlays, scene_->layout, monotonicSeconds());
  scene_->window.render();
  scene_->painted = scene_->snapshot;
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  const QPointF at = event->position() * devicePixelRatioF();
  const cv::Rect2d picture = scene_->layout.pictureRectangle();
  if (!scene_->snapshot->frame || !picture.contains(cv::Point2d(at.x(), at.y()))) {
    QOpenGLWidget::mousePressEvent(event);
    return;
  }
  const Eigen::Vector2d px = scene_->layout.toPicture({at.x(), at.y()});
  emit clicked(px.x(), px.y());
}

}  // namespace acuguide::ui
