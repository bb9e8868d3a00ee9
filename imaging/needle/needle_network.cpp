#include "imaging/needle/needle_network.h"

#include "imaging/built_in_network.h"

// ACUGUIDE_NEEDLE_NETWORK: path of the ONNX file.
ACUGUIDE_BUILT_IN(needle_network, ACUGUIDE_NEEDLE_NETWORK)

namespace acuguide::imaging {

NeedleNetwork::NeedleNetwork(const std::string& file)
    : net_(readNetwork(acuguide_needle_network_begin, acuguide_needle_network_end, file)),
      blob_(std::vector<int>{1, 2, side, side}, CV_32F) {}

NeedleNetwork::~NeedleNetwork() = default;

const cv::Mat& NeedleNetwork::process(const cv::Mat& picture, const cv::Mat& before) {
  CV_Assert(picture.type() == CV_8UC1 && picture.rows == side && picture.cols == side);
  CV_Assert(before.type() == CV_8UC1 && before.size() == picture.size());
  auto* grey = blob_.ptr<float>(0, 0);
  auto* change = blob_.ptr<float>(0, 1);
  for (int y = 0; y < side; ++y) {
    const auto* now = picture.ptr<std::uint8_t>(y);
    const auto* then = before.ptr<std::uint8_t>(y);
    for (int x = 0; x < side; ++x) {
      *grey++ = static_cast<float>(now[x]) / 64 - 1;
      *change++ = static_cast<float>(then[x] - now[x]) / 64;
    }
  }
  net_.setInput(blob_);
  net_.forward(answers_, cv::String{});
  return answers_.front();
}

}  // namespace acuguide::imaging
