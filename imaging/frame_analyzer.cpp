#include "imaging/frame_analyzer.h"

#include "core/grey.h"
#include "core/units.h"
#include "imaging/analysis_pool.h"
#include "imaging/needle/needle_detector.h"
#include "imaging/planes/fibre_direction.h"
#include "imaging/planes/plane_bone.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/region/region_finder.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::imaging {

namespace {

NeedleDetectorOptions needleOptions(const AnalyzerOptions& options) {
  NeedleDetectorOptions needle;
  needle.still = options.still;
  needle.hint = {options.entry, options.expectedAngle};
  return needle;
}

}  // namespace

struct FrameAnalyzer::Parts {
  explicit Parts(const AnalyzerOptions& given) : options(given), needles(needleOptions(given)) {}

  AnalyzerOptions options;
  cv::Mat greyBuffer;
  RegionFinder region;
  PlaneFinder planes;
  FibreFinder fibres;
  NeedleDetector needles;
  PlanePicture square;  // of pixels that are not square, resampled
  cv::Mat squareGrey;
  AnalysisPool pool;

  void analyse(const Frame& frame, FrameAnalysis& analysis);
  std::optional<FibreDirection> fibresOf(const cv::Mat& grey, const FrameAnalysis& analysis,
                                         const ImageGeometry& geometry);
};

FrameAnalyzer::FrameAnalyzer(AnalyzerOptions options) : parts_(std::make_unique<Parts>(options)) {}

FrameAnalyzer::~FrameAnalyzer() = default;

void FrameAnalyzer::reset() {
  parts_->region.reset();
  parts_->planes.reset();
  parts_->needles.reset();
}

std::shared_ptr<const FrameAnalysis> FrameAnalyzer::process(const Frame& frame) {
  const int type = frame.pixels.type();
  if (frame.pixels.empty() || (type != CV_8UC1 && type != CV_8UC3)) return noAnalysis();
  if (parts_->options.still) reset();
  std::shared_ptr<FrameAnalysis> analysis = parts_->pool.take();
  parts_->analyse(frame, *analysis);
  return analysis;
}

void FrameAnalyzer::Parts::analyse(const Frame& frame, FrameAnalysis& analysis) {
  const auto done = [&](std::string_view stage) {
    if (options.afterStage) options.afterStage(stage);
  };
  const cv::Mat& grey = greyOf(frame.pixels, greyBuffer);
  analysis.region = region.process(grey, options.still);
  if (options.probe != ProbeSide::Unknown) analysis.region.probe = options.probe;
  done("region");
  // Not both networks at one frame of a stream, unless frames are few.
  planes.process(grey, analysis.region, frame.time, analysis.planes,
                 needles.networkIsDue(frame.time) ? PlaneSegmenter::mostHolds : PlaneSegmenter::usuallyHolds);
  analysis.fibres.reset();
  analysis.needles.clear();
  if (analysis.region.bounds.empty()) return;
  done("planes");
  analysis.fibres = fibresOf(grey, analysis, frame.geometry);
  done("fibres");
  ImagingRegion asLearned = analysis.region;
  if (options.probe == ProbeSide::Unknown) asLearned.probe = region.probeByFace();
  const auto& found = needles.process(grey, asLearned, analysis.planes, frame.time);
  analysis.needles.assign(found.begin(), found.end());
  dropBoneAlong(analysis.needles, analysis.region.bounds, analysis.planes);
  done("needle");
}

/// A direction is sought among directions: where pixels are not square, a tilt of the tissue is another tilt
/// of the pixels, and what was learnt of one does not hold for the other. So it is sought in square pixels,
/// and then said in the image's own.
std::optional<FibreDirection> FrameAnalyzer::Parts::fibresOf(const cv::Mat& grey,
                                                             const FrameAnalysis& analysis,
                                                             const ImageGeometry& geometry) {
  constexpr double kSquare = 0.02;
  const auto& mm = geometry.spacingMm;
  const double taller = mm ? mm->y() / mm->x() : 1.0 / geometry.pixelAspect;  // than wide
  const cv::Rect box = analysis.region.bounds & cv::Rect({0, 0}, grey.size());
  const int height = static_cast<int>(std::lround(box.height * taller));
  std::optional<PlaneSegmenter::Fibres> seen =
      fibresSeen(planes.segmenter(), planes.picture(), analysis.planes);
  if (std::abs(taller - 1.0) <= kSquare || !std::isfinite(taller) || box.empty() || height < 1)
    return fibres.process(planes.picture(), analysis.planes, seen);
  cv::resize(grey(box), squareGrey, {box.width, height}, 0, 0,
             taller < 1.0 ? cv::INTER_AREA : cv::INTER_LINEAR);
  ImagingRegion inSquare = analysis.region;
  inSquare.bounds = cv::Rect({0, 0}, squareGrey.size());
  if (!inSquare.mask.empty())
    cv::resize(inSquare.mask, inSquare.mask, squareGrey.size(), 0, 0, cv::INTER_NEAREST);
  if (!square.prepare(squareGrey, inSquare)) return std::nullopt;
  const auto toSquare = [&](float y) {
    return static_cast<float>((static_cast<double>(y) - box.y + 0.5) * taller - 0.5);
  };
  std::vector<TissuePlane> moved = analysis.planes;
  for (TissuePlane& plane : moved)
    for (PlaneVertex& v : plane.vertices)
      v = {v.x - static_cast<float>(box.x), toSquare(v.ridge), toSquare(v.upper), toSquare(v.lower)};
  if (seen) seen->angleDeg = degrees(std::atan(std::tan(radians(seen->angleDeg)) * taller));
  std::optional<FibreDirection> found = fibres.process(square, moved, seen);
  if (found) found->angle = std::atan(std::tan(found->angle) / taller);
  return found;
}

}  // namespace acuguide::imaging
