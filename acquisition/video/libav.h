#pragma once

#include <memory>
#include <string>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace acuguide::acquisition {

/// Owners for the objects of FFmpeg's libraries.
struct LibavDeleter {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
template <class T>
using LibavPtr = std::unique_ptr<T, LibavDeleter>;

/// The reason behind a negative return value, in words.
inline std::string libavMessage(int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return text;
}

/// Gives every packet that the encoder has ready to `take`, which returns a negative number for a failure;
/// that, or the encoder's own, is returned, else 0.
template <class Taker>
int takePackets(AVCodecContext* encoder, AVPacket* packet, const Taker& take) {
  while (true) {
    const int received = avcodec_receive_packet(encoder, packet);
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return 0;
    if (received < 0) return received;
    const int taken = take(*packet);
    av_packet_unref(packet);
    if (taken < 0) return taken;
  }
}

}  // namespace acuguide::acquisition
