#include "volume/registration.h"

#include "core/error.h"

#include <itkBSplineTransform.h>
#include <itkBSplineTransformInitializer.h>
#include <itkBinaryBallStructuringElement.h>
#include <itkBinaryMorphologicalClosingImageFilter.h>
#include <itkEuler3DTransform.h>
#include <itkImage.h>
#include <itkImageMaskSpatialObject.h>
#include <itkImageRegistrationMethodv4.h>
#include <itkLBFGSOptimizerv4.h>
#include <itkMattesMutualInformationImageToImageMetricv4.h>
#include <itkMultiThreaderBase.h>
#include <itkRegistrationParameterScalesFromPhysicalShift.h>
#include <itkRegularStepGradientDescentOptimizerv4.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>
#include <vnl/algo/vnl_determinant.h>
#include <vnl/algo/vnl_symmetric_eigensystem.h>

namespace acuguide::volume {
namespace {

using Levels = itk::Image<float, 3>;
using Mask = itk::Image<unsigned char, 3>;
using Rigid = itk::Euler3DTransform<double>;
using Spline = itk::BSplineTransform<double, 3, 3>;
using Metric = itk::MattesMutualInformationImageToImageMetricv4<Levels, Levels>;
using MaskObject = itk::ImageMaskSpatialObject<3>;

/// A volume as registration sees it: grey levels at the working spacing, and where anything was seen.
struct Seen {
  Levels::Pointer levels;
  Mask::Pointer mask;
  MaskObject::Pointer object;
  itk::Vector<double, 3> middle;  ///< of what was seen
  vnl_matrix<double> axes;        ///< its main axes as columns, by growing extent
};

template <class Image>
typename Image::Pointer onGrid(const std::array<int, 3>& size, const std::array<double, 3>& spacing,
                               const std::array<double, 3>& origin) {
  auto image = Image::New();
  typename Image::RegionType region;
  typename Image::SpacingType step;
  typename Image::PointType start;
  for (unsigned a = 0; a < 3; ++a) {
    region.SetSize(a, static_cast<itk::SizeValueType>(size[a]));
    step[a] = spacing[a];
    start[a] = origin[a];
  }
  image->SetRegions(region);
  image->SetSpacing(step);
  image->SetOrigin(start);
  image->Allocate(true);
  return image;
}

/// Means of blocks of voxels; of a block only those that were seen count.
Seen seenOf(const Volume& volume, double workingSpacing) {
  const VolumeGrid& grid = volume.grid;
  std::array<int, 3> block{}, size{};
  std::array<double, 3> spacing{}, origin{};
  for (std::size_t a = 0; a < 3; ++a) {
    block[a] = std::max(1, static_cast<int>(std::lround(workingSpacing / grid.spacingMm[a])));
    size[a] = std::max(1, grid.size[a] / block[a]);
    spacing[a] = grid.spacingMm[a] * block[a];
    origin[a] = grid.originMm[a] + 0.5 * (block[a] - 1) * grid.spacingMm[a];
  }
  Seen seen;
  seen.levels = onGrid<Levels>(size, spacing, origin);
  const auto raw = onGrid<Mask>(size, spacing, origin);
  float* level = seen.levels->GetBufferPointer();
  unsigned char* known = raw->GetBufferPointer();
  const bool weighted = !volume.weight.empty();
  for (int z = 0; z < size[2]; ++z) {
    for (int y = 0; y < size[1]; ++y) {
      for (int x = 0; x < size[0]; ++x, ++level, ++known) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < block[2]; ++k)
          for (int j = 0; j < block[1]; ++j)
            for (int i = 0; i < block[0]; ++i) {
              const std::size_t at = grid.index(x * block[0] + i, y * block[1] + j, z * block[2] + k);
              if (weighted ? volume.weight[at] == 0 : volume.grey[at] == 0) continue;
              sum += volume.grey[at];
              ++count;
            }
        if (count == 0) continue;
        *level = static_cast<float>(sum / count);
        *known = 1;
      }
    }
  }
  // Shadow is seen and black: what lies between seen voxels counts as seen.
  using Ball = itk::BinaryBallStructuringElement<unsigned char, 3>;
  Ball ball;
  ball.SetRadius(3);
  ball.CreateStructuringElement();
  auto closing = itk::BinaryMorphologicalClosingImageFilter<Mask, Mask, Ball>::New();
  closing->SetInput(raw);
  closing->SetKernel(ball);
  closing->SetForegroundValue(1);
  closing->Update();
  seen.mask = closing->GetOutput();
  seen.object = MaskObject::New();
  seen.object->SetImage(seen.mask);
  seen.object->Update();

