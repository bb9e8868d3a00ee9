#pragma once

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <string>
#include <vector>

namespace acuguide::imaging {

/// The network that sees needles and its built-in weights (needle_network.onnx, written by
/// training/train_needle_network.py; training/needle_network_model_card.md says what it learnt from).
class NeedleNetwork {
 public:
  static constexpr int side = 256;  ///< px of the square picture it takes
  static constexpr int cells = 64;  ///< of its answer, a side
  static constexpr int stride = 4;  ///< px a cell; the middle of cell j lies at px stride * j + 1.5

  /// `file`: other weights (training, studies); empty: those built in. Throws cv::Exception when OpenCV does
  /// not read them.
  explicit NeedleNetwork(const std::string& file = {});
  ~NeedleNetwork();

  /// Four scores a cell, before the logistic function: shaft, cosine and sine of twice its angle (x right, y
  /// down), tip. `picture` and the one `before` it: CV_8UC1, side x side; the same one twice for a still.
  /// CV_32F with 1 x 4 x cells x cells values, overwritten by the next call.
  const cv::Mat& process(const cv::Mat& picture, const cv::Mat& before);

 private:
  cv::dnn::Net net_;
  cv::Mat blob_;
  std::vector<cv::Mat> answers_;
};

}  // namespace acuguide::imaging
