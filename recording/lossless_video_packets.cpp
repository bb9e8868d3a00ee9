#include "recording/lossless_video_packets.h"

#include "acquisition/video/libav.h"
#include "core/error.h"

#include <string>

namespace acuguide::recording {
namespace {

using acquisition::libavMessage;
using acquisition::LibavPtr;

constexpr AVRational milliseconds{1, 1000};

/// The FFV1 stream of a file, packet after packet.
class Input {
 public:
  explicit Input(const std::filesystem::path& path) : path_(path.string()) {
    av_log_set_level(AV_LOG_FATAL);
    const int opened = avformat_open_input(&container_, path_.c_str(), nullptr, nullptr);
    if (opened < 0) fail("cannot be read (" + libavMessage(opened) + ")");
    for (unsigned i = 0; i < container_->nb_streams && stream_ == nullptr; ++i)
      if (container_->streams[i]->codecpar->codec_id == AV_CODEC_ID_FFV1) stream_ = container_->streams[i];
    if (stream_ == nullptr) {
      avformat_close_input(&container_);
      fail("holds no FFV1 video");
    }
  }
  ~Input() { avformat_close_input(&container_); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  bool next() {
    while (true) {
      av_packet_unref(packet_.get());
      if (av_read_frame(container_, packet_.get()) < 0) return false;
      if (packet_->stream_index == stream_->index) return true;
    }
  }
  std::int64_t time() const { return av_rescale_q(packet_->pts, stream_->time_base, milliseconds); }
  AVPacket& packet() { return *packet_; }
  const AVStream& stream() const { return *stream_; }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(path_, why, "restore the file from a copy");
  }

  std::string path_;
  AVFormatContext* container_ = nullptr;
  AVStream* stream_ = nullptr;
  LibavPtr<AVPacket> packet_{av_packet_alloc()};
};

/// A Matroska file that gets the packets of another.
class Output {
 public:
  Output(const std::filesystem::path& path, const AVStream& like) : path_(path.string()) {
    check(avformat_alloc_output_context2(&container_, nullptr, "matroska", path_.c_str()));
    container_->flags |= AVFMT_FLAG_BITEXACT;
    stream_ = avformat_new_stream(container_, nullptr);
    if (stream_ == nullptr) fail("out of memory");
    check(avcodec_parameters_copy(stream_->codecpar, like.codecpar));
    stream_->codecpar->codec_tag = 0;
    stream_->time_base = milliseconds;
    stream_->avg_frame_rate = like.avg_frame_rate;
    check(avio_open(&container_->pb, path_.c_str(), AVIO_FLAG_WRITE));
    check(avformat_write_header(container_, nullptr));
  }
  ~Output() {
    if (container_ == nullptr) return;
    if (container_->pb != nullptr) avio_closep(&container_->pb);
    avformat_free_context(container_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(AVPacket& packet, const AVRational& timeBase) {
    av_packet_rescale_ts(&packet, timeBase, stream_->time_base);
    packet.stream_index = stream_->index;
    packet.pos = -1;
    check(av_write_frame(container_, &packet));
  }
  void finish() {
    check(av_write_trailer(container_));
    avio_flush(container_->pb);
    check(container_->pb->error);
  }

 private:
  void check(int result) const {
    if (result < 0) fail(libavMessage(result));
  }
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(path_, "cannot be written (" + why + ")", "check free space and permissions");
  }

  std::string path_;
  AVFormatContext* container_ = nullptr;
  AVStream* stream_ = nullptr;
};

}  // namespace

void readVideoPackets(const std::filesystem::path& video,
                      const std::function<void(const VideoPacket&)>& take) {
  Input input(video);
  while (input.next())
    take({input.time(), {input.packet().data, static_cast<std::size_t>(input.packet().size)}});
}

void completeVideo(const std::filesystem::path& video, const std::filesystem::path& completed,
                   std::int64_t lastMilliseconds) {
  Input input(video);
  Output output(completed, input.stream());
  while (input.next() && input.time() <= lastMilliseconds)
    output.write(input.packet(), input.stream().time_base);
  output.finish();
}

}  // namespace acuguide::recording
