#pragma once

#include "acquisition/dicom/dicom_file.h"
#include "acquisition/frame_source.h"

namespace acuguide::acquisition {

/// A DICOM file with one or many ultrasound pictures (DicomFile). Frame times are the file's; its pixel
/// spacing is that of its ultrasound regions where they can be trusted (scaleFromRegions), else unknown.
class DicomSource : public FrameSource {
 public:
  /// A name that ends in .dcm, or any file that starts as DICOM does.
  static bool claims(const std::string& source);

  /// Throws Error: see DicomFile.
  explicit DicomSource(const std::string& source);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  void seek(std::int64_t index) override;

 private:
  DicomFile file_;
  SourceInfo info_;
  std::int64_t next_ = 0;
};

}  // namespace acuguide::acquisition
