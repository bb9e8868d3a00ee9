#include "imaging/structures/structure_network.h"

// The weights lie in the read-only data of the program. (ACUGUIDE_STRUCTURE_NETWORK: path of the ONNX file.)
asm(".pushsection .rodata\n"
    ".balign 16\n"
    "acuguide_structure_network_begin:\n"
    ".incbin \"" ACUGUIDE_STRUCTURE_NETWORK
    "\"\n"
    "acuguide_structure_network_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char acuguide_structure_network_begin[];
extern const char acuguide_structure_network_end[];
}

namespace acuguide::imaging {

StructureNetwork::StructureNetwork()
    : net_(cv::dnn::readNetFromONNX(
          acuguide_structure_network_begin,
          static_cast<std::size_t>(acuguide_structure_network_end - acuguide_structure_network_begin))) {
  net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
}

StructureNetwork::Answer StructureNetwork::process(const cv::Mat& picture) {
  CV_Assert(picture.type() == CV_8UC1 && picture.rows == side && picture.cols == side);
  cv::dnn::blobFromImage(picture, blob_, 1.0 / 255);
  net_.setInput(blob_);
  net_.forward(outputs_, std::vector<cv::String>{"scores", "strangeness"});
  Answer answer;
  for (int c = 0; c < 3; ++c)
    answer.scores[c] =
        cv::Mat(outputs_[0].size[2], outputs_[0].size[3], CV_32FC1, outputs_[0].ptr<float>(0, c));
  answer.strangeness = *outputs_[1].ptr<float>();
  return answer;
}

}  // namespace acuguide::imaging
