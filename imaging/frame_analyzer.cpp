#include "imaging/frame_analyzer.h"

#include "core/grey.h"
#include "imaging/fibre_direction.h"
#include "imaging/needle_detector.h"
#include "imaging/plane_finder.h"
#include "imaging/region_finder.h"

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
};

FrameAnalyzer::FrameAnalyzer(AnalyzerOptions options) : parts_(std::make_unique<Parts>(options)) {}

FrameAnalyzer::~FrameAnalyzer() = default;

void FrameAnalyzer::reset() {
  parts_->region.reset();
  parts_->planes.reset();
  parts_->needles.reset();
}

FrameAnalysis FrameAnalyzer::process(const Frame& frame) {
  FrameAnalysis analysis;
  const int type = frame.pixels.type();
  if (frame.pixels.empty() || (type != CV_8UC1 && type != CV_8UC3)) return analysis;
  const AnalyzerOptions& options = parts_->options;
  if (options.still) reset();
  const auto done = [&](std::string_view stage) {
    if (options.afterStage) options.afterStage(stage);
  };
  const cv::Mat& grey = greyOf(frame.pixels, parts_->greyBuffer);
  analysis.region = parts_->region.process(grey, options.still);
  if (options.probe != ProbeSide::Unknown) analysis.region.probe = options.probe;
  done("region");
  if (analysis.region.bounds.empty()) return analysis;
  parts_->planes.process(grey, analysis.region, analysis.planes);
  done("planes");
  analysis.fibres = parts_->fibres.process(parts_->planes.picture(), analysis.planes);
  done("fibres");
  ImagingRegion asLearned = analysis.region;
  if (options.probe == ProbeSide::Unknown) asLearned.probe = parts_->region.probeByFace();
  analysis.needles = parts_->needles.process(grey, asLearned, analysis.planes, frame.time);
  done("needle");
  return analysis;
}

}  // namespace acuguide::imaging
