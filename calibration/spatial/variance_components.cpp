#include "calibration/spatial/variance_components.h"

#include <Eigen/Dense>

#include <algorithm>

namespace acuguide::calibration {
namespace {

constexpr int mostRounds = 25;
constexpr double settled = 1e-3;   ///< relative change
constexpr double smallest = 1e-6;  ///< of a variance, so that the covariance stays regular
constexpr double farOut = 3.0;     ///< residuals squared, in units of what is expected of a frame

}  // namespace

Eigen::VectorXd varianceComponents(const std::vector<FrameResiduals>& frames, const Eigen::VectorXd& start) {
  const Eigen::Index kinds = start.size();
  Eigen::VectorXd variances = start.cwiseMax(smallest);
  for (int round = 0; round < mostRounds; ++round) {
    Eigen::MatrixXd information = Eigen::MatrixXd::Zero(kinds, kinds);
    Eigen::VectorXd right = Eigen::VectorXd::Zero(kinds);
    for (const FrameResiduals& frame : frames) {
      const Eigen::Index n = frame.residuals.size();
      Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(n, n);
      for (Eigen::Index k = 0; k < kinds; ++k) {
        const Eigen::MatrixXd& action = frame.actions[static_cast<std::size_t>(k)];
        covariance += variances[k] * action * action.transpose();
      }
      const Eigen::MatrixXd inverse = covariance.llt().solve(Eigen::MatrixXd::Identity(n, n));
      const Eigen::VectorXd weighed = inverse * frame.residuals;
      if (frame.residuals.dot(weighed) > farOut * double(n)) continue;
      std::vector<Eigen::MatrixXd> acted;
      for (const Eigen::MatrixXd& action : frame.actions) acted.push_back(inverse * action);
      for (Eigen::Index k = 0; k < kinds; ++k) {
        const Eigen::MatrixXd& own = frame.actions[static_cast<std::size_t>(k)];
        right[k] += (own.transpose() * weighed).squaredNorm();
        for (Eigen::Index l = 0; l <= k; ++l) {
          // tr(C^-1 Q_k C^-1 Q_l), Q = action action^T
          const double both = (own.transpose() * acted[static_cast<std::size_t>(l)]).squaredNorm();
          information(k, l) += both;
          if (l != k) information(l, k) += both;
        }
      }
    }
    if (!(information.diagonal().minCoeff() > 0)) return variances;
    const Eigen::VectorXd next = information.ldlt().solve(right).cwiseMax(0.1 * variances).cwiseMax(smallest);
    const double change = ((next - variances).cwiseAbs().cwiseQuotient(variances)).maxCoeff();
    variances = next;
    if (change < settled) break;
  }
  return variances;
}

}  // namespace acuguide::calibration
