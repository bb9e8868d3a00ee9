#include "acquisition/video_file_writer.h"

#include "core/error.h"

#include <fstream>

namespace acuguide::acquisition {
namespace fs = std::filesystem;

VideoFileWriter::VideoFileWriter(fs::path path, double framesPerSecond)
    : path_(std::move(path)), framesPerSecond_(framesPerSecond) {
  // OpenCV's own failure says nothing; try the file first.
  std::ofstream probe(path_, std::ios::binary);
  if (!probe) throw Error(path_.string(), "cannot be written", "check that the folder is there and writable");
}

VideoFileWriter::~VideoFileWriter() {
  try {
    finish();
  } catch (const std::exception&) {  // finish() is there for whoever wants to know
  }
}

void VideoFileWriter::open(const cv::Mat& first) {
  size_ = first.size();
  type_ = first.type();
  const int code = cv::VideoWriter::fourcc('F', 'F', 'V', '1');
  const bool colour = first.channels() == 3;
  if (!video_.open(fs::absolute(path_).string(), cv::CAP_FFMPEG, code, framesPerSecond_, size_, colour)) {
    throw Error(path_.string(), "cannot be written as FFV1 video",
                "check the folder and that FFmpeg is installed");
  }
}

// OpenCV's writer does not report a full disk, so the disk is asked: now and then, and before the file is
// completed.
void VideoFileWriter::checkSpace() const {
  constexpr std::uintmax_t kLeast = 4 << 20;
  std::error_code error;
  const fs::space_info space = fs::space(fs::absolute(path_).parent_path(), error);
  if (error || space.available >= kLeast) return;
  throw Error(path_.string(), "cannot be written any further, the disk is full", "free some space");
}

void VideoFileWriter::write(const Frame& frame) {
  if (!video_.isOpened()) open(frame.pixels);
  if (frame.pixels.size() != size_ || frame.pixels.type() != type_) {
    throw Error(path_.string(),
                "frame " + std::to_string(frame.index) + " differs in size or colour from the first",
                "write frames of one size, or write a folder of images");
  }
  constexpr int kFramesBetweenChecks = 16;
  if (written_ % kFramesBetweenChecks == 0) checkSpace();
  video_.write(frame.pixels);
  ++written_;
}

void VideoFileWriter::finish() {
  if (finished_) return;
  finished_ = true;
  video_.release();
  if (written_ == 0) {
    std::error_code ignored;
    fs::remove(path_, ignored);
    throw Error(path_.string(), "has no frames, so no video was written", "check the source");
  }
  checkSpace();
}

}  // namespace acuguide::acquisition
