#include "calibration/spatial/spatial_observations.h"

#include "calibration/pose_chain.h"
#include "calibration/report/report.h"
#include "calibration/spatial/dot_finder.h"
#include "calibration/spatial/spatial_errors.h"
#include "core/error.h"
#include "core/grey.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

namespace acuguide::calibration {
namespace {

constexpr std::size_t candidatesPerFrame = 36;
constexpr double firstSearchMm = 4.0, secondSearchMm = 2.0;
constexpr double largestPlaneRmsMm = 0.7;

/// Calls `work` for 0 .. count-1 on all cores; throws Cancelled when that was asked for meanwhile.
void onAllCores(std::size_t count, const Watch& watch, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count && !watch.stop.stop_requested(); i = next++) work(i);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::clamp(std::thread::hardware_concurrency(), 1u, 8u); ++i)
    threads.emplace_back(run);
  run();
  for (std::thread& thread : threads) thread.join();
  watch.checkpoint();
}

std::vector<NamedPose> posesWithoutImage(const std::vector<NamedPose>& poses, const std::string& image) {
  std::vector<NamedPose> kept;
  for (const NamedPose& pose : poses) {
    if (pose.from != image && pose.to != image) kept.push_back(pose);
  }
  return kept;
}

std::string listOf(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// Says why no frame of a sweep has a pose that can be used.
[[noreturn]] void refusePoses(const Sweep& sweep, const Phantom& phantom,
                              const std::set<std::string>& invalid) {
  std::set<std::string> names, fixed;
  for (const Frame& frame : sweep.frames) {
    for (const NamedPose& pose : frame.poses) names.insert(pose.name());
  }
  for (const NamedPose& pose : phantom.fixedPoses) fixed.insert(pose.name());
  if (names.empty()) throw Error(sweep.name, "has no poses", "record it with the tracker connected");
  if (!invalid.empty())
    throw Error(sweep.name, "the tracker marked " + listOf(invalid) + " INVALID in every frame",
                "keep the markers in the tracker's view and record again");
  throw Error(sweep.name,
              "no pose leads from " + phantom.frames.probe + " to " + phantom.frames.phantom +
                  " (the frames have " + listOf(names) + "; the phantom's file has " +
                  (fixed.empty() ? "none" : listOf(fixed)) + ")",
              phantom.kind == PhantomKind::NWires
                  ? "check the transform names, and that the phantom is registered (" +
                        phantom.frames.phantom + "To" + phantom.frames.reference + ")"
                  : "check the transform names");
}

struct Expected {
  std::vector<Eigen::Vector2d> px;
  Eigen::Vector2d spacingMm;
};

/// Where the calibration so far expects the wires in a frame; `left` says when it cannot.
Expected expectedWires(const Phantom& phantom, const TrackedPicture& picture,
                       const Eigen::Matrix4d& imageToProbe, std::string& left) {
  const Eigen::Matrix3d plane =
      pixelToPhantom({picture.frame, picture.time, picture.probeToPhantom, {}}, imageToProbe);
  Expected expected{{}, {plane.col(0).norm(), plane.col(1).norm()}};
  for (const Wire& wire : phantom.wires) {
    const auto at = cutPx(plane, wire);
    if (!at) {
      left = "the picture runs along the wires";
      return expected;
    }
    expected.px.push_back(*at);
  }
  return expected;
}

/// The middle shift of found dots from where they were expected: what this frame's pose is off by.
Eigen::Vector2d medianShift(std::vector<Eigen::Vector2d> shifts) {
  Eigen::Vector2d median;
  for (int axis = 0; axis < 2; ++axis) {
    const auto half = shifts.begin() + static_cast<std::ptrdiff_t>(shifts.size() / 2);
    std::nth_element(shifts.begin(), half, shifts.end(),
                     [&](const auto& a, const auto& b) { return a[axis] < b[axis]; });
    median[axis] = (*half)[axis];
  }
  return median;
}

std::string missingText(const Phantom& phantom, const std::vector<std::size_t>& missing,
                        const TrackedPicture& picture, const Expected& expected) {
  std::size_t outside = 0;
  std::string names;
  for (const std::size_t i : missing) {
    names += (names.empty() ? "" : ", ") + phantom.wires[i].name;
    const Eigen::Vector2d& at = expected.px[i];
    if (at.x() < 0 || at.y() < 0 || at.x() >= picture.grey.cols || at.y() >= picture.grey.rows) ++outside;
  }
  return std::to_string(phantom.wires.size() - missing.size()) + " of " +
         std::to_string(phantom.wires.size()) + " dots, not seen: " + names +
         (outside > 0 ? " (" + std::to_string(outside) + " outside the picture)" : "");
}

using Dots = std::vector<DotPosition>;

/// The dots of one frame, or the reason in `seen.left`.
std::optional<Dots> observeOne(const Phantom& phantom, const TrackedPicture& picture,
                               const Expected& expected, SeenFrame& seen) {
  std::string& left = seen.left;
  const double mmPerPx = expected.spacingMm.mean();
  std::vector<Eigen::Vector2d> shifts;
  for (const Eigen::Vector2d& at : expected.px) {
    if (const auto dot = dotNear(picture.contrast, at, firstSearchMm / mmPerPx))
      shifts.push_back(dot->px - at);
  }
  if (shifts.empty()) {
    left = "no dot where wires should be";
    return std::nullopt;
  }
  const Eigen::Vector2d shift = medianShift(shifts);
  Dots dots;
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < expected.px.size(); ++i) {
    const auto dot = dotNear(picture.contrast, expected.px[i] + shift, secondSearchMm / mmPerPx);
    if (dot) {
      dots.push_back(measureDot(picture.grey, dot->px, expected.spacingMm));
      seen.dotsPx.push_back(dots.back().centre);
    } else {
      missing.push_back(i);
    }
  }
  if (!missing.empty()) {
    left = missingText(phantom, missing, picture, expected);
    return std::nullopt;
  }
  WirePoints points;
  for (const DotPosition& dot : dots) points.push_back(dot.centre);
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if ((points[i] - points[j]).norm() < 1.0 / mmPerPx) {
        left = "wires " + phantom.wires[j].name + " and " + phantom.wires[i].name + " share a dot";
        return std::nullopt;
      }
    }
  }
  const auto plane = fitImagePlane(phantom, points);
  if (!plane || !plane->plausible() || plane->rmsMm > largestPlaneRmsMm) {
    left =
        "the dots do not fit the phantom" + (plane ? " (" + fixed(plane->rmsMm, 2) + " mm)" : std::string());
    return std::nullopt;
  }
  return dots;
}

