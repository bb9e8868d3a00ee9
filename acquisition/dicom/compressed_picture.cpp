#include "acquisition/dicom/compressed_picture.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <openjpeg.h>
#include <string_view>

namespace acuguide::acquisition {
namespace {

using Bytes = std::span<const std::uint8_t>;

template <auto Destroy>
struct Destroyer {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using Codec = std::unique_ptr<opj_codec_t, Destroyer<opj_destroy_codec>>;
using Stream = std::unique_ptr<opj_stream_t, Destroyer<opj_stream_destroy>>;
using Image = std::unique_ptr<opj_image_t, Destroyer<opj_image_destroy>>;

/// OpenJPEG reads through callbacks.
struct Memory {
  Bytes bytes;
  std::size_t at = 0;

  static OPJ_SIZE_T read(void* to, OPJ_SIZE_T count, void* user) {
    Memory& memory = *static_cast<Memory*>(user);
    const std::size_t left = memory.bytes.size() - memory.at;
    if (left == 0) return static_cast<OPJ_SIZE_T>(-1);
    const std::size_t take = std::min(left, static_cast<std::size_t>(count));
    std::memcpy(to, memory.bytes.data() + memory.at, take);
    memory.at += take;
    return take;
  }
  static OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
    Memory& memory = *static_cast<Memory*>(user);
    if (count < 0) return -1;
    const std::size_t left = memory.bytes.size() - memory.at;
    memory.at += std::min(left, static_cast<std::size_t>(count));
    return count;
  }
  static OPJ_BOOL seek(OPJ_OFF_T to, void* user) {
    Memory& memory = *static_cast<Memory*>(user);
    if (to < 0 || static_cast<std::size_t>(to) > memory.bytes.size()) return OPJ_FALSE;
    memory.at = static_cast<std::size_t>(to);
    return OPJ_TRUE;
  }
};

bool fits(const opj_image_t& image, const CompressedPicture& expected) {
  if (static_cast<int>(image.numcomps) != expected.components) return false;
  for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
    const opj_image_comp_t& component = image.comps[i];
    if (component.w != static_cast<OPJ_UINT32>(expected.width) ||
        component.h != static_cast<OPJ_UINT32>(expected.height) || component.prec > 16 || component.prec == 0)
      return false;
  }
  return true;
}

std::vector<std::uint8_t> interleaved(const opj_image_t& image, bool wide) {
  const std::size_t components = image.numcomps;
  const std::size_t pixels = static_cast<std::size_t>(image.comps[0].w) * image.comps[0].h;
  std::vector<std::uint8_t> samples(pixels * components * (wide ? 2 : 1));
  for (std::size_t k = 0; k < components; ++k)
    for (std::size_t i = 0; i < pixels; ++i) {
      const auto value = static_cast<std::uint16_t>(image.comps[k].data[i]);
      const std::size_t at = i * components + k;
      if (wide) {
        std::memcpy(samples.data() + 2 * at, &value, sizeof value);
      } else {
        samples[at] = static_cast<std::uint8_t>(value);
      }
    }
  return samples;
}

}  // namespace

std::optional<CompressedPicture> jpegHeader(Bytes stream) {
  std::size_t at = 0;
  if (stream.size() < 4 || stream[0] != 0xff || stream[1] != 0xd8) return std::nullopt;
  at = 2;
  while (at + 9 < stream.size()) {
    if (stream[at] != 0xff) return std::nullopt;
    const int marker = stream[at + 1];
    if (marker == 0xff) {  // fill bytes
      ++at;
      continue;
    }
    const bool frame =
        (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) ||
        marker == 0xf7;
    if (frame)
      return CompressedPicture{.width = stream[at + 7] << 8 | stream[at + 8],
                               .height = stream[at + 5] << 8 | stream[at + 6],
                               .components = stream[at + 9],
                               .bits = stream[at + 4]};
    at += 2 + static_cast<std::size_t>(stream[at + 2] << 8 | stream[at + 3]);
  }
  return std::nullopt;
}

