#include "acquisition/sequence/sequence_writer.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <iomanip>
#include <sstream>
#include <zlib.h>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannotWrite(const fs::path& path) {
  throw Error(path.string(), "cannot be written", "check that the disk is not full and the folder writable");
}

fs::path withSuffix(const fs::path& path, const char* suffix) { return fs::path(path.string() + suffix); }

std::string frameKey(std::int64_t frame) {
  std::ostringstream key;
  key << "Seq_Frame" << std::setw(4) << std::setfill('0') << frame << '_';
  return key.str();
}

}  // namespace

/// Compresses bytes into a file as they come.
class SequenceWriter::Deflater {
 public:
  /// `shown`: the file it becomes part of, for messages.
  Deflater(const fs::path& path, fs::path shown) : path_(std::move(shown)), out_(path, std::ios::binary) {
    if (!out_ || deflateInit(&state_, kLevel) != Z_OK) cannotWrite(path_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() { deflateEnd(&state_); }

  void write(const std::uint8_t* bytes, std::size_t size) {
    state_.next_in = const_cast<std::uint8_t*>(bytes);
    state_.avail_in = static_cast<uInt>(size);
    while (state_.avail_in > 0) drain(Z_NO_FLUSH);
  }

  void finish() {
    while (drain(Z_FINISH) != Z_STREAM_END) {
    }
    out_.close();
    if (!out_) cannotWrite(path_);
  }

 private:
  static constexpr int kLevel = 1;  // speckle hardly compresses; higher levels only cost time

  int drain(int flush) {
    state_.next_out = output_.data();
    state_.avail_out = static_cast<uInt>(output_.size());
    const int result = deflate(&state_, flush);
    out_.write(reinterpret_cast<const char*>(output_.data()),
               static_cast<std::streamsize>(output_.size() - state_.avail_out));
    if (!out_ || result == Z_STREAM_ERROR) cannotWrite(path_);
    return result;
  }

  fs::path path_;
  std::ofstream out_;
  z_stream state_{};
  std::array<std::uint8_t, 1 << 16> output_{};
};

SequenceWriter::SequenceWriter(fs::path path)
    : path_(std::move(path)),
      whole_(path_, "the sequence"),
      pixelsPath_(withSuffix(whole_.part(), ".pixels")),
      fieldsPath_(withSuffix(whole_.part(), ".fields")),
      fields_(fieldsPath_, std::ios::binary) {
  if (!fields_)
    throw Error(path_.string(), "cannot be written", "check that the folder is there and writable");
  pixels_ = std::make_unique<Deflater>(pixelsPath_, path_);
}

SequenceWriter::~SequenceWriter() { removeParts(); }

void SequenceWriter::start(const Frame& first) {
  size_ = first.pixels.size();
  type_ = first.pixels.type();
  spacingMm_ = first.geometry.spacingMm;
  pixelAspect_ = first.geometry.pixelAspect;
}

void SequenceWriter::write(const Frame& frame) {
  if (written_ == 0) start(frame);
  if (frame.pixels.size() != size_ || frame.pixels.type() != type_) {
    throw Error(path_.string(),
                "frame " + std::to_string(frame.index) + " differs in size or colour from the first",
                "write frames of one size, or write a folder of images");
  }
  if (frame.geometry.spacingMm != spacingMm_) spacingMm_.reset();  // one header speaks for all frames
  cv::Mat stored = frame.pixels;
  if (stored.channels() == 3) cv::cvtColor(frame.pixels, stored, cv::COLOR_BGR2RGB);
  const std::size_t rowBytes = static_cast<std::size_t>(stored.cols) * stored.elemSize();
  for (int y = 0; y < stored.rows; ++y) pixels_->write(stored.ptr(y), rowBytes);
  writeFields(frame);
  ++written_;
}

void SequenceWriter::writeFields(const Frame& frame) {
  const std::string key = frameKey(written_);
  for (const NamedPose& pose : frame.poses) {
    fields_ << key << pose.name() << "Transform =";
    for (int row = 0; row < 4; ++row) {
      for (int column = 0; column < 4; ++column) fields_ << ' ' << numberText(pose.matrix(row, column));
    }
    fields_ << '\n' << key << pose.name() << "TransformStatus = " << (pose.valid ? "OK" : "INVALID") << '\n';
  }
  fields_ << key << "Timestamp = " << numberText(frame.time) << '\n' << key << "ImageStatus = OK\n";
  if (!fields_) cannotWrite(path_);
}

void SequenceWriter::writeHeader(std::ostream& out, std::uintmax_t compressedBytes) const {
  const bool colour = CV_MAT_CN(type_) == 3;
  const Eigen::Vector2d spacing = spacingMm_.value_or(Eigen::Vector2d(1.0, 1.0));
  out << "ObjectType = Image\nNDims = 3\nComment = Written by acuguide\nAnatomicalOrientation = "
         "RAI\nBinaryData = True\n"
      << "BinaryDataByteOrderMSB = False\nCenterOfRotation = 0 0 0\nCompressedData = True\n"
      << "CompressedDataSize = " << compressedBytes << "\nDimSize = " << size_.width << ' ' << size_.height
      << ' ' << written_ << '\n'
      << (colour ? "ElementNumberOfChannels = 3\n" : "") << "ElementSpacing = " << numberText(spacing.x())
      << ' ' << numberText(spacing.y())
      << " 1\nElementType = MET_UCHAR\nKinds = domain domain list\nOffset = 0 0 0\n"
      << "TransformMatrix = 1 0 0 0 1 0 0 0 1\nUltrasoundImageOrientation = MFA\nUltrasoundImageType = "
      << (colour ? "RGB_COLOR" : "BRIGHTNESS") << '\n';
  if (!spacingMm_ && pixelAspect_ != 1.0) out << "PixelAspect = " << numberText(pixelAspect_) << '\n';
}

void SequenceWriter::assemble() {
  std::ofstream out(whole_.part(), std::ios::binary);
  writeHeader(out, fs::file_size(pixelsPath_));
  // Putting an empty buffer into a stream counts as its failure; there are always fields and pixels here.
  out << std::ifstream(fieldsPath_, std::ios::binary).rdbuf() << "ElementDataFile = LOCAL\n"
      << std::ifstream(pixelsPath_, std::ios::binary).rdbuf();
  out.close();
  if (!out) cannotWrite(path_);
  whole_.commit();
}

void SequenceWriter::finish() {
  if (finished_) return;
  finished_ = true;
  try {
    if (written_ == 0)
      throw Error(path_.string(), "has no frames, so no sequence was written", "check the source");
    pixels_->finish();
    fields_.close();
    if (!fields_) cannotWrite(path_);
    assemble();
  } catch (...) {
    removeParts();
    throw;
  }
  removeParts();
}

void SequenceWriter::removeParts() noexcept {
  pixels_.reset();
  std::error_code ignored;
  fs::remove(pixelsPath_, ignored);
  fs::remove(fieldsPath_, ignored);
}

}  // namespace acuguide::acquisition
