#include "imaging/planes/plane_segmenter.h"

#include "core/units.h"

#include <Eigen/Cholesky>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

constexpr int kCells = PlaneNetwork::cells;

}  // namespace

void PlaneSegmenter::process(const cv::Mat& upright, cv::Size working, double time, double holds) {
  constexpr int side = PlaneNetwork::side;
  if (seen_ && working == working_ && time >= lookedAt_ && time - lookedAt_ < holds) return;
  working_ = working;
  lookedAt_ = time;
  seen_ = true;
  square_.create(side, side, CV_8UC1);
  if (upright.cols >= side && upright.rows >= side)
    shrink_.process(upright, {side, side}, square_);
  else
    cv::resize(upright, square_, {side, side}, 0, 0, cv::INTER_LINEAR);
  answer_ = network_.process(square_);
  for (const auto plane : {PlaneNetwork::Superficial, PlaneNetwork::Deep, PlaneNetwork::Bone}) {
    const auto* scores = answer_.ptr<float>(0, plane);
    for (int x = 0; x < kCells; ++x) {
      float highest = 0;  // that of "not here"
      for (int y = 0; y < kCells; ++y) highest = std::max(highest, scores[y * kCells + x]);
      auto& above = above_[plane][static_cast<std::size_t>(x)];
      above[0] = 0;
      for (std::size_t y = 0; y < kCells; ++y)
        above[y + 1] = above[y] + std::exp(scores[y * kCells + static_cast<std::size_t>(x)] - highest);
      const float all = above[kCells] + std::exp(-highest);
      for (float& a : above) a /= all;
    }
  }
}

double PlaneSegmenter::probability(PlaneNetwork::Channel plane, int column, double from, double to) const {
  const auto& above = above_[plane][static_cast<std::size_t>(column)];
  const auto cumulated = [&](double depth) {
    const double cell = std::clamp(cellOfDepth(depth) + 0.5, 0.0, static_cast<double>(kCells));
    const int low = std::min(static_cast<int>(cell), kCells - 1);
    const double part = cell - low;
    return (1 - part) * static_cast<double>(above[static_cast<std::size_t>(low)]) +
           part * static_cast<double>(above[static_cast<std::size_t>(low) + 1]);
  };
  return to > from ? cumulated(to) - cumulated(from) : 0;
}

PlaneSegmenter::Place PlaneSegmenter::likeliest(PlaneNetwork::Channel plane, int column) const {
  const auto& above = above_[plane][static_cast<std::size_t>(column)];
  const auto of = [&](int y) {
    return y < 0 || y >= kCells ? 0.0
                                : static_cast<double>(above[static_cast<std::size_t>(y) + 1]) -
                                      static_cast<double>(above[static_cast<std::size_t>(y)]);
  };
  int best = 0;
  for (int y = 1; y < kCells; ++y)
    if (of(y) > of(best)) best = y;
  double sum = 0, weight = 1e-12;
  for (int y = best - 1; y <= best + 1; ++y) {
    sum += of(y) * y;
    weight += of(y);
  }
  return {depthOfCell(sum / weight), static_cast<double>(above[kCells])};
}

const std::vector<PlaneCurve>& PlaneSegmenter::curves() {
  constexpr float kHalfBand = 3;  // working px from the edge that the network says to the band's middle
  curves_.clear();
  for (const auto plane : {PlaneNetwork::Superficial, PlaneNetwork::Deep}) {
    std::optional<PlaneCurve> curve = curveOf(plane);
    if (!curve) continue;
    curve->middle += plane == PlaneNetwork::Deep ? kHalfBand : -kHalfBand;
    curves_.push_back(*curve);
  }
  return curves_;
}

/// Least squares over the columns, each by how likely the plane is there, those far from the others left out.
std::optional<PlaneCurve> PlaneSegmenter::curveOf(PlaneNetwork::Channel plane) const {
  constexpr double kLeastSeen = 0.3;                         // share of the columns
  const double far = std::max(3.0, 0.03 * working_.height);  // working px
  Eigen::Vector3d best = Eigen::Vector3d::Zero();
  for (int round = 0; round < 3; ++round) {
    Eigen::Matrix3d normal = 1e-6 * Eigen::Matrix3d::Identity();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    double seen = 0;
    for (int x = 0; x < kCells; ++x) {
      const Place place = likeliest(plane, x);
      const double u = 2 * columnAt(x) / (working_.width - 1) - 1;
      const Eigen::Vector3d basis(1, u, u * u);
      const double off = place.depth - best.dot(basis);
      if (place.probability < 0.3 || (round > 0 && std::abs(off) > (round == 1 ? 3 : 1) * far)) continue;
      normal += place.probability * basis * basis.transpose();
      right += place.probability * place.depth * basis;
      seen += place.probability / kCells;
    }
    if (seen < kLeastSeen) return std::nullopt;
    best = normal.ldlt().solve(right);
  }
  PlaneCurve curve;
  curve.middle = static_cast<float>(best[0]);
  curve.tilt = static_cast<float>(best[1]);
  curve.sag = static_cast<float>(best[2]);
  return curve;
}

/// Stretched, the picture is as high as wide: slopes there are those here times width over height.
void PlaneSegmenter::addFibre(int column, int cell, Directions& directions) const {
  const int at = cell * kCells + column;
  const double cosine = answer_.ptr<float>(0, PlaneNetwork::Cosine)[at],
               sine = answer_.ptr<float>(0, PlaneNetwork::Sine)[at];
  const double stretched = 0.5 * std::atan2(sine, cosine);
  const double angle =
      degrees(std::atan2(std::sin(stretched) * working_.height, std::cos(stretched) * working_.width));
  const auto direction =
      static_cast<std::size_t>(std::clamp(std::floor((angle + 90) / 2), 0.0, kDirections - 1.0));
  directions.weight[direction] += cosine * cosine + sine * sine;
  directions.lengths += std::hypot(cosine, sine);
  ++directions.cells;
}

PlaneSegmenter::Fibres PlaneSegmenter::strongest(const Directions& directions) {
  constexpr int reach = 5;
  constexpr double sigma = 1.75;  // directions
  std::array<double, kDirections> smooth{};
  std::size_t best = 0;
  const auto index = [](int i) { return static_cast<std::size_t>((i + kDirections) % kDirections); };
  for (int i = 0; i < kDirections; ++i) {
    for (int d = -reach; d <= reach; ++d)
      smooth[index(i)] += directions.weight[index(i + d)] * std::exp(-0.5 * d * d / (sigma * sigma));
    if (smooth[index(i)] > smooth[best]) best = index(i);
  }
  const int peak = static_cast<int>(best);
  const double before = smooth[index(peak - 1)], after = smooth[index(peak + 1)],
               bend = before - 2 * smooth[best] + after;
  const double part = bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0;
  return {2 * (peak + part) - 89, std::min(1.0, directions.lengths / directions.cells)};
}

}  // namespace acuguide::imaging
