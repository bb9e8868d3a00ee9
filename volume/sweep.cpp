#include "volume/sweep.h"

#include "core/error.h"
#include "core/grey.h"
#include "core/pose_chain.h"
#include "core/scale.h"
#include "imaging/region/region_finder.h"
#include "volume/field_text.h"

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <thread>

namespace acuguide::volume {
namespace {

constexpr double kFinestMm = 0.02, kCoarsestMm = 10.0;
constexpr double kLeastMotionMm = 0.3;  ///< of any corner, else the probe stood still

std::string millimetres(double value) {
  char text[32];
  return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.3g", value))};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) addWord(text, word, ", ");
  return text;
}

/// Reference, Tracker, or the only other one.
std::string chosenReference(const std::vector<NamedPose>& poses, const SweepOptions& options) {
  if (!options.reference.empty()) return options.reference;
  const std::vector<std::string> names = frameNames(poses);
  for (const char* usual : {"Reference", "Tracker"})
    if (std::find(names.begin(), names.end(), usual) != names.end()) return usual;
  std::vector<std::string> others;
  for (const std::string& name : names)
    if (name != options.image && composePose(poses, options.image, name).state != PoseState::Unknown)
      others.push_back(name);
  return others.size() == 1 ? others.front() : "Reference";
}

/// What is known of the poses over a sweep, for its file.
class Chain {
 public:
  void see(const std::vector<NamedPose>& poses) {
    for (const NamedPose& pose : poses) {
      if (!pose.valid) continue;
      const auto [known, first] = matrices_.try_emplace(pose.name(), pose.matrix);
      if (!first && (known->second - pose.matrix).cwiseAbs().maxCoeff() > 1e-9) moving_[pose.name()] = true;
    }
  }
  std::vector<Field> fields() const {
    std::vector<Field> fields;
    std::string moving;
    for (const auto& [name, matrix] : matrices_) {
      if (moving_.contains(name))
        addWord(moving, name);
      else
        fields.emplace_back(name + "Transform", matrixText(matrix));
    }
    if (!moving.empty()) fields.emplace_back("acuguide_poses_of_each_frame", moving);
    return fields;
  }

 private:
  std::map<std::string, Eigen::Matrix4d> matrices_;
  std::map<std::string, bool> moving_;
};

/// Extent of the corners of the region over all frames, and how far they moved.
class Corners {
 public:
  explicit Corners(const cv::Rect& region) {
    const double left = region.x, top = region.y, right = region.x + region.width - 1,
                 bottom = region.y + region.height - 1;
    corners_ = {
        Eigen::Vector4d(left, top, 0, 1), {left, bottom, 0, 1}, {right, top, 0, 1}, {right, bottom, 0, 1}};
  }
  void see(const Eigen::Matrix4d& pose) {
    for (std::size_t i = 0; i < corners_.size(); ++i) {
      const Eigen::Vector3d point = (pose * corners_[i]).head<3>();
      low_ = low_.cwiseMin(point);
      high_ = high_.cwiseMax(point);
      if (first_.size() <= i) first_.push_back(point);
      moved_ = std::max(moved_, (point - first_[i]).norm());
    }
  }
  double movedMm() const { return moved_; }
  VolumeGrid grid(double spacing) const {
    VolumeGrid grid;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto i = static_cast<Eigen::Index>(axis);
      grid.originMm[axis] = low_[i];
      grid.spacingMm[axis] = spacing;
      // Bounded so that sizes stay numbers; what does not fit is refused by its bytes.
      grid.size[axis] = static_cast<int>(std::min(std::ceil((high_[i] - low_[i]) / spacing), 1e6)) + 1;
    }
    return grid;
  }

