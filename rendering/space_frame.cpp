#include "rendering/space_frame.h"

namespace acuguide::rendering {

SpaceFrame::SpaceFrame(const navigation::GuidanceSnapshot& snapshot)
    : picture(snapshot.frame ? snapshot.frame->pixels.size() : cv::Size(400, 300)),
      faceAtBottom(snapshot.analysis->region.probe == imaging::ProbeSide::Bottom) {
  const cv::Rect whole(cv::Point(), picture);
  region = snapshot.analysis->region.bounds & whole;
  if (region.empty()) region = whole;
  if (snapshot.frame && snapshot.frame->geometry.spacingMm &&
      snapshot.frame->geometry.spacingMm->minCoeff() > 0) {
    unitsPerPixel = *snapshot.frame->geometry.spacingMm;
    millimetres = true;
  }
}

Eigen::Vector3d SpaceFrame::toSpace(const Eigen::Vector2d& px) const {
  const double middle = region.x + (region.width - 1) / 2.0;
  const double face = (faceAtBottom ? region.y + region.height : region.y) - 0.5;
  return {(px.x() - middle) * unitsPerPixel.x(), (face - px.y()) * unitsPerPixel.y(), 0};
}

}  // namespace acuguide::rendering
