#include "imaging/frame_analyzer.h"

#include "core/grey.h"
#include "imaging/analysis_pool.h"
#include "imaging/needle/needle_detector.h"
#include "imaging/planes/fibre_direction.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/region/region_finder.h"

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
  AnalysisPool pool;

  void analyse(const Frame& frame, FrameAnalysis& analysis);
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
  planes.process(grey, analysis.region, analysis.planes);
  analysis.fibres.reset();
  analysis.needles.clear();
  if (analysis.region.bounds.empty()) return;
  done("planes");
  analysis.fibres = fibres.process(planes.picture(), analysis.planes);
  done("fibres");
  ImagingRegion asLearned = analysis.region;
  if (options.probe == ProbeSide::Unknown) asLearned.probe = region.probeByFace();
  const auto& found = needles.process(grey, asLearned, analysis.planes, frame.time);
  analysis.needles.assign(found.begin(), found.end());
  done("needle");
}

}  // namespace acuguide::imaging
