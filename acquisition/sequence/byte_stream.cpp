#include "acquisition/sequence/byte_stream.h"

#include "core/error.h"
#include "core/input_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <vector>
#include <zlib.h>

namespace acuguide::acquisition {
namespace {

class RawStream : public ByteStream {
 public:
  RawStream(const std::filesystem::path& file, std::int64_t offset)
      : file_(file), in_(file, std::ios::binary), offset_(offset) {
    if (!in_) throw Error(file_.string(), "cannot be opened", "check its permissions");
    seek(0);
  }

  std::size_t read(std::uint8_t* to, std::size_t size) override {
    in_.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(size));
    return static_cast<std::size_t>(in_.gcount());
  }

  void seek(std::int64_t position) override {
    in_.clear();
    in_.seekg(offset_ + position);
    if (!in_) throw Error(file_.string(), "ends early", "copy or record it again");
  }

 private:
  std::filesystem::path file_;
  std::ifstream in_;
  std::int64_t offset_;
};

/// Owns an inflate state; copies are restart points.
class Inflater {
 public:
  explicit Inflater(const std::filesystem::path& file) {
    constexpr int kZlibOrGzip = 15 + 32;
    if (inflateInit2(&state_, kZlibOrGzip) != Z_OK) {
      throw Error(file.string(), "cannot be decompressed, zlib does not start", "free some memory");
    }
  }
  Inflater(const Inflater& other) { inflateCopy(&state_, const_cast<z_stream*>(&other.state_)); }
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&state_); }

  z_stream* operator->() { return &state_; }
  z_stream* get() { return &state_; }

 private:
  z_stream state_{};
};

class InflateStream : public ByteStream {
 public:
  InflateStream(const std::filesystem::path& file, std::int64_t offset)
      : file_(file), in_(file, std::ios::binary), inflater_(std::make_unique<Inflater>(file)) {
    if (!in_) throw Error(file_.string(), "cannot be opened", "check its permissions");
    in_.seekg(offset);
    points_.push_back({0, offset, std::make_unique<Inflater>(*inflater_)});
  }

  std::size_t read(std::uint8_t* to, std::size_t size) override {
    keepRestartPoint();
    std::size_t done = 0;
    while (done < size && !ended_) {
      const std::size_t part = std::min<std::size_t>(size - done, std::numeric_limits<uInt>::max());
      const std::size_t got = inflateSome(to + done, part);
      done += got;
      position_ += static_cast<std::int64_t>(got);
    }
    return done;
  }

  void seek(std::int64_t target) override {
    const auto beyond = std::ranges::upper_bound(points_, target, {}, &RestartPoint::position);
    const RestartPoint& point = *std::prev(beyond);
    if (target < position_ || point.position > position_) restart(point);
    std::vector<std::uint8_t> discarded(1 << 16);
    while (position_ < target) {
      const auto part = static_cast<std::size_t>(std::min<std::int64_t>(target - position_, 1 << 16));
      if (read(discarded.data(), part) == 0)
        throw Error(file_.string(), "ends early", "copy or record it again");
    }
  }

 private:
  struct RestartPoint {
    std::int64_t position;      ///< in the uncompressed data
    std::int64_t filePosition;  ///< of the next compressed byte
    std::unique_ptr<Inflater> inflater;
  };

  void keepRestartPoint() {
    if (ended_ || position_ < points_.back().position + spacing_) return;
    constexpr std::size_t kMost = 64;
    if (points_.size() == kMost) {
      std::vector<RestartPoint> kept;
      for (std::size_t i = 0; i < points_.size(); i += 2) kept.push_back(std::move(points_[i]));
      points_ = std::move(kept);
      spacing_ *= 2;
      return;
    }
    points_.push_back({position_, filePosition(), std::make_unique<Inflater>(*inflater_)});
  }

  std::int64_t filePosition() {
    in_.clear();
    return static_cast<std::int64_t>(in_.tellg()) - static_cast<std::int64_t>((*inflater_)->avail_in);
  }

