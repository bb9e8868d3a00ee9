#include "calibration/spatial/spatial_calibration.h"

#include "calibration/spatial/spatial_diagnosis.h"
#include "core/error.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <map>

namespace acuguide::calibration {
namespace {

constexpr std::size_t framesReadFirst = 60;

std::string percent(std::size_t part, std::size_t of) {
  return fixed(100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::size_t>(of, 1)), 0) +
         " %";
}

/// A sweep's pictures with the reading its frames agree on. Where the clip hides the wires it is done
/// without.
struct Reading {
  std::vector<TrackedPicture> pictures;
  std::optional<Agreement> agreement;
  bool clipped = true;
};

Reading readSweep(const Phantom& phantom, const Sweep& sweep, bool clip, const Watch& watch) {
  Reading reading{trackedPictures(sweep, phantom, clip, watch), std::nullopt, clip};
  reading.agreement =
      agreementOf(phantom, readWithoutTracker(phantom, reading.pictures, framesReadFirst, watch));
  return reading;
}

/// How far wires lie outside the clip, in frames whose every wire lies in the picture.
struct ClipLoss {
  std::size_t frames = 0;
  double left = 0, top = 0, right = 0, bottom = 0;  ///< px, the most

  std::string sentence(std::size_t total) const {
    std::string where;
    const auto add = [&](double px, const char* text) {
      if (px > 0)
        where += (where.empty() ? "" : ", ") + std::string(text) + " " + fixed(px, 0) + " px too far in";
    };
    add(top, "its top edge lies");
    add(bottom, "its bottom edge lies");
    add(left, "its left edge lies");
    add(right, "its right edge lies");
    return "the clip rectangle cuts wires off in " + percent(frames, total) + " of the frames (" + where +
           ")";
  }
};

ClipLoss clipLoss(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                  const Eigen::Matrix4d& imageToProbe) {
  ClipLoss loss;
  if (!phantom.clip) return loss;
  const cv::Rect clip = *phantom.clip;
  for (const TrackedPicture& picture : pictures) {
    if (!picture.unusable.empty()) continue;
    const Eigen::Matrix3d plane = pixelToPhantom({0, 0, picture.probeToPhantom, {}}, imageToProbe);
    bool cut = false;
    for (const Wire& wire : phantom.wires) {
      const auto at = cutPx(plane, wire);
      if (!at || at->minCoeff() < 0 || at->x() >= picture.grey.cols || at->y() >= picture.grey.rows) continue;
      const double left = clip.x - at->x(), top = clip.y - at->y();
      const double right = at->x() - (clip.x + clip.width - 1), bottom = at->y() - (clip.y + clip.height - 1);
      loss.left = std::max(loss.left, left);
      loss.top = std::max(loss.top, top);
      loss.right = std::max(loss.right, right);
      loss.bottom = std::max(loss.bottom, bottom);
      cut = cut || std::max({left, top, right, bottom}) > 0;
    }
    if (cut) ++loss.frames;
  }
  return loss;
}

/// Reads the calibration's sweep; doubts the clip before it gives up.
Reading readCalibration(const Phantom& phantom, const Sweep& sweep, SpatialOutcome& outcome,
                        const Watch& watch) {
  Reading reading = readSweep(phantom, sweep, true, watch);
  const auto agreeing = [](const Reading& r) { return r.agreement ? r.agreement->agreeing : 0; };
  if (phantom.clip && agreeing(reading) < std::min(framesReadFirst, sweep.frames.size()) / 3) {
    Reading without = readSweep(phantom, sweep, false, watch);
    if (agreeing(without) > agreeing(reading) + agreeing(reading) / 2) reading = std::move(without);
  }
  // A few frames may fit by chance: then the true phantom fits many more.
  const std::size_t tried = std::min(framesReadFirst, sweep.frames.size());
  const std::size_t read = reading.agreement ? reading.agreement->readings.size() : 0;
  const bool doubtful =
      3 * read < tried && !phantomShown(phantom, reading.pictures, tried, 2 * read + 2).empty();
  if (!reading.agreement || doubtful)
    throw Error(sweep.name, whyUnread(phantom, reading.pictures),
                "check the phantom's file, gain, depth and clip");
  const ClipLoss loss = clipLoss(phantom, reading.pictures, reading.agreement->imageToProbe);
  const bool trustworthy = reading.agreement->agreeing * 2 > reading.agreement->readings.size();
  if (trustworthy && loss.frames * 20 > sweep.frames.size()) {
    outcome.reasons.push_back(loss.sentence(sweep.frames.size()) + "; the whole picture was used instead");
    if (reading.clipped) reading = readSweep(phantom, sweep, false, watch);
  }
  return reading;
}

double rotationSpread(const std::vector<WireObservation>& observations, const std::vector<bool>& used) {
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (std::size_t i = 0; i < observations.size(); ++i) {
    if (used[i]) sum += observations[i].probeToPhantom.topLeftCorner<3, 3>();
  }
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(sum, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Eigen::Matrix3d mean = svd.matrixU() * svd.matrixV().transpose();
  double squares = 0, count = 0;
  for (std::size_t i = 0; i < observations.size(); ++i) {
    if (!used[i]) continue;
    const Eigen::Matrix3d turn = mean.transpose() * observations[i].probeToPhantom.topLeftCorner<3, 3>();
    squares += std::pow(Eigen::AngleAxisd(turn).angle(), 2);
    count += 1;
  }
  return count > 0 ? std::sqrt(squares / count) : 0.0;
}

/// Reasons why data that fits does not determine the calibration.
void judgeMotion(SpatialOutcome& outcome, std::vector<std::string>& faults) {
  const auto& seen = outcome.calibration.observations.seen;
  const auto used =
      static_cast<std::size_t>(std::count(outcome.solution.used.begin(), outcome.solution.used.end(), true));
  if (used < outcome.options.leastFrames)
    faults.push_back("only " + std::to_string(used) + " calibration frames could be used; record at least " +
                     std::to_string(outcome.options.leastFrames) + " that show every wire");
  const double spread = rotationSpread(seen, outcome.solution.used);
  if (spread < outcome.options.leastRotation)
    faults.push_back("the probe was held in a single orientation (its poses differ by " +
                     fixed(spread * 180 / M_PI, 2) + " degrees); tilt and turn it while sweeping");
}

/// Sweeps that show the wires too seldom. What is wrong with the poses or the phantom hides wires too, so
/// this is a cause only where there is no other.
void judgeShares(const SpatialOutcome& outcome, std::vector<std::string>& faults) {
  for (const SweepOutcome* sweep : {&outcome.calibration, &outcome.validation}) {
    const SweepObservations& o = sweep->observations;
    if (static_cast<double>(o.seen.size()) >= outcome.options.leastShare * static_cast<double>(o.total))
      continue;
    std::map<std::string, std::size_t> reasons;
    for (const auto& [frame, reason] : o.left) ++reasons[reason.substr(0, reason.find(" ("))];
    const auto most = std::max_element(reasons.begin(), reasons.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    faults.push_back(percent(o.total - o.seen.size(), o.total) + " of the frames of " + sweep->name +
                     " do not show every wire" +
                     (most == reasons.end() ? "" : " (most often: " + most->first + ")"));
  }
}

/// A validation that does not fit a calibration that does: what is different about it.
void judgeValidation(const Phantom& phantom, const Sweep& sweep, const Reading& reading, int calibrationKey,
                     const SpatialOutcome& outcome, std::vector<std::string>& faults) {
  const std::string limit = " (limit " + fixed(outcome.options.limitMm, 2) + " mm)";
  const auto& own = reading.agreement;
  if (!own) {
    faults.push_back("the wires were not found in " + sweep.name);
    return;
  }
  if ((own->key ^ calibrationKey) & 1) {
    faults.push_back("the pictures of " + sweep.name +
                     " are mirrored left to right against the calibration's");
    return;
  }
  const std::string late =
      lateValidation(phantom, sweep, own->readings, outcome.solution.imageToProbe, outcome.options.limitMm);
  if (!late.empty()) {
    faults.push_back("in " + sweep.name + ", " + late);
    return;
  }
  if (own->medianMm < outcome.options.limitMm) {
    const Eigen::Vector4d centre(outcome.imageSize.width / 2.0, outcome.imageSize.height / 2.0, 0, 1);
    const double shift = ((own->imageToProbe - outcome.solution.imageToProbe) * centre).norm();
    const double spacing = own->imageToProbe.col(1).norm();
    faults.push_back(sweep.name +
                     " was recorded with another probe, depth or mounting of the marker: by itself it puts "
                     "the picture's centre " +
                     fixed(shift, 1) + " mm away, at " + fixed(spacing, 4) + " instead of " +
                     fixed(outcome.solution.spacingMm.y(), 4) + " mm per px");
    return;
  }
  if (const std::string cause = likelyCause(phantom, sweep, *own, outcome.options.limitMm); !cause.empty())
    faults.push_back("in " + sweep.name + ", " + cause);
  else
    faults.push_back("the validation's points lie " + fixed(outcome.validation.errors.pointToWireMm.mean, 2) +
                     " mm from their wires" + limit);
}

Finding findingOf(const WireObservation& seen, const FrameErrors& errors, std::size_t wire) {
  return {seen.points[wire] - errors.offsetPx[wire], seen.points[wire], errors.pointToWireMm[wire]};
}

/// The frames of a sweep as a person looks at them: those seen and those left out, in the sweep's order.
void addFindings(SpatialOutcome& outcome, std::size_t place, const std::vector<TrackedPicture>& pictures) {
  const SweepOutcome& sweep = place == 0 ? outcome.calibration : outcome.validation;
  outcome.findings.sweeps[place] = sweep.name;
  std::map<std::int64_t, std::string> left(sweep.observations.left.begin(), sweep.observations.left.end());
  std::map<std::int64_t, std::size_t> seen;
  for (std::size_t i = 0; i < sweep.observations.seen.size(); ++i) seen[sweep.observations.seen[i].frame] = i;
  for (const TrackedPicture& picture : pictures) {
    FrameFindings frame{place, picture.frame, picture.grey, {}, 0.0, false, {}};
    const auto at = seen.find(picture.frame);
    if (at == seen.end()) {
      const auto reason = left.find(picture.frame);
      frame.left = reason == left.end() ? "not looked at" : reason->second;
    } else {
      const FrameErrors& errors = sweep.errors.frames[at->second];
      for (std::size_t w = 0; w < outcome.phantom.wires.size(); ++w)
        frame.wires.push_back(findingOf(sweep.observations.seen[at->second], errors, w));
      frame.errorMm = summarise(errors.pointToWireMm).mean;
      frame.outlier = place == 0 && !outcome.solution.used[at->second];
    }
    outcome.findings.frames.push_back(std::move(frame));
  }
}

void judge(SpatialOutcome& outcome, const std::vector<std::string>& faults) {
  outcome.usable = faults.empty();
  const double error = outcome.validation.errors.pointToWireMm.mean;
  if (outcome.usable) {
    outcome.verdict = "Usable: the points of " + std::to_string(outcome.validation.observations.seen.size()) +
                      " validation frames lie " + fixed(error, 3) +
                      " mm from their wires on average (limit " + fixed(outcome.options.limitMm, 2) + " mm).";
    return;
  }
  outcome.verdict = "Not usable: " + faults.front() + ".";
  outcome.reasons.insert(outcome.reasons.begin(), faults.begin(), faults.end());
}

void conclude(SpatialOutcome& outcome, const std::vector<std::string>& faults) {
  judge(outcome, faults);
  Findings& findings = outcome.findings;
  for (const Wire& wire : outcome.phantom.wires) findings.wires.push_back(wire.name);
  findings.imageSize = outcome.imageSize;
  findings.limitMm = outcome.options.limitMm;
  findings.usable = outcome.usable;
  findings.verdict = outcome.verdict;
  findings.reasons = outcome.reasons;
  const SpatialErrors& errors = outcome.validation.errors;
  const auto share = [](const SweepObservations& o) {
    return std::to_string(o.seen.size()) + "/" + std::to_string(o.total);
  };
  findings.figures = {
      {"to the wires", fixed(errors.pointToWireMm.mean, 3) + " mm"},
      {"reprojection", fixed(errors.reprojectionPx.mean, 2) + " px"},
      {"3D, middle wires", fixed(errors.error3dMm.mean, 3) + " mm"},
      {"as PLUS counts", fixed(errors.plusMean, 3) + " mm"},
      {"frames", share(outcome.calibration.observations) + ", " + share(outcome.validation.observations)},
      {"pixel",
       fixed(outcome.solution.spacingMm.x(), 4) + " × " + fixed(outcome.solution.spacingMm.y(), 4) + " mm"}};
}

}  // namespace

SpatialOutcome calibrateSpatial(const Phantom& phantom, const Sweep& calibration, const Sweep& validation,
                                const SpatialOptions& options, const Watch& watch) {
  SpatialOutcome outcome;
  outcome.phantom = phantom;
  outcome.options = options;
  if (!calibration.frames.empty() && !validation.frames.empty() &&
      calibration.frames[0].pixels.size() != validation.frames[0].pixels.size())
    throw Error(validation.name, "has pictures of another size than " + calibration.name,
                "record both with the same probe and settings");
  watch.tell(0.02, "reading the wires of " + calibration.name);
  const Reading first = readCalibration(phantom, calibration, outcome, watch);
  outcome.imageSize = first.pictures[0].grey.size();
  watch.tell(0.40, "preparing " + validation.name);
  Reading second{trackedPictures(validation, phantom, first.clipped, watch), std::nullopt, first.clipped};
  const Agreement& agreement = *first.agreement;
  std::vector<std::string> faults;

  watch.tell(0.50, "finding every wire in " + calibration.name);
  outcome.calibration = {calibration.name,
                         observeWires(phantom, first.pictures, agreement.imageToProbe, std::nullopt, watch),
                         {}};
  SweepObservations& seen = outcome.calibration.observations;
  const bool fits = agreement.medianMm < options.limitMm && seen.seen.size() >= 4;
  // Poses that do not fit cannot lead to the dots: what was read without them shows by how much.
  if (!fits) seen.seen = agreement.readings;
  watch.tell(0.70, "fitting the picture's place");
  outcome.closedForm = closedFormImageToProbe(phantom, seen.seen);
  outcome.solution = solveSpatial(phantom, seen.seen, outcome.closedForm, options.solver);
  outcome.calibration.errors = spatialErrors(phantom, seen.seen, outcome.solution.imageToProbe);
  watch.checkpoint();
  watch.tell(0.80, "finding every wire in " + validation.name);
  outcome.validation = {
      validation.name,
      observeWires(phantom, second.pictures, outcome.solution.imageToProbe, seen.echoDepthPx, watch),
      {}};
  outcome.validation.errors =
      spatialErrors(phantom, outcome.validation.observations.seen, outcome.solution.imageToProbe);

  watch.tell(0.92, "judging");
  if (!fits) {
    if (std::string other = otherPhantom(phantom, first.pictures, agreement, options.limitMm); !other.empty())
      faults.push_back("in " + calibration.name + ", " + other);
    else if (std::string cause = likelyCause(phantom, calibration, agreement, options.limitMm);
             !cause.empty())
      faults.push_back(cause);
    if (faults.empty())
      faults.push_back("pictures and poses do not fit together: the dots lie " +
                       fixed(agreement.medianMm, 2) + " mm from their wires (limit " +
                       fixed(options.limitMm, 2) + " mm)");
  } else {
    // In this order: a lag or a still probe spoils the calibration, and then the validation cannot fit it.
    if (const std::string lag = outOfStep(phantom, calibration, seen.seen); !lag.empty())
      faults.push_back("in " + calibration.name + ", " + lag);
    if (faults.empty()) judgeMotion(outcome, faults);
    const SweepObservations& checked = outcome.validation.observations;
    const bool few =
        static_cast<double>(checked.seen.size()) < options.leastShare * static_cast<double>(checked.total);
    if (faults.empty() && (few || outcome.validation.errors.pointToWireMm.mean > options.limitMm)) {
      second.agreement = agreementOf(phantom, readWithoutTracker(phantom, second.pictures, framesReadFirst));
      judgeValidation(phantom, validation, second, agreement.key, outcome, faults);
    }
  }
  if (faults.empty()) judgeShares(outcome, faults);
  addFindings(outcome, 0, first.pictures);
  addFindings(outcome, 1, second.pictures);
  conclude(outcome, faults);
  watch.tell(1.0, "done");
  return outcome;
}

}  // namespace acuguide::calibration
