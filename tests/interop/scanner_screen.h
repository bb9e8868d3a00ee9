#pragma once

#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace acuguide::interop {

/// Text as it stands in a screen.
struct WrittenText {
  std::string text;
  cv::Mat ink;  ///< CV_8U of the screen's size: how much of each pixel it covers
  cv::Rect box;
};

/// A screen as a scanner or a frame grabber gives it, with the patient written all over it.
struct ScannerScreen {
  cv::Mat pixels;                  ///< CV_8UC3
  cv::Rect tissue;                 ///< where the ultrasound image is
  std::vector<cv::Rect> stated;    ///< what a DICOM file would say of that; empty in four layouts of five
  std::vector<WrittenText> texts;  ///< in Latin, Chinese and Korean

  /// Of the tissue that no text stands on, or within half its height of it, the share that is in `cleaned` as
  /// it was.
  double untouched(const cv::Mat& cleaned) const;

  /// The largest share of the ink of one text that is not black in `cleaned`.
  double inkLeft(const cv::Mat& cleaned) const;
};

/// Screen `number`: five layouts (text around the image; panels at its sides; text on the tissue alone; a
/// noisy grabber, in whose screen no background is flat; a stated region), with other tissue, words, sizes,
/// colours and fonts each. One in three has been through JPEG.
ScannerScreen scannerScreen(int number);

}  // namespace acuguide::interop
