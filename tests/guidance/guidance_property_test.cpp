#include "guidance/guidance_scene.h"
#include "guidance/procedure.h"
#include "planning/danger_zones.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

namespace acuguide::guidance {
namespace {

using Eigen::Vector2d;
using tracking::NeedleState;

/// Random plans, pictures and hands: what must hold whatever they do. Distances to the dangers are measured
/// here by themselves, by points along the blade against the ellipse's equation.
class Approach {
 public:
  explicit Approach(unsigned seed) : random_(seed) {
    scene_.options.holdSeconds = chance(0.3) ? 0 : 0.2;
    scene_.geometry.spacingMm = Vector2d(in(0.05, 0.25), in(0.05, 0.25));
    bottom_ = chance(0.3);
    scene_.analysis.region.probe = bottom_ ? imaging::ProbeSide::Bottom : imaging::ProbeSide::Top;
    depth_ = in(8, 25);
    scene_.plan.target = planning::TargetAtDepth{{in(-5, 5), depth_}};
    scene_.plan.corridorWidthMm = in(1, 10);
    scene_.plan.targetToleranceMm = in(0.5, 4);
    if (chance(0.5)) scene_.plan.maximumDepthMm = depth_ + in(0, 4);
    if (chance(0.3)) scene_.plan.entryFromLeft = chance(0.5);
    if (chance(0.3)) scene_.plan.entryAngle = radians(in(20, 90));
    for (int i = 0; i < 3; ++i) {
      planning::DangerZone zone;
      zone.shape = planning::Ellipse{{in(-12, 12), in(3, 30)}, in(0.5, 4), in(0.5, 4), in(-1.5, 1.5)};
      zone.marginMm = in(0, 3);
      scene_.plan.dangers.push_back(zone);
    }
    for (int i = 0; i < 2; ++i) {
      planning::DangerZone zone;
      zone.shape = planning::Ellipse{{in(-12, 12), in(3, 30)}, in(0.5, 4), in(0.5, 4), in(-1.5, 1.5)};
      zone.marginMm = possibleMarginMm;
      maybe_.push_back(zone);
      tracking::PossibleZone possible;
      possible.id = static_cast<std::uint64_t>(i) + 1;
      for (const Vector2d& p : planning::outlineOf(zone)) possible.outlinePx.push_back(px(p));
      possible_.push_back(possible);
    }
    angle_ = radians(in(15, 165));
    aim_ = Vector2d(in(-6, 6), depth_ + in(-3, 3));
  }

  void run() {
    GuidanceRule rule = scene_.rule(), bare = scene_.rule();
    Procedure procedure(scene_.plan.strokes);
    const Readiness readiness{true, chance(0.8), chance(0.8)};
    double time = 0, toGo = in(5, 30);
    const bool unsure = chance(0.5);
    const double speed = in(2, 40);
    for (int i = 0; i < 40; ++i) {
      const double step = chance(0.1) ? in(0, 0.4) : 1.0 / 30;
      time += step;
      toGo -= speed * step;
      angle_ += radians(in(-1, 1));
      const Vector2d d(std::cos(angle_), std::sin(angle_));
      const Vector2d tip = aim_ - toGo * d + Vector2d(in(-0.3, 0.3), in(-0.3, 0.3));
      tracking::NeedleTrack needle = needleBetween(px(tip - in(3, 15) * d), px(tip), time);
      const double ahead = unsure ? in(0, 4) : 0.0;
      needle.tipAheadPx = (px(tip + ahead * d) - px(tip)).norm();
      needle.tipBehindPx = unsure ? in(0, 20) : 0.0;
      needle.state = chance(0.1)    ? NeedleState::Predicted
                     : chance(0.05) ? NeedleState::None
                                    : NeedleState::Observed;
      Guidance guidance = rule.process(scene_.geometry, scene_.analysis, needle, {}, possible_);
      if (guidance.state == GuidanceState::Stop) {
        EXPECT_EQ(bare.process(scene_.geometry, scene_.analysis, needle).state, GuidanceState::Stop)
            << "what is only possible stops nothing";
      } else {
        bare.process(scene_.geometry, scene_.analysis, needle);
      }
      const ProcedureState state = procedure.process(guidance, needle, readiness);
      withholdClaims(state, guidance);
      check(guidance, needle, tip, d);
      checkFarEnd(guidance, tip + ahead * d, d);
      checkStep(state, guidance, needle, tip, d, readiness);
      if (testing::Test::HasFailure()) return;
    }
  }

