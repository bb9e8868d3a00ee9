#include "ui/slice_view.h"

#include "rendering/palette.h"
#include "ui/text_on_image.h"

#include <QtGui/QImage>
#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::ui {
namespace {

constexpr double kMargin = 0.92;  ///< of the view, that the slice fills at first
constexpr double kZoomPerStep = 1.15;

constexpr int kHeadPx = 4;                 ///< the coloured bar at the top
constexpr double kLongestScaleBar = 0.25;  ///< of the view's width

const QColor kText = QColor::fromRgb(rendering::palette::kText.rgb());

/// The longest of 1, 2, 5, 10, 20 ... mm that is no longer.
double roundLength(double longest) {
  const double decade = std::pow(10.0, std::floor(std::log10(longest)));
  for (const double part : {5.0, 2.0})
    if (part * decade <= longest) return part * decade;
  return decade;
}

/// As 3D Slicer marks them: axial red, sagittal yellow, coronal green.
QColor colourOf(SliceView::Plane plane) {
  switch (plane) {
    case SliceView::Plane::Axial:
      return {243, 74, 51};
    case SliceView::Plane::Sagittal:
      return {237, 213, 76};
    case SliceView::Plane::Coronal:
      return {110, 176, 75};
  }
  return {};
}

}  // namespace

SliceView::SliceView(const volume::Volume& volume, const volume::Volume* labels,
                     const std::vector<rendering::VolumeStructure>& structures, Plane plane, QWidget* parent)
    : QWidget(parent), volume_(volume), labels_(labels), plane_(plane) {
  setMinimumSize(160, 120);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  labelColours_.fill(QColor(Qt::lightGray).rgb());
  labelColours_[0] = 0;
  for (const auto& structure : structures)
    if (structure.label > 0) labelColours_[structure.label] = QRgb{0xFF000000U} | structure.colour.rgb();
  setFocusPolicy(Qt::StrongFocus);
  for (std::size_t a = 0; a < 3; ++a) cross_[a] = volume.grid.size[a] / 2;
  slice_ = cross_[static_cast<std::size_t>(plane)];
}

void SliceView::setSlice(int slice) {
  slice = std::clamp(slice, 0, volume_.grid.size[static_cast<std::size_t>(plane_)] - 1);
  if (slice == slice_) return;
  slice_ = cross_[static_cast<std::size_t>(plane_)] = slice;
  outdated();
  emit sliceChanged(slice);
}

void SliceView::setCross(const std::array<int, 3>& voxel) {
  cross_ = voxel;
  setSlice(voxel[static_cast<std::size_t>(plane_)]);
  update();
}

void SliceView::setWindowLevel(double window, double level) {
  window_ = window;
  level_ = level;
  outdated();
}

void SliceView::showLabels(bool shown) {
  labelsShown_ = shown;
  outdated();
}

void SliceView::outdated() {
  image_ = {};
  update();
}

void SliceView::resetView() {
  zoom_ = 1;
  pan_ = {};
  update();
}

double SliceView::scale() const {
  const volume::VolumeGrid& grid = volume_.grid;
  const auto a = static_cast<std::size_t>(across()), d = static_cast<std::size_t>(down());
  return zoom_ * kMargin *
         std::min(width() / (grid.size[a] * grid.spacingMm[a]),
                  height() / (grid.size[d] * grid.spacingMm[d]));
}

std::optional<std::array<int, 3>> SliceView::voxelAt(const QPointF& at) const {
  const volume::VolumeGrid& grid = volume_.grid;
  const auto a = static_cast<std::size_t>(across()), d = static_cast<std::size_t>(down());
  const double x = (at.x() - 0.5 * width() - pan_.x()) / scale() / grid.spacingMm[a] + 0.5 * grid.size[a];
  double y = (at.y() - 0.5 * height() - pan_.y()) / scale() / grid.spacingMm[d] + 0.5 * grid.size[d];
  if (upwards()) y = grid.size[d] - y;
  std::array<int, 3> voxel{};
  voxel[static_cast<std::size_t>(plane_)] = slice_;
  voxel[a] = static_cast<int>(std::floor(x));
  voxel[d] = static_cast<int>(std::floor(y));
  if (voxel[a] < 0 || voxel[d] < 0 || voxel[a] >= grid.size[a] || voxel[d] >= grid.size[d])
    return std::nullopt;
  return voxel;
}