 private:
  std::array<Eigen::Vector4d, 4> corners_;
  std::vector<Eigen::Vector3d> first_;
  Eigen::Vector3d low_ = Eigen::Vector3d::Constant(std::numeric_limits<double>::max());
  Eigen::Vector3d high_ = Eigen::Vector3d::Constant(std::numeric_limits<double>::lowest());
  double moved_ = 0.0;
};

/// Why no pose leads from the image to the reference, and what to do.
Error noWay(const std::string& where, const Frame& frame, const std::string& reference,
            const SweepOptions& options) {
  const std::vector<std::string> names = frameNames(frame.poses);
  if (std::find(names.begin(), names.end(), options.image) == names.end()) {
    const std::string why = frame.geometry.whyNoScale;
    return {where,
            "no pose of its frames begins at " + options.image + " (there are " + joined(names) + ")" +
                (why.empty() ? "" : ", and " + why),
            "give --calibration RESULT.json of acuguide calibrate spatial, made with this probe"};
  }
  return {where,
          "its poses do not lead from " + options.image + " to " + reference + " (there are " +
              joined(names) + ")",
          "name another with --reference"};
}

ClipRegion clipOf(const SweepOptions& options, const cv::Size& image, const imaging::ImagingRegion& region,
                  bool& whole, const std::string& where) {
  ClipRegion clip;
  if (options.clip) {
    clip = ClipRegion::plusRectangle(*options.clip, image);
  } else if (!region.bounds.empty()) {
    clip = ClipRegion::within(region.bounds, region.mask);
  } else {
    whole = true;
    clip = ClipRegion::within({{0, 0}, image}, {});
  }
  if (options.fan) clip = clip.within(*options.fan);
  if (clip.bounds().empty())
    throw Error(where,
                "the clip region lies outside of its images of " + std::to_string(image.width) + "x" +
                    std::to_string(image.height) + " pixels",
                "give --clip X,Y,WIDTH,HEIGHT inside of them");
  return clip;
}

}  // namespace

double Sweep::spacingWithin(std::uint64_t bytes) const {
  VolumeGrid coarser = grid;
  for (double spacing = grid.spacingMm[0];; spacing = std::floor(spacing / 0.05 + 1.0 + 1e-6) * 0.05) {
    for (std::size_t axis = 0; axis < 3; ++axis)
      coarser.size[axis] =
          static_cast<int>(std::ceil((grid.size[axis] - 1) * grid.spacingMm[axis] / spacing)) + 1;
    if (coarser.voxels() * 3 <= bytes || spacing > kCoarsestMm) return spacing;
  }
}

Sweep surveySweep(const OpenSweep& open, const SweepOptions& options, const Told& told,
                  const std::stop_token& stop) {
  const std::string option = "--spacing-mm " + millimetres(options.spacingMm);
  if (!(options.spacingMm >= kFinestMm && options.spacingMm <= kCoarsestMm))
    throw Error(option, "is no spacing of voxels", "give 0.02 to 10 mm; 0.3 is usual");
  const auto source = open();
  Sweep sweep;
  sweep.name = source->info().name;
  if (source->info().live) throw Error(sweep.name, "is a live source", "record it first (acuguide record)");

  const Eigen::Vector4d signs =
      options.axes == ReferenceAxes::Ras ? Eigen::Vector4d(-1, -1, 1, 1) : Eigen::Vector4d(1, 1, 1, 1);
  imaging::RegionFinder finder;
  imaging::ImagingRegion region;
  Chain chain;
  cv::Mat buffer;
  cv::Size size;
  std::optional<Frame> unled;  // a frame whose poses do not lead to the reference
  std::string why;             // of an invalid pose
  std::int64_t read = 0, posed = 0;
  while (auto frame = source->read()) {
    if (stop.stop_requested()) throw Cancelled();
    told(++read);
    auto& pose = sweep.imageToReference.emplace_back();
    if (size.empty()) size = frame->pixels.size();
    if (frame->pixels.size() != size) {
      ++sweep.otherSize;
      continue;
    }
    if (!options.clip) region = finder.process(greyOf(frame->pixels, buffer));
    if (frame->poses.empty()) continue;
    ++posed;
    frame->poses.insert(frame->poses.end(), options.fixedPoses.begin(), options.fixedPoses.end());
    if (sweep.reference.empty()) sweep.reference = chosenReference(frame->poses, options);
    const ComposedPose composed = composePose(frame->poses, options.image, sweep.reference);
    if (composed.state == PoseState::Valid) {
      pose = signs.asDiagonal() * composed.matrix;
      ++sweep.used;
      chain.see(frame->poses);
    } else if (composed.state == PoseState::Invalid) {
      ++sweep.invalid;
      why = composed.invalid;
    } else if (!unled) {
      frame->pixels.release();
      unled = std::move(*frame);
    }
  }
  const std::string& where = sweep.name;
  if (read == 0) throw Error(where, "holds no frame", "give a recorded sweep");
  if (posed == 0)
    throw Error(where, "its frames bear no poses",
                "record the sweep with a tracker, as PLUS and acuguide record do");
  if (sweep.used == 0 && sweep.invalid == 0) throw noWay(where, *unled, sweep.reference, options);
  sweep.invalid = read - sweep.used - sweep.otherSize;
  if (sweep.used == 0)
    throw Error(where,
                "none of its " + std::to_string(read) + " frames has a valid pose (" + why + " is invalid)",
                "sweep again with the markers in the tracker's view");
  if (sweep.used == 1)
    throw Error(where, "only one of its " + std::to_string(read) + " frames has a valid pose",
                "a volume needs a sweep; record one with the markers in view");

  sweep.clip = clipOf(options, size, region, sweep.wholeImage, where);
  Corners corners(sweep.clip.bounds());
  for (const auto& pose : sweep.imageToReference) {
    if (!pose) continue;
    if (corners.movedMm() == 0.0) {
      const Eigen::Vector2d pixel(pose->col(0).head<3>().norm(), pose->col(1).head<3>().norm());
      if (const std::string fault = scaleFault(pixel, size); !fault.empty())
        throw Error(where, options.image + "To" + sweep.reference + " " + fault, "calibrate the probe again");
    }
    corners.see(*pose);
  }
  const bool tracked =
      !options.reference.empty() || sweep.reference == "Reference" || sweep.reference == "Tracker";
  if (corners.movedMm() == 0.0 && !tracked)
    throw Error(where,
                "its frames bear no poses of a tracker (only " + options.image + "To" + sweep.reference +
                    ", which never changes)",
                "record the sweep with a tracker, as PLUS and acuguide record do");
  if (corners.movedMm() < kLeastMotionMm)
    throw Error(where,
                "the probe does not move (" + millimetres(corners.movedMm()) + " mm in " +
                    std::to_string(sweep.used) + " frames)",
                "sweep along the limb while recording");
  sweep.grid = corners.grid(options.spacingMm);
  sweep.fields = chain.fields();
  return sweep;
}

