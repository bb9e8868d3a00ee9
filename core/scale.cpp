#include "core/scale.h"

#include "core/error.h"
#include "core/limits.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

namespace acuguide {
namespace {

std::string number(double value) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text.precision(3);
  text << value;
  return text.str();
}

std::string sizeText(const cv::Size& size) {
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

}  // namespace

std::string scaleFault(const Eigen::Vector2d& spacingMm, const cv::Size& imageSize) {
  using namespace limits;
  const std::string stated =
      "states pixels of " + number(spacingMm.x()) + " x " + number(spacingMm.y()) + " mm";
  if (!spacingMm.allFinite() || spacingMm.minCoeff() < kFinestPixelMm ||
      spacingMm.maxCoeff() > kCoarsestPixelMm)
    return stated + ", outside of " + number(kFinestPixelMm) + " to " + number(kCoarsestPixelMm) +
           " mm that ultrasound images have (another unit?)";
  if (spacingMm.maxCoeff() > kMostPixelAspect * spacingMm.minCoeff())
    return stated + ", more than " + number(kMostPixelAspect) + " times as long one way as the other";
  const double depth = imageSize.height * spacingMm.y();
  if (depth > kDeepestImageMm) return stated + ", an image " + number(depth) + " mm deep (another unit?)";
  return {};
}

void admitScale(ImageGeometry& geometry, const cv::Size& imageSize, const std::string& source) {
  if (!(geometry.pixelAspect >= 1.0 / limits::kMostPixelAspect &&
        geometry.pixelAspect <= limits::kMostPixelAspect))
    geometry.pixelAspect = 1.0;
  if (!geometry.spacingMm) return;
  const std::string fault = scaleFault(*geometry.spacingMm, imageSize);
  if (fault.empty()) {
    geometry.whyNoScale.clear();
    return;
  }
  geometry.spacingMm.reset();
  geometry.whyNoScale = source + " " + fault;
}

GivenScale::GivenScale(std::string name, Eigen::Vector2d spacingMm, std::optional<cv::Size> madeFor)
    : name_(std::move(name)), spacingMm_(std::move(spacingMm)), oneNumber_(false), madeFor_(madeFor) {}

GivenScale::GivenScale(std::string name, double pixelHeightMm, std::optional<cv::Size> madeFor)
    : name_(std::move(name)),
      spacingMm_(Eigen::Vector2d::Constant(pixelHeightMm)),
      oneNumber_(true),
      madeFor_(madeFor) {}

GivenScale::GivenScale(const GivenScale& other)
    : name_(other.name_), spacingMm_(other.spacingMm_), oneNumber_(other.oneNumber_) {
  const std::scoped_lock lock(other.mutex_);
  madeFor_ = other.madeFor_;
}

void GivenScale::check() const {
  if (const std::string fault = scaleFault(spacingMm_); !fault.empty())
    throw Error(name_, fault, "give the size of a pixel in millimetres");
}

std::string GivenScale::faultFor(const Frame& frame) const {
  const std::scoped_lock lock(mutex_);
  const cv::Size size = frame.pixels.size();
  if (!madeFor_) madeFor_ = size;
  if (size == *madeFor_) return {};
  return name_ + " is for images of " + sizeText(*madeFor_) + ", not " + sizeText(size) +
         "; give the scale for this size";
}

void GivenScale::applyTo(Frame& frame) const {
  ImageGeometry& geometry = frame.geometry;
  geometry.whyNoScale = faultFor(frame);
  if (!geometry.whyNoScale.empty()) {
    geometry.spacingMm.reset();
    return;
  }
  geometry.spacingMm = spacingMm_;
  if (oneNumber_) geometry.spacingMm->x() *= geometry.pixelAspect;
  admitScale(geometry, frame.pixels.size(), name_);
}

}  // namespace acuguide
