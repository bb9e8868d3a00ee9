#pragma once

#include "acquisition/frame_source.h"
#include "imaging/region/region_finder.h"
#include "interop/text_finder.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::interop {

/// Takes names, dates, the hospital and whatever else is written out of the images of one stream:
///
/// - everything outside the ultrasound image is made black: outside the regions that the file states, or,
/// where it
///   states none (or hardly less than the whole image), outside imaging::RegionFinder's. An image with no
///   region in it, and none known from before, comes out black;
/// - inside, text is found by its strokes (TextFinder) in every frame, and made black there; what is found at
/// one
///   place in a fifth of the frames looked at is made black in all;
/// - survey() reads the cleaned images (TextReader): what can still be read is made black in all frames,
/// until
///   nothing can be read.
///
/// Without survey() it does only what one frame at a time allows, and isChecked() stays false.
class PictureCleaner {
 public:
  /// stated: boxes that hold ultrasound, px of the whole image (acquisition::tissueRegions()).
  explicit PictureCleaner(std::vector<cv::Rect> stated = {});

  /// Looks through all of a recorded source (at most 200 frames, of them some 3 to 12 are read) and goes back
  /// to its beginning. Some seconds for each frame that is read.
  ///
  /// Throws Error: the source cannot be read twice, holds no frame or images of different sizes, no
  /// ultrasound image is found in it, text stays readable, or the reader's data is not installed.
  void survey(acquisition::FrameSource& source);

  cv::Mat process(const cv::Mat& pixels);

  /// Of the last image, px; empty before the first region.
  const cv::Rect& region() const { return region_.bounds; }

  /// survey() has read cleaned frames and found nothing left.
  bool isChecked() const { return framesRead_ > 0; }
  int framesRead() const { return framesRead_; }

 private:
  void lookThrough(acquisition::FrameSource& source, std::int64_t frames);
  void readThrough(acquisition::FrameSource& source, std::int64_t frames);
  imaging::ImagingRegion regionOf(const cv::Mat& pixels);

  std::vector<cv::Rect> stated_;
  imaging::RegionFinder finder_;
  imaging::ImagingRegion region_;
  TextFinder text_;
  cv::Mat always_;  // CV_8U: 255 where text stands in all frames
  cv::Mat grey_;
  int framesRead_ = 0;
};

/// `pixels` with everything outside `region` black. An empty region leaves nothing.
cv::Mat insideOf(const imaging::ImagingRegion& region, const cv::Mat& pixels);

/// Makes text in an image black, found by its strokes alone.
void blackenText(cv::Mat& pixels);

}  // namespace acuguide::interop
