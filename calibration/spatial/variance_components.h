#pragma once

#include <Eigen/Core>

#include <vector>

namespace acuguide::calibration {

/// The residuals of one frame, and how each kind of error acts on them: the covariance of `residuals` is the
/// sum over the kinds of variance times action action^T.
struct FrameResiduals {
  Eigen::VectorXd residuals;
  std::vector<Eigen::MatrixXd> actions;
};

/// The variance of each kind of error as the residuals themselves show it: maximum likelihood by Fisher
/// scoring, none negative (variance components; Rao, J Multivar Anal 1 (1971) 257; in geodesy Förstner 1979).
/// Frames far out of line with the others have no say. `start`: a first guess, one a kind.
Eigen::VectorXd varianceComponents(const std::vector<FrameResiduals>& frames, const Eigen::VectorXd& start);

}  // namespace acuguide::calibration
