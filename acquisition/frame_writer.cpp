#include "acquisition/frame_writer.h"

#include "acquisition/image_folder_writer.h"
#include "acquisition/sequence/sequence_writer.h"
#include "acquisition/sequence/text_numbers.h"
#include "acquisition/video/video_file_writer.h"
#include "core/error.h"

#include <cmath>

namespace acuguide::acquisition {

std::unique_ptr<FrameWriter> openFrameWriter(const std::filesystem::path& path, double framesPerSecond) {
  if (!std::isfinite(framesPerSecond) || framesPerSecond <= 0.0) {
    throw Error(path.string(), "cannot be written at " + numberText(framesPerSecond) + " frames a second",
                "give a positive frame rate");
  }
  const std::string ending = lowerCase(path.extension().string());
  if (ending == ".mkv") return std::make_unique<VideoFileWriter>(path, framesPerSecond);
  if (ending == ".mha") return std::make_unique<SequenceWriter>(path);
  return std::make_unique<ImageFolderWriter>(path);
}

}  // namespace acuguide::acquisition
