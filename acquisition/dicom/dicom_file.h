#pragma once

#include "acquisition/dicom/dicom_pixels.h"
#include "acquisition/dicom/dicom_regions.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// What a DICOM file says of its pictures. Nothing in here identifies a patient.
struct DicomDescription {
  std::string sopClass;        ///< "UltrasoundMultiframeImageStorage"
  std::string transferSyntax;  ///< "JPEG Baseline"
  std::string modality;        ///< "US"
  std::string photometric;     ///< "YBR_FULL_422"
  std::string manufacturer;
  std::int64_t frames = 1;
  DicomPixelFormat format;
  /// Seconds from the first frame, always increasing; empty when the file states no times.
  std::vector<double> times;
  std::vector<DicomRegion> regions;
  DicomScale scale;
  double pixelAspect = 1.0;   ///< width of a pixel over its height, where one is stated
  bool burnedIn = false;      ///< (0028,0301): names may stand in the picture
  bool deidentified = false;  ///< (0012,0062)
  std::string derivation;     ///< (0008,2111)
};

/// One DICOM file with pictures, opened with DCMTK (OpenJPEG for JPEG 2000): native, RLE, JPEG baseline,
/// extended and lossless, JPEG-LS, JPEG 2000; grey, palette, RGB, YBR; 8 and 16 bit; any byte order. Pixels
/// stay in the file until asked for, and only one frame of them is in memory.
///
/// Damaged and hostile files are refused, or their frames are: sizes are checked against each other and
/// against the file before anything of that size is allocated.
class DicomFile {
 public:
  /// Throws Error: not there, not DICOM, no picture in it, a kind of pixels that is not read.
  explicit DicomFile(const std::filesystem::path& path);
  ~DicomFile();

  const DicomDescription& description() const;

  /// CV_8UC1 or CV_8UC3 (BGR). Throws Error when that frame cannot be read.
  cv::Mat picture(std::int64_t frame);

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// Several lines for a person: what `acuguide dicom info` prints.
std::string dicomInfo(const std::filesystem::path& path);

}  // namespace acuguide::acquisition
