#pragma once

#include "acquisition/frame_source.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::interop {

struct DicomExportOptions {
  std::string patientId;    ///< code of the patient; also the name shown where there is no other
  std::string patientName;  ///< DICOM form: Family^Given
  std::string startedUtc;   ///< "2026-11-25T03:31:54Z"; empty: not known
  std::string identity;     ///< what the export is of (a session's start and folder): UIDs are made from it
  bool deidentify = false;  ///< removeIdentity(), and the images cleaned by PictureCleaner, and read
  std::vector<cv::Rect>
      regions;      ///< what the source states of where ultrasound is (tissueRegions()); may be empty
  std::string key;  ///< for removeIdentity()
};

struct DicomExportSummary {
  std::int64_t frames = 0;
  bool pixelsCleaned = false;
  int framesRead = 0;  ///< cleaned frames in which the reader of text found nothing left
  std::string sopInstanceUid;
};

/// Writes a recorded source as one Ultrasound Multi-frame Image (PS3.3 A.7): 8 bit grey or RGB, explicit
/// little endian, uncompressed, with frame times, and with the ultrasound region where the pixel spacing is
/// known. The pictures are as recorded: nothing is drawn into them, and the derivation says so.
///
/// The same `identity` gives the same UIDs, so that an archive that gets an export twice keeps it once.
/// Memory: one frame; the pixels pass through a file beside `out`, which appears only when it is whole.
///
/// Burned In Annotation is NO, and the method 113101 named, only where the images were cleaned and read; else
/// it is YES, for nobody has looked.
///
/// Throws Error: live source, no frames, a picture of another size, more than the 4 GB that DICOM allows, and
/// with `deidentify` what PictureCleaner::survey() throws.
DicomExportSummary exportDicom(acquisition::FrameSource& source, const std::filesystem::path& out,
                               const DicomExportOptions& options);

/// Takes identity and burnt-in text out of an existing DICOM file: decoded, cleaned, and written as
/// exportDicom() writes, with what removeIdentity() leaves of its data set.
DicomExportSummary deidentifyDicom(const std::filesystem::path& in, const std::filesystem::path& out,
                                   const std::string& key);

}  // namespace acuguide::interop