namespace {

/// Reads ahead by a few frames on a thread of its own.
class Ahead {
 public:
  Ahead(const OpenSweep& open)
      : source_(open()), thread_([this](const std::stop_token& stop) { work(stop); }) {}
  ~Ahead() {
    thread_.request_stop();
    wake_.notify_all();
  }

  std::optional<Frame> next() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return std::nullopt;
    }
    Frame frame = std::move(waiting_.front());
    waiting_.pop_front();
    wake_.notify_all();
    return frame;
  }

 private:
  static constexpr std::size_t kMost = 4;

  void work(const std::stop_token& stop) {
    try {
      while (!stop.stop_requested()) {
        auto frame = source_->read();
        std::unique_lock lock(mutex_);
        if (!frame) break;
        wake_.wait(lock, [&] { return stop.stop_requested() || waiting_.size() < kMost; });
        waiting_.push_back(std::move(*frame));
        wake_.notify_all();
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    ended_ = true;
    wake_.notify_all();
  }

  std::unique_ptr<acquisition::FrameSource> source_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Frame> waiting_;
  std::exception_ptr failure_;
  bool ended_ = false;
  std::jthread thread_;
};

}  // namespace

void forEachUsedFrame(const OpenSweep& open, const Sweep& sweep, const Told& told,
                      const std::stop_token& stop, const UseFrame& use) {
  Ahead frames(open);
  cv::Mat buffer;
  const cv::Rect bounds = sweep.clip.bounds();
  std::size_t done = 0;
  while (const auto frame = frames.next()) {
    if (stop.stop_requested()) throw Cancelled();
    if (done == sweep.imageToReference.size()) break;
    const auto& pose = sweep.imageToReference[done++];
    if (pose) {
      if (frame->pixels.cols < bounds.br().x || frame->pixels.rows < bounds.br().y)
        throw Error(sweep.name, "reads otherwise than a moment ago", "leave the file alone while it is read");
      use(*frame, greyOf(frame->pixels, buffer), *pose);
    }
    told(static_cast<std::int64_t>(done));
  }
  if (done < sweep.imageToReference.size())
    throw Error(sweep.name, "reads otherwise than a moment ago", "leave the file alone while it is read");
}

Volume reconstruct(const OpenSweep& open, const Sweep& sweep, const ReconstructionOptions& options,
                   const Told& told, const std::stop_token& stop) {
  SlicePaster paster(sweep.grid, options.interpolation, options.compounding);
  forEachUsedFrame(open, sweep, told, stop,
                   [&](const Frame&, const cv::Mat& grey, const Eigen::Matrix4d& pose) {
                     paster.paste(grey, sweep.clip, pose);
                   });
  Volume volume = std::move(paster.volume());
  if (options.longestHoleMm > 0.0) fillHoles(volume, options.longestHoleMm);
  volume.fields = sweep.fields;
  return volume;
}

}  // namespace acuguide::volume
