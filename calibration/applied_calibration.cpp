#include "calibration/applied_calibration.h"

#include "calibration/report/result.h"
#include "core/error.h"
#include "core/pose.h"

#include <algorithm>
#include <cmath>

namespace acuguide::calibration {
namespace {

constexpr int defaultValidDays = 180;
constexpr double sameSpacing = 0.03;  ///< as a share

std::time_t timeOf(const std::string& utc) {
  std::tm parts{};
  return strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr ? 0 : timegm(&parts);
}

}  // namespace

AppliedCalibration::AppliedCalibration(const std::filesystem::path& path) : name_(path.filename().string()) {
  const Result result = readResult(path);
  usable_ = result.usable;
  created_ = result.created;
  try {
    if (const auto check = result.details.find("check");
        check != result.details.end() && check->is_object() && !check->value("passed", false))
      failedCheck_ = check->value("created", std::string("an unknown date"));
    const auto& spacing = result.details.at("pixelSpacingMm");
    const Eigen::Vector2d spacingMm(spacing.at(0).get<double>(), spacing.at(1).get<double>());
    std::optional<cv::Size> imageSize;
    if (result.details.contains("imageSizePx"))
      imageSize.emplace(result.details["imageSizePx"].at(0), result.details["imageSizePx"].at(1));
    scale_.emplace(name_, spacingMm, imageSize);
    if (const std::string fault = scaleFault(spacingMm, imageSize.value_or(cv::Size())); !fault.empty())
      throw Error(path.string(), fault, "calibrate again");
    createdAt_ = timeOf(created_);
    expires_ = createdAt_ + std::time_t{86400} * result.details.value("validDays", defaultValidDays);
    if (result.details.contains("imageToProbe")) {
      imageToProbe_.emplace();
      for (std::size_t i = 0; i < 16; ++i)
        (*imageToProbe_)(static_cast<Eigen::Index>(i / 4), static_cast<Eigen::Index>(i % 4)) =
            result.details["imageToProbe"].at(i / 4).at(i % 4).get<double>();
      probe_ = result.details.value("probe", std::string("Probe"));
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(path.string(), "is a " + result.kind + " calibration and states no pixel spacing",
                "give the result of acuguide calibrate spatial or scale");
  }
  if (imageToProbe_) {
    if (const std::string fault = poseFault("Image", probe_, *imageToProbe_); !fault.empty())
      throw Error(path.string(), "/imageToProbe " + fault, "calibrate again");
  }
}

std::string AppliedCalibration::whyNot(const Frame& frame, std::time_t now) const {
  if (!usable_) return name_ + " is not usable";
  if (!failedCheck_.empty()) return name_ + " failed its check of " + failedCheck_ + ": calibrate again";
  if (now > expires_) return name_ + " of " + created_ + " is older than its limit";
  if (now < createdAt_ - std::time_t{86400})
    return name_ + " is dated in the future (" + created_ +
           "): check the computer's clock, or calibrate again";
  // The size first: images of another size have another depth as a consequence.
  if (std::string fault = scale_ ? scale_->faultFor(frame) : std::string(); !fault.empty()) return fault;
  if (const auto& stated = frame.geometry.spacingMm) {
    const Eigen::Array2d off = stated->array() / scale_->spacingMm().array() - 1;
    if (off.abs().maxCoeff() > sameSpacing)
      return name_ + " was made at another depth than the source states";
  }
  const auto isProbe = [&](const NamedPose& pose) { return pose.from == probe_ || pose.to == probe_; };
  if (imageToProbe_ && !frame.poses.empty() && std::none_of(frame.poses.begin(), frame.poses.end(), isProbe))
    return name_ + " was made for the probe " + probe_ + ", which these frames do not track";
  return {};
}

std::string AppliedCalibration::applyTo(Frame& frame, std::time_t now) const {
  std::string reason = whyNot(frame, now);
  if (!reason.empty()) {
    frame.geometry.spacingMm.reset();
    frame.geometry.whyNoScale = reason;
    return reason;
  }
  scale_->applyTo(frame);
  if (!frame.geometry.spacingMm) return frame.geometry.whyNoScale;
  if (imageToProbe_) {
    std::erase_if(frame.poses,
                  [&](const NamedPose& pose) { return pose.from == "Image" && pose.to == probe_; });
    frame.poses.push_back({"Image", probe_, *imageToProbe_, true});
  }
  return reason;
}

}  // namespace acuguide::calibration
