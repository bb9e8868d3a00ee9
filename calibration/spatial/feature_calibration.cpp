#include "calibration/spatial/feature_calibration.h"

#include "calibration/sentence.h"
#include "calibration/spatial/feature_sightings.h"
#include "core/error.h"
#include "core/pose.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace acuguide::calibration {
namespace {

using Sightings = std::vector<FeatureSighting>;
using Pictures = std::vector<TrackedPicture>;

constexpr double leastContrast = 8.0;  ///< grey levels of a point; speckle stays below
constexpr std::size_t leastSightings = 8;
constexpr double lookAgainMm = 4.0;  ///< a first fit as good leads to the point

FixedFeature featureOf(const Phantom& phantom) {
  return phantom.kind == PhantomKind::Wall ? FixedFeature::Wall : FixedFeature::Point;
}

std::string nameOf(const Phantom& phantom) { return phantom.kind == PhantomKind::Wall ? "wall" : "point"; }

Eigen::Vector2d sizeOf(const Pictures& pictures) {
  return {double(pictures[0].grey.cols), double(pictures[0].grey.rows)};
}

/// The error of these sightings calibrated by themselves; infinite when they do not determine it.
double ownErrorMm(FixedFeature kind, const Sightings& sightings, const Eigen::Vector2d& size) {
  try {
    const auto solution = solveFixedFeature(kind, sightings, size);
    return solution.degenerate.empty() ? solution.rmsMm : std::numeric_limits<double>::infinity();
  } catch (const Error&) {
    return std::numeric_limits<double>::infinity();
  }
}

Sightings scaled(Sightings sightings, double factor) {
  for (FeatureSighting& one : sightings) one.probeToReference.topRightCorner<3, 1>() *= factor;
  return sightings;
}

/// Each sighting with the pose of another moment, between those of its neighbours.
Sightings shifted(const Sightings& sightings, double seconds) {
  Sightings moved;
  for (const FeatureSighting& one : sightings) {
    const double time = one.time + seconds;
    const auto after = std::lower_bound(sightings.begin(), sightings.end(), time,
                                        [](const FeatureSighting& s, double t) { return s.time < t; });
    if (after == sightings.begin() || after == sightings.end()) continue;
    const FeatureSighting &a = *(after - 1), &b = *after;
    if (b.time - a.time > 0.5 || b.time <= a.time) continue;
    const double share = (time - a.time) / (b.time - a.time);
    moved.push_back(one);
    moved.back().probeToReference = poseBetween(a.probeToReference, b.probeToReference, share);
  }
  return moved;
}

constexpr int lagSteps = 16;       ///< tried to either side
constexpr double lagStep = 0.025;  ///< s

/// Whether what fits well enough would fit much better some hundredths of a second apart; empty when not.
std::string outOfStep(FixedFeature kind, const Sightings& sightings, const Eigen::Vector2d& size) {
  constexpr double muchBetter = 0.75;
  const double now = ownErrorMm(kind, sightings, size);
  double least = now, at = 0;
  for (int step = -lagSteps; step <= lagSteps; ++step) {
    const Sightings moved = step == 0 ? Sightings() : shifted(sightings, lagStep * step);
    if (4 * moved.size() < 3 * sightings.size()) continue;
    const double error = ownErrorMm(kind, moved, size);
    if (error < least) least = error, at = lagStep * step;
  }
  if (!std::isfinite(now) || !(least < muchBetter * now)) return {};
  return lagSentence(at) + "; put right, the error falls from " + fixed(now, 2) + " to " + fixed(least, 2) +
         " mm";
}

/// Why poses and pictures do not fit: the cause that, put right, explains most; empty when none does.
std::string likelyCause(FixedFeature kind, const Sightings& sightings, const Eigen::Vector2d& size,
                        double errorMm, double limitMm) {
  struct Trial {
    std::string sentence;
    double errorMm;
  };
  std::vector<Trial> trials;
  for (const auto& [factor, unit] : {std::pair{1000.0, "metres"}, {10.0, "centimetres"}, {25.4, "inches"}})
    trials.push_back({std::string("the poses are in ") + unit + ", not millimetres",
                      ownErrorMm(kind, scaled(sightings, factor), size)});
  for (int step = -lagSteps; step <= lagSteps; ++step) {
    const double lag = lagStep * step;
    if (step != 0) trials.push_back({lagSentence(lag), ownErrorMm(kind, shifted(sightings, lag), size)});
  }
  for (const double share : {0.3, 0.4, 0.5, 0.6, 0.7}) {
    const auto cut = sightings.begin() + static_cast<std::ptrdiff_t>(share * double(sightings.size()));
    trials.push_back({"a marker or the phantom moved at about frame " + std::to_string(cut->frame) +
                          ": the frames before and after it fit by themselves, but not together",
                      std::max(ownErrorMm(kind, {sightings.begin(), cut}, size),
                               ownErrorMm(kind, {cut, sightings.end()}, size))});
  }
  const auto best = std::min_element(trials.begin(), trials.end(),
                                     [](const Trial& a, const Trial& b) { return a.errorMm < b.errorMm; });
  if (best->errorMm > limitMm || best->errorMm > 0.5 * errorMm) return {};
  return best->sentence + " (put right, the error is " + fixed(best->errorMm, 2) + " mm)";
}

/// Errors of a sweep under the calibration.
FeatureSweep judged(FixedFeature kind, FeatureSightings seen, std::size_t total,
                    const Eigen::Matrix4d& imageToProbe, const Eigen::Vector3d& pointMm,
                    const Eigen::Vector3d& normal) {
  FeatureSweep sweep;
  sweep.seen = std::move(seen.sightings);
  sweep.total = total;
  sweep.pointMm = pointMm;
  sweep.normal = normal;
  std::vector<double> mm, px;
  for (const FeatureSighting& one : sweep.seen) {
    sweep.errors.push_back(featureErrors(kind, one, imageToProbe, pointMm, normal));
    for (std::size_t i = 0; i < one.pointsPx.size(); ++i) {
      mm.push_back(sweep.errors.back().distanceMm[i]);
      px.push_back((one.pointsPx[i] - sweep.errors.back().expectedPx[i]).norm());
    }
  }
  sweep.distanceMm = summarise(mm);
  sweep.reprojectionPx = summarise(px);
  return sweep;
}

void addFindings(FeatureOutcome& outcome, std::size_t place, const std::string& name,
                 const FeatureSweep& sweep, const Pictures& pictures,
                 const std::map<std::int64_t, std::string>& left) {
  outcome.findings.sweeps[place] = name;
  std::map<std::int64_t, std::size_t> seen;
  for (std::size_t i = 0; i < sweep.seen.size(); ++i) seen[sweep.seen[i].frame] = i;
  for (const TrackedPicture& picture : pictures) {
    FrameFindings frame{place, picture.frame, picture.grey, {}, 0.0, false, {}};
    const auto at = seen.find(picture.frame);
    if (at == seen.end()) {
      const auto reason = left.find(picture.frame);
      frame.left = reason == left.end() ? "not looked at" : reason->second;
    } else {
      const FeatureErrors& errors = sweep.errors[at->second];
      for (std::size_t i = 0; i < errors.distanceMm.size(); ++i) {
        frame.wires.push_back(
            {errors.expectedPx[i], sweep.seen[at->second].pointsPx[i], errors.distanceMm[i]});
        frame.errorMm += errors.distanceMm[i] / double(errors.distanceMm.size());
      }
      frame.outlier = place == 0 && !outcome.solution.used[at->second];
    }
    outcome.findings.frames.push_back(std::move(frame));
  }
}

/// Whether what was taken for the feature cannot have been it: it strays far, or a pixel would have to be
/// what no image's is. A sentence, or empty.
std::string notFound(const FeatureOutcome& outcome, const std::string& feature) {
  constexpr double farMm = 3.0, longestPixel = 4.0, smallest = 0.02, largest = 1.5;
  const Eigen::Vector2d mm = outcome.solution.spacingMm;
  const bool impossible =
      mm.minCoeff() <= smallest || mm.maxCoeff() >= largest || mm.maxCoeff() > longestPixel * mm.minCoeff();
  const double error = std::max(outcome.solution.rmsMm, outcome.calibration.distanceMm.mean);
  if (!impossible && error < farMm * outcome.options.limitMm) return {};
  return feature + " was not found: what was taken for it is seen " + fixed(error, 1) + " mm from one place" +
         (impossible ? ", and a pixel would be " + fixed(mm.x(), 3) + " by " + fixed(mm.y(), 3) + " mm"
                     : "") +
         "; the report shows what was taken: show " + feature +
         " alone, bright and whole in every frame, and check gain and clip";
}

/// What keeps the calibration from being used, likeliest first.
std::vector<std::string> faultsOf(const FeatureOutcome& outcome, const std::string& validation,
                                  const Eigen::Vector2d& size) {
  const SpatialOptions& options = outcome.options;
  const FixedFeature kind = featureOf(outcome.phantom);
  const std::string feature = "the " + nameOf(outcome.phantom);
  std::vector<std::string> faults;
  const auto used =
      static_cast<std::size_t>(std::count(outcome.solution.used.begin(), outcome.solution.used.end(), true));
  const double error = outcome.solution.rmsMm;
  const bool fits = error <= options.limitMm && 4 * used >= 3 * outcome.solution.used.size();
  // What a motion that is too small leaves open, nothing put right would close.
  const bool doubtful = outcome.solution.turned && (!fits || !outcome.solution.degenerate.empty());
  const std::string cause =
      doubtful ? likelyCause(kind, outcome.calibration.seen, size,
                             std::max(error, outcome.calibration.distanceMm.mean), options.limitMm)
               : std::string();
  const std::string missed = doubtful && !fits && cause.empty() ? notFound(outcome, feature) : std::string();
  if (!cause.empty() || !missed.empty()) return {cause.empty() ? missed : cause};
  faults = outcome.solution.degenerate;
  if (!fits && faults.empty())
    faults.push_back("pictures and poses do not fit together: " + feature + " is seen " +
                     fixed(outcome.calibration.distanceMm.mean, 2) + " mm from one place (limit " +
                     fixed(options.limitMm, 2) + " mm)");
  if (faults.empty())
    if (const std::string lag = outOfStep(kind, outcome.calibration.seen, size); !lag.empty())
      faults.push_back(lag);
  if (used < options.leastFrames)
    faults.push_back("only " + std::to_string(used) + " calibration frames could be used; record at least " +
                     std::to_string(options.leastFrames));
  for (const FeatureSweep* sweep : {&outcome.calibration, &outcome.validation}) {
    const double share = double(sweep->seen.size()) / double(std::max<std::size_t>(1, sweep->total));
    if (share < options.leastShare)
      faults.push_back(percent(1 - share) + " of the frames of " +
                       (sweep == &outcome.validation ? validation : outcome.findings.sweeps[0]) +
                       " do not show " + feature);
  }
  if (faults.empty() && !(outcome.validation.distanceMm.mean <= options.limitMm))
    faults.push_back("in " + validation + " " + feature + " is seen " +
                     fixed(outcome.validation.distanceMm.mean, 2) + " mm from one place on average (limit " +
                     fixed(options.limitMm, 2) +
                     " mm): another probe, depth or mounting of the marker, or it moved meanwhile");
  return faults;
}

void conclude(FeatureOutcome& outcome, const std::vector<std::string>& faults) {
  Findings& findings = outcome.findings;
  const std::string feature = nameOf(outcome.phantom);
  if (outcome.phantom.kind == PhantomKind::Wall)
    findings.wires = {"left", "middle", "right"};
  else
    findings.wires = {"point"};
  findings.limitMm = outcome.options.limitMm;
  findings.usable = faults.empty();
  findings.reasons = faults;
  const double mm = outcome.validation.distanceMm.mean;
  findings.verdict = findings.usable ? "Usable: in " + std::to_string(outcome.validation.seen.size()) +
                                           " validation frames the " + feature + " is seen " + fixed(mm, 3) +
                                           " mm from one place on average (limit " +
                                           fixed(outcome.options.limitMm, 2) + " mm)."
                                     : "Not usable: " + faults.front() + ".";
  const auto share = [](const FeatureSweep& s) {
    return std::to_string(s.seen.size()) + "/" + std::to_string(s.total);
  };
  findings.figures = {
      {"to the " + feature, fixed(mm, 3) + " mm"},
      {"reprojection", fixed(outcome.validation.reprojectionPx.mean, 2) + " px"},
      {"centre known to", fixed(outcome.solution.sigmaMm(Eigen::Vector2d(findings.imageSize.width / 2.0,
                                                                         findings.imageSize.height / 2.0)),
                                2) +
                              " mm"},
      {"frames", share(outcome.calibration) + ", " + share(outcome.validation)},
      {"pixel",
       fixed(outcome.solution.spacingMm.x(), 4) + " × " + fixed(outcome.solution.spacingMm.y(), 4) + " mm"}};
}

/// Median distance of all sightings from the feature; no frame is left out of it.
double medianMm(FixedFeature kind, const Sightings& sightings, const FixedFeatureSolution& solution) {
  std::vector<double> distances;
  for (const FeatureSighting& one : sightings)
    distances.push_back(
        featureErrors(kind, one, solution.imageToProbe, solution.pointMm, solution.normal).distanceMm[0]);
  const auto half = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
  std::nth_element(distances.begin(), half, distances.end());
  return *half;
}

/// The feature as a sweep shows it, and the calibration that follows.
struct Fit {
  FeatureSightings seen;
  FixedFeatureSolution solution;
};

Fit fitted(FixedFeature kind, FeatureSightings seen, const std::string& name, const std::string& sweep,
           std::size_t frames, const Eigen::Vector2d& size) {
  if (seen.sightings.size() < leastSightings)
    throw Error(sweep,
                "the " + name + " was found in " + std::to_string(seen.sightings.size()) + " of " +
                    std::to_string(frames) + " frames",
                "check gain, depth and clip, and that the phantom is in the image");
  Fit fit{std::move(seen), {}};
  fit.solution = solveFixedFeature(kind, fit.seen.sightings, size);
  return fit;
}

/// A point may be a ball or two wires that cross. Nobody has to say which of the two the images show: what
/// stays at one place in space is the point.
Fit fitPoint(const std::string& sweep, const Pictures& pictures, const Eigen::Vector2d& size, PointLook& look,
             const Watch& watch) {
  FeatureSightings spots = strongestPoints(PointLook::Spot, pictures, watch);
  FeatureSightings crossings = strongestPoints(PointLook::Crossing, pictures, watch);
  const std::size_t spotCount = spots.sightings.size(), crossingCount = crossings.sightings.size();
  const bool crossed = crossingCount >= leastSightings && 3 * crossingCount >= spotCount;
  look = PointLook::Spot;
  if (!crossed) {
    Fit fit = fitted(FixedFeature::Point, std::move(spots), "point", sweep, pictures.size(), size);
    return fit;
  }
  Fit cross = fitted(FixedFeature::Point, std::move(crossings), "point", sweep, pictures.size(), size);
  look = PointLook::Crossing;
  if (spotCount < leastSightings) return cross;
  Fit spot = fitted(FixedFeature::Point, std::move(spots), "point", sweep, pictures.size(), size);
  if (medianMm(FixedFeature::Point, cross.seen.sightings, cross.solution) <
      medianMm(FixedFeature::Point, spot.seen.sightings, spot.solution))
    return cross;
  look = PointLook::Spot;
  return spot;
}

}  // namespace

