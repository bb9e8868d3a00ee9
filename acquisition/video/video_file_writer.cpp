#include "acquisition/video/video_file_writer.h"

#include "core/error.h"

#include <cmath>

namespace acuguide::acquisition {
namespace fs = std::filesystem;

VideoFileWriter::VideoFileWriter(fs::path path, double framesPerSecond)
    : path_(std::move(path)), whole_(path_, "the video"), framesPerSecond_(framesPerSecond) {}

void VideoFileWriter::write(const Frame& frame) {
  const bool colour = frame.pixels.channels() == 3;
  if (!video_) {
    LosslessVideoWriter::Options options;
    options.size = frame.pixels.size();
    options.colour = colour;
    options.framesPerSecond = framesPerSecond_;
    options.name = path_.string();
    video_ = std::make_unique<LosslessVideoWriter>(whole_.part(), options);
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
  if (!video_) throw Error(path_.string(), "has no frames, so no video was written", "check the source");
  video_->finish();
  whole_.commit();
}

}  // namespace acuguide::acquisition
