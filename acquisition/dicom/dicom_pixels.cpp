#include "acquisition/dicom/dicom_pixels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace acuguide::acquisition {
namespace {

using Bytes = std::span<const std::uint8_t>;
using Format = DicomPixelFormat;

int samplesPerPixel(const Format& format) {
  using Colour = Format::Colour;
  return format.colour == Colour::Rgb || format.colour == Colour::Ybr ? 3 : 1;
}

/// Sample `index` with the bits it does not use taken off, its sign in place.
int sampleAt(const Format& format, Bytes samples, std::size_t index) {
  unsigned raw = 0;
  if (format.bitsAllocated == 8) {
    raw = samples[index];
  } else {
    std::uint16_t word = 0;
    std::memcpy(&word, samples.data() + 2 * index, sizeof word);
    raw = word;
  }
  const int shift = std::max(format.highBit + 1 - format.bitsStored, 0);
  const unsigned mask = (1u << format.bitsStored) - 1u;
  raw = (raw >> shift) & mask;
  if (format.isSigned && (raw >> (format.bitsStored - 1)) != 0)
    return static_cast<int>(raw) - (1 << format.bitsStored);
  return static_cast<int>(raw);
}

std::uint8_t clamped(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

/// PS3.3, C.7.6.3.1.2: full range, as in JPEG.
cv::Vec3b bgrOf(int y, int cb, int cr) {
  return {clamped(y + 1.772 * (cb - 128)), clamped(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128)),
          clamped(y + 1.402 * (cr - 128))};
}

cv::Mat greyPicture(const Format& format, Bytes samples) {
  cv::Mat grey(format.height, format.width, CV_8UC1);
  const bool inverted = format.colour == Format::Colour::GreyInverted;
  const double range = format.white - format.black;
  const bool asStored = format.black == 0 && format.white == 255;
  const std::size_t pixels = grey.total();
  for (std::size_t i = 0; i < pixels; ++i) {
    const int value = sampleAt(format, samples, i);
    const std::uint8_t shown = asStored ? clamped(value) : clamped(255.0 * (value - format.black) / range);
    grey.data[i] = inverted ? static_cast<std::uint8_t>(255 - shown) : shown;
  }
  return grey;
}

cv::Mat palettePicture(const Format& format, Bytes samples) {
  const bool onlyGrey =
      std::ranges::all_of(format.palette, [](const auto& c) { return c[0] == c[1] && c[1] == c[2]; });
  cv::Mat picture(format.height, format.width, onlyGrey ? CV_8UC1 : CV_8UC3);
  const int last = static_cast<int>(format.palette.size()) - 1;
  for (std::size_t i = 0; i < picture.total(); ++i) {
    const int entry = std::clamp(sampleAt(format, samples, i) - format.paletteFirst, 0, last);
    const auto& colour = format.palette[static_cast<std::size_t>(entry)];
    if (onlyGrey) {
      picture.data[i] = colour[0];
    } else {
      for (std::size_t k = 0; k < 3; ++k) picture.data[3 * i + k] = colour[2 - k];
    }
  }
  return picture;
}

cv::Mat colourPicture(const Format& format, Bytes samples) {
  cv::Mat picture(format.height, format.width, CV_8UC3);
  const std::size_t pixels = picture.total();
  const int down = std::max(format.bitsStored - 8, 0);
  const std::size_t step = format.planar ? 1 : 3, plane = format.planar ? pixels : 1;
  const auto at = [&](std::size_t i, std::size_t k) {
    return sampleAt(format, samples, i * step + k * plane) >> down;
  };
  for (std::size_t i = 0; i < pixels; ++i) {
    const int a = at(i, 0), b = at(i, 1), c = at(i, 2);
    const cv::Vec3b bgr = format.colour == Format::Colour::Ybr
                              ? bgrOf(a, b, c)
                              : cv::Vec3b(static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(b),
                                          static_cast<std::uint8_t>(a));
    for (int k = 0; k < 3; ++k) picture.data[3 * i + static_cast<std::size_t>(k)] = bgr[k];
  }
  return picture;
}

/// Two pixels in four bytes: Y, Y, Cb, Cr.
cv::Mat halfColourPicture(const Format& format, Bytes samples) {
  cv::Mat picture(format.height, format.width, CV_8UC3);
  for (std::size_t i = 0; i < picture.total(); ++i) {
    const std::size_t pair = i / 2 * 4;
    const cv::Vec3b bgr = bgrOf(samples[pair + i % 2], samples[pair + 2], samples[pair + 3]);
    for (int k = 0; k < 3; ++k) picture.data[3 * i + static_cast<std::size_t>(k)] = bgr[k];
  }
  return picture;
}

}  // namespace

std::size_t DicomPixelFormat::bytesPerFrame() const {
  const std::size_t pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (colour == Colour::Ybr422) return (pixels + 1) / 2 * 4;
  return pixels * static_cast<std::size_t>(samplesPerPixel(*this)) *
         static_cast<std::size_t>(bitsAllocated / 8);
}

void widen(GreyRange& range, const DicomPixelFormat& format, Bytes samples) {
  const bool grey = format.colour == Format::Colour::Grey || format.colour == Format::Colour::GreyInverted;
  if (!grey || format.bitsStored <= 8) return;
  cv::Mat stored(format.height, format.width, format.isSigned ? CV_16SC1 : CV_16UC1);
  for (std::size_t i = 0; i < stored.total(); ++i) {
    const auto value = static_cast<std::uint16_t>(sampleAt(format, samples, i));
    std::memcpy(stored.data + 2 * i, &value, sizeof value);
  }
  range.add(stored);
}

cv::Mat pictureFrom(const DicomPixelFormat& format, Bytes samples) {
  switch (format.colour) {
    case Format::Colour::Palette:
      return palettePicture(format, samples);
    case Format::Colour::Rgb:
    case Format::Colour::Ybr:
      return colourPicture(format, samples);
    case Format::Colour::Ybr422:
      return halfColourPicture(format, samples);
    default:
      return greyPicture(format, samples);
  }
}

}  // namespace acuguide::acquisition