  int claims() const { return claims_; }
  int stops() const { return stops_; }
  int withheld() const { return withheld_; }

 private:
  void check(const Guidance& g, const tracking::NeedleTrack& needle, const Vector2d& tip, const Vector2d& d) {
    const bool claim = g.state == GuidanceState::OnCourse || g.state == GuidanceState::AtTarget;
    claims_ += claim;
    stops_ += g.state == GuidanceState::Stop;
    if (needle.state == NeedleState::None) {
      EXPECT_FALSE(claim);
      return;
    }
    const bool inside = intrudes(tip, d, scene_.plan.dangers);
    if (inside) {
      EXPECT_EQ(g.state, GuidanceState::Stop);
    }
    for (std::size_t i = 0; i < maybe_.size(); ++i) {
      if (coveredByPlan(possible_[i], g) || !intrudes(tip, d, {maybe_[i]})) continue;
      EXPECT_FALSE(claim) << "inside the margin of what may be a nerve or vessel";
      EXPECT_TRUE(g.nearestPossible && g.nearestPossible->insideMargin);
      withheld_ += g.reason == GuidanceReason::PossibleDanger;
    }
    if (!claim) return;
    const Vector2d target = targetMm();
    const Vector2d way = target - tip;
    EXPECT_EQ(needle.state, NeedleState::Observed);
    EXPECT_FALSE(inside);
    EXPECT_FALSE(g.nearestDanger->insideMargin);
    EXPECT_LE(tip.y(), scene_.plan.maximumDepthMm.value_or(1e9) + 1e-9);
    if (g.state == GuidanceState::AtTarget) {
      EXPECT_LE(way.norm(), 1.25 * scene_.plan.targetToleranceMm + 1e-9);
    } else {
      EXPECT_LE((way - way.dot(d) * d).norm(), scene_.plan.corridorWidthMm / 2 + 1e-9);
    }
    for (const HintAmount& hint : g.hints) EXPECT_GE(hint.amount, 0);
  }

  /// A claim holds wherever the tip may be.
  void checkFarEnd(const Guidance& g, const Vector2d& far, const Vector2d& d) {
    if (g.state != GuidanceState::OnCourse && g.state != GuidanceState::AtTarget) return;
    EXPECT_FALSE(intrudes(far, d, scene_.plan.dangers)) << "the far end of where the tip may be";
    EXPECT_LE(far.y(), scene_.plan.maximumDepthMm.value_or(1e9) + 1e-6);
    const Vector2d way = targetMm() - far;
    if (way.norm() > scene_.plan.targetToleranceMm + 1e-6) {
      EXPECT_GE(way.dot(d), -scene_.plan.targetToleranceMm - 1e-6);
    }
    for (std::size_t i = 0; i < maybe_.size(); ++i) {
      if (!coveredByPlan(possible_[i], g)) {
        EXPECT_FALSE(intrudes(far, d, {maybe_[i]}));
      }
    }
  }

  /// What must hold of the steps: inside a margin it is Stop, and nothing goes on that has not been asked
  /// for.
  void checkStep(const ProcedureState& state, const Guidance& g, const tracking::NeedleTrack& needle,
                 const Vector2d& tip, const Vector2d& d, const Readiness& readiness) {
    const bool claim = g.state == GuidanceState::OnCourse || g.state == GuidanceState::AtTarget;
    const bool known = needle.state != NeedleState::None;
    if (known && intrudes(tip, d, scene_.plan.dangers)) {
      EXPECT_EQ(state.step, Step::Stop);
    }
    if (known && tip.y() > scene_.plan.maximumDepthMm.value_or(1e9)) {
      EXPECT_EQ(state.step, Step::Stop);
    }
    if (!readiness.checklistPassed || !readiness.pointConfirmed) {
      EXPECT_FALSE(claim);
      EXPECT_FALSE(isAdvancing(state.step));
    }
    if (needle.state == NeedleState::Observed && isAdvancing(state.step)) {
      EXPECT_TRUE(claim);
    }
    if (state.strokes) {
      EXPECT_LE(*state.strokes, state.strokesPlanned + 1);
    }
  }