double medianEchoDepth(const std::vector<std::optional<Dots>>& frames) {
  std::vector<double> depths;
  for (const auto& dots : frames) {
    if (!dots) continue;
    for (const DotPosition& dot : *dots) depths.push_back(dot.centre.y() - dot.frontPx);
  }
  if (depths.empty()) return 0;
  const auto half = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() / 2);
  std::nth_element(depths.begin(), half, depths.end());
  return *half;
}

}  // namespace

std::vector<TrackedPicture> trackedPictures(const Sweep& sweep, const Phantom& phantom, bool clip,
                                            const Watch& watch) {
  if (sweep.frames.empty()) throw Error(sweep.name, "has no frames", "record it again");
  std::vector<TrackedPicture> pictures(sweep.frames.size());
  std::set<std::string> invalid;
  bool any = false;
  for (std::size_t i = 0; i < sweep.frames.size(); ++i) {
    const Frame& frame = sweep.frames[i];
    if (frame.pixels.size() != sweep.frames[0].pixels.size())
      throw Error(sweep.name, "the size of the picture changes at frame " + std::to_string(frame.index),
                  "record with one setting");
    TrackedPicture& picture = pictures[i];
    picture.frame = frame.index;
    picture.time = frame.time;
    const PoseChain chain = findPoseChain(posesWithoutImage(frame.poses, phantom.frames.image),
                                          phantom.fixedPoses, phantom.frames.probe, phantom.frames.phantom);
    if (chain.matrix && chain.matrix->allFinite()) {
      picture.probeToPhantom = *chain.matrix;
      any = true;
    } else {
      if (!chain.invalid.empty()) invalid.insert(chain.invalid);
      picture.unusable = chain.invalid.empty() ? "no pose of the probe" : chain.invalid + " is INVALID";
    }
  }
  if (!any) refusePoses(sweep, phantom, invalid);
  onAllCores(pictures.size(), watch, [&](std::size_t i) {
    cv::Mat buffer;
    pictures[i].grey = greyOf(sweep.frames[i].pixels, buffer);
    pictures[i].contrast = dotContrast(pictures[i].grey, clip ? phantom.clip : std::nullopt);
  });
  return pictures;
}

std::map<int, std::vector<WireObservation>> readWithoutTracker(const Phantom& phantom,
                                                               const std::vector<TrackedPicture>& pictures,
                                                               std::size_t most, const Watch& watch) {
  std::vector<const TrackedPicture*> usable;
  for (const TrackedPicture& picture : pictures) {
    if (picture.unusable.empty()) usable.push_back(&picture);
  }
  const std::size_t count = std::min(most, usable.size());
  std::vector<std::vector<Labelling>> readings(count);
  const auto chosen = [&](std::size_t i) -> const TrackedPicture& {
    return *usable[i * usable.size() / count];
  };
  onAllCores(count, watch, [&](std::size_t i) {
    readings[i] = labelDots(phantom, strongestDots(chosen(i).contrast, candidatesPerFrame));
  });
  std::map<int, std::vector<WireObservation>> byKey;
  for (std::size_t i = 0; i < count; ++i) {
    for (const Labelling& reading : readings[i])
      byKey[reading.key()].push_back(
          {chosen(i).frame, chosen(i).time, chosen(i).probeToPhantom, reading.points});
  }
  return byKey;
}

SweepObservations observeWires(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                               const Eigen::Matrix4d& imageToProbe, std::optional<double> echoDepthPx,
                               const Watch& watch) {
  std::vector<std::optional<Dots>> dots(pictures.size());
  std::vector<std::string> reasons(pictures.size());
  std::mutex telling;
  onAllCores(pictures.size(), watch, [&](std::size_t i) {
    const TrackedPicture& picture = pictures[i];
    SeenFrame seen{picture.frame, picture.grey, {}, {}, picture.unusable};
    if (seen.left.empty()) {
      const Expected expected = expectedWires(phantom, picture, imageToProbe, seen.left);
      seen.expectedPx = expected.px;
      if (seen.left.empty()) dots[i] = observeOne(phantom, picture, expected, seen);
    }
    reasons[i] = seen.left;
    if (!watch.seen) return;
    const std::scoped_lock lock(telling);
    watch.seen(seen);
  });
  SweepObservations result;
  result.total = pictures.size();
  result.echoDepthPx = echoDepthPx.value_or(medianEchoDepth(dots));
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (!dots[i]) {
      result.left.emplace_back(pictures[i].frame, reasons[i]);
      continue;
    }
    WirePoints points;
    for (const DotPosition& dot : *dots[i])
      points.emplace_back(dot.centre.x(), dot.frontPx + result.echoDepthPx);
    result.seen.push_back(
        {pictures[i].frame, pictures[i].time, pictures[i].probeToPhantom, std::move(points)});
  }
  return result;
}

}  // namespace acuguide::calibration
