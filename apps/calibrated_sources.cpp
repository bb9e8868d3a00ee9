#include "apps/calibrated_sources.h"

#include "acquisition/source_wrapper.h"
#include "calibration/applied_calibration.h"

#include <memory>
#include <utility>

namespace acuguide::apps {
namespace {

using calibration::AppliedCalibration;

/// A source whose frames pass through a calibration; why it is refused goes with the frame
/// (ImageGeometry::whyNoScale).
class CalibratedSource : public acquisition::SourceWrapper {
 public:
  CalibratedSource(std::unique_ptr<acquisition::FrameSource> source,
                   std::shared_ptr<const AppliedCalibration> calibration)
      : SourceWrapper(std::move(source)), calibration_(std::move(calibration)) {}

  std::optional<Frame> read() override {
    auto frame = source().read();
    if (frame) calibration_->applyTo(*frame);
    return frame;
  }

 private:
  std::shared_ptr<const AppliedCalibration> calibration_;
};

/// A source whose frames bear one pose more.
class PosedSource : public acquisition::SourceWrapper {
 public:
  PosedSource(std::unique_ptr<acquisition::FrameSource> source, NamedPose pose)
      : SourceWrapper(std::move(source)), pose_(std::move(pose)) {}

  std::optional<Frame> read() override {
    auto frame = source().read();
    if (frame) frame->poses.push_back(pose_);
    return frame;
  }

 private:
  NamedPose pose_;
};

}  // namespace

acquisition::SourceCatalog withPose(const acquisition::SourceCatalog& catalog, const NamedPose& pose) {
  return catalog.wrapped([pose](std::unique_ptr<acquisition::FrameSource> source) {
    return std::make_unique<PosedSource>(std::move(source), pose);
  });
}

acquisition::SourceCatalog withCalibration(const acquisition::SourceCatalog& catalog,
                                           const std::string& file) {
  const auto calibration = std::make_shared<const AppliedCalibration>(file);
  return catalog.wrapped([calibration](std::unique_ptr<acquisition::FrameSource> source) {
    return std::make_unique<CalibratedSource>(std::move(source), calibration);
  });
}

}  // namespace acuguide::apps
