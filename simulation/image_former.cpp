#include "simulation/image_former.h"

#include "simulation/decibels.h"
#include "simulation/noise_field.h"
#include "simulation/random.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::simulation {

namespace {

constexpr int kNodeStep = 8;  ///< beams and samples between displacement nodes
constexpr int kGainBeams = 128, kGainSamples = 160;
constexpr int kNoiseSize = 1024;
constexpr double kFloorDb = -45.0;  ///< what leaks into a shadow
constexpr int kPhases = 1024;
constexpr int kWidestKernel = 12;  ///< beams to one side

/// Standard deviation of the lateral point spread at a range: narrowest at the focus.
double lateralSigma(const ProbeGeometry& probe, double range) {
  const double focus = probe.options().focusMm;
  const double atFocus = 0.95 * probe.wavelength();
  const double off = (range - focus) / (0.7 * focus + 2.0);
  return atFocus * std::sqrt(1.0 + off * off);
}

/// What is left to blur of the lateral point spread at a range, centre and one side, in beams. Keeps the
/// power of speckle: a blur takes the root of the widths' ratio from its amplitude.
std::vector<float> lateralKernel(const ProbeGeometry& probe, double range) {
  const double base = TissueMap::kBaseLateralSigma;
  const double total = std::max(lateralSigma(probe, range), base);
  const double extra = std::sqrt(std::max(total * total - base * base, 1e-4)) / probe.beamPitch();
  const int side = std::clamp(static_cast<int>(std::ceil(2.6 * extra)), 1, kWidestKernel);
  std::vector<double> weights;
  double sum = 0.0;
  for (int i = 0; i <= side; ++i) {
    weights.push_back(std::exp(-0.5 * i * i / (extra * extra)));
    sum += (i == 0 ? 1.0 : 2.0) * weights.back();
  }
  std::vector<float> kernel;
  for (const double weight : weights)
    kernel.push_back(static_cast<float>(weight * std::sqrt(total / base) / sum));
  return kernel;
}

/// Echoes between the face and its own layers: bands that fade with depth.
cv::Vec2f ringingAt(double range) {
  constexpr double kPeriod = 1.15, kBand = 0.22;  // mm
  const double fromBand = std::abs(range / kPeriod - std::round(range / kPeriod)) * kPeriod;
  const double band = std::exp(-std::pow(fromBand / kBand, 2)) + 0.12;
  const double level = band * amplitude(-7.0 - 3.1 * range);
  const double phase = 2.0 * range;
  return {static_cast<float>(level * std::cos(phase)), static_cast<float>(level * std::sin(phase))};
}

const std::vector<cv::Vec2f>& unitCircle() {
  static const std::vector<cv::Vec2f> circle = [] {
    std::vector<cv::Vec2f> table(kPhases);
    for (int i = 0; i < kPhases; ++i) {
      const double angle = 2.0 * std::numbers::pi * i / kPhases;
      table[static_cast<std::size_t>(i)] = {static_cast<float>(std::cos(angle)),
                                            static_cast<float>(std::sin(angle))};
    }
    return table;
  }();
  return circle;
}

}  // namespace

ImageFormer::ImageFormer(const ProbeGeometry& probe, const TissueMap& map, const ScannerOptions& options,
                         std::uint64_t seed)
    : probe_(probe),
      map_(map),
      options_(options),
      seed_(seed),
      carrier_(4.0 * std::numbers::pi / probe.wavelength()) {
  for (int row = 0; row < probe.options().samples; ++row) {
    const double range = (row + 0.5) * probe.samplePitch();
    kernels_.push_back(lateralKernel(probe, range));
    rowGain_.push_back(static_cast<float>(amplitude(options.gainDb + options.residualDbPerMm * range)));
    rowNoise_.push_back(static_cast<float>(amplitude(options.noiseDb + options.noiseRiseDbPerMm * range)));
    ringing_.push_back(ringingAt(range));
  }
  const NoiseField coupling(seed, 63);
  for (int beam = 0; beam < probe.options().beams; ++beam) {
    const double unevenDb = 1.6 * coupling.at(beam / 30.0, 0.5) + 0.7 * coupling.at(beam / 9.0, 8.5);
    beamGain_.push_back(static_cast<float>(amplitude(unevenDb)));
  }
  drawNoise();
}

void ImageFormer::drawNoise() {
  Random random(seed_, 61);
  noise_.create(kNoiseSize, kNoiseSize, CV_32FC2);
  for (int row = 0; row < kNoiseSize; ++row) {
    for (int column = 0; column < kNoiseSize; ++column) {
      const auto real = static_cast<float>(random.normal()), imaginary = static_cast<float>(random.normal());
      noise_.at<cv::Vec2f>(row, column) = {real, imaginary};
    }
  }
  cv::GaussianBlur(noise_, noise_, cv::Size(1, 5), 0.1, 1.0);  // the receiver's bandwidth
}

