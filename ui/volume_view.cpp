#include "ui/volume_view.h"

#include "rendering/renderer_setup.h"
#include "ui/text_on_image.h"

#include <QtGui/QPainter>

namespace acuguide::ui {
namespace {

constexpr int kMultiSamples = 4;

QColor toQt(const rendering::palette::Colour& colour) { return QColor::fromRgb(colour.rgb()); }

}  // namespace

VolumeView::VolumeView(const volume::Volume& volume,
                       const std::vector<rendering::VolumeStructure>& structures, QWidget* parent)
    : OrbitView(parent), scene_(volume, structures), window_(scene_.renderer(), kMultiSamples) {}

VolumeView::~VolumeView() = default;

void VolumeView::setLegend(std::vector<std::pair<QString, rendering::palette::Colour>> legend) {
  legend_ = std::move(legend);
  update();
}

void VolumeView::setSlices(const std::array<int, 3>& voxel) {
  scene_.setSlices(voxel);
  if (slicesShown_) drawSoon();
}

void VolumeView::setWindowLevel(double window, double level) {
  scene_.setWindowLevel(window, level);
  if (slicesShown_) drawSoon();
}

void VolumeView::showSlices(bool shown) {
  slicesShown_ = shown;
  scene_.showSlices(shown);
  drawSoon();
}

void VolumeView::showSurfaces(bool shown) {
  surfacesShown_ = shown;
  scene_.showSurfaces(shown);
  drawSoon();
}

void VolumeView::resetView() {
  scene_.resetView();
  drawSoon();
}

void VolumeView::paintEvent(QPaintEvent* event) {
  OrbitView::paintEvent(event);
  QPainter painter(this);
  QFont type = font();
  const int size = textSizeOnImage(height());
  type.setPixelSize(size);
  painter.setFont(type);
  const auto places = scene_.directionsInView();
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    const QPointF at = QPointF(places[i]->x(), places[i]->y()) / devicePixelRatioF();
    drawTextOnImage(painter, QRectF(at.x() - size, at.y() - size, 2.0 * size, 2.0 * size), Qt::AlignCenter,
                    QString(QLatin1Char("RLAPIS"[i])), toQt(rendering::palette::kText));
  }
  if (!surfacesShown_) return;
  const double line = 1.5 * size;
  double y = 0.6 * size;
  for (const auto& [name, colour] : legend_) {
    painter.fillRect(QRectF(0.7 * size, y + 0.25 * line, 0.5 * line, 0.5 * line), toQt(colour));
    drawTextOnImage(painter, QRectF(0.7 * size + 0.8 * line, y, width() - 3.0 * size, line),
                    Qt::AlignLeft | Qt::AlignVCenter, name, toQt(rendering::palette::kText));
    y += line;
  }
}

void VolumeView::render(cv::Size size, rendering::Pixels& into) {
  scene_.fitInto(size);
  if (!window_.render(size, into)) into = rendering::blankPixels(size);
}

void VolumeView::turn(double right, double up) { scene_.turn(right, up); }
void VolumeView::approach(double factor) { scene_.approach(factor); }
void VolumeView::pan(double right, double up) { scene_.pan(right, up); }

}  // namespace acuguide::ui
