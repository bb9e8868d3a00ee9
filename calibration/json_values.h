#pragma once

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include <cmath>

namespace acuguide::calibration {

// Values for Result::details. A number that is not finite becomes null, as JSON knows no other.

inline nlohmann::ordered_json jsonNumber(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

inline nlohmann::ordered_json jsonVector(const Eigen::VectorXd& values) {
  auto json = nlohmann::ordered_json::array();
  for (const double value : values) json.push_back(jsonNumber(value));
  return json;
}

/// Row by row: a list of lists.
inline nlohmann::ordered_json jsonMatrix(const Eigen::MatrixXd& matrix) {
  auto json = nlohmann::ordered_json::array();
  for (Eigen::Index row = 0; row < matrix.rows(); ++row)
    json.push_back(jsonVector(matrix.row(row).transpose()));
  return json;
}

}  // namespace acuguide::calibration
