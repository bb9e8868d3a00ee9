#pragma once

#include "acquisition/video/libav.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <vector>

namespace acuguide::acquisition {

/// Writes grey frames (MPEG-4, 64 x 48) that are shown at these milliseconds, the last one for `lastMs`, as
/// recorders do whose image stands still: the container is longer than its frames suggest. `interlaced`: says
/// that it is.
inline void writeTimedVideo(const std::filesystem::path& file, const std::vector<int>& milliseconds,
                            int lastMs, bool interlaced = false) {
  AVFormatContext* output = nullptr;
  ASSERT_GE(avformat_alloc_output_context2(&output, nullptr, nullptr, file.c_str()), 0);
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MPEG4);
  const LibavPtr<AVCodecContext> encoder(avcodec_alloc_context3(codec));
  encoder->width = 64;
  encoder->height = 48;
  encoder->time_base = {1, 1000};
  encoder->pix_fmt = AV_PIX_FMT_YUV420P;
  encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | (interlaced ? AV_CODEC_FLAG_INTERLACED_DCT : 0);
  ASSERT_GE(avcodec_open2(encoder.get(), codec, nullptr), 0);
  AVStream* stream = avformat_new_stream(output, nullptr);
  avcodec_parameters_from_context(stream->codecpar, encoder.get());
  if (interlaced) stream->codecpar->field_order = AV_FIELD_TT;
  stream->time_base = encoder->time_base;
  ASSERT_GE(avio_open(&output->pb, file.c_str(), AVIO_FLAG_WRITE), 0);
  ASSERT_GE(avformat_write_header(output, nullptr), 0);

  const LibavPtr<AVFrame> frame(av_frame_alloc());
  frame->format = encoder->pix_fmt;
  frame->width = encoder->width;
  frame->height = encoder->height;
  av_frame_get_buffer(frame.get(), 0);
  const LibavPtr<AVPacket> packet(av_packet_alloc());
  const auto drain = [&] {
    takePackets(encoder.get(), packet.get(), [&](AVPacket& ready) {
      if (ready.pts == milliseconds.back()) ready.duration = lastMs;
      av_packet_rescale_ts(&ready, encoder->time_base, stream->time_base);
      return av_write_frame(output, &ready);
    });
  };
  for (const int ms : milliseconds) {
    av_frame_make_writable(frame.get());
    for (int plane = 0; plane < 3; ++plane)
      std::memset(frame->data[plane], plane == 0 ? ms % 200 : 128,
                  static_cast<std::size_t>(frame->linesize[plane]) * (plane == 0 ? 48 : 24));
    frame->pts = ms;
    frame->interlaced_frame = interlaced ? 1 : 0;
    avcodec_send_frame(encoder.get(), frame.get());
    drain();
  }
  avcodec_send_frame(encoder.get(), nullptr);
  drain();
  av_write_trailer(output);
  avio_closep(&output->pb);
  avformat_free_context(output);
}

}  // namespace acuguide::acquisition
