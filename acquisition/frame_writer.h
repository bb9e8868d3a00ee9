#pragma once

#include "core/frame.h"

#include <filesystem>
#include <memory>

namespace acuguide::acquisition {

/// Writes frames, in order, to a file or folder, which is there when it is whole, after finish(); a writer
/// that goes without leaves nothing (core/whole_file.h). Throws Error (disk full, folder not writable,
/// something else in its place).
class FrameWriter {
 public:
  virtual ~FrameWriter() = default;
  virtual void write(const Frame& frame) = 0;
  /// Completes the file and puts it in its place.
  virtual void finish() = 0;
};

/// By ending: `.mkv` lossless FFV1; `.igs.mha`/`.mha` MetaImage sequence with PLUS's per-frame fields (time
/// stamps, poses with status, ElementSpacing when known), zlib-compressed; anything else a folder of PNG
/// named 000000.png on.
std::unique_ptr<FrameWriter> openFrameWriter(const std::filesystem::path& path, double framesPerSecond);

}  // namespace acuguide::acquisition
