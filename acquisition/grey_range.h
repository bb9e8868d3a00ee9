#pragma once

#include <opencv2/core.hpp>

#include <string>

namespace acuguide::acquisition {

/// How much of their 16 bits images really use, and with that their way to 8 bits. Scanners and frame
/// grabbers store 8, 10 or 12 bits in words of 16; taken as full words such images are black.
///
/// What was added decides, for all images alike: black is 0 and white the largest value of the bits in use
/// (at least 8: 255, 1023, 4095, … 65535), so that a sequence of 8 bits in 16 looks as if stored in 8, and
/// one that uses all its bits as it always did. Signed values count likewise; where they reach far below zero
/// (by more than a quarter of how far they reach above), black is the least value of the bits in use, else
/// what is below zero is black (filters undershoot).
class GreyRange {
 public:
  /// Widens the range by an image of CV_16U or CV_16S with any number of channels; others change nothing.
  /// True when the mapping changed.
  bool add(const cv::Mat& stored);

  /// CV_8U, with the same channels. Images of 8 bits are returned as they are. What lies outside the range is
  /// black or white.
  cv::Mat toEightBit(const cv::Mat& stored) const;

  bool empty() const { return highest_ < lowest_; }
  double black() const;
  double white() const;
  /// "12 of 16 bits"; empty while all 16 are in use or nothing was added.
  std::string words() const;

 private:
  bool belowZero() const;
  int bits() const;  ///< in use, with that of the sign where values are below zero

  double lowest_ = 1.0, highest_ = 0.0;
  bool signed_ = false;
};

/// CV_8U from stored values, `black` to 0 and `white` to 255.
cv::Mat toEightBit(const cv::Mat& stored, double black, double white);

}  // namespace acuguide::acquisition