  // Middle and main axes.
  vnl_matrix<double> spread(3, 3, 0.0);
  double all = 0;
  itk::Vector<double, 3> first(0.0);
  const unsigned char* in = seen.mask->GetBufferPointer();
  const auto forEach = [&](const auto& use) {
    std::size_t at = 0;
    for (int z = 0; z < size[2]; ++z)
      for (int y = 0; y < size[1]; ++y)
        for (int x = 0; x < size[0]; ++x, ++at)
          if (in[at] != 0)
            use(std::array{origin[0] + x * spacing[0], origin[1] + y * spacing[1],
                           origin[2] + z * spacing[2]});
  };
  forEach([&](const Point& p) {
    ++all;
    for (unsigned a = 0; a < 3; ++a) first[a] += p[a];
  });
  if (all == 0) return seen;
  seen.middle = first / all;
  forEach([&](const Point& p) {
    for (unsigned a = 0; a < 3; ++a)
      for (unsigned b = 0; b < 3; ++b)
        spread(a, b) += (p[a] - seen.middle[a]) * (p[b] - seen.middle[b]) / all;
  });
  seen.axes = vnl_symmetric_eigensystem<double>(spread).V;
  if (vnl_determinant(seen.axes) < 0) seen.axes.scale_column(0, -1.0);
  return seen;
}

/// Grey level at a place between voxels; none outside of what was seen.
std::optional<float> levelAt(const Seen& seen, const Levels::PointType& place) {
  const auto& region = seen.levels->GetLargestPossibleRegion();
  Levels::IndexType low;
  std::array<double, 3> share{};
  for (unsigned a = 0; a < 3; ++a) {
    const double at = (place[a] - seen.levels->GetOrigin()[a]) / seen.levels->GetSpacing()[a];
    const double whole = std::floor(at);
    if (whole < 0 || whole + 1 >= static_cast<double>(region.GetSize(a))) return std::nullopt;
    low[a] = static_cast<itk::IndexValueType>(whole);
    share[a] = at - whole;
  }
  double sum = 0;
  for (int corner = 0; corner < 8; ++corner) {
    Levels::IndexType index = low;
    double weight = 1;
    for (unsigned a = 0; a < 3; ++a) {
      const bool high = ((corner >> a) & 1) != 0;
      index[a] += high ? 1 : 0;
      weight *= high ? share[a] : 1 - share[a];
    }
    if (seen.mask->GetPixel(index) == 0) return std::nullopt;
    sum += weight * static_cast<double>(seen.levels->GetPixel(index));
  }
  return static_cast<float>(sum);
}

struct Match {
  double correlation = 0.0, overlap = 0.0;
};

/// Of the first volume's voxels that land in the second.
template <class ToSecond>
Match matchOf(const Seen& first, const Seen& second, const ToSecond& toSecond) {
  double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0, ofFirst = 0, ofSecond = 0;
  const auto size = first.levels->GetLargestPossibleRegion().GetSize();
  Levels::IndexType index;
  for (index[2] = 0; index[2] < itk::IndexValueType(size[2]); ++index[2])
    for (index[1] = 0; index[1] < itk::IndexValueType(size[1]); ++index[1])
      for (index[0] = 0; index[0] < itk::IndexValueType(size[0]); ++index[0]) {
        if (first.mask->GetPixel(index) == 0) continue;
        ++ofFirst;
        Levels::PointType place;
        first.levels->TransformIndexToPhysicalPoint(index, place);
        const auto other = levelAt(second, toSecond(place));
        if (!other) continue;
        const double one = static_cast<double>(first.levels->GetPixel(index)),
                     two = static_cast<double>(*other);
        ++n, a += one, b += two, aa += one * one, bb += two * two, ab += one * two;
      }
  const std::size_t secondVoxels = second.mask->GetLargestPossibleRegion().GetNumberOfPixels();
  for (std::size_t i = 0; i < secondVoxels; ++i) ofSecond += second.mask->GetBufferPointer()[i] != 0 ? 1 : 0;
  // As volumes, for the two may differ in their spacing.
  const auto voxel = [](const Seen& seen) {
    const auto& spacing = seen.levels->GetSpacing();
    return spacing[0] * spacing[1] * spacing[2];
  };
  Match match;
  const double smaller = std::min(ofFirst * voxel(first), ofSecond * voxel(second));
  if (smaller > 0) match.overlap = n * voxel(first) / smaller;
  const double spread = (aa - a * a / n) * (bb - b * b / n);
  if (n > 50 && spread > 0) match.correlation = (ab - a * b / n) / std::sqrt(spread);
  return match;
}

