#pragma once

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <string>
#include <vector>

namespace acuguide::imaging {

/// The network that sees tissue planes, fibres and bone, and its built-in weights (plane_network.onnx,
/// written by training/train_plane_network.py; training/plane_network_model_card.md says what it learnt
/// from).
class PlaneNetwork {
 public:
  static constexpr int side = 256;  ///< px of the square picture it takes
  static constexpr int cells = 64;  ///< of its answer, a side

  /// Of the answer. The first three: scores of the depths of a column, beside a score of nought for "not in
  /// this column" (softmax). The last two: of twice the fibres' angle, which is positive when they rise to
  /// the right in the stretched picture; the shorter the pair, the more in doubt.
  enum Channel { Superficial, Deep, Bone, Cosine, Sine };

  /// `file`: other weights (training, studies); empty: those built in. Throws cv::Exception when OpenCV does
  /// not read them.
  explicit PlaneNetwork(const std::string& file = {});
  ~PlaneNetwork();

  /// `picture`: CV_8UC1, side x side, the imaging region stretched, probe side up. CV_32F with 1 x 5 x cells
  /// x cells values, overwritten by the next call.
  const cv::Mat& process(const cv::Mat& picture);

 private:
  cv::dnn::Net net_;
  cv::Mat blob_;
  std::vector<cv::Mat> answers_;
};

}  // namespace acuguide::imaging
