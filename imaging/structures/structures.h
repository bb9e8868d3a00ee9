#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <string_view>
#include <vector>

namespace acuguide::imaging {

/// The value is the structure's number in a mask.
enum class StructureKind { Vessel = 1, Nerve = 2 };

/// "vessel", "nerve".
std::string_view nameOf(StructureKind kind);

/// One nerve or vessel that may be there. Never more than possible: whoever shows it says so.
struct PossibleStructure {
  StructureKind kind = StructureKind::Vessel;
  double confidence = 0.0;  ///< calibrated: the share of such findings that are such a structure
  std::vector<Eigen::Vector2d> outlinePx;  ///< closed, in full-image pixels
};

/// What one picture shows of nerves and vessels.
struct Structures {
  cv::Mat mask;  ///< CV_8UC1, the size of the picture: 0 none, or the kind's number; empty without a picture
  std::vector<PossibleStructure> found;  ///< by falling confidence
  /// How far the picture is from those the network learnt from; 1 is as far as the farthest in a hundred of
  /// those.
  double strangeness = 0.0;
  /// False: no picture, or one too unlike those the network learnt from for its answer to mean anything. The
  /// mask is then empty of structures, which says nothing about the patient.
  bool sure = false;
};

}  // namespace acuguide::imaging