QImage SliceView::image() const {
  const volume::VolumeGrid& grid = volume_.grid;
  const auto a = static_cast<std::size_t>(across()), d = static_cast<std::size_t>(down());
  QImage image(grid.size[a], grid.size[d], QImage::Format_RGB32);
  std::array<QRgb, 256> shade{};
  for (int i = 0; i < 256; ++i) {
    const int level =
        static_cast<int>(std::clamp((i - level_) / std::max(window_, 1.0) + 0.5, 0.0, 1.0) * 255);
    shade[static_cast<std::size_t>(i)] = qRgb(level, level, level);
  }
  std::array<int, 3> voxel{};
  voxel[static_cast<std::size_t>(plane_)] = slice_;
  for (int row = 0; row < grid.size[d]; ++row) {
    voxel[d] = upwards() ? grid.size[d] - 1 - row : row;
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
    for (int column = 0; column < grid.size[a]; ++column) {
      voxel[a] = column;
      const std::size_t at = grid.index(voxel[0], voxel[1], voxel[2]);
      line[column] = shade[volume_.grey[at]];
      const std::uint8_t label = labels_ != nullptr && labelsShown_ ? labels_->grey[at] : std::uint8_t{0};
      if (label == 0) continue;
      const QRgb colour = labelColours_[label];
      const auto mixed = [](int under, int over) { return (under + over) / 2; };
      line[column] =
          qRgb(mixed(qRed(line[column]), qRed(colour)), mixed(qGreen(line[column]), qGreen(colour)),
               mixed(qBlue(line[column]), qBlue(colour)));
    }
  }
  return image;
}

void SliceView::paintEvent(QPaintEvent*) {
  const volume::VolumeGrid& grid = volume_.grid;
  const auto a = static_cast<std::size_t>(across()), d = static_cast<std::size_t>(down());
  QPainter painter(this);
  painter.fillRect(rect(), Qt::black);
  const double wide = grid.size[a] * grid.spacingMm[a] * scale(),
               high = grid.size[d] * grid.spacingMm[d] * scale();
  const QRectF place(0.5 * width() + pan_.x() - 0.5 * wide, 0.5 * height() + pan_.y() - 0.5 * high, wide,
                     high);
  if (image_.isNull()) image_ = image();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(place, image_);
  drawCross(painter, place);
  painter.fillRect(0, 0, width(), kHeadPx, colourOf(plane_));
  drawWords(painter);
}

/// Where the other slices cut it.
void SliceView::drawCross(QPainter& painter, const QRectF& place) const {
  const auto share = [&](int axis) {
    const auto i = static_cast<std::size_t>(axis);
    return (cross_[i] + 0.5) / volume_.grid.size[i];
  };
  const double x = place.left() + place.width() * share(across());
  const double fallen = share(down());
  const double y = place.top() + place.height() * (upwards() ? 1 - fallen : fallen);
  painter.setPen(QPen(colourOf(static_cast<Plane>(across())), 1, Qt::DashLine));
  painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
  painter.setPen(QPen(colourOf(static_cast<Plane>(down())), 1, Qt::DashLine));
  painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
}

