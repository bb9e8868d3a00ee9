#include "imaging/planes/plane_network.h"

#include "imaging/built_in_network.h"

// ACUGUIDE_PLANE_NETWORK: path of the ONNX file.
ACUGUIDE_BUILT_IN(plane_network, ACUGUIDE_PLANE_NETWORK)

namespace acuguide::imaging {

PlaneNetwork::PlaneNetwork(const std::string& file)
    : net_(readNetwork(acuguide_plane_network_begin, acuguide_plane_network_end, file)),
      blob_(std::vector<int>{1, 1, side, side}, CV_32F) {}

PlaneNetwork::~PlaneNetwork() = default;

const cv::Mat& PlaneNetwork::process(const cv::Mat& picture) {
  CV_Assert(picture.type() == CV_8UC1 && picture.rows == side && picture.cols == side);
  auto* grey = blob_.ptr<float>(0, 0);
  for (int y = 0; y < side; ++y) {
    const auto* row = picture.ptr<std::uint8_t>(y);
    for (int x = 0; x < side; ++x) *grey++ = static_cast<float>(row[x]) / 64 - 1;
  }
  net_.setInput(blob_);
  net_.forward(answers_, cv::String{});
  return answers_.front();
}

}  // namespace acuguide::imaging