const cv::Mat& ImageFormer::form(const TissueMotion& motion, const BladeEcho& bladeEcho,
                                 const ContactOptions& contact, double time, std::int64_t frame) {
  findDisplacements(motion);
  sampleTissue(motion.elevation());
  if (motion.blade()) bladeEcho.addEchoes(*motion.blade(), echoes_);
  findGain(motion, bladeEcho);
  weaken(contact, time);
  blurLaterally();
  detect(frame);
  compress();
  return picture_;
}

// Displacements are smooth: found on a coarse grid, then interpolated to every sample.
void ImageFormer::findDisplacements(const TissueMotion& motion) {
  const ProbeOptions& options = probe_.options();
  const int nodeRows = options.samples / kNodeStep + 2, nodeColumns = options.beams / kNodeStep + 2;
  coarse_.create(nodeRows, nodeColumns, CV_32FC3);
  for (int i = 0; i < nodeRows; ++i) {
    for (int j = 0; j < nodeColumns; ++j) {
      const Eigen::Vector2d seen((j * kNodeStep + 0.5) * probe_.beamPitch() - 0.5 * options.apertureMm,
                                 (i * kNodeStep + 0.5) * probe_.samplePitch());
      const Eigen::Vector2d rest = probe_.toBeam(motion.restOf(probe_.fromBeam(seen)));
      const cv::Point2f cell = map_.cellOf(rest);
      coarse_.at<cv::Vec3f>(i, j) = {cell.x, cell.y, static_cast<float>(carrier_ * (rest.y() - seen.y()))};
    }
  }
  cells_.create(options.samples, options.beams, CV_32FC2);
  phase_.create(options.samples, options.beams, CV_32FC1);
  std::vector<cv::Vec3f> nodes(static_cast<std::size_t>(nodeColumns));
  for (int row = 0; row < options.samples; ++row) {
    const float down = static_cast<float>(row % kNodeStep) / kNodeStep;
    const auto* above = coarse_.ptr<cv::Vec3f>(row / kNodeStep);
    const auto* below = coarse_.ptr<cv::Vec3f>(row / kNodeStep + 1);
    for (int j = 0; j < nodeColumns; ++j)
      nodes[static_cast<std::size_t>(j)] = above[j] + down * (below[j] - above[j]);
    auto* cell = cells_.ptr<cv::Vec2f>(row);
    auto* phase = phase_.ptr<float>(row);
    for (int column = 0; column < options.beams; ++column) {
      const auto j = static_cast<std::size_t>(column / kNodeStep);
      const float right = static_cast<float>(column % kNodeStep) / kNodeStep;
      const cv::Vec3f value = nodes[j] + right * (nodes[j + 1] - nodes[j]);
      cell[column] = {value[0], value[1]};
      phase[column] = value[2];
    }
  }
}

