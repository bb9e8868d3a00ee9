#include "acquisition/video/video_file_writer.h"

#include "core/error.h"

#include <cmath>
#include <fstream>

namespace acuguide::acquisition {
namespace fs = std::filesystem;

VideoFileWriter::VideoFileWriter(fs::path path, double framesPerSecond)
    : path_(std::move(path)), framesPerSecond_(framesPerSecond) {
  // The video itself can be begun only when the first frame tells its size; a bad path is refused now.
  const std::ofstream probe(path_, std::ios::binary);
  if (!probe) throw Error(path_.string(), "cannot be written", "check that the folder is there and writable");
}

VideoFileWriter::~VideoFileWriter() {
  try {
    finish();
  } catch (const std::exception&) {  // finish() is there for whoever wants to know
  }
}

void VideoFileWriter::write(const Frame& frame) {
  const bool colour = frame.pixels.channels() == 3;
  if (!video_) {
    LosslessVideoWriter::Options options;
    options.size = frame.pixels.size();
    options.colour = colour;
    options.framesPerSecond = framesPerSecond_;
    video_ = std::make_unique<LosslessVideoWriter>(path_, options);
  }
  if (frame.pixels.size() != video_->options().size || colour != video_->options().colour) {
    throw Error(path_.string(),
                "frame " + std::to_string(frame.index) + " differs in size or colour from the first",
                "write frames of one size, or write a folder of images");
  }
  video_->write(frame.pixels, std::llround(static_cast<double>(written_) * 1000.0 / framesPerSecond_));
  ++written_;
}

void VideoFileWriter::finish() {
  if (finished_) return;
  finished_ = true;
  if (!video_) {
    std::error_code ignored;
    fs::remove(path_, ignored);
    throw Error(path_.string(), "has no frames, so no video was written", "check the source");
  }
  video_->finish();
}

}  // namespace acuguide::acquisition