Metric::Pointer metricOf(const Seen& first, const Seen& second) {
  auto metric = Metric::New();
  metric->SetNumberOfHistogramBins(32);
  metric->SetFixedImageMask(first.object);
  metric->SetMovingImageMask(second.object);
  metric->SetMaximumNumberOfWorkUnits(2);
  return metric;
}

template <class Transform>
auto methodOf(const Seen& first, const Seen& second, const Metric::Pointer& metric, unsigned levels,
              double sampled) {
  using Method = itk::ImageRegistrationMethodv4<Levels, Levels, Transform>;
  auto method = Method::New();
  method->SetFixedImage(first.levels);
  method->SetMovingImage(second.levels);
  method->SetMetric(metric);
  method->SetNumberOfLevels(levels);
  typename Method::ShrinkFactorsArrayType shrink(levels);
  typename Method::SmoothingSigmasArrayType sigmas(levels);
  for (unsigned i = 0; i < levels; ++i) {
    shrink[i] = 1U << (levels - 1 - i);
    sigmas[i] = 0.7 * (1U << (levels - 1 - i));
  }
  method->SetShrinkFactorsPerLevel(shrink);
  method->SetSmoothingSigmasPerLevel(sigmas);
  method->SetSmoothingSigmasAreSpecifiedInPhysicalUnits(true);
  method->SetMetricSamplingStrategy(Method::MetricSamplingStrategyEnum::RANDOM);
  typename Method::MetricSamplingPercentageArrayType share(levels);
  share.Fill(sampled);
  method->SetMetricSamplingPercentagePerLevel(share);
  method->MetricSamplingReinitializeSeed(20261201);
  method->SetNumberOfWorkUnits(2);
  method->InPlaceOn();
  return method;
}

/// From where it is to the nearest optimum. False: there was none (nothing overlaps).
bool refine(const Seen& first, const Seen& second, const Rigid::Pointer& rigid, unsigned levels,
            double sampled) {
  const auto metric = metricOf(first, second);
  auto optimizer = itk::RegularStepGradientDescentOptimizerv4<double>::New();
  auto scales = itk::RegistrationParameterScalesFromPhysicalShift<Metric>::New();
  scales->SetMetric(metric);
  optimizer->SetScalesEstimator(scales);
  optimizer->SetDoEstimateLearningRateOnce(true);
  optimizer->SetMaximumStepSizeInPhysicalUnits(1.5);
  optimizer->SetLearningRate(1.0);
  optimizer->SetMinimumStepLength(0.002);
  optimizer->SetRelaxationFactor(0.6);
  optimizer->SetNumberOfIterations(120);
  const auto method = methodOf<Rigid>(first, second, metric, levels, sampled);
  method->SetOptimizer(optimizer);
  method->SetInitialTransform(rigid);
  try {
    method->Update();
  } catch (const itk::ExceptionObject&) {
    return false;
  }
  return true;
}

Rigid::Pointer startAt(const Seen& first, const Seen& second, const vnl_matrix<double>& turn) {
  auto rigid = Rigid::New();
  Rigid::CenterType centre;
  Rigid::OutputVectorType shift;
  for (unsigned a = 0; a < 3; ++a) {
    centre[a] = first.middle[a];
    shift[a] = second.middle[a] - first.middle[a];
  }
  rigid->SetCenter(centre);
  rigid->SetTranslation(shift);
  Rigid::MatrixType matrix;
  for (unsigned a = 0; a < 3; ++a)
    for (unsigned b = 0; b < 3; ++b) matrix(a, b) = turn(a, b);
  rigid->SetMatrix(matrix, 1e-4);
  return rigid;
}

