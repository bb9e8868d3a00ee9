#pragma once

#include <Eigen/Core>

namespace acuguide::calibration {

/// How many times larger a variance is because errors last from one frame to the next: (1 + r) / (1 - r) for
/// errors of which the share r goes over, never below 1. `scores`: one column a frame, in order: its pull on
/// each parameter (J^T C^-1 e). `covariance`: of the parameters, so that all of them count alike.
double serialInflation(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& covariance);

}  // namespace acuguide::calibration
