#include "planning/picture_frame.h"

#include <cmath>

namespace acuguide::planning {
namespace {

using imaging::ProbeSide;

/// Row of the transducer face on the region's centre line: a curved face lies inside the bounds.
int faceRow(const imaging::ImagingRegion& region, bool bottom) {
  const cv::Rect& box = region.bounds;
  const int edge = bottom ? box.height - 1 : 0;
  if (region.mask.size() != box.size() || region.mask.type() != CV_8UC1) return box.y + edge;
  const int column = (box.width - 1) / 2, step = bottom ? -1 : 1;
  for (int row = edge; row >= 0 && row < box.height; row += step) {
    if (region.mask.at<unsigned char>(row, column) != 0) return box.y + row;
  }
  return box.y + edge;
}

}  // namespace

ProbeChoice chooseProbe(ProbeSide planned, ProbeSide seen) {
  if (planned != ProbeSide::Unknown) return {planned, false};
  if (seen != ProbeSide::Unknown) return {seen, false};
  return {ProbeSide::Top, true};
}

std::optional<PictureFrame> PictureFrame::find(const ImageGeometry& geometry,
                                               const imaging::ImagingRegion& region, ProbeSide probe) {
  if (region.bounds.empty()) return std::nullopt;
  const bool bottom = probe == ProbeSide::Bottom;
  PictureFrame frame;
  frame.originPx_ = {region.bounds.x + (region.bounds.width - 1) / 2.0, faceRow(region, bottom)};
  const auto& spacing = geometry.spacingMm;
  frame.scaled_ = spacing && spacing->allFinite() && spacing->minCoeff() > 0;
  if (frame.scaled_) frame.perPx_ = *spacing;
  if (bottom) frame.perPx_.y() = -frame.perPx_.y();
  return frame;
}

ImageLength PictureFrame::length(const Eigen::Vector2d& vector) const {
  ImageLength length{vector.cwiseQuotient(perPx_).norm(), std::nullopt};
  if (scaled_) length.mm = vector.norm();
  return length;
}

ImageLength PictureFrame::along(double value, const Eigen::Vector2d& direction) const {
  ImageLength signedLength = length(std::abs(value) * direction.normalized());
  if (value < 0) {
    signedLength.px = -signedLength.px;
    if (signedLength.mm) signedLength.mm = -*signedLength.mm;
  }
  return signedLength;
}

}  // namespace acuguide::planning
