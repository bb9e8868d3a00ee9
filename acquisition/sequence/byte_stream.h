#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace acuguide::acquisition {

/// The pixel bytes of a sequence file, one after the other, compressed or not. Memory stays the same however
/// long the file is.
class ByteStream {
 public:
  virtual ~ByteStream() = default;

  /// Fills `to`; returns how many bytes there were, fewer than `size` only at the end. Throws Error on
  /// damaged data.
  virtual std::size_t read(std::uint8_t* to, std::size_t size) = 0;

  /// The next read() starts at this byte of the uncompressed data. Beyond the end either this throws Error or
  /// the next read() finds nothing.
  virtual void seek(std::int64_t position) = 0;
};

/// `offset`: where the data start in the file. `compressed`: zlib or gzip, told apart by their first bytes.
///
/// A compressed stream is sought by inflating from the nearest restart point before the target. Restart
/// points are kept while reading, at most 64 of about 40 kB each: every 16 MB at first, twice as far apart
/// whenever there are 64.
///
/// Written with zlib and not with ITK, as elsewhere in the design, because ITK cannot stream these files:
/// NrrdImageIO loads a file whole, and MetaImageIO parses the whole header again for each region it reads,
/// which for PLUS's files (eight fields a frame) makes reading N frames cost N times N.
std::unique_ptr<ByteStream> openByteStream(const std::filesystem::path& file, std::int64_t offset,
                                           bool compressed);

/// The frames of a file that stores a pixel's values of all frames side by side, one frame after another. All
/// of the pixels are in memory (there is no other way); Error when they are more than 1 GiB, or cut short.
std::unique_ptr<ByteStream> deinterleaved(std::unique_ptr<ByteStream> stored, std::int64_t frames,
                                          std::int64_t bytesPerFrame, std::int64_t bytesPerValue,
                                          const std::filesystem::path& file);

}  // namespace acuguide::acquisition
