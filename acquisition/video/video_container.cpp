#include "acquisition/video/video_container.h"

#include "acquisition/video/libav.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

namespace acuguide::acquisition {
namespace {

using Size = std::uint64_t;

/// Bytes of a file by their place; what lies beyond the end is zero.
class Bytes {
 public:
  explicit Bytes(const std::filesystem::path& file) : in_(file, std::ios::binary | std::ios::ate) {
    if (in_) size_ = static_cast<Size>(in_.tellg());
  }

  Size size() const { return size_; }

  std::vector<std::uint8_t> at(Size place, std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    if (place >= size_) return bytes;
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(place));
    in_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
    return bytes;
  }
  bool isText(Size place, std::string_view text) {
    const auto bytes = at(place, text.size());
    return std::memcmp(bytes.data(), text.data(), text.size()) == 0;
  }
  Size bigEndian(Size place, std::size_t count) {
    Size value = 0;
    for (const std::uint8_t byte : at(place, count)) value = value << 8 | byte;
    return value;
  }
  Size littleEndian(Size place, std::size_t count) {
    Size value = 0;
    const auto bytes = at(place, count);
    for (std::size_t i = count; i > 0; --i) value = value << 8 | bytes[i - 1];
    return value;
  }

 private:
  std::ifstream in_;
  Size size_ = 0;
};

/// An EBML size (RFC 8794): its own length is told by the leading zeros of its first byte.
struct EbmlSize {
  Size value = 0, bytes = 0;
  bool known = false;
};

EbmlSize ebmlSize(Bytes& file, Size place) {
  const std::uint8_t first = file.at(place, 1)[0];
  EbmlSize size;
  for (size.bytes = 1; size.bytes <= 8 && !(first & (0x80 >> (size.bytes - 1)));) ++size.bytes;
  if (size.bytes > 8) return size;
  const Size mask = (Size{1} << (7 * size.bytes)) - 1;
  size.value = file.bigEndian(place, size.bytes) & mask;
  size.known = size.value != mask;  // all ones: the writer did not know it
  return size;
}

bool isMatroskaCutShort(Bytes& file) {
  constexpr Size kSegment = 0x18538067;
  const EbmlSize head = ebmlSize(file, 4);
  if (!head.known) return false;
  const Size segment = 4 + head.bytes + head.value;
  if (file.bigEndian(segment, 4) != kSegment) return segment >= file.size();
  const EbmlSize body = ebmlSize(file, segment + 4);
  return body.known && segment + 4 + body.bytes + body.value > file.size();
}

/// ISO base media: boxes one after another.
bool isBoxedCutShort(Bytes& file) {
  for (Size place = 0; place + 8 <= file.size();) {
    const auto type = file.at(place + 4, 4);
    if (!std::ranges::all_of(type, [](std::uint8_t c) { return c >= 0x20 && c < 0x7f; })) return false;
    Size size = file.bigEndian(place, 4);
    if (size == 0) return false;  // to the end of the file
    if (size == 1) size = file.bigEndian(place + 8, 8);
    if (size < 8 || size > (Size{1} << 62)) return false;
    place += size;
    if (place > file.size()) return true;
  }
  return false;
}

bool isRiffCutShort(Bytes& file) {
  for (Size place = 0; place + 8 <= file.size() && file.isText(place, "RIFF");) {
    const Size size = file.littleEndian(place + 4, 4);
    if (size == 0 || size == 0xffffffff) return false;  // never completed: no size is stated
    place += 8 + size + size % 2;
    if (place > file.size() + 1) return true;
  }
  return false;
}

/// The last page of a whole Ogg file says that it is the last of its stream (RFC 3533).
bool isOggCutShort(Bytes& file) {
  constexpr Size kLongestPage = 65307;
  constexpr std::uint8_t kLastOfStream = 4;
  const Size from = file.size() > kLongestPage ? file.size() - kLongestPage : 0;
  const auto tail = file.at(from, static_cast<std::size_t>(file.size() - from));
  constexpr std::string_view kPage = "OggS";
  const auto page = std::find_end(tail.begin(), tail.end(), kPage.begin(), kPage.end());
  if (tail.end() - page < 27) return true;
  const std::size_t segments = page[26];
  if (static_cast<std::size_t>(tail.end() - page) < 27 + segments) return true;
  Size length = 27 + segments;
  for (std::size_t i = 0; i < segments; ++i) length += page[27 + static_cast<std::ptrdiff_t>(i)];
  return (page[5] & kLastOfStream) == 0 || static_cast<Size>(tail.end() - page) < length;
}

struct InputDeleter {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};

using Input = std::unique_ptr<AVFormatContext, InputDeleter>;

/// The file as FFmpeg opens it, its streams looked at; null when it cannot.
Input openInput(const std::filesystem::path& path) {
  AVFormatContext* opened = nullptr;
  // The name of a file only, whatever it looks like.
  const std::string url = "file:" + std::filesystem::absolute(path).string();
  if (avformat_open_input(&opened, url.c_str(), nullptr, nullptr) < 0) return nullptr;
  Input input(opened);
  return avformat_find_stream_info(input.get(), nullptr) < 0 ? nullptr : std::move(input);
}

int bestVideo(AVFormatContext* input) {
  return input == nullptr ? -1 : av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
}

}  // namespace

bool isContainerCutShort(const std::filesystem::path& path) {
  Bytes file(path);
  if (file.bigEndian(0, 4) == 0x1A45DFA3) return isMatroskaCutShort(file);
  if (file.isText(0, "RIFF")) return isRiffCutShort(file);
  if (file.isText(0, "OggS")) return isOggCutShort(file);
  for (const char* type : {"ftyp", "moov", "mdat", "free", "skip", "wide"})
    if (file.isText(4, type)) return isBoxedCutShort(file);
  return false;
}

std::optional<double> lastPacketSeconds(const std::filesystem::path& path) {
  const Input input = openInput(path);
  const int stream = bestVideo(input.get());
  if (stream < 0) return std::nullopt;
  const AVStream& video = *input->streams[stream];
  const LibavPtr<AVPacket> packet(av_packet_alloc());
  std::optional<double> last;
  while (av_read_frame(input.get(), packet.get()) >= 0) {
    if (packet->stream_index == stream && packet->pts != AV_NOPTS_VALUE) {
      const std::int64_t start = video.start_time == AV_NOPTS_VALUE ? 0 : video.start_time;
      const double seconds = static_cast<double>(packet->pts - start) * av_q2d(video.time_base);
      last = std::max(last.value_or(seconds), seconds);
    }
    av_packet_unref(packet.get());
  }
  return last;
}

bool isInterlaced(const std::filesystem::path& path) {
  const Input input = openInput(path);
  const int stream = bestVideo(input.get());
  if (stream < 0) return false;
  const AVFieldOrder order = input->streams[stream]->codecpar->field_order;
  return order != AV_FIELD_UNKNOWN && order != AV_FIELD_PROGRESSIVE;
}

}  // namespace acuguide::acquisition
