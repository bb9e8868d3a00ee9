#include "imaging/planes/plane_network.h"

// The weights lie in the read-only data of the program. (ACUGUIDE_PLANE_NETWORK: path of the ONNX file.)
asm(".pushsection .rodata\n"
    ".balign 16\n"
    "acuguide_plane_network_begin:\n"
    ".incbin \"" ACUGUIDE_PLANE_NETWORK
    "\"\n"
    "acuguide_plane_network_end:\n"
    ".byte 0\n"
    ".popsection\n");

// NOLINTBEGIN(readability-identifier-naming): the names of the assembler's labels
extern "C" {
extern const char acuguide_plane_network_begin[];
extern const char acuguide_plane_network_end[];
}
// NOLINTEND(readability-identifier-naming)

namespace acuguide::imaging {

PlaneNetwork::PlaneNetwork(const std::string& file)
    : net_(file.empty() ? cv::dnn::readNetFromONNX(acuguide_plane_network_begin,
                                                   static_cast<std::size_t>(acuguide_plane_network_end -
                                                                            acuguide_plane_network_begin))
                        : cv::dnn::readNetFromONNX(file)),
      blob_(std::vector<int>{1, 1, side, side}, CV_32F) {
  net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
}

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