JpegColour jpegColour(Bytes stream) {
  if (stream.size() < 4 || stream[0] != 0xff || stream[1] != 0xd8) return JpegColour::NotSaid;
  std::optional<int> adobe;
  for (std::size_t at = 2; at + 4 < stream.size();) {
    if (stream[at] != 0xff) return JpegColour::NotSaid;
    const int marker = stream[at + 1];
    if (marker == 0xff) {  // fill bytes
      ++at;
      continue;
    }
    const std::size_t length = static_cast<std::size_t>(stream[at + 2] << 8 | stream[at + 3]);
    if (length < 2 || at + 2 + length > stream.size()) return JpegColour::NotSaid;
    const Bytes content = stream.subspan(at + 4, length - 2);
    const auto begins = [&](std::string_view with) {
      return content.size() >= with.size() && std::memcmp(content.data(), with.data(), with.size()) == 0;
    };
    if (marker == 0xe0 && begins(std::string_view("JFIF", 5))) return JpegColour::Ybr;
    if (marker == 0xee && begins("Adobe") && content.size() >= 12) adobe = content[11];
    const bool cosines = marker == 0xc0 || marker == 0xc1 || marker == 0xc2;
    if (cosines || marker == 0xda) {
      if (!cosines || content.size() < 15 || content[5] != 3) return JpegColour::NotSaid;
      if (adobe) return *adobe == 0 ? JpegColour::Rgb : JpegColour::Ybr;
      const std::array<int, 3> components = {content[6], content[9], content[12]};
      if (components == std::array{1, 2, 3}) return JpegColour::Ybr;
      return components == std::array<int, 3>{'R', 'G', 'B'} ? JpegColour::Rgb : JpegColour::NotSaid;
    }
    at += 2 + length;
  }
  return JpegColour::NotSaid;
}

bool rleStaysWithin(Bytes stream, std::size_t pixels) {
  constexpr std::size_t headerBytes = 64, mostSegments = 15;
  if (stream.size() < headerBytes) return false;
  const auto number = [&](std::size_t at) {
    return static_cast<std::size_t>(stream[at]) | static_cast<std::size_t>(stream[at + 1]) << 8 |
           static_cast<std::size_t>(stream[at + 2]) << 16 | static_cast<std::size_t>(stream[at + 3]) << 24;
  };
  const std::size_t segments = number(0);
  if (segments == 0 || segments > mostSegments) return false;
  for (std::size_t i = 0; i < segments; ++i) {
    std::size_t at = number(4 + 4 * i);
    const std::size_t end = i + 1 < segments ? number(8 + 4 * i) : stream.size();
    if (at < headerBytes || end < at || end > stream.size()) return false;
    for (std::size_t given = 0; given < pixels && at < end;) {
      const std::uint8_t control = stream[at++];
      if (control == 128) continue;  // nothing
      const std::size_t literal = control < 128 ? control + std::size_t{1} : 1;
      if (literal > end - at) return false;
      at += literal;
      given += control < 128 ? literal : 257U - control;
    }
  }
  return true;
}

std::optional<std::vector<std::uint8_t>> decodeJpeg2000(Bytes stream, const CompressedPicture& expected) {
  constexpr std::uint8_t kCodeStream[] = {0xff, 0x4f, 0xff, 0x51};
  const bool raw = stream.size() > 4 && std::memcmp(stream.data(), kCodeStream, 4) == 0;
  const Codec codec(opj_create_decompress(raw ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!codec || opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE) return std::nullopt;
  Memory memory{stream};
  const Stream reading(opj_stream_create(OPJ_J2K_STREAM_CHUNK_SIZE, OPJ_TRUE));
  opj_stream_set_user_data(reading.get(), &memory, nullptr);
  opj_stream_set_user_data_length(reading.get(), stream.size());
  opj_stream_set_read_function(reading.get(), Memory::read);
  opj_stream_set_skip_function(reading.get(), Memory::skip);
  opj_stream_set_seek_function(reading.get(), Memory::seek);
  opj_image_t* read = nullptr;
  const bool hasHeader = opj_read_header(reading.get(), codec.get(), &read) != OPJ_FALSE;
  const Image image(read);
  // Before decoding: a header that claims more would be believed.
  if (!hasHeader || !image || !fits(*image, expected)) return std::nullopt;
  if (opj_decode(codec.get(), reading.get(), image.get()) == OPJ_FALSE || !fits(*image, expected))
    return std::nullopt;
  for (OPJ_UINT32 i = 0; i < image->numcomps; ++i)
    if (image->comps[i].data == nullptr) return std::nullopt;
  return interleaved(*image, expected.bits > 8);
}

}  // namespace acuguide::acquisition
