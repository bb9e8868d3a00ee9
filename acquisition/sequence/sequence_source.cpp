#include "acquisition/sequence/sequence_source.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace acuguide::acquisition {
namespace {

constexpr bool kHostIsBigEndian = std::endian::native == std::endian::big;

void swapBytePairs(std::vector<std::uint8_t>& bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
}

}  // namespace

bool SequenceSource::claims(const std::string& source) {
  const std::string ending = lowerCase(std::filesystem::path(source).extension().string());
  std::error_code ignored;
  return source.find("://") == std::string::npos &&
         (ending == ".mha" || ending == ".mhd" || ending == ".nrrd" || ending == ".nhdr") &&
         !std::filesystem::is_directory(source, ignored);
}

SequenceSource::SequenceSource(const std::string& source) : header_(readSequenceHeader(source)) {
  if (!header_.hasPictures()) {
    throw Error(source, "holds no pictures (its size is 0 x 0), only poses",
                "use it as a tracker recording in 'acuguide calibrate', or give a sequence with pictures");
  }
  if (header_.imageType.starts_with("RF")) {
    throw Error(source, "holds raw echo lines (" + header_.imageType + "), not pictures",
                "export it as BRIGHTNESS pictures");
  }
  stream_ = openByteStream(header_.dataFile, header_.dataOffset, header_.compressed);
  if (header_.pixelsInterleaved)
    stream_ = deinterleaved(std::move(stream_), header_.frameCount, header_.bytesPerFrame(),
                            header_.bytesPerValue(), header_.dataFile);
  times_ = header_.times();
  const std::optional<double> median = header_.medianFrameSeconds();
  period_ = median.value_or(1.0 / kAssumedFramesPerSecond);
  geometry_.spacingMm = header_.spacingMm;
  geometry_.whyNoScale = header_.whyNoScale;
  geometry_.pixelAspect = header_.pixelAspect;
  if (header_.orientation.transpose) {
    if (geometry_.spacingMm) std::swap(geometry_.spacingMm->x(), geometry_.spacingMm->y());
    geometry_.pixelAspect = 1.0 / geometry_.pixelAspect;
  }
  if (header_.bytesPerValue() > 1 && !header_.valueRange) settleRange();
  describe(source);
  if (median) info_.nominalFramesPerSecond = 1.0 / *median;
}

void SequenceSource::describe(const std::string& source) {
  const bool meta = lowerCase(header_.file.extension().string()).starts_with(".mh");
  info_.name = source;
  info_.description = std::string(meta ? "MetaImage" : "NRRD") + " sequence " +
                      std::to_string(header_.width) + "x" + std::to_string(header_.height) + ", " +
                      std::to_string(header_.frameCount) + " frames";
  if (const std::string used = range_.words(); !used.empty()) info_.description += ", uses " + used;
  info_.frameCount = header_.frameCount;
  info_.seekable = true;
}

bool SequenceSource::imageValid(std::int64_t frame) const {
  return frame >= static_cast<std::int64_t>(header_.frames.size()) ||
         header_.frames[static_cast<std::size_t>(frame)].imageValid;
}

double SequenceSource::timeOf(std::int64_t frame) const {
  const auto known = static_cast<std::int64_t>(times_.seconds.size());
  if (frame < known) return times_.seconds[static_cast<std::size_t>(frame)];
  if (known == 0) return static_cast<double>(frame) * period_;
  return times_.seconds.back() + static_cast<double>(frame - known + 1) * period_;
}

std::int64_t SequenceSource::epochOf(std::int64_t frame) const {
  if (times_.epochs.empty()) return 0;
  return times_.epochs[std::min(static_cast<std::size_t>(frame), times_.epochs.size() - 1)];
}

/// What the bits of 16 are that the sequence uses. A file that is cut short is told when it is read.
void SequenceSource::settleRange() {
  constexpr std::int64_t kMostLookedAt = 64;
  const std::int64_t looks = std::min(header_.frameCount, kMostLookedAt);
  const bool seekable = !header_.compressed || header_.pixelsInterleaved;
  try {
    for (std::int64_t i = 0; i < looks; ++i) {
      next_ = seekable ? i * header_.frameCount / looks : i;
      if (imageValid(next_)) range_.add(readStored());
    }
  } catch (const Error&) {
  }
  next_ = 0;
}

/// The next frame as the file has it, in buffer_.
cv::Mat SequenceSource::readStored() {
  buffer_.resize(static_cast<std::size_t>(header_.bytesPerFrame()));
  if (streamFrame_ != next_) stream_->seek(next_ * header_.bytesPerFrame());
  streamFrame_ = next_ + 1;
  if (stream_->read(buffer_.data(), buffer_.size()) != buffer_.size()) {
    throw Error(info_.name,
                "is cut short, only " + std::to_string(next_) + " of " + std::to_string(header_.frameCount) +
                    " frames are there",
                "copy or record it again");
  }
  const bool wide = header_.pixelType != SequenceHeader::PixelType::UInt8;
  if (wide && header_.bigEndian != kHostIsBigEndian) swapBytePairs(buffer_);
  const int depth =
      !wide ? CV_8U : (header_.pixelType == SequenceHeader::PixelType::UInt16 ? CV_16U : CV_16S);
  return cv::Mat(header_.height, header_.width, CV_MAKETYPE(depth, header_.channels), buffer_.data());
}

cv::Mat SequenceSource::readPixels() {
  const cv::Mat stored = readStored();
  cv::Mat pixels = header_.valueRange && stored.depth() != CV_8U
                       ? toEightBit(stored, header_.valueRange->first, header_.valueRange->second)
                       : range_.toEightBit(stored);
  if (header_.channels == 3) cv::cvtColor(pixels, pixels, cv::COLOR_RGB2BGR);
  pixels = header_.orientation.upright(pixels);
  // The buffer is used again for the next frame.
  return pixels.data == buffer_.data() ? pixels.clone() : pixels;
}

std::optional<Frame> SequenceSource::read() {
  while (next_ < header_.frameCount && !imageValid(next_)) ++next_;
  if (next_ >= header_.frameCount) return std::nullopt;
  const double start = monotonicSeconds();
  Frame frame;
  frame.pixels = readPixels();
  frame.index = next_;
  frame.time = timeOf(next_);
  frame.epoch = epochOf(next_);
  frame.geometry = geometry_;
  frame.poses = header_.posesOf(next_);
  frame.arrival = monotonicSeconds();
  frame.decodeSeconds = frame.arrival - start;
  ++next_;
  return frame;
}

void SequenceSource::seek(std::int64_t index) {
  if (index < 0 || index >= header_.frameCount) {
    throw Error(info_.name, "has no frame " + std::to_string(index),
                "frames run from 0 to " + std::to_string(header_.frameCount - 1));
  }
  next_ = index;
}

}  // namespace acuguide::acquisition
