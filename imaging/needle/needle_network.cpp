#include "imaging/needle/needle_network.h"

// The weights lie in the read-only data of the program. (ACUGUIDE_NEEDLE_NETWORK: path of the ONNX file.)
asm(".pushsection .rodata\n"
    ".balign 16\n"
    "acuguide_needle_network_begin:\n"
    ".incbin \"" ACUGUIDE_NEEDLE_NETWORK
    "\"\n"
    "acuguide_needle_network_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char acuguide_needle_network_begin[];
extern const char acuguide_needle_network_end[];
}

namespace acuguide::imaging {

NeedleNetwork::NeedleNetwork(const std::string& file)
    : net_(file.empty() ? cv::dnn::readNetFromONNX(acuguide_needle_network_begin,
                                                   static_cast<std::size_t>(acuguide_needle_network_end -
                                                                            acuguide_needle_network_begin))
                        : cv::dnn::readNetFromONNX(file)),
      blob_(std::vector<int>{1, 2, side, side}, CV_32F) {
  net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
}

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
