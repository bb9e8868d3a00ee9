#pragma once

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

namespace acuguide::imaging {

/// The network and its built-in weights (structure_network.onnx, written by training/train_structures.py).
class StructureNetwork {
 public:
  static constexpr int side = 256;  ///< px of the square picture it takes

  /// Throws cv::Exception when OpenCV does not read the weights.
  StructureNetwork();

  struct Answer {
    cv::Mat
        scores[3];  ///< CV_32FC1, a quarter of `side`: none, vessel, nerve; their softmax is the probability
    double strangeness = 0.0;  ///< as in Structures
  };
  /// `picture`: CV_8UC1, side x side, the probe at the top. The scores are overwritten by the next call.
  Answer process(const cv::Mat& picture);

 private:
  cv::dnn::Net net_;
  cv::Mat blob_;
  std::vector<cv::Mat> outputs_;
};

}  // namespace acuguide::imaging
