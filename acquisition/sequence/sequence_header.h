#pragma once

#include "acquisition/sequence/image_orientation.h"
#include "core/transform.h"

#include <Eigen/Core>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::acquisition {

/// One pose of one frame; `transform` indexes SequenceHeader::transforms, so that names are kept once.
struct SequencePose {
  std::uint32_t transform = 0;
  bool valid =
      false;  ///< status OK and every number finite; a pose without a status is not valid, as in PLUS
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();  ///< mm
};

/// What the header says of one frame.
struct SequenceFrame {
  double timestamp = std::numeric_limits<double>::quiet_NaN();  ///< seconds, as recorded; NaN when not stated
  bool imageValid = true;  ///< PLUS's ImageStatus; the pixels of an INVALID frame are filler
  std::vector<SequencePose> poses;
};

/// The time line of a sequence.
struct SequenceTimes {
  std::vector<double> seconds;       ///< of each frame, always increasing
  std::vector<std::int64_t> epochs;  ///< of each frame, from 0 (Frame::epoch)
  std::string remark;                ///< what people should know of the stamps; empty when all is well
};

/// From stamps as recorded, in seconds; NaN where there is none. A missing stamp follows its predecessor by
/// the median frame time; equal stamps, and up to three that are out of order, are spread evenly up to the
/// next later one; a stamp that goes back for longer is a clock that was set: the times go on by the median
/// frame time, and a new epoch begins. Stamps that stand still, or are too far apart or too near to be
/// seconds, give way to 25 frames a second, and `remark` says so.
SequenceTimes sequenceTimes(const std::vector<double>& stamps);

/// Everything a MetaImage or NRRD sequence file states before its pixels: layout, and PLUS's fields of every
/// frame. Also for files that hold poses without pictures ("DimSize = 0 0 N"), as tracker recordings do.
///
/// Memory: about 0.15 kB a pose and frame, some thousandth of the pictures; the pixels stay in the file.
struct SequenceHeader {
  enum class PixelType { UInt8, UInt16, Int16 };

  std::filesystem::path file;

  std::filesystem::path dataFile;  ///< where the pixels are: the file itself or one beside it
  std::int64_t dataOffset = 0;     ///< first byte of the pixels (compressed or not) in it
  bool compressed = false;         ///< zlib or gzip
  bool bigEndian = false;
  PixelType pixelType = PixelType::UInt8;
  int channels = 1;  ///< 1 grey, 3 RGB
  /// A pixel's values of all frames lie side by side (3D Slicer before version 5.1): deinterleaved().
  bool pixelsInterleaved = false;
  int width = 0, height = 0;    ///< px as stored, before orientation; 0 without pictures
  std::int64_t frameCount = 0;  ///< as stated

  ImageOrientation orientation;
  std::string imageType;  ///< UltrasoundImageType, empty when not stated
  std::optional<Eigen::Vector2d>
      spacingMm;             ///< as stored, before orientation; "1 1" means unknown in PLUS's files
  std::string whyNoScale;    ///< why `spacingMm` is not known although the file states something; else empty
  double pixelAspect = 1.0;  ///< width of a stored pixel over its height (our own field PixelAspect)
  std::optional<std::pair<double, double>> valueRange;  ///< ElementMin, ElementMax

  std::vector<std::pair<std::string, std::string>> transforms;  ///< from, to
  std::vector<SequenceFrame> frames;  ///< may be shorter than frameCount: trailing frames without fields

  bool hasPictures() const { return width > 0 && height > 0; }
  std::int64_t bytesPerValue() const { return pixelType == PixelType::UInt8 ? 1 : 2; }
  std::int64_t bytesPerFrame() const;

  /// Poses of a frame, named; one with a number that is not finite is not valid. Empty for frames without
  /// fields.
  std::vector<NamedPose> posesOf(std::int64_t frame) const;

  /// When the frames that have fields were made: sequenceTimes() of their stamps.
  SequenceTimes times() const;

  /// Median of the increasing steps between stamps; nullopt when there are none.
  std::optional<double> medianFrameSeconds() const;
};

/// By the ending of its name. Throws Error: not there, not such a file, contradictory or absurd sizes, no
/// room for the pixels stated.
SequenceHeader readSequenceHeader(const std::filesystem::path& file);

// The two formats; use readSequenceHeader().
SequenceHeader readMetaImageHeader(const std::filesystem::path& file);
SequenceHeader readNrrdHeader(const std::filesystem::path& file);

}  // namespace acuguide::acquisition
