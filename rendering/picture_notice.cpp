#include "rendering/picture_notice.h"

#include "core/fail_safe_ages.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <string>

namespace acuguide::rendering {
namespace {

using acquisition::Connection;
using navigation::PictureState;

constexpr double kFootShare = 0.92;  // of the picture's height: below what is looked at
constexpr double kDimming = 0.45;
constexpr double kStripeWidthPx = 10;
constexpr double kStripeSpacingPx = 56;
constexpr double kStripeOpacity = 0.35;

QString staleText(const navigation::GuidanceSnapshot& snapshot, double now) {
  const double age = snapshot.frame ? std::max(0.0, now - snapshot.frame->arrival) : 0.0;
  if (age <= ages::kPictureStale && snapshot.stream.connection == Connection::Running)
    return QCoreApplication::translate("PictureNotice", "STALE – waiting for steady images");
  return QCoreApplication::translate("PictureNotice", "STALE – picture is %1 s old").arg(age, 0, 'f', 1);
}

QString noPictureText(Connection connection) {
  switch (connection) {
    case Connection::Connecting:
      return QCoreApplication::translate("PictureNotice", "Connecting…");
    case Connection::Lost:
      return QCoreApplication::translate("PictureNotice", "Source lost");
    case Connection::Failed:
      return QCoreApplication::translate("PictureNotice", "Source cannot be opened");
    case Connection::Running:
    case Connection::Ended:
      break;
  }
  return QCoreApplication::translate("PictureNotice", "No picture");
}

/// Diagonal stripes over the whole picture, cut at its edges.
void stripe(const cv::Rect2d& area, Canvas& canvas) {
  canvas.beside.rectangle(area, palette::kHalo, kDimming);
  const double spacing = canvas.units(kStripeSpacingPx);
  const Stroke stroke{
      .colour = palette::kAlarmHigh, .width = canvas.units(kStripeWidthPx), .opacity = kStripeOpacity};
  for (double offset = spacing; offset < area.width + area.height; offset += spacing) {
    const Eigen::Vector2d from(area.x + std::min(offset, area.width),
                               area.y + std::max(0.0, offset - area.width));
    const Eigen::Vector2d to(area.x + std::max(0.0, offset - area.height),
                             area.y + std::min(offset, area.height));
    canvas.beside.line(from, to, stroke);
  }
}

/// `height`: of the letters, as a share of the view's height. `y`: of the notice's middle, as a share of the
/// picture's.
void plate(const QString& text, palette::Colour ink, palette::Colour ground, double height, double y,
           Canvas& canvas) {
  const cv::Rect2d area = canvas.layout.pictureRectangle();
  const double size = std::max(canvas.units(palette::kPictureLabelPx), height * canvas.layout.view.height);
  canvas.labels.push_back({.text = text.toStdString(),
                           .colour = ink,
                           .sizePx = size,
                           .bold = true,
                           .widestPx = 0.85 * canvas.layout.view.width,
                           .fixed = true,
                           .plate = ground,
                           .anchors = {{{area.x + area.width / 2, area.y + area.height * y}, {0.5, 0.5}}}});
}

}  // namespace

void drawPictureNotice(const navigation::GuidanceSnapshot& snapshot, double now, Canvas& canvas) {
  switch (snapshot.picture) {
    case PictureState::Live:
      return;
    case PictureState::None:
      plate(noPictureText(snapshot.stream.connection), palette::kMuted, palette::kPanel, 0.05, 0.5, canvas);
      return;
    case PictureState::Stale:
      stripe(canvas.layout.pictureRectangle(), canvas);
      plate(staleText(snapshot, now), palette::kNeedle, palette::kAlarmPlate, 0.065, 0.5, canvas);
      return;
    case PictureState::Frozen:
      plate(QCoreApplication::translate("PictureNotice", "FROZEN"), palette::kBackground, palette::kAccent,
            0.05, kFootShare, canvas);
      return;
    case PictureState::Paused:
      plate(QCoreApplication::translate("PictureNotice", "PAUSED"), palette::kText, palette::kPanel, 0.03,
            kFootShare, canvas);
      return;
    case PictureState::Ended:
      plate(QCoreApplication::translate("PictureNotice", "END OF RECORDING"), palette::kBackground,
            palette::kText, 0.05, kFootShare, canvas);
      return;
  }
}

}  // namespace acuguide::rendering
