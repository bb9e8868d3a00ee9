#include "guidance/course.h"

#include "core/units.h"

#include <cmath>
#include <numbers>

namespace acuguide::guidance {
namespace {

double steepnessOf(const Eigen::Vector2d& direction, bool headingRight) {
  return std::atan2(direction.y(), headingRight ? direction.x() : -direction.x());
}

}  // namespace

Course courseTo(const Eigen::Vector2d& target, const Blade& blade, bool headingRight) {
  const Eigen::Vector2d way = target - blade.tip;
  Course course;
  course.toTarget = way.norm();
  course.toGo = way.dot(blade.direction);
  // The side that is the picture's right; for a blade along the probe face, the side of the probe.
  course.across = {blade.direction.y(), -blade.direction.x()};
  if (course.across.x() < 0 || (course.across.x() == 0 && course.across.y() > 0))
    course.across = -course.across;
  course.lateral = -way.dot(course.across);
  course.steepness = steepnessOf(blade.direction, headingRight);
  if (course.toTarget > 0) {
    course.angleError =
        std::remainder(course.steepness - steepnessOf(way, headingRight), 2 * std::numbers::pi);
  }
  return course;
}

bool headingOf(const Blade& blade, std::optional<bool> before, std::optional<bool> planned) {
  const bool upright = std::abs(blade.direction.x()) < std::sin(radians(10.0));
  if (!upright) return blade.direction.x() > 0;
  return before.value_or(planned.value_or(blade.direction.x() >= 0));
}

}  // namespace acuguide::guidance
