#pragma once

#include "acquisition/frame_writer.h"
#include "core/whole_file.h"

#include <cstdint>
#include <fstream>
#include <memory>
#include <vector>

namespace acuguide::acquisition {

/// A MetaImage sequence as PLUS writes it, zlib-compressed: time stamps, poses with status, ElementSpacing (1
/// 1 1 when unknown or not the same of all frames, which PLUS's readers take for unknown; then our own field
/// PixelAspect where pixels are not square), orientation MFA. Numbers are written so that
/// they read back the same. Size and colour are those of the first frame.
///
/// The header names sizes that are known only at the end, so pixels and fields gather in two files beside
/// `path` until finish() puts them together; memory stays the same however many frames there are.
class SequenceWriter : public FrameWriter {
 public:
  explicit SequenceWriter(std::filesystem::path path);
  ~SequenceWriter() override;

  void write(const Frame& frame) override;
  void finish() override;

 private:
  class Deflater;

  void start(const Frame& first);
  void writeFields(const Frame& frame);
  void writeHeader(std::ostream& out, std::uintmax_t compressedBytes) const;
  void assemble();
  void removeParts() noexcept;

  std::filesystem::path path_;
  WholeFile whole_;
  std::filesystem::path pixelsPath_, fieldsPath_;
  std::ofstream fields_;
  std::unique_ptr<Deflater> pixels_;
  cv::Size size_;
  int type_ = 0;
  std::optional<Eigen::Vector2d> spacingMm_;
  double pixelAspect_ = 1.0;
  std::int64_t written_ = 0;
  bool finished_ = false;
};

}  // namespace acuguide::acquisition
