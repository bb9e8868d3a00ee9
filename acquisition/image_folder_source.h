#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/grey_range.h"

#include <filesystem>
#include <vector>

namespace acuguide::acquisition {

/// The images of one folder (not of its sub-folders) in natural order, or a single image file. Sizes, colours
/// and bit depths may differ from image to image. 16-bit images share one range (GreyRange), settled by 16 of
/// the folder's, spread over it, when the first one comes. Images carry no time: they are taken
/// to be 1/25 s apart. Frame::name is the file name with its parent folder.
class ImageFolderSource : public FrameSource {
 public:
  /// A folder that holds neither a recorded session nor only DICOM files; an existing image file.
  static bool claims(const std::string& source);

  /// Throws Error when there is no image in it.
  explicit ImageFolderSource(const std::string& source);

  const SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override;
  void seek(std::int64_t index) override;

 private:
  cv::Mat eightBit(const cv::Mat& stored);

  SourceInfo info_;
  std::vector<std::filesystem::path> files_;
  std::size_t next_ = 0;
  GreyRange range_;
};

}  // namespace acuguide::acquisition
