#pragma once

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

struct Landmark {
  std::string name;  ///< may be empty
  Eigen::Vector3d mm = Eigen::Vector3d::Zero();
};

struct LandmarkOptions {
  double acceptFreMm = 2.0;                 ///< acceptance: fiducial registration error, rms
  double acceptTreMm = 3.0;                 ///< acceptance: expected target registration error
  std::optional<Eigen::Vector3d> targetMm;  ///< in `from`'s frame: where the error matters
};

struct LandmarkSummary {
  Eigen::Matrix4d fromToTo = Eigen::Matrix4d::Identity();  ///< rigid, mm
  double freMm = 0.0;          ///< rms distance of the mapped landmarks from their partners
  double fleMm = 0.0;          ///< expected localisation error, from the FRE
  double treEstimateMm = 0.0;  ///< expected rms error at the target, or over the landmarks without one
  double treAtCentroidMm = 0.0;
  /// Half the intervals, along the axes of `to`'s frame, that hold the target (or, without one, the
  /// landmarks' middle) with 95 %.
  Eigen::Vector3d target95Mm = Eigen::Vector3d::Zero();
  std::vector<double> errorMm;  ///< of each pair
  std::vector<std::string> names;
  std::vector<std::string> onlyFrom, onlyTo;  ///< names without a partner, left out
  bool usable = false;
  std::vector<std::string> reasons;
};

/// Rigid registration of landmarks touched in one frame (`from`) to those known in another (`to`): least
/// squares by the singular value decomposition (Arun, Huang, Blostein, PAMI 1987; Umeyama, PAMI 1991). The
/// expected error elsewhere follows from the residual and the landmarks' layout (Fitzpatrick, West, Maurer,
/// IEEE TMI 1998): FLE² = N/(N-2) FRE², TRE²(r) = FLE²/N (1 + Σ d_k²/f_k² / 3).
///
/// Pairs are made by name where both lists are named, else by order; a name in one list only is left out and
/// told in `reasons`. Names the probable mistake when the fit
/// is bad: two landmarks exchanged, one mirrored list, different units, one landmark touched wrongly.
///
/// Throws Error: fewer than three pairs, lists of different lengths, names that do not match, landmarks on a
/// line.
LandmarkSummary registerLandmarks(const std::vector<Landmark>& from, const std::vector<Landmark>& to,
                                  const LandmarkOptions& options = {});

}  // namespace acuguide::calibration
