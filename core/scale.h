#pragma once

#include "core/frame.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <mutex>
#include <optional>
#include <string>

namespace acuguide {

/// Why no ultrasound image of this size (px; empty: not known) has pixels of this spacing (x, y; mm): not
/// finite, outside 0.005 to 1 mm, an image deeper than 300 mm, or pixels more than four times as long one way
/// as the other. A phrase that follows its subject ("states pixels of 80 x 80 mm, …"); empty when all is
/// well. The one rule for every source, file and option (core/limits.h has the numbers).
std::string scaleFault(const Eigen::Vector2d& spacingMm, const cv::Size& imageSize = {});

/// Takes a spacing that cannot be true away from a frame's geometry and leaves the reason in `whyNoScale`.
/// What `source` names begins the reason.
void admitScale(ImageGeometry& geometry, const cv::Size& imageSize, const std::string& source);

/// A scale that a person or a calibration gives, for images of one size: the one it was made for, else that
/// of the first image it is applied to. Images of another size get no millimetres, with the reason, until the
/// old size is back or a scale is given again. Thread-safe: connections of one source share it.
class GivenScale {
 public:
  /// `name` begins the reason: "--spacing-mm", "scale.json". `spacingMm`: x, y.
  GivenScale(std::string name, Eigen::Vector2d spacingMm, std::optional<cv::Size> madeFor = std::nullopt);
  /// One number: the height of a pixel. Its width is the same, unless the source states another pixel aspect.
  GivenScale(std::string name, double pixelHeightMm, std::optional<cv::Size> madeFor = std::nullopt);
  GivenScale(const GivenScale& other);

  /// Sets the frame's spacing, in place of any that the source states, or takes it away and says why in
  /// `whyNoScale`.
  void applyTo(Frame& frame) const;

  /// Why the frame gets no millimetres from this scale: it was made for another image size. Empty: it does.
  std::string faultFor(const Frame& frame) const;

  /// Throws Error where no ultrasound image of any size has this scale.
  void check() const;

  /// For an image of square pixels, or as given; mm.
  const Eigen::Vector2d& spacingMm() const { return spacingMm_; }

 private:
  std::string name_;
  Eigen::Vector2d spacingMm_;
  bool oneNumber_;
  mutable std::mutex mutex_;
  mutable std::optional<cv::Size> madeFor_;
};

}  // namespace acuguide
