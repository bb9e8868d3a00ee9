#include "calibration/serial_correlation.h"

#include <algorithm>

namespace acuguide::calibration {

double serialInflation(const Eigen::MatrixXd& scores, const Eigen::MatrixXd& covariance) {
  constexpr Eigen::Index fewest = 12;
  constexpr double most = 0.95;
  const Eigen::Index n = scores.cols();
  if (n < fewest) return 1.0;
  const Eigen::MatrixXd weighed = covariance * scores;
  const double own = weighed.cwiseProduct(scores).sum() / double(n);
  const double next = weighed.leftCols(n - 1).cwiseProduct(scores.rightCols(n - 1)).sum() / double(n - 1);
  if (!(own > 0)) return 1.0;
  // Residuals of a fit are less alike than errors are: each parameter takes its part of what they share.
  const double bias = double(scores.rows()) / double(n) / 2.0;
  const double share = std::clamp(next / own + bias, 0.0, most);
  return (1 + share) / (1 - share);
}

}  // namespace acuguide::calibration