FeatureOutcome calibrateFeature(const Phantom& phantom, const Sweep& calibration, const Sweep& validation,
                                const SpatialOptions& options, const Watch& watch) {
  if (!calibration.frames.empty() && !validation.frames.empty() &&
      calibration.frames[0].pixels.size() != validation.frames[0].pixels.size())
    throw Error(validation.name, "has pictures of another size than " + calibration.name,
                "record both with the same probe and settings");
  const FixedFeature kind = featureOf(phantom);
  FeatureOutcome outcome;
  outcome.phantom = phantom;
  outcome.options = options;
  watch.tell(0.0, "looking for the " + nameOf(phantom) + " in " + calibration.name);
  const Pictures first = trackedPictures(calibration, phantom, true, watch);
  const Pictures second = trackedPictures(validation, phantom, true, watch);
  const Eigen::Vector2d size = sizeOf(first);
  PointLook look = PointLook::Spot;
  Fit fit = kind == FixedFeature::Point ? fitPoint(calibration.name, first, size, look, watch)
                                        : fitted(kind, wallLines(first, watch), nameOf(phantom),
                                                 calibration.name, first.size(), size);
  watch.tell(0.4, "fitting the picture's place");
  if (kind == FixedFeature::Point && fit.solution.turned && fit.solution.rmsMm < lookAgainMm) {
    fit.seen = pointsNear(look, first, fit.solution, watch);
    fit.solution = solveFixedFeature(kind, fit.seen.sightings, size);
  }
  FeatureSightings& seen = fit.seen;
  outcome.solution = fit.solution;
  outcome.crossing = look == PointLook::Crossing;
  watch.tell(0.7, "looking for the " + nameOf(phantom) + " in " + validation.name);
  FeatureSightings checked =
      kind == FixedFeature::Point ? strongestPoints(look, second, watch) : wallLines(second, watch);
  const auto firstLeft = seen.left;
  const Eigen::Matrix4d& matrix = outcome.solution.imageToProbe;
  outcome.calibration =
      judged(kind, std::move(seen), first.size(), matrix, outcome.solution.pointMm, outcome.solution.normal);
  Eigen::Vector3d pointMm = Eigen::Vector3d::Zero(), normal = Eigen::Vector3d::UnitZ();
  if (!checked.sightings.empty()) placeFeature(kind, checked.sightings, matrix, pointMm, normal);
  if (kind == FixedFeature::Point && outcome.solution.degenerate.empty() && !checked.sightings.empty()) {
    FixedFeatureSolution there = outcome.solution;
    there.pointMm = pointMm;
    checked = pointsNear(look, second, there, watch);
    if (!checked.sightings.empty()) placeFeature(kind, checked.sightings, matrix, pointMm, normal);
  }
  const auto secondLeft = checked.left;
  outcome.validation = judged(kind, std::move(checked), second.size(), matrix, pointMm, normal);
  outcome.findings.imageSize = first[0].grey.size();
  addFindings(outcome, 0, calibration.name, outcome.calibration, first, firstLeft);
  addFindings(outcome, 1, validation.name, outcome.validation, second, secondLeft);
  watch.tell(0.9, "judging");
  conclude(outcome, faultsOf(outcome, validation.name, size));
  watch.tell(1.0, "done");
  return outcome;
}

}  // namespace acuguide::calibration