void SliceView::drawWords(QPainter& painter) const {
  QFont type = font();
  const int size = textSizeOnImage(height());
  type.setPixelSize(size);
  painter.setFont(type);
  const QRectF inside = QRectF(rect()).adjusted(0.5 * size, kHeadPx + 0.25 * size, -0.5 * size, -0.3 * size);
  const QString name = plane_ == Plane::Axial     ? tr("Axial")
                       : plane_ == Plane::Coronal ? tr("Coronal")
                                                  : tr("Sagittal");
  const auto axis = static_cast<std::size_t>(plane_);
  const double lps = volume_.grid.originMm[axis] + slice_ * volume_.grid.spacingMm[axis];
  drawTextOnImage(painter, inside, Qt::AlignLeft | Qt::AlignTop,
                  name + QStringLiteral("  %1 %2 mm")
                             .arg(QLatin1Char(lps < 0 ? "RAI"[axis] : "LPS"[axis]))
                             .arg(std::abs(lps), 0, 'f', 1),
                  kText);
  const bool fromSide = plane_ == Plane::Sagittal;
  const std::pair<int, char> letters[] = {{Qt::AlignLeft | Qt::AlignVCenter, fromSide ? 'A' : 'R'},
                                          {Qt::AlignRight | Qt::AlignVCenter, fromSide ? 'P' : 'L'},
                                          {Qt::AlignHCenter | Qt::AlignTop, upwards() ? 'S' : 'A'},
                                          {Qt::AlignHCenter | Qt::AlignBottom, upwards() ? 'I' : 'P'}};
  for (const auto& [where, letter] : letters)
    drawTextOnImage(painter, inside, where, QString(QLatin1Char(letter)), kText);
  drawScaleBar(painter, size);
}

void SliceView::drawScaleBar(QPainter& painter, int textSize) const {
  const double mm = roundLength(kLongestScaleBar * width() / scale());
  const double right = width() - 0.7 * textSize, left = right - mm * scale(), y = height() - 0.7 * textSize,
               tick = 0.35 * textSize;
  const QPointF bar[] = {{left, y - tick}, {left, y}, {right, y}, {right, y - tick}};
  for (const auto& [colour, wide] : {std::pair{QColor(Qt::black), 4.0}, {kText, 1.5}}) {
    painter.setPen(QPen(colour, wide, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.drawPolyline(bar, 4);
  }
  drawTextOnImage(painter,
                  QRectF(right - 20.0 * textSize, y - tick - 1.5 * textSize, 20.0 * textSize, 1.4 * textSize),
                  Qt::AlignRight | Qt::AlignBottom, QStringLiteral("%1 mm").arg(mm), kText);
}

void SliceView::wheelEvent(QWheelEvent* event) {
  const double steps = event->angleDelta().y() / 120.0;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    zoom_ = std::clamp(zoom_ * std::pow(kZoomPerStep, steps), 0.2, 40.0);
    update();
  } else {
    setSlice(slice_ + static_cast<int>(steps >= 0 ? std::ceil(steps) : std::floor(steps)));
  }
}

void SliceView::mousePressEvent(QMouseEvent* event) { lastMouse_ = event->position(); }

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF moved = event->position() - lastMouse_;
  lastMouse_ = event->position();
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  if (event->buttons().testFlag(Qt::MiddleButton) || (event->buttons().testFlag(Qt::LeftButton) && shift)) {
    pan_ += moved;
    update();
  } else if (event->buttons().testFlag(Qt::RightButton)) {
    zoom_ = std::clamp(zoom_ * std::exp(0.01 * moved.y()), 0.2, 40.0);
    update();
  } else if (event->buttons().testFlag(Qt::LeftButton)) {
    setWindowLevel(std::clamp(window_ + moved.x(), 1.0, 1000.0),
                   std::clamp(level_ + moved.y(), -255.0, 510.0));
    emit windowLevelChanged(window_, level_);
  }
  const auto voxel = voxelAt(event->position());
  if (!voxel) return;
  emit pointedAt((*voxel)[0], (*voxel)[1], (*voxel)[2]);
  if (shift && event->buttons() == Qt::NoButton) emit crossMoved((*voxel)[0], (*voxel)[1], (*voxel)[2]);
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_B:
    case Qt::Key_Left:
      return setSlice(slice_ - 1);
    case Qt::Key_F:
    case Qt::Key_Right:
      return setSlice(slice_ + 1);
    default:
      QWidget::keyPressEvent(event);
  }
}

void SliceView::enterEvent(QEnterEvent*) { setFocus(); }

}  // namespace acuguide::ui
