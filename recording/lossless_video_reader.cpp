#include "recording/lossless_video_reader.h"

#include "acquisition/video/libav.h"
#include "core/error.h"
#include "recording/ffv1_slices.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <limits>
#include <thread>

namespace acuguide::recording {
namespace {

using acquisition::libavMessage;
using acquisition::LibavPtr;

constexpr AVRational milliseconds{1, 1000};
/// Nearer than this, reading on is faster than seeking.
constexpr std::int64_t readOnWithinMilliseconds = 500;

}  // namespace

struct LosslessVideoReader::Decoder {
  std::string path;
  AVFormatContext* container = nullptr;
  LibavPtr<AVCodecContext> codec;
  LibavPtr<AVFrame> frame{av_frame_alloc()};
  LibavPtr<AVPacket> packet{av_packet_alloc()};
  AVStream* stream = nullptr;
  /// Time of the packet read last; the file's read position is behind it.
  std::int64_t position = std::numeric_limits<std::int64_t>::max();

  explicit Decoder(const std::filesystem::path& file) : path(file.string()) {}
  ~Decoder() { avformat_close_input(&container); }

  void open() {
    av_log_set_level(AV_LOG_FATAL);  // what is wrong is said in our errors, once
    const int opened = avformat_open_input(&container, path.c_str(), nullptr, nullptr);
    if (opened < 0) fail("cannot be read (" + libavMessage(opened) + ")");
    for (unsigned i = 0; i < container->nb_streams && stream == nullptr; ++i) {
      if (container->streams[i]->codecpar->codec_id == AV_CODEC_ID_FFV1) stream = container->streams[i];
    }
    if (stream == nullptr) fail("holds no FFV1 video");
    const AVCodec* ffv1 = avcodec_find_decoder(AV_CODEC_ID_FFV1);
    if (ffv1 == nullptr)
      throw Error(path, "FFmpeg has no FFV1 decoder here", "install Debian's libavcodec59");
    codec.reset(avcodec_alloc_context3(ffv1));
    if (avcodec_parameters_to_context(codec.get(), stream->codecpar) < 0) fail("has a damaged header");
    codec->thread_type = FF_THREAD_SLICE;
    codec->thread_count = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 4u));
    if (avcodec_open2(codec.get(), ffv1, nullptr) < 0) fail("has a damaged header");
    if (codec->width <= 0 || codec->height <= 0) fail("has a damaged header");
  }

  /// Reads on until `packet` is the one of that time. False: there is none, or the file ends before it.
  bool find(std::int64_t time) {
    const bool ahead = position < time && time - position <= readOnWithinMilliseconds;
    if (!ahead) seek(time);
    while (nextPacket()) {
      position = av_rescale_q(packet->pts, stream->time_base, milliseconds);
      if (position >= time) return position == time;
    }
    position = std::numeric_limits<std::int64_t>::max();
    return false;
  }

  void seek(std::int64_t time) {
    const std::int64_t target = av_rescale_q(time, milliseconds, stream->time_base);
    // Failing here (before the first picture) only means that the search starts where the file is read.
    av_seek_frame(container, stream->index, target, AVSEEK_FLAG_BACKWARD);
  }

  bool nextPacket() {
    while (true) {
      av_packet_unref(packet.get());
      if (av_read_frame(container, packet.get()) < 0) return false;
      if (packet->stream_index == stream->index) return true;
    }
  }

  cv::Mat decode() {
    if (!sliceChecksumsHold({packet->data, static_cast<std::size_t>(packet->size)}))
      fail("is damaged at " + std::to_string(position) + " ms");
    avcodec_flush_buffers(codec.get());
    int result = avcodec_send_packet(codec.get(), packet.get());
    if (result >= 0) result = avcodec_receive_frame(codec.get(), frame.get());
    if (result < 0) fail("is damaged at " + std::to_string(position) + " ms (" + libavMessage(result) + ")");
    const cv::Size size(frame->width, frame->height);
    const auto step = static_cast<std::size_t>(frame->linesize[0]);
    cv::Mat picture;
    if (frame->format == AV_PIX_FMT_GRAY8) {
      picture = cv::Mat(size, CV_8UC1, frame->data[0], step).clone();
    } else if (frame->format == AV_PIX_FMT_0RGB32) {
      cv::cvtColor(cv::Mat(size, CV_8UC4, frame->data[0], step), picture, cv::COLOR_BGRA2BGR);
    } else {
      fail("has a pixel format that acuguide does not write");
    }
    av_frame_unref(frame.get());
    return picture;
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw Error(path, why, "choose a session recorded by acuguide, or restore the file from a copy");
  }
};

LosslessVideoReader::LosslessVideoReader(const std::filesystem::path& path)
    : decoder_(std::make_unique<Decoder>(path)) {
  decoder_->open();
}

LosslessVideoReader::~LosslessVideoReader() = default;

cv::Size LosslessVideoReader::size() const { return {decoder_->codec->width, decoder_->codec->height}; }

std::optional<cv::Mat> LosslessVideoReader::pictureAt(std::int64_t milliseconds) {
  if (!decoder_->find(milliseconds)) return std::nullopt;
  return decoder_->decode();
}

bool LosslessVideoReader::has(std::int64_t milliseconds) { return decoder_->find(milliseconds); }

}  // namespace acuguide::recording
