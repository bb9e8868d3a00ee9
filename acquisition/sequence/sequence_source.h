#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/grey_range.h"
#include "acquisition/sequence/byte_stream.h"
#include "acquisition/sequence/sequence_header.h"

#include <vector>

namespace acuguide::acquisition {

/// A MetaImage (.mha, .mhd) or NRRD (.nrrd) sequence, with PLUS's per-frame fields: time stamps and poses
/// with their status. Frames come as CV_8UC1, or CV_8UC3 (BGR) for RGB files, always in orientation MF (x
/// towards the marked side, y away from the probe), whatever the file's is.
///
/// 16-bit pixels are mapped to 8 bits by one rule for the whole sequence: linearly from
/// ElementMin..ElementMax where the header states them, else by the bits really used (GreyRange) in 64
/// frames: spread over the whole sequence, or its first ones where the pixels are compressed.
///
/// Frames whose ImageStatus is INVALID hold filler and are passed over; the indexes of the others stay the
/// file's. Pixels are read as they are needed; going back in compressed files is described at
/// openByteStream().
class SequenceSource : public FrameSource {
 public:
  /// An existing file, or a missing one, named like a sequence.
  static bool claims(const std::string& source);

  /// Throws Error: see readSequenceHeader(); also for files with poses but no pictures, or with raw echo
  /// lines.
  explicit SequenceSource(const std::string& source);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  std::string remark() const override { return times_.remark; }
  void seek(std::int64_t index) override;

 private:
  bool imageValid(std::int64_t frame) const;
  double timeOf(std::int64_t frame) const;
  std::int64_t epochOf(std::int64_t frame) const;
  cv::Mat readStored();
  cv::Mat readPixels();
  void settleRange();
  void describe(const std::string& source);

  SequenceHeader header_;
  SourceInfo info_;
  ImageGeometry geometry_;
  GreyRange range_;
  SequenceTimes times_;
  double period_ = 0.0;
  std::unique_ptr<ByteStream> stream_;
  std::vector<std::uint8_t> buffer_;
  std::int64_t next_ = 0;
  std::int64_t streamFrame_ = 0;  ///< where stream_ stands
};

}  // namespace acuguide::acquisition
