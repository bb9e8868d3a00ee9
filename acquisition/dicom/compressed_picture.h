#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// What a JPEG, JPEG-LS or JPEG 2000 stream says of itself, so that a decoder is only let at what fits.
struct CompressedPicture {
  int width = 0, height = 0, components = 0, bits = 0;
};

/// Reads the frame header of a JPEG or JPEG-LS stream (ISO 10918-1, 14495-1); nullopt: there is none.
std::optional<CompressedPicture> jpegHeader(std::span<const std::uint8_t> stream);

/// What a JPEG stream says of its three colours.
enum class JpegColour { NotSaid, Rgb, Ybr };

/// As libjpeg decides: a JFIF mark means YCbCr, an Adobe mark says which (transform 0: RGB), without either
/// the components' numbers do (1, 2, 3: YCbCr; R, G, B). Of lossless JPEG and JPEG-LS the stream says
/// nothing: there the file's label counts (DICOM PS3.5, 8.2.1).
JpegColour jpegColour(std::span<const std::uint8_t> stream);

/// Whether the runs of an RLE frame (DICOM PS3.5 annex G) stay within its segments until each has given
/// `pixels` bytes: DCMTK 3.6.7 reads past the end of one that does not.
bool rleStaysWithin(std::span<const std::uint8_t> stream, std::size_t pixels);

/// A JPEG 2000 code stream or .jp2 file, decoded by OpenJPEG: `samples` by pixel (colour transform undone,
/// not chroma conversion), one byte each up to 8 bits, else two in this machine's order. nullopt: damaged, or
/// its size is not `expected`.
std::optional<std::vector<std::uint8_t>> decodeJpeg2000(std::span<const std::uint8_t> stream,
                                                        const CompressedPicture& expected);

}  // namespace acuguide::acquisition
