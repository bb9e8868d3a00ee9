#pragma once

#include "acquisition/frame_writer.h"

#include <cstdint>

namespace acuguide::acquisition {

/// A folder of PNG, 000000.png on. Sizes and colours may differ; times and poses are not kept.
class ImageFolderWriter : public FrameWriter {
 public:
  /// Makes the folder. Throws Error when it cannot, or when it holds images already.
  explicit ImageFolderWriter(std::filesystem::path folder);
  ~ImageFolderWriter() override;

  void write(const Frame& frame) override;
  void finish() override;

 private:
  std::filesystem::path folder_;
  std::filesystem::path part_;  ///< in it, until all images are there
  std::int64_t written_ = 0;
};

}  // namespace acuguide::acquisition