  void restart(const RestartPoint& point) {
    inflater_ = std::make_unique<Inflater>(*point.inflater);
    (*inflater_)->avail_in = 0;
    in_.clear();
    in_.seekg(point.filePosition);
    position_ = point.position;
    ended_ = false;
  }

  std::size_t inflateSome(std::uint8_t* to, std::size_t size) {
    z_stream* state = inflater_->get();
    if (state->avail_in == 0) {
      in_.read(reinterpret_cast<char*>(input_.data()), static_cast<std::streamsize>(input_.size()));
      state->next_in = input_.data();
      state->avail_in = static_cast<uInt>(in_.gcount());
      if (state->avail_in == 0) {  // the file stops inside the compressed data
        ended_ = true;
        return 0;
      }
    }
    state->next_out = to;
    state->avail_out = static_cast<uInt>(size);
    const int result = inflate(state, Z_NO_FLUSH);
    if (result == Z_STREAM_END) ended_ = true;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      ended_ = true;
      throw Error(file_.string(), "its compressed pixels are damaged", "copy or record it again");
    }
    return size - state->avail_out;
  }

  std::filesystem::path file_;
  std::ifstream in_;
  std::array<std::uint8_t, 1 << 16> input_{};
  std::unique_ptr<Inflater> inflater_;
  std::int64_t position_ = 0;
  bool ended_ = false;
  std::int64_t spacing_ = 16 << 20;
  std::vector<RestartPoint> points_;
};

class DeinterleavedStream : public ByteStream {
 public:
  DeinterleavedStream(ByteStream& stored, std::int64_t frames, std::int64_t bytesPerFrame,
                      std::int64_t bytesPerValue, const std::filesystem::path& file)
      : frames_(static_cast<std::size_t>(frames)),
        frameBytes_(static_cast<std::size_t>(bytesPerFrame)),
        valueBytes_(static_cast<std::size_t>(bytesPerValue)) {
    constexpr std::int64_t kMostBytes = std::int64_t{1} << 30;
    if (bytesPerFrame > 0 && frames > kMostBytes / bytesPerFrame)
      throw Error(file.string(), "stores its images side by side, and is larger than 1 GiB that way",
                  "open it in 3D Slicer 5.2 or later and save it again");
    stored_.resize(frames_ * frameBytes_);
    if (stored.read(stored_.data(), stored_.size()) != stored_.size())
      throw Error(file.string(), "is cut short, and stores its images side by side, so that none is whole",
                  "copy or record it again");
  }

  std::size_t read(std::uint8_t* to, std::size_t size) override {
    std::size_t done = 0;
    for (; done + valueBytes_ <= size && at_ < stored_.size(); done += valueBytes_, at_ += valueBytes_) {
      const std::size_t frame = at_ / frameBytes_, value = at_ % frameBytes_ / valueBytes_;
      const std::uint8_t* from = stored_.data() + (value * frames_ + frame) * valueBytes_;
      std::copy_n(from, valueBytes_, to + done);
    }
    return done;
  }

  void seek(std::int64_t position) override { at_ = static_cast<std::size_t>(position); }

 private:
  std::size_t frames_, frameBytes_, valueBytes_;
  std::vector<std::uint8_t> stored_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> openByteStream(const std::filesystem::path& file, std::int64_t offset,
                                           bool compressed) {
  requireInputFile(file);
  if (compressed) return std::make_unique<InflateStream>(file, offset);
  return std::make_unique<RawStream>(file, offset);
}

std::unique_ptr<ByteStream> deinterleaved(std::unique_ptr<ByteStream> stored, std::int64_t frames,
                                          std::int64_t bytesPerFrame, std::int64_t bytesPerValue,
                                          const std::filesystem::path& file) {
  return std::make_unique<DeinterleavedStream>(*stored, frames, bytesPerFrame, bytesPerValue, file);
}

}  // namespace acuguide::acquisition
