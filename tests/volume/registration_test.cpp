#include "volume/registration.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace acuguide::volume {
namespace {

/// A limb in brief, limb coordinates, mm: layers, a bone with shadow, a vessel, and lumps that fill the
/// muscle.
class BriefLimb {
 public:
  explicit BriefLimb(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    for (int i = 0; i < 400; ++i)
      lumps_.push_back({Eigen::Vector3d(40 * share(random) - 20, 30 * share(random), 60 * share(random)),
                        0.8 + 1.5 * share(random), 60 * share(random) - 20});
    bend_ = 3 + 4 * share(random);
    bone_ = 20 + 4 * share(random);
  }
  double at(const Eigen::Vector3d& p) const {
    const double bone = std::hypot(p.x() - 2, p.y() - bone_ - std::pow((p.z() - 30) / 20, 2)) - 7;
    if (bone < 0) return std::abs(bone) < 0.8 ? 230 : 12;
    if (std::abs(p.y() - 6 - std::sin(p.z() / bend_) - 0.05 * p.x()) < 0.5) return 220;
    if (std::hypot(p.x() + 9 - 0.1 * p.z(), p.y() - 15) < 1.8) return 5;
    double level = p.y() < 6 ? 70 : 50;
    for (const Lump& lump : lumps_) {
      const double off = (p - lump.middle).squaredNorm() / (lump.size * lump.size);
      if (off < 6) level += lump.level * std::exp(-off);
    }
    return std::clamp(level, 1.0, 255.0);
  }

 private:
  struct Lump {
    Eigen::Vector3d middle;
    double size, level;
  };
  std::vector<Lump> lumps_;
  double bend_ = 0, bone_ = 0;
};

/// The volume of a visit: seen is a box of the limb, which lies at `place` and is pressed.
Volume visit(const BriefLimb& limb, const Eigen::Isometry3d& place, double pressed, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0.0, 8.0);
  Volume volume;
  volume.grid.spacingMm = {0.7, 0.7, 0.7};
  Eigen::Vector3d low = Eigen::Vector3d::Constant(1e9), high = -low;
  for (int corner = 0; corner < 8; ++corner) {
    const Eigen::Vector3d p = place * Eigen::Vector3d((corner & 1) != 0 ? 18 : -18,
                                                      (corner & 2) != 0 ? 30 : 0, (corner & 4) != 0 ? 55 : 5);
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  for (std::size_t a = 0; a < 3; ++a) {
    const auto i = static_cast<Eigen::Index>(a);
    volume.grid.originMm[a] = low[i];
    volume.grid.size[a] = static_cast<int>((high[i] - low[i]) / 0.7) + 1;
  }
  const Eigen::Isometry3d back = place.inverse();
  for (int z = 0; z < volume.grid.size[2]; ++z)
    for (int y = 0; y < volume.grid.size[1]; ++y)
      for (int x = 0; x < volume.grid.size[0]; ++x) {
        Eigen::Vector3d p = back * Eigen::Vector3d(low + 0.7 * Eigen::Vector3d(x, y, z));
        const bool seen = std::abs(p.x()) < 18 && p.y() >= 0 && p.y() < 30 && p.z() > 5 && p.z() < 55;
        if (p.y() < 17) p.y() = (p.y() - 17 * pressed) / (1 - pressed);
        const double level = seen ? limb.at(p) + noise(random) : 0;
        volume.grey.push_back(static_cast<std::uint8_t>(seen ? std::clamp(level, 1.0, 255.0) : 0));
      }
  return volume;
}

Eigen::Isometry3d moved(double degrees, double mm) {
  Eigen::Isometry3d place = Eigen::Isometry3d::Identity();
  place.linear() =
      Eigen::AngleAxisd(degrees / 57.29578, Eigen::Vector3d(0.5, 0.4, 0.77).normalized()).toRotationMatrix();
  const Eigen::Vector3d middle(0, 15, 30);
  place.translation() = middle - place.linear() * middle + mm * Eigen::Vector3d(0.6, -0.48, 0.64);
  return place;
}

TEST(Registration, FindsTheSamePlacesAtASecondVisit) {
  const BriefLimb limb(1);
  const Volume first = visit(limb, Eigen::Isometry3d::Identity(), 0.0, 1);
  const Eigen::Isometry3d place = moved(12, 15);
  const Volume second = visit(limb, place, 0.08, 2);
  std::vector<std::string> stages;
  const Registration found =
      registerVolumes(first, second, {}, [&](const std::string& stage) { stages.push_back(stage); }, {});
  EXPECT_TRUE(found.usable) << ::testing::PrintToString(found.reasons);
  EXPECT_GT(found.correlation, 0.7);
  EXPECT_GT(found.overlap, 0.8);
  EXPECT_GE(stages.size(), 3u);
  std::vector<double> errors;
  for (const double z : {15.0, 30.0, 45.0})
    for (const double y : {6.0, 12.0, 18.0})
      for (const double x : {-10.0, 0.0, 10.0}) {
        const double pressed = y < 17 ? y + 0.08 * (17 - y) : y;
        const Eigen::Vector3d truth = place * Eigen::Vector3d(x, pressed, z);
        const Point there = found.toSecond({x, y, z});
        errors.push_back((Eigen::Vector3d(there[0], there[1], there[2]) - truth).norm());
      }
  std::sort(errors.begin(), errors.end());
  RecordProperty("median_mm", std::to_string(errors[errors.size() / 2]));
  EXPECT_LT(errors[errors.size() / 2], 1.5);

  // The second visit on the first one's grid shows the same at the same places.
  const Volume resampled = resampledToFirst(first, second, found);
  double a = 0, b = 0, aa = 0, bb = 0, ab = 0, n = 0;
  for (std::size_t i = 0; i < first.grey.size(); ++i) {
    if (first.grey[i] == 0 || resampled.grey[i] == 0) continue;
    const double one = first.grey[i], other = resampled.grey[i];
    ++n, a += one, b += other, aa += one * one, bb += other * other, ab += one * other;
  }
  EXPECT_GT((ab - a * b / n) / std::sqrt((aa - a * a / n) * (bb - b * b / n)), 0.7);
}

TEST(Registration, SaysThatAnotherLimbIsNoMatch) {
  const Volume first = visit(BriefLimb(1), Eigen::Isometry3d::Identity(), 0.0, 1);
  Volume other = visit(BriefLimb(1), Eigen::Isometry3d::Identity(), 0.0, 2);
  std::mt19937 random(5);
  for (std::uint8_t& level : other.grey)
    if (level != 0) level = static_cast<std::uint8_t>(1 + random() % 255);
  const Registration found = registerVolumes(first, other, {}, [](const std::string&) {}, {});
  EXPECT_FALSE(found.usable);
  ASSERT_FALSE(found.reasons.empty());
  EXPECT_THAT(found.reasons.front(), ::testing::HasSubstr("match"));
}

TEST(Registration, EndsWhenAskedTo) {
  const Volume first = visit(BriefLimb(1), Eigen::Isometry3d::Identity(), 0.0, 1);
  std::stop_source stop;
  const Registration found = registerVolumes(
      first, first, {}, [&](const std::string&) { stop.request_stop(); }, stop.get_token());
  EXPECT_FALSE(found.usable);
  EXPECT_THAT(found.reasons, ::testing::ElementsAre("It was ended before it was done."));
}

}  // namespace
}  // namespace acuguide::volume
