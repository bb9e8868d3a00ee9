#include "acquisition/image_folder_source.h"

#include "acquisition/assumed_rate.h"
#include "acquisition/dicom/dicom_source.h"
#include "acquisition/image_file.h"
#include "acquisition/natural_order.h"
#include "core/clock.h"
#include "core/error.h"

#include <algorithm>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

std::vector<fs::path> imagesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    // A name that begins with a dot: what other systems leave beside an image ("._001.png"), no image.
    if (hasImageEnding(entry->path()) && !entry->path().filename().string().starts_with('.') &&
        entry->is_regular_file(ignored))
      files.push_back(entry->path());
  }
  if (error)
    throw Error(folder.string(), "cannot be listed (" + error.message() + ")", "check its permissions");
  std::ranges::sort(files, [](const fs::path& a, const fs::path& b) {
    return naturalLess(a.filename().string(), b.filename().string());
  });
  return files;
}

bool isDicom(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) &&
         (path.filename() == "DICOMDIR" || DicomSource::claims(path.string()));
}

/// A DICOM file in a folder or in the folders in it (a scanner's CD), for people to see what it holds. Empty
/// when there is none among its first entries.
fs::path dicomFileIn(const fs::path& folder) {
  constexpr int mostDepth = 4, mostEntries = 200;
  std::error_code error;
  fs::path any;
  int entries = 0;
  for (fs::recursive_directory_iterator entry(folder, error), end;
       !error && entry != end && entries < mostEntries; entry.increment(error), ++entries) {
    if (entry.depth() >= mostDepth) entry.disable_recursion_pending();
    if (!isDicom(entry->path())) continue;
    if (entry->path().filename() != "DICOMDIR") return entry->path();
    any = entry->path();
  }
  return any;
}

}  // namespace

bool ImageFolderSource::claims(const std::string& source) {
  const fs::path path(source);
  std::error_code error;
  if (fs::is_directory(path, error)) return !fs::exists(path / "session.sqlite", error);
  return hasImageEnding(path) && fs::is_regular_file(path, error);
}

ImageFolderSource::ImageFolderSource(const std::string& source) {
  const bool folder = fs::is_directory(source);
  // "folder/." and "." still have a name this way; file names are shown with it.
  const fs::path path = fs::canonical(source);
  files_ = folder ? imagesIn(path) : std::vector<fs::path>{path};
  if (files_.empty()) {
    if (const fs::path dicom = dicomFileIn(path); !dicom.empty())
      throw Error(source, "holds DICOM files, no images of its own",
                  "give one of them, for example " +
                      (fs::path(source) / fs::relative(dicom, path)).lexically_normal().string());
    throw Error(source, "holds no images",
                "put png, jpg, bmp, tif or pgm files in it, or name another folder");
  }
  const std::string count = std::to_string(files_.size());
  info_ = {.name = source,
           .description = folder ? "folder of " + count + " images" : "one image",
           .frameCount = static_cast<std::int64_t>(files_.size()),
           .nominalFramesPerSecond = {},
           .seekable = true};
}

cv::Mat ImageFolderSource::eightBit(const cv::Mat& stored) {
  constexpr std::size_t kMostLookedAt = 16;
  if (stored.depth() != CV_8U && range_.empty()) {
    range_.add(stored);
    const std::size_t looks = std::min(files_.size(), kMostLookedAt);
    for (std::size_t i = 0; i < looks; ++i) {
      try {
        range_.add(readStoredImage(files_[i * files_.size() / looks]));
      } catch (const Error&) {  // a damaged image is told when it is read
      }
    }
  }
  return range_.toEightBit(stored);
}

std::optional<Frame> ImageFolderSource::read() {
  if (next_ >= files_.size()) return std::nullopt;
  const std::size_t index = next_++;
  const double start = monotonicSeconds();
  Frame frame;
  frame.pixels = eightBit(readStoredImage(files_[index]));
  frame.index = static_cast<std::int64_t>(index);
  frame.time = static_cast<double>(index) / kAssumedFramesPerSecond;
  frame.name = (files_[index].parent_path().filename() / files_[index].filename()).string();
  frame.arrival = monotonicSeconds();
  frame.decodeSeconds = frame.arrival - start;
  return frame;
}

void ImageFolderSource::seek(std::int64_t index) {
  if (index < 0 || index >= static_cast<std::int64_t>(files_.size())) {
    throw Error(info_.name, "has no frame " + std::to_string(index),
                "frames run from 0 to " + std::to_string(files_.size() - 1));
  }
  next_ = static_cast<std::size_t>(index);
}

}  // namespace acuguide::acquisition