/// As it is, and with its main axes on the other's: each pair of them the two ways round.
std::vector<Rigid::Pointer> starts(const Seen& first, const Seen& second) {
  vnl_matrix<double> none(3, 3);
  none.set_identity();
  std::vector<Rigid::Pointer> starts{startAt(first, second, none)};
  for (const auto& [one, two] : {std::pair(1.0, 1.0), {1.0, -1.0}, {-1.0, 1.0}, {-1.0, -1.0}}) {
    vnl_matrix<double> axes = second.axes;
    axes.scale_column(0, one);
    axes.scale_column(1, two);
    axes.scale_column(2, one * two);
    starts.push_back(startAt(first, second, axes * first.axes.transpose()));
  }
  return starts;
}

double apartMm(const Seen& first, const Rigid::Pointer& a, const Rigid::Pointer& b) {
  double most = 0;
  const auto& region = first.levels->GetLargestPossibleRegion();
  for (int corner = 0; corner < 8; ++corner) {
    Levels::PointType place;
    for (unsigned axis = 0; axis < 3; ++axis) {
      const double half = double(region.GetSize(axis)) * first.levels->GetSpacing()[axis] / 6.0;
      place[axis] = first.middle[axis] + (((corner >> axis) & 1) != 0 ? half : -half);
    }
    most = std::max(most, a->TransformPoint(place).EuclideanDistanceTo(b->TransformPoint(place)));
  }
  return most;
}

}  // namespace

struct Registration::Parts {
  Rigid::Pointer rigid;
  Spline::Pointer spline;  ///< after which comes the rigid transform; null: none

  Levels::PointType toSecond(const Levels::PointType& place) const {
    return rigid->TransformPoint(spline ? spline->TransformPoint(place) : place);
  }
};

Registration::Registration() = default;
Registration::Registration(Registration&&) noexcept = default;
Registration& Registration::operator=(Registration&&) noexcept = default;
Registration::~Registration() = default;

Point Registration::toSecond(const Point& first) const {
  Levels::PointType place;
  for (unsigned a = 0; a < 3; ++a) place[a] = first[a];
  const auto there = parts->toSecond(place);
  return {there[0], there[1], there[2]};
}

namespace {

/// The B-spline that makes the match better, where there is one.
Spline::Pointer splineOf(const Seen& first, const Seen& second, const Rigid::Pointer& rigid, double nodesMm) {
  auto spline = Spline::New();
  auto initializer = itk::BSplineTransformInitializer<Spline, Levels>::New();
  Spline::MeshSizeType mesh;
  const auto& region = first.levels->GetLargestPossibleRegion();
  for (unsigned a = 0; a < 3; ++a)
    mesh[a] = static_cast<itk::SizeValueType>(
        std::max(1.0, std::round(double(region.GetSize(a)) * first.levels->GetSpacing()[a] / nodesMm)));
  initializer->SetTransform(spline);
  initializer->SetImage(first.levels);
  initializer->SetTransformDomainMeshSize(mesh);
  initializer->InitializeTransform();
  spline->SetIdentity();

  const auto metric = metricOf(first, second);
  auto optimizer = itk::LBFGSOptimizerv4::New();
  optimizer->SetNumberOfIterations(25);
  optimizer->SetGradientConvergenceTolerance(1e-4);
  optimizer->SetLineSearchAccuracy(0.9);
  optimizer->SetDefaultStepLength(1.0);
  optimizer->SetMaximumNumberOfFunctionEvaluations(60);
  const auto method = methodOf<Spline>(first, second, metric, 2, 0.12);
  method->SetOptimizer(optimizer);
  method->SetMovingInitialTransform(rigid);
  method->SetInitialTransform(spline);
  try {
    method->Update();
  } catch (const itk::ExceptionObject&) {
    return nullptr;
  }
  return spline;
}

/// Whether it folds or stretches the tissue beyond what pressing does: displacements of more than 6 mm.
bool sane(const Spline::Pointer& spline) {
  const auto& parameters = spline->GetParameters();
  for (unsigned i = 0; i < parameters.Size(); ++i)
    if (!std::isfinite(parameters[i]) || std::abs(parameters[i]) > 6.0) return false;
  return true;
}

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(100 * share))) + " %";
}

std::string twoDecimals(double value) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.2f", value))};
}

}  // namespace

