#include "calibration/spatial/spatial_run.h"

#include "calibration/spatial/feature_calibration.h"

namespace acuguide::calibration {
namespace {

/// The part of a run that a calibration itself takes, after its sweeps were read.
Watch partOf(const Watch& watch, double from, double to) {
  Watch part = watch;
  if (watch.progress)
    part.progress = [tell = watch.progress, from, to](double share, const std::string& doing) {
      tell(from + (to - from) * share, doing);
    };
  return part;
}

}  // namespace

SpatialRun runSpatial(const SpatialRequest& request, const SweepReader& read, const Watch& watch) {
  const Phantom phantom = readPhantom(request.phantom);
  watch.tell(0.0, "reading " + request.calibration);
  const Sweep calibration = read(request.calibration, watch);
  watch.tell(0.1, "reading " + request.validation);
  const Sweep validation = read(request.validation, watch);
  const std::vector<InputFile> inputs{inputFile("phantom", request.phantom),
                                      inputFile("calibration", request.calibration),
                                      inputFile("validation", request.validation)};
  watch.checkpoint();
  const Watch rest = partOf(watch, 0.2, 1.0);
  SpatialRun run;
  if (phantom.kind == PhantomKind::NWires) {
    const SpatialOutcome outcome = calibrateSpatial(phantom, calibration, validation, request.options, rest);
    run = {outcome.findings, spatialResult(outcome), spatialReport(outcome, inputs)};
  } else {
    const FeatureOutcome outcome = calibrateFeature(phantom, calibration, validation, request.options, rest);
    run = {outcome.findings, featureResult(outcome), featureReport(outcome, inputs)};
  }
  run.result.inputs = inputs;
  return run;
}

}  // namespace acuguide::calibration
