#include "apps/calibrated_sources.h"

#include "calibration/applied_calibration.h"

#include <iostream>
#include <memory>
#include <utility>

namespace acuguide::apps {
namespace {

using calibration::AppliedCalibration;

/// A source whose frames pass through a calibration.
class CalibratedSource : public acquisition::FrameSource {
 public:
  CalibratedSource(std::unique_ptr<acquisition::FrameSource> source,
                   std::shared_ptr<const AppliedCalibration> calibration)
      : source_(std::move(source)), calibration_(std::move(calibration)), info_(source_->info()) {}

  const acquisition::SourceInfo& info() const override { return info_; }

  std::optional<Frame> read() override {
    auto frame = source_->read();
    if (frame) tell(calibration_->applyTo(*frame));
    return frame;
  }

  void seek(std::int64_t index) override { source_->seek(index); }
  void interrupt() noexcept override { source_->interrupt(); }

 private:
  /// Once for each change.
  void tell(const std::string& reason) {
    if (reason == told_) return;
    told_ = reason;
    info_ = source_->info();
    if (reason.empty()) return;
    info_.description += ", calibration refused: " + reason;
    std::cerr << "acuguide: the calibration is not used: " << reason << "\n";
  }

  std::unique_ptr<acquisition::FrameSource> source_;
  std::shared_ptr<const AppliedCalibration> calibration_;
  acquisition::SourceInfo info_;
  std::string told_;
};

/// A source whose frames bear one pose more.
class PosedSource : public acquisition::FrameSource {
 public:
  PosedSource(std::unique_ptr<acquisition::FrameSource> source, NamedPose pose)
      : source_(std::move(source)), pose_(std::move(pose)) {}

  const acquisition::SourceInfo& info() const override { return source_->info(); }
  std::optional<Frame> read() override {
    auto frame = source_->read();
    if (frame) frame->poses.push_back(pose_);
    return frame;
  }
  void seek(std::int64_t index) override { source_->seek(index); }
  void interrupt() noexcept override { source_->interrupt(); }
  std::int64_t damaged() const override { return source_->damaged(); }

 private:
  std::unique_ptr<acquisition::FrameSource> source_;
  NamedPose pose_;
};

}  // namespace

acquisition::SourceCatalog withPose(const acquisition::SourceCatalog& catalog, const NamedPose& pose) {
  acquisition::SourceCatalog posed;
  for (acquisition::SourceCatalog::Kind kind : catalog.kinds()) {
    kind.open = [open = kind.open, pose](const std::string& source) {
      return std::make_unique<PosedSource>(open(source), pose);
    };
    posed.add(std::move(kind));
  }
  return posed;
}

acquisition::SourceCatalog withCalibration(const acquisition::SourceCatalog& catalog,
                                           const std::string& file) {
  const auto calibration = std::make_shared<const AppliedCalibration>(file);
  acquisition::SourceCatalog calibrated;
  for (acquisition::SourceCatalog::Kind kind : catalog.kinds()) {
    kind.open = [open = kind.open, calibration](const std::string& source) {
      return std::make_unique<CalibratedSource>(open(source), calibration);
    };
    calibrated.add(std::move(kind));
  }
  return calibrated;
}

}  // namespace acuguide::apps
