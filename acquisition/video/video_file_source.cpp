#include "acquisition/video/video_file_source.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/sequence/text_numbers.h"
#include "acquisition/video/video_container.h"
#include "core/clock.h"
#include "core/input_file.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 15> kEndings = {".mkv", ".mp4",  ".avi", ".mov",   ".m4v",
                                                       ".mpg", ".mpeg", ".wmv", ".webm",  ".ts",
                                                       ".ogv", ".flv",  ".3gp", ".mjpeg", ".mjpg"};

/// Letters of an OpenCV four-character code.
std::string fourccText(double code) {
  const auto bits = static_cast<std::uint32_t>(static_cast<std::int64_t>(code));
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) {
    const char c = static_cast<char>((bits >> shift) & 0xff);
    if (c > ' ' && c < 127) text += c;
  }
  return text;
}

bool isGreyFormat(const std::string& format) {
  return format == "Y800" || format == "GREY" || format == "Y8";
}

}  // namespace

bool VideoFileSource::claims(const std::string& source) {
  if (source.find("://") != std::string::npos) return false;
  std::error_code ignored;
  return std::ranges::find(kEndings, lowerCase(fs::path(source).extension().string())) != kEndings.end() &&
         !fs::is_directory(source, ignored);
}

VideoFileSource::VideoFileSource(const std::string& source) {
  requireInputFile(source);
  info_.name = source;
  if (!video_.open(fs::absolute(source).string(), cv::CAP_FFMPEG)) {
    throw Error(source, "is not a video FFmpeg can read, or is cut short",
                "check that it plays elsewhere, or record it again");
  }
  grey_ = isGreyFormat(fourccText(video_.get(cv::CAP_PROP_CODEC_PIXEL_FORMAT)));
  if (!decodeNext()) {
    throw Error(source, "holds no picture that can be decoded",
                "check that it plays elsewhere, or record it again");
  }
  ahead_ = true;
  describe();
}

void VideoFileSource::describe() {
  const double rate = video_.get(cv::CAP_PROP_FPS);
  const double count = video_.get(cv::CAP_PROP_FRAME_COUNT);
  if (std::isfinite(rate) && rate > 0.0) info_.nominalFramesPerSecond = rate;
  if (std::isfinite(count) && count >= 1.0 && count < 1e12)
    info_.frameCount = static_cast<std::int64_t>(count);
  info_.seekable = true;
  const double wide = video_.get(cv::CAP_PROP_SAR_NUM), high = video_.get(cv::CAP_PROP_SAR_DEN);
  if (std::isfinite(wide / high) && wide > 0.0 && high > 0.0) pixelAspect_ = wide / high;
  interlaced_ = isInterlaced(info_.name);
  info_.description = "video " + fourccText(video_.get(cv::CAP_PROP_FOURCC)) + " " +
                      std::to_string(decoded_.cols) + "x" + std::to_string(decoded_.rows);
  if (info_.nominalFramesPerSecond)
    info_.description.append(" ").append(numberText(std::round(rate * 100) / 100)).append(" fps");
  if (info_.frameCount) info_.description += ", " + std::to_string(*info_.frameCount) + " frames";
}

bool VideoFileSource::decodeNext() {
  try {
    return video_.read(decoded_) && !decoded_.empty();
  } catch (const cv::Exception&) {
    return false;
  }
}

// FFmpeg reports a file that stops half-way as a plain end. The number of frames is an estimate in many
// containers (a last image that stays, sound that goes on): fewer than that are a reason to look whether the
// container is whole, no more.
void VideoFileSource::throwIfCutShort() const {
  if (!info_.frameCount || next_ >= *info_.frameCount) return;
  const std::string read = "only " + std::to_string(next_) + " frames can be read";
  if (isContainerCutShort(info_.name))
    throw Error(info_.name, "is cut short, " + read, "copy or record it again");
  const double rate = info_.nominalFramesPerSecond.value_or(kAssumedFramesPerSecond);
  const double stated = static_cast<double>(*info_.frameCount) / rate;
  const double missing = stated - (lastTime_ + 1.0 / rate);
  if (missing <= 0.5 && missing <= 0.1 * stated) return;
  const std::optional<double> last = lastPacketSeconds(info_.name);
  if (last && *last - lastTime_ > std::min(0.5, 0.1 * stated))
    throw Error(info_.name, "is damaged, " + read + ", although more are in it", "copy or record it again");
}

std::optional<Frame> VideoFileSource::read() {
  const double start = monotonicSeconds();
  if (!ahead_ && !decodeNext()) {
    throwIfCutShort();
    return std::nullopt;
  }
  ahead_ = false;
  Frame frame;
  if (grey_ && decoded_.channels() == 3) {
    cv::extractChannel(decoded_, frame.pixels, 0);
  } else {
    frame.pixels = std::move(decoded_);
    decoded_ = cv::Mat();
  }
  const double stamp = video_.get(cv::CAP_PROP_POS_MSEC) / 1000.0;
  const double period = 1.0 / info_.nominalFramesPerSecond.value_or(kAssumedFramesPerSecond);
  const bool usable = std::isfinite(stamp) && (next_ == 0 || stamp > lastTime_);
  frame.time = usable ? stamp : lastTime_ + period;
  frame.geometry.pixelAspect = pixelAspect_;
  frame.index = next_++;
  frame.arrival = monotonicSeconds();
  frame.decodeSeconds = frame.arrival - start;
  lastTime_ = frame.time;
  return frame;
}

std::string VideoFileSource::remark() const {
  return interlaced_ ? "the video is interlaced: what moves is torn, deinterlace it first" : std::string();
}

void VideoFileSource::seek(std::int64_t index) {
  if (index < 0 || (info_.frameCount && index >= *info_.frameCount)) {
    throw Error(info_.name, "has no frame " + std::to_string(index), "choose one within the video");
  }
  const double rate = info_.nominalFramesPerSecond.value_or(kAssumedFramesPerSecond);
  const bool near = index >= next_ && static_cast<double>(index - next_) <= 2.0 * rate;
  if (!near) {
    video_.set(cv::CAP_PROP_POS_FRAMES, static_cast<double>(index));
    ahead_ = false;
    next_ = index;
    lastTime_ = static_cast<double>(index - 1) / rate;
    // A seek may land beside the frame asked for where the file's frame times are uneven; what lastTime_ says
    // then only keeps times increasing.
    return;
  }
  for (; next_ < index; ++next_) {
    if (!ahead_ && !decodeNext()) throw Error(info_.name, "ends before frame " + std::to_string(index), "");
    ahead_ = false;
  }
}

}  // namespace acuguide::acquisition
