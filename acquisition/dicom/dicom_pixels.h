#pragma once

#include "acquisition/grey_range.h"

#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// How the samples of a DICOM picture are stored (PS3.3, C.7.6.3), after decompression.
struct DicomPixelFormat {
  enum class Colour { Grey, GreyInverted, Palette, Rgb, Ybr, Ybr422 };

  int width = 0, height = 0;
  Colour colour = Colour::Grey;
  bool planar = false;  ///< colour by planes: all red, all green, all blue
  int bitsAllocated = 8, bitsStored = 8, highBit = 7;
  bool isSigned = false;

  /// Of grey pictures of more than 8 bits: the values shown as black and as white, in stored units.
  double black = 0, white = 255;
  bool levelsStated = true;  ///< by the file (its window, or 8 bits), not taken from the bits it allows for

  /// 256 or more entries (red, green, blue) of a palette, as 8 bit; entry 0 stands for `paletteFirst`.
  std::vector<std::array<std::uint8_t, 3>> palette;
  int paletteFirst = 0;

  std::size_t bytesPerFrame() const;
};

/// Widens the range by a grey frame of more than 8 bits; others change nothing. `samples` as for
/// pictureFrom().
void widen(GreyRange& range, const DicomPixelFormat& format, std::span<const std::uint8_t> samples);

/// One frame as CV_8UC1, or CV_8UC3 (BGR). `samples` holds bytesPerFrame() bytes, words in this machine's
/// order. Palettes of greys only give grey pictures.
cv::Mat pictureFrom(const DicomPixelFormat& format, std::span<const std::uint8_t> samples);

}  // namespace acuguide::acquisition
