#include "imaging/structures/structure_network.h"

#include "imaging/built_in_network.h"

// ACUGUIDE_STRUCTURE_NETWORK: path of the ONNX file.
ACUGUIDE_BUILT_IN(structure_network, ACUGUIDE_STRUCTURE_NETWORK)

namespace acuguide::imaging {

StructureNetwork::StructureNetwork()
    : net_(readNetwork(acuguide_structure_network_begin, acuguide_structure_network_end)) {}

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
