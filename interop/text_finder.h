#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace acuguide::interop {

/// Finds text and signs drawn over an ultrasound image, without reading them. Across the beam an ultrasound
/// image is as blurred as its beam is wide: from one pixel column to the next but one it changes little, also
/// along bright fascia. The strokes of letters of all scripts are sharp there. Looked for are rising and
/// falling steps across, close together, higher than the surroundings' own (their 80th percentile in windows
/// of 80 px), in groups of the height of text; groups in a row are joined to lines, and beside a line found
/// lower steps count too. Straight vertical lines (sides of windows, rulers) and single strokes (a needle)
/// are no text. Colour: the channel with the highest step counts.
///
/// Finds text of 5 to 70 px height (at most an eighth of the image's) that is lighter or darker than what it
/// stands on by some 40 grey levels on tissue, 20 on flat background. What it takes for text though it is
/// tissue: mostly none, up to 2 % of an image whose columns are sharp (tests/interop/text_finder_test.cpp).
/// Some 10 ms for 640x480.
class TextFinder {
 public:
  /// pixels: CV_8UC1 or CV_8UC3. Boxes of lines with a margin about them, in the image.
  std::vector<cv::Rect> process(const cv::Mat& pixels);

 private:
  void measureSteps(const cv::Mat& pixels);
  void measureLimits();
  void findGroups(double share, const cv::Mat& where, std::vector<cv::Rect>& groups);

  cv::Mat steps_;   // CV_16S: of two columns apart
  cv::Mat limits_;  // CV_32F
  cv::Mat rising_, falling_, both_, tall_, paired_, joined_, labels_, statistics_, centres_;
};

}  // namespace acuguide::interop
