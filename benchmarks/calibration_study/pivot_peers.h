#pragma once

#include <Eigen/Core>

#include <vector>

namespace acuguide::benchmarks {

// Others' pivot calibrations, to stand beside ours. poses: tool to reference, mm. Each gives the tip in the
// tool's frame.

/// Least squares on R tip - pivot = -t over all poses ("algebraic one-step", PLUS's PivotCalibration before
/// its outlier rejection; Yaniv, SPIE 2015).
Eigen::Vector3d algebraicOneStep(const std::vector<Eigen::Matrix4d>& poses);

/// A sphere through the markers' positions; its centre, taken into each pose and averaged.
Eigen::Vector3d sphereFit(const std::vector<Eigen::Matrix4d>& poses);

/// As scikit-surgerycalibration: the best consensus of random samples of three poses within 4 mm, one step on
/// it.
Eigen::Vector3d ransacOneStep(const std::vector<Eigen::Matrix4d>& poses);

/// As PLUS: one step, poses farther off than three standard deviations left out until none is.
Eigen::Vector3d plusPivot(const std::vector<Eigen::Matrix4d>& poses);

}  // namespace acuguide::benchmarks
