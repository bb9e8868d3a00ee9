#include "imaging/planes/plane_bands.h"

#include "imaging/vector_clones.h"

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {
namespace {

/// Negated second derivative of a Gaussian, blind to level, scaled so that a band of height 1 over its
/// positive lobe answers 1. The middle and one side of it.
std::vector<float> ridgeKernel(double sigma) {
  const int half = static_cast<int>(std::ceil(3.5 * sigma));
  std::vector<double> side;
  double sum = 0, inside = 0;
  for (int i = 0; i <= half; ++i) {
    const double u = i / sigma;
    side.push_back((1 - u * u) * std::exp(-0.5 * u * u));
    sum += (i == 0 ? 1 : 2) * side.back();
  }
  for (size_t i = 0; i < side.size(); ++i) {
    side[i] -= sum / (2 * half + 1);
    if (side[i] > 0) inside += (i == 0 ? 1 : 2) * side[i];
  }
  std::vector<float> kernel;
  for (const double k : side) kernel.push_back(static_cast<float>(k / inside));
  return kernel;
}

ACUGUIDE_VECTOR_CLONES void addRow(const float* row, int count, float* sum) {
  for (int y = 0; y < count; ++y) sum[y] += row[y];
}

ACUGUIDE_VECTOR_CLONES void scaleRow(float scale, int count, float* row) {
  for (int y = 0; y < count; ++y) row[y] *= scale;
}

/// profile[-half..count + half - 1] with a symmetric kernel, limited.
ACUGUIDE_VECTOR_CLONES void answer(const float* profile, const float* kernel, int half, int count,
                                   float limit, float* out) {
  for (int y = 0; y < count; ++y) out[y] = kernel[0] * profile[y];
  for (int k = 1; k <= half; ++k) {
    const float weight = kernel[k];
    const float* before = profile - k;
    const float* after = profile + k;
    for (int y = 0; y < count; ++y) out[y] += weight * (before[y] + after[y]);
  }
  for (int y = 0; y < count; ++y) out[y] = std::max(std::min(out[y], limit), -limit);
}

}  // namespace

void PlaneBands::process(const cv::Mat& transposed) {
  if (kernels_.empty()) {
    for (const double sigma : options_.sigmas) {
      kernels_.push_back(ridgeKernel(sigma));
      pad_ = std::max(pad_, static_cast<int>(kernels_.back().size()) - 1);
    }
    responses_.resize(kernels_.size());
  }
  const int depths = transposed.cols, rows = (transposed.rows + options_.every - 1) / options_.every;
  for (cv::Mat& response : responses_) response.create(rows, depths, CV_32F);
  average_.resize(static_cast<size_t>(depths + 2 * pad_));
  for (int row = 0; row < rows; ++row) {
    averageAround(transposed, row * options_.every);
    for (size_t s = 0; s < kernels_.size(); ++s)
      answer(average_.data() + pad_, kernels_[s].data(), static_cast<int>(kernels_[s].size()) - 1, depths,
             options_.limit, responses_[s].ptr<float>(row));
  }
}

void PlaneBands::averageAround(const cv::Mat& transposed, int column) {
  const int depths = transposed.cols;
  std::fill(average_.begin(), average_.end(), 0.0F);
  float* average = average_.data() + pad_;
  for (int d = -(options_.lateral / 2); d <= options_.lateral / 2; ++d)
    addRow(transposed.ptr<float>(std::clamp(column + d, 0, transposed.rows - 1)), depths, average);
  scaleRow(1.0F / static_cast<float>(options_.lateral), depths, average);
  std::fill_n(average_.data(), pad_, average[0]);
  std::fill_n(average + depths, pad_, average[depths - 1]);
}

}  // namespace acuguide::imaging
