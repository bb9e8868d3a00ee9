#include "tracking/possible_zones.h"

#include "imaging/structures/outline_share.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace acuguide::tracking {
namespace {

using Outline = std::vector<Eigen::Vector2d>;

/// So much of one within the other, and the two are one structure.
constexpr double kSame = 0.5;

Outline moved(const Eigen::Affine2d& motion, const Outline& outline) {
  Outline there;
  there.reserve(outline.size());
  for (const Eigen::Vector2d& p : outline) there.push_back(motion * p);
  return there;
}

/// Twice the area, by the shoelace formula.
double areaOf(const Outline& outline) {
  double twice = 0;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++)
    twice += outline[j].x() * outline[i].y() - outline[i].x() * outline[j].y();
  return std::abs(twice);
}

bool holds(const Outline& outline, const Eigen::Vector2d& p) {
  bool in = false;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
    const Eigen::Vector2d &a = outline[i], &b = outline[j];
    if ((a.y() > p.y()) != (b.y() > p.y()) &&
        p.x() < a.x() + (p.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x()))
      in = !in;
  }
  return in;
}

bool same(const PossibleZone& a, const PossibleZone& b) {
  return a.kind == b.kind && (imaging::shareInside(a.outlinePx, b.outlinePx) > kSame ||
                              imaging::shareInside(b.outlinePx, a.outlinePx) > kSame);
}

}  // namespace

void PossibleZones::reset() {
  kept_.clear();
  dismissed_.clear();
}

void PossibleZones::enter(std::uint64_t epoch) {
  if (epoch <= epoch_) return;
  epoch_ = epoch;
  kept_.clear();
  dismissed_.clear();
}

void PossibleZones::rebase(std::uint64_t epoch, const Eigen::Affine2d& change) {
  epoch_ = epoch;
  for (Kept& kept : kept_) kept.zone.outlinePx = moved(change, kept.zone.outlinePx);
  for (PossibleZone& zone : dismissed_) zone.outlinePx = moved(change, zone.outlinePx);
}

bool PossibleZones::isDismissed(const PossibleZone& zone) const {
  return std::any_of(dismissed_.begin(), dismissed_.end(),
                     [&](const PossibleZone& gone) { return same(zone, gone); });
}

/// In the place of the one it is found again of, or as a new one.
void PossibleZones::keep(PossibleZone zone, double time) {
  const auto before = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.time != time && same(kept.zone, zone);
  });
  if (before == kept_.end()) {
    zone.id = nextId_++;
    kept_.push_back({std::move(zone), time, 1});
    return;
  }
  zone.id = before->zone.id;
  *before = {std::move(zone), time, before->found + 1};
}

void PossibleZones::add(const imaging::Structures& found, const TissuePose& then, double time) {
  if (!found.sure || !then.sure || then.epoch == 0 || then.epoch < epoch_) return;
  enter(then.epoch);
  const Eigen::Affine2d back = then.motion.inverse();
  const std::size_t count = std::min(found.found.size(), options_.most);
  for (std::size_t i = 0; i < count; ++i) {
    const imaging::PossibleStructure& one = found.found[i];
    PossibleZone zone{0, one.kind, one.confidence, moved(back, one.outlinePx), 0.0};
    if (!isDismissed(zone)) keep(std::move(zone), time);
  }
}

std::vector<PossibleZone> PossibleZones::process(const TissuePose& now, double time) {
  enter(now.epoch);
  std::erase_if(kept_,
                [&](const Kept& kept) { return !(std::abs(time - kept.time) <= options_.goneAfterSeconds); });
  std::vector<PossibleZone> zones;
  if (!now.sure || now.epoch != epoch_) return zones;
  for (const Kept& kept : kept_) {
    if (kept.found < 2 && kept.zone.confidence < options_.sureAtOnce) continue;
    PossibleZone zone = kept.zone;
    zone.outlinePx = moved(now.motion, zone.outlinePx);
    zone.ageSeconds = std::abs(time - kept.time);
    zones.push_back(std::move(zone));
  }
  std::stable_sort(zones.begin(), zones.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  if (zones.size() > options_.most) zones.resize(options_.most);
  return zones;
}

bool PossibleZones::dismiss(std::uint64_t id) {
  const auto gone =
      std::find_if(kept_.begin(), kept_.end(), [id](const Kept& kept) { return kept.zone.id == id; });
  if (gone == kept_.end()) return false;
  dismissed_.push_back(std::move(gone->zone));
  kept_.erase(gone);
  std::erase_if(kept_, [this](const Kept& kept) { return isDismissed(kept.zone); });
  return true;
}

const PossibleZone* zoneAt(const std::vector<PossibleZone>& zones, const Eigen::Vector2d& px) {
  const PossibleZone* smallest = nullptr;
  for (const PossibleZone& zone : zones)
    if (holds(zone.outlinePx, px) &&
        (smallest == nullptr || areaOf(zone.outlinePx) < areaOf(smallest->outlinePx)))
      smallest = &zone;
  return smallest;
}

}  // namespace acuguide::tracking
