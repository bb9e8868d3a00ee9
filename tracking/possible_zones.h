#pragma once

#include "core/fail_safe_ages.h"
#include "imaging/structures/structures.h"

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <cstdint>
#include <vector>

namespace acuguide::tracking {

/// How the tissue lies in one picture, as the anchor that carries it has it.
struct TissuePose {
  /// Counts the pictures that motion was measured from; those of two epochs cannot be compared. 0: not tied.
  std::uint64_t epoch = 0;
  Eigen::Affine2d motion = Eigen::Affine2d::Identity();  ///< where a pixel of that first picture is in this
  bool sure = false;                                     ///< false: the tissue is not recognised here
};

/// A nerve or vessel that may be there, where its tissue is now. Never more than possible.
struct PossibleZone {
  std::uint64_t id = 0;  ///< the same as long as it is found again in its place; never 0
  imaging::StructureKind kind = imaging::StructureKind::Vessel;
  double confidence = 0.0;                 ///< of the finding it is drawn from
  std::vector<Eigen::Vector2d> outlinePx;  ///< closed, full-image pixels of the present picture
  double ageSeconds = 0.0;                 ///< since the picture it was last found in
};

struct PossibleZonesOptions {
  /// A finding this sure is shown at once; a lesser one when it is found a second time.
  double sureAtOnce = 0.5;
  double goneAfterSeconds = ages::kStructureGone;
  std::size_t most = 12;  ///< of the surest, so that a picture full of findings costs no frame
};

/// Keeps what the network found in earlier pictures on its tissue until it looks again: between two findings
/// the zones go with the tissue, those that are not found again age and go, and those that were dismissed
/// stay hidden wherever their tissue goes. Times are the frames'. One stream, one thread. Does not throw.
class PossibleZones {
 public:
  explicit PossibleZones(PossibleZonesOptions options = {}) : options_(options) {}

  /// What was found in the picture of `then`, taken at `time`. Nothing is kept of a picture whose tissue was
  /// not recognised or that belongs to an epoch gone by.
  void add(const imaging::Structures& found, const TissuePose& then, double time);

  /// The zones in the picture of `now`; none where its tissue is not recognised. A later epoch forgets all.
  std::vector<PossibleZone> process(const TissuePose& now, double time);

  /// The same tissue measured from another picture from now on: `change` takes a pixel of the first picture
  /// until now to one of that of `epoch`.
  void rebase(std::uint64_t epoch, const Eigen::Affine2d& change);

  /// Someone has looked: it is none. Whatever is found in its place is hidden while its tissue is carried.
  /// False: no such zone.
  bool dismiss(std::uint64_t id);
  std::size_t dismissed() const { return dismissed_.size(); }

  /// Forgets all; what belongs to an epoch gone by stays unbelieved.
  void reset();

 private:
  struct Kept {
    PossibleZone zone;  ///< outline in the first picture of the epoch
    double time = 0;    ///< of the picture it was last found in
    int found = 1;      ///< times
  };

  void enter(std::uint64_t epoch);
  bool isDismissed(const PossibleZone& zone) const;
  void keep(PossibleZone zone, double time);

  PossibleZonesOptions options_;
  std::uint64_t epoch_ = 0;
  std::uint64_t nextId_ = 1;
  std::vector<Kept> kept_;
  std::vector<PossibleZone> dismissed_;  ///< outlines in the first picture of the epoch
};

/// The smallest of the zones that a pixel lies in; null when it lies in none.
const PossibleZone* zoneAt(const std::vector<PossibleZone>& zones, const Eigen::Vector2d& px);

}  // namespace acuguide::tracking