void ImageFormer::sampleTissue(double elevation) {
  cv::remap(map_.echoes(), echoes_, cells_, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  if (elevation == 0.0) return;
  // Scatterers beside the plane come in as others leave; one beam thickness exchanges about half.
  constexpr double kThickness = 1.6;  // mm
  const double share = std::clamp(elevation / kThickness, -1.2, 1.2);
  cv::remap(map_.beside(), beside_, cells_, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const double keep = 1.0 / std::sqrt(1.0 + share * share);
  cv::addWeighted(echoes_, keep, beside_, share * keep, 0.0, echoes_);
}

// What the tissue above lets through: its attenuation summed along each beam.
void ImageFormer::findGain(const TissueMotion& motion, const BladeEcho& bladeEcho) {
  const ProbeOptions& options = probe_.options();
  gain_.create(kGainSamples, kGainBeams, CV_32FC1);
  const double along = options.depthMm / kGainSamples;
  for (int column = 0; column < kGainBeams; ++column) {
    double lost = 0.0;
    for (int row = 0; row < kGainSamples; ++row) {
      const int sample = std::min(row * options.samples / kGainSamples, options.samples - 1);
      const int beam = std::min(column * options.beams / kGainBeams, options.beams - 1);
      lost += along * static_cast<double>(map_.attenuationAt(cells_.at<cv::Vec2f>(sample, beam)));
      gain_.at<float>(row, column) = static_cast<float>(amplitude(std::clamp(-lost, kFloorDb, 6.0)));
    }
  }
  if (motion.blade()) bladeEcho.castShadow(*motion.blade(), gain_);
  cv::GaussianBlur(gain_, gain_, cv::Size(5, 1), 1.0, 0.1);
  cv::resize(gain_, fineGain_, cv::Size(options.beams, options.samples), 0, 0, cv::INTER_LINEAR);
}

void ImageFormer::weaken(const ContactOptions& contact, double time) {
  const int beams = echoes_.cols;
  std::vector<float> touches(static_cast<std::size_t>(beams));
  for (int column = 0; column < beams; ++column)
    touches[static_cast<std::size_t>(column)] =
        static_cast<float>(contactAt(contact, (column + 0.5) / beams, time));
  const auto& circle = unitCircle();
  constexpr float kTurn = kPhases / (2.0F * std::numbers::pi_v<float>);
  for (int row = 0; row < echoes_.rows; ++row) {
    auto* echo = echoes_.ptr<cv::Vec2f>(row);
    const auto* gain = fineGain_.ptr<float>(row);
    const auto* phase = phase_.ptr<float>(row);
    const float rowGain = rowGain_[static_cast<std::size_t>(row)];
    const cv::Vec2f ringing = ringing_[static_cast<std::size_t>(row)];
    for (int column = 0; column < beams; ++column) {
      const auto turn =
          circle[static_cast<unsigned>(static_cast<int>(phase[column] * kTurn)) & (kPhases - 1U)];
      const float touch = touches[static_cast<std::size_t>(column)];
      const float factor = gain[column] * rowGain * touch * beamGain_[static_cast<std::size_t>(column)];
      const cv::Vec2f value = echo[column];
      const float lifted = 0.12F + 0.88F * (1.0F - touch);
      echo[column] = {factor * (value[0] * turn[0] - value[1] * turn[1]) + lifted * ringing[0],
                      factor * (value[0] * turn[1] + value[1] * turn[0]) + lifted * ringing[1]};
    }
  }
}

void ImageFormer::blurLaterally() {
  blurred_.create(echoes_.size(), CV_32FC2);
  const int width = 2 * echoes_.cols;
  constexpr int kMargin = 2 * kWidestKernel;  // floats
  std::vector<float> padded(static_cast<std::size_t>(width + 2 * kMargin));
  for (int row = 0; row < echoes_.rows; ++row) {
    const auto* in = echoes_.ptr<float>(row);
    float* middle = padded.data() + kMargin;
    std::copy(in, in + width, middle);
    for (int i = 1; i <= kMargin / 2; ++i) {
      middle[-2 * i] = in[0], middle[-2 * i + 1] = in[1];
      middle[width + 2 * i - 2] = in[width - 2], middle[width + 2 * i - 1] = in[width - 1];
    }
    const std::vector<float>& kernel = kernels_[static_cast<std::size_t>(row)];
    auto* out = blurred_.ptr<float>(row);
    for (int i = 0; i < width; ++i) out[i] = kernel[0] * middle[i];
    for (int k = 1; k < static_cast<int>(kernel.size()); ++k) {
      const float weight = kernel[static_cast<std::size_t>(k)];
      const float* left = middle - 2 * k;
      const float* right = middle + 2 * k;
      for (int i = 0; i < width; ++i) out[i] += weight * (left[i] + right[i]);
    }
  }
}

void ImageFormer::detect(std::int64_t frame) {
  Random random(seed_ ^ static_cast<std::uint64_t>(frame) * 0x9E3779B97F4A7C15ULL, 62);
  const int startRow = static_cast<int>(random.next() % static_cast<std::uint64_t>(kNoiseSize));
  const int startColumn =
      static_cast<int>(random.next() % static_cast<std::uint64_t>(kNoiseSize - blurred_.cols));
  power_.create(blurred_.size(), CV_32FC1);
  for (int row = 0; row < blurred_.rows; ++row) {
    const auto* echo = blurred_.ptr<cv::Vec2f>(row);
    const auto* noise = noise_.ptr<cv::Vec2f>((startRow + row) % kNoiseSize) + startColumn;
    const float level = rowNoise_[static_cast<std::size_t>(row)];
    auto* power = power_.ptr<float>(row);
    for (int column = 0; column < blurred_.cols; ++column) {
      const float real = echo[column][0] + level * noise[column][0];
      const float imaginary = echo[column][1] + level * noise[column][1];
      power[column] = real * real + imaginary * imaginary + 1e-12F;
    }
  }
}

// Compounding and the scanner's own smoothing average neighbouring echoes after detection, before the
// logarithm.
void ImageFormer::compress() {
  cv::GaussianBlur(power_, power_, cv::Size(5, 5), 1.0, 1.15);
  cv::log(power_, power_);
  const double perLog = 10.0 / std::numbers::ln10 * 255.0 / options_.dynamicRangeDb;
  power_.convertTo(picture_, CV_8UC1, perLog, 255.0);
}

}  // namespace acuguide::simulation