  /// Whether any point of the blade, from the tip back to the skin, is inside a margin (by more than this
  /// measures).
  bool intrudes(const Vector2d& tip, const Vector2d& d,
                const std::vector<planning::DangerZone>& zones) const {
    const planning::Instrument& blade = scene_.plan.instrument;
    const double half = std::max(blade.diameterMm, blade.bladeWidthMm) / 2;
    for (double back = 0; back < blade.lengthMm; back += 0.2) {
      const Vector2d p = tip - back * d;
      if (p.y() < 0 && back > 0) break;
      for (const planning::DangerZone& zone : zones) {
        const planning::Ellipse& e = std::get<planning::Ellipse>(zone.shape);
        const double reach = std::max(e.radiusAcrossMm, e.radiusAlongMm) + zone.marginMm + half;
        if ((p - Vector2d(e.centre.lateralMm, e.centre.depthMm)).norm() > reach) continue;
        if (distanceMm(e, p) < zone.marginMm + half - 0.05) return true;
      }
    }
    return false;
  }

  static double distanceMm(const planning::Ellipse& e, const Vector2d& p) {
    const Vector2d first(std::cos(e.angle), -std::sin(e.angle)), second(-first.y(), first.x());
    const Vector2d out = p - Vector2d(e.centre.lateralMm, e.centre.depthMm);
    const double u = out.dot(first) / e.radiusAcrossMm, v = out.dot(second) / e.radiusAlongMm;
    if (u * u + v * v <= 1) return 0;
    double nearest = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 60; ++i) {
      const double t = radians(6.0 * i);
      nearest = std::min(
          nearest,
          (e.radiusAcrossMm * std::cos(t) * first + e.radiusAlongMm * std::sin(t) * second - out).norm());
    }
    return nearest;
  }

  Vector2d targetMm() const {
    const planning::PicturePoint& p = std::get<planning::TargetAtDepth>(scene_.plan.target).point;
    return {p.lateralMm, p.depthMm};
  }
  Vector2d px(const Vector2d& mm) const {
    const Vector2d& s = *scene_.geometry.spacingMm;
    return {200 + mm.x() / s.x(), bottom_ ? 300 - mm.y() / s.y() : mm.y() / s.y()};
  }
  double in(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }

  std::mt19937 random_;
  Scene scene_;
  bool bottom_ = false;
  double depth_ = 0, angle_ = 0;
  Vector2d aim_;
  std::vector<planning::DangerZone> maybe_;
  std::vector<tracking::PossibleZone> possible_;  ///< the same, as the network gives them
  int claims_ = 0, stops_ = 0, withheld_ = 0;
};

/// 10,000 approaches in shares, so that each ends in time under the sanitizers too.
class GuidanceProperty : public testing::TestWithParam<unsigned> {};

TEST_P(GuidanceProperty, NeverClaimsACourseInsideADangersMarginOrWithoutSeeingTheNeedle) {
  constexpr unsigned approaches = 400;
  int claims = 0, stops = 0, withheld = 0;
  for (unsigned seed = GetParam() * approaches; seed < (GetParam() + 1) * approaches; ++seed) {
    SCOPED_TRACE(seed);
    Approach approach(seed);
    approach.run();
    claims += approach.claims();
    stops += approach.stops();
    withheld += approach.withheld();
    if (HasFailure()) return;
  }
  // Fewer than stops: possible zones and the far end of the tip's interval take claims away, and a target
  // outside the imaging region is not judged.
  EXPECT_GT(claims, 250) << "the approaches must be such that claims are made at all";
  EXPECT_GT(stops, 400);
  EXPECT_GT(withheld, 20);
}

INSTANTIATE_TEST_SUITE_P(Shares, GuidanceProperty, testing::Range(0u, 25u));

}  // namespace
}  // namespace acuguide::guidance
