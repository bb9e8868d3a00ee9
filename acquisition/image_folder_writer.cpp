#include "acquisition/image_folder_writer.h"

#include "acquisition/image_file.h"
#include "core/error.h"
#include "core/whole_file.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <vector>

namespace acuguide::acquisition {
namespace fs = std::filesystem;

ImageFolderWriter::ImageFolderWriter(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error || !fs::is_directory(folder_)) {
    throw Error(folder_.string(), "cannot be made", "check that the folder above it is there and writable");
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    // Old images with higher numbers would pass for the end of the new ones.
    if (hasImageEnding(entry.path()))
      throw Error(folder_.string(), "holds images already", "give a new folder");
  }
  part_ = besideOf(folder_ / "images");
  if (!fs::create_directory(part_, error))
    throw Error(folder_.string(), "cannot be written", "check that the folder is writable");
}

ImageFolderWriter::~ImageFolderWriter() {
  std::error_code ignored;
  fs::remove_all(part_, ignored);
}

void ImageFolderWriter::write(const Frame& frame) {
  std::ostringstream name;
  name << std::setw(6) << std::setfill('0') << written_ << ".png";
  const fs::path file = part_ / name.str();
  bool done = false;
  try {
    done = cv::imwrite(file.string(), frame.pixels);
  } catch (const cv::Exception&) {
    done = false;
  }
  if (!done)
    throw Error((folder_ / name.str()).string(), "cannot be written",
                "check that the disk is not full and the folder writable");
  ++written_;
}

void ImageFolderWriter::finish() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(part_)) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    std::error_code error;
    fs::rename(file, folder_ / file.filename(), error);
    if (error) throw Error(folder_.string(), "cannot be written", "check that the folder is writable");
  }
}

}  // namespace acuguide::acquisition