Registration registerVolumes(const Volume& first, const Volume& second, const RegistrationOptions& options,
                             const ToldStage& told, const std::stop_token& stop) {
  itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(2);
  const Seen one = seenOf(first, options.workingSpacingMm), other = seenOf(second, options.workingSpacingMm);
  if (one.axes.empty() || other.axes.empty())
    throw Error(one.axes.empty() ? "the first volume" : "the second volume", "holds nothing that was seen",
                "make it again");
  Registration result;
  result.parts = std::make_unique<Registration::Parts>();
  const auto begun = starts(one, other);
  result.parts->rigid = begun.front();
  const auto match = [&] {
    return matchOf(one, other, [&](const auto& place) { return result.parts->toSecond(place); });
  };

  std::vector<std::pair<double, Rigid::Pointer>> ends;
  for (std::size_t i = 0; i < begun.size() && !stop.stop_requested(); ++i) {
    told("rigid, start " + std::to_string(i + 1) + " of " + std::to_string(begun.size()));
    // At the coarsest two levels; the best goes on.
    if (!refine(one, other, begun[i], 3, 0.08)) continue;
    const Match found =
        matchOf(one, other, [&](const auto& place) { return begun[i]->TransformPoint(place); });
    if (found.overlap >= 0.5 * options.leastOverlap) ends.emplace_back(found.correlation, begun[i]);
  }
  std::sort(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (!ends.empty()) {
    result.agreementMm = ends.size() > 1 ? apartMm(one, ends[0].second, ends[1].second) : 0.0;
    result.parts->rigid = ends.front().second;
    told("rigid, finest");
    if (!stop.stop_requested()) refine(one, other, result.parts->rigid, 1, 0.25);
    const Match rigidly = match();
    result.correlation = rigidly.correlation;
    result.overlap = rigidly.overlap;
    if (rigidly.correlation >= options.leastCorrelation && rigidly.correlation < options.splineBelow &&
        !stop.stop_requested()) {
      told("B-spline");
      const auto spline = splineOf(one, other, result.parts->rigid, options.splineSpacingMm);
      if (spline && sane(spline)) {
        result.parts->spline = spline;
        const Match deformed = match();
        if (deformed.correlation > rigidly.correlation + 0.005) {
          result.deformed = true;
          result.correlation = deformed.correlation;
          result.overlap = deformed.overlap;
        } else {
          result.parts->spline = nullptr;
        }
      }
    }
  }
  const auto matrix = result.parts->rigid->GetMatrix();
  const auto offset = result.parts->rigid->GetOffset();
  result.rigid[15] = 1;
  for (unsigned a = 0; a < 3; ++a) {
    for (unsigned b = 0; b < 3; ++b) result.rigid[4 * a + b] = matrix(a, b);
    result.rigid[4 * a + 3] = offset[a];
  }

  if (stop.stop_requested()) {
    result.reasons.push_back("It was ended before it was done.");
  } else if (ends.empty()) {
    result.reasons.push_back("No place was found where the volumes match.");
  } else {
    if (result.correlation < options.leastCorrelation)
      result.reasons.push_back(
          "The grey levels do not match (correlation " + twoDecimals(result.correlation) + ", at least " +
          twoDecimals(options.leastCorrelation) + " is needed): another limb, or another part of it.");
    if (result.overlap < options.leastOverlap)
      result.reasons.push_back("Only " + percent(result.overlap) +
                               " of the smaller volume was seen in both; " + percent(options.leastOverlap) +
                               " is needed.");
  }
  result.usable = result.reasons.empty();
  return result;
}

Volume resampledToFirst(const Volume& first, const Volume& second, const Registration& registration) {
  Volume result;
  result.grid = first.grid;
  result.grey.assign(first.grid.voxels(), 0);
  const Seen other =
      seenOf(second, *std::min_element(second.grid.spacingMm.begin(), second.grid.spacingMm.end()));
  for (int z = 0; z < first.grid.size[2]; ++z)
    for (int y = 0; y < first.grid.size[1]; ++y)
      for (int x = 0; x < first.grid.size[0]; ++x) {
        Levels::PointType place;
        const std::array<int, 3> voxel{x, y, z};
        for (unsigned a = 0; a < 3; ++a)
          place[a] = first.grid.originMm[a] + voxel[a] * first.grid.spacingMm[a];
        const auto level = levelAt(other, registration.parts->toSecond(place));
        if (level) result.grey[first.grid.index(x, y, z)] = static_cast<std::uint8_t>(std::lround(*level));
      }
  return result;
}

}  // namespace acuguide::volume
