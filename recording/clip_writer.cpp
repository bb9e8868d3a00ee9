#include "recording/clip_writer.h"

#include "acquisition/video/libav.h"
#include "core/error.h"
#include "core/whole_file.h"

#include <opencv2/imgproc.hpp>

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cmath>
#include <string>

namespace acuguide::recording {
namespace {

using acquisition::libavMessage;
using acquisition::LibavPtr;

constexpr AVRational timeBase{1, 90000};
constexpr const char* quality = "18";

int even(int length) { return length + length % 2; }

}  // namespace

struct ClipWriter::Encoder {
  std::string path;
  WholeFile whole;
  cv::Size size, padded;
  AVFormatContext* container = nullptr;
  LibavPtr<AVCodecContext> codec;
  LibavPtr<AVFrame> frame{av_frame_alloc()};
  LibavPtr<AVPacket> packet{av_packet_alloc()};
  AVStream* stream = nullptr;
  std::int64_t last = -1;
  cv::Mat bgr, planar;

  Encoder(const std::filesystem::path& file, cv::Size pictureSize, double framesPerSecond)
      : path(file.string()),
        whole(file, "the clip"),
        size(pictureSize),
        padded(even(pictureSize.width), even(pictureSize.height)),
        bgr(padded, CV_8UC3, cv::Scalar()) {
    openCodec(framesPerSecond);
    check(avformat_alloc_output_context2(&container, nullptr, "mp4", whole.part().c_str()));
    av_dict_set(&container->metadata, "comment", "Written by acuguide",
                0);  // core/whole_file.h knows it by that
    stream = avformat_new_stream(container, nullptr);
    if (stream == nullptr) fail("out of memory");
    check(avcodec_parameters_from_context(stream->codecpar, codec.get()));
    stream->time_base = timeBase;
    stream->avg_frame_rate = av_d2q(framesPerSecond, 100000);
    check(avio_open(&container->pb, whole.part().c_str(), AVIO_FLAG_WRITE));
    check(avformat_write_header(container, nullptr));
  }

  ~Encoder() {
    if (container != nullptr) {
      if (container->pb != nullptr) avio_closep(&container->pb);
      avformat_free_context(container);
    }
  }

  void openCodec(double framesPerSecond) {
    const AVCodec* h264 = avcodec_find_encoder_by_name("libx264");
    if (h264 == nullptr)
      throw Error(path, "FFmpeg has no H.264 encoder here", "install Debian's libavcodec59");
    codec.reset(avcodec_alloc_context3(h264));
    codec->width = padded.width;
    codec->height = padded.height;
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->time_base = timeBase;
    codec->framerate = av_d2q(framesPerSecond, 100000);
    codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    codec->thread_count = 2;
    av_opt_set(codec->priv_data, "crf", quality, 0);
    av_opt_set(codec->priv_data, "preset", "fast", 0);
    check(avcodec_open2(codec.get(), h264, nullptr));
    frame->width = codec->width;
    frame->height = codec->height;
    frame->format = codec->pix_fmt;
    check(av_frame_get_buffer(frame.get(), 0));
  }

  void encode(const cv::Mat& picture, double seconds) {
    if (picture.size() != size) fail("a picture has another size");
    cv::Mat inside = bgr(cv::Rect({0, 0}, size));
    picture.channels() == 1 ? cv::cvtColor(picture, inside, cv::COLOR_GRAY2BGR) : picture.copyTo(inside);
    cv::cvtColor(bgr, planar, cv::COLOR_BGR2YUV_I420);
    check(av_frame_make_writable(frame.get()));
    const std::uint8_t* from = planar.data;
    for (int plane = 0; plane < 3; ++plane) {
      const int width = plane == 0 ? padded.width : padded.width / 2;
      const int height = plane == 0 ? padded.height : padded.height / 2;
      for (int row = 0; row < height; ++row, from += width)
        std::copy_n(from, width,
                    frame->data[plane] + static_cast<std::ptrdiff_t>(row) * frame->linesize[plane]);
    }
    last = std::max(last + 1, static_cast<std::int64_t>(std::llround(seconds * timeBase.den)));
    frame->pts = last;
    check(avcodec_send_frame(codec.get(), frame.get()));
    writePackets();
  }

  void writePackets() {
    check(acquisition::takePackets(codec.get(), packet.get(), [this](AVPacket& ready) {
      av_packet_rescale_ts(&ready, timeBase, stream->time_base);
      ready.stream_index = stream->index;
      return av_interleaved_write_frame(container, &ready);
    }));
  }

  void finish() {
    check(avcodec_send_frame(codec.get(), nullptr));
    writePackets();
    check(av_write_trailer(container));
    avio_flush(container->pb);
    check(avio_closep(&container->pb));
    whole.commit();
  }

  void check(int result) const {
    if (result < 0) fail(libavMessage(result));
  }
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(path, "the clip cannot be written (" + why + ")", "check free space and permissions");
  }
};

ClipWriter::ClipWriter(const std::filesystem::path& path, cv::Size size, double framesPerSecond)
    : encoder_(std::make_unique<Encoder>(path, size, framesPerSecond)) {}

ClipWriter::~ClipWriter() = default;

void ClipWriter::write(const cv::Mat& picture, double seconds) { encoder_->encode(picture, seconds); }

void ClipWriter::finish() { encoder_->finish(); }

}  // namespace acuguide::recording
