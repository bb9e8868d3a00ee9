#include "acquisition/video/lossless_video_writer.h"

#include "acquisition/video/libav.h"
#include "acquisition/video/packet_digest.h"
#include "core/error.h"

#include <opencv2/imgproc.hpp>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace acuguide::acquisition {
namespace {

constexpr int slices = 4;
constexpr AVRational milliseconds{1, 1000};

}  // namespace

struct LosslessVideoWriter::Encoder {
  std::string path;
  Options options;
  AVFormatContext* container = nullptr;
  LibavPtr<AVCodecContext> codec;
  LibavPtr<AVFrame> frame{av_frame_alloc()};
  LibavPtr<AVPacket> packet{av_packet_alloc()};
  AVStream* stream = nullptr;
  int syncDescriptor = -1;
  PacketDigest digest;

  Encoder(const std::filesystem::path& file, const Options& chosen) : path(file.string()), options(chosen) {}
  ~Encoder() { close(); }

  void open() {
    openCodec();
    check(avformat_alloc_output_context2(&container, nullptr, "matroska", path.c_str()));
    container->flags |= AVFMT_FLAG_BITEXACT;
    av_dict_set(&container->metadata, "title", "Written by acuguide",
                0);  // core/whole_file.h knows it by that
    stream = avformat_new_stream(container, nullptr);
    if (stream == nullptr) fail("out of memory");
    check(avcodec_parameters_from_context(stream->codecpar, codec.get()));
    stream->time_base = milliseconds;
    stream->avg_frame_rate = av_d2q(options.framesPerSecond, 100000);
    check(avio_open(&container->pb, path.c_str(), AVIO_FLAG_WRITE));
    syncDescriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    check(avformat_write_header(container, nullptr));
    flush();
  }

  void openCodec() {
    const AVCodec* ffv1 = avcodec_find_encoder(AV_CODEC_ID_FFV1);
    if (ffv1 == nullptr)
      throw Error(path, "FFmpeg has no FFV1 encoder here", "install Debian's libavcodec59");
    codec.reset(avcodec_alloc_context3(ffv1));
    codec->width = options.size.width;
    codec->height = options.size.height;
    codec->pix_fmt = options.colour ? AV_PIX_FMT_0RGB32 : AV_PIX_FMT_GRAY8;
    codec->time_base = milliseconds;
    codec->gop_size = 1;
    codec->level = 3;
    codec->slices = slices;
    codec->thread_type = FF_THREAD_SLICE;
    codec->thread_count = options.threads;
    codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "slicecrc", "1", 0);
    const int opened = avcodec_open2(codec.get(), ffv1, &settings);
    av_dict_free(&settings);
    check(opened);

    frame->width = codec->width;
    frame->height = codec->height;
    frame->format = codec->pix_fmt;
    check(av_frame_get_buffer(frame.get(), 0));
  }

  void encode(const cv::Mat& picture, std::int64_t time) {
    check(av_frame_make_writable(frame.get()));
    const int type = options.colour ? CV_8UC4 : CV_8UC1;
    cv::Mat target(options.size, type, frame->data[0], static_cast<std::size_t>(frame->linesize[0]));
    if (options.colour) {
      cv::cvtColor(picture, target, cv::COLOR_BGR2BGRA);
    } else {
      picture.copyTo(target);
    }
    frame->pts = time;
    check(avcodec_send_frame(codec.get(), frame.get()));
    writePackets();
  }

  void writePackets() {
    check(takePackets(codec.get(), packet.get(), [this](AVPacket& ready) {
      av_packet_rescale_ts(&ready, milliseconds, stream->time_base);
      ready.stream_index = stream->index;
      digest.add({ready.data, static_cast<std::size_t>(ready.size)});
      const DiskClock::Waiting waiting(options.diskClock.get());
      const int written = av_write_frame(container, &ready);
      return written < 0 ? written : container->pb->error;
    }));
  }

  void flush() {
    const DiskClock::Waiting waiting(options.diskClock.get());
    check(av_write_frame(container, nullptr));  // closes the cluster, so that its size is in the file
    handOver();
  }

  void handOver() {
    avio_flush(container->pb);
    check(container->pb->error);
  }

  void finish() {
    check(avcodec_send_frame(codec.get(), nullptr));
    writePackets();
    check(av_write_trailer(container));
    handOver();
    if (syncDescriptor >= 0 && fdatasync(syncDescriptor) != 0) check(AVERROR(errno));
    close();
  }

  void close() {
    if (container == nullptr) return;
    if (container->pb != nullptr) avio_closep(&container->pb);
    avformat_free_context(container);
    container = nullptr;
    if (syncDescriptor >= 0) ::close(syncDescriptor);
    syncDescriptor = -1;
  }

  void check(int result) const {
    if (result < 0) fail(libavMessage(result));
  }

  [[noreturn]] void fail(const std::string& why) const {
    throw Error(options.name.empty() ? path : options.name, "the video cannot be written (" + why + ")",
                "check the disk and record to a new folder");
  }
};

LosslessVideoWriter::LosslessVideoWriter(const std::filesystem::path& path, const Options& options)
    : encoder_(std::make_unique<Encoder>(path, options)) {
  encoder_->open();
}

LosslessVideoWriter::~LosslessVideoWriter() = default;

const LosslessVideoWriter::Options& LosslessVideoWriter::options() const { return encoder_->options; }

void LosslessVideoWriter::write(const cv::Mat& picture, std::int64_t milliseconds) {
  encoder_->encode(picture, milliseconds);
}

void LosslessVideoWriter::flush() { encoder_->flush(); }

std::string LosslessVideoWriter::takeDigest() { return encoder_->digest.take(); }

void LosslessVideoWriter::finish() { encoder_->finish(); }

}  // namespace acuguide::acquisition
