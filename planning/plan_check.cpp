#include "core/error.h"
#include "planning/danger_zones.h"
#include "planning/plan.h"

#include <Eigen/Geometry>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

namespace acuguide::planning {
namespace {

/// Points of each meridian: WHO Standard Acupuncture Point Locations in the Western Pacific Region (2008),
/// 361 in all.
constexpr std::array<std::pair<std::string_view, int>, 14> meridians{{{"LU", 11},
                                                                      {"LI", 20},
                                                                      {"ST", 45},
                                                                      {"SP", 21},
                                                                      {"HT", 9},
                                                                      {"SI", 19},
                                                                      {"BL", 67},
                                                                      {"KI", 27},
                                                                      {"PC", 9},
                                                                      {"TE", 23},
                                                                      {"GB", 44},
                                                                      {"LR", 14},
                                                                      {"GV", 28},
                                                                      {"CV", 24}}};

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

void checkAcupoint(const Plan& plan, const std::string& where) {
  const std::string& code = plan.acupoint;
  for (const auto& [meridian, points] : meridians) {
    if (!code.starts_with(meridian)) continue;
    int point = 0;
    const auto end = std::from_chars(code.data() + 2, code.data() + code.size(), point);
    if (end.ptr == code.data() + code.size() && point >= 1 && point <= points) return;
    throw Error(where, "/acupoint is \"" + code + "\"",
                std::string(meridian) + " has the points 1 to " + std::to_string(points));
  }
  throw Error(where, "/acupoint is \"" + code + "\"", "give a WHO code such as \"ST36\"");
}

void checkTarget(const Plan& plan, const std::string& where) {
  if (const auto* plane = std::get_if<TargetAtPlane>(&plan.target)) {
    if (plane->plane == imaging::PlaneLabel::Bone && plane->offsetMm > 0) {
      throw Error(where, "/target/offsetMm is " + number(plane->offsetMm) + ": the target lies below bone",
                  "give 0 or a negative offset");
    }
    if (plane->plane == imaging::PlaneLabel::Skin && plane->offsetMm <= 0) {
      throw Error(where,
                  "/target/offsetMm is " + number(plane->offsetMm) + ": the target lies above the skin",
                  "give an offset of more than 0");
    }
    if (plane->plane == imaging::PlaneLabel::Fascia) {
      throw Error(where, "/target/plane is \"fascia\", of which a picture may show several",
                  "use superficial_aponeurosis, deep_aponeurosis, bone or skin");
    }
    return;
  }
  const auto* target = std::get_if<TargetAtDepth>(&plan.target);
  if (target == nullptr) return;
  const double depth = target->point.depthMm;
  if (plan.maximumDepthMm && depth > *plan.maximumDepthMm) {
    throw Error(where,
                "/target/depthMm is " + number(depth) + ", deeper than /maximumDepthMm " +
                    number(*plan.maximumDepthMm),
                "raise the maximum depth or move the target up");
  }
  for (std::size_t i = 0; i < plan.dangers.size(); ++i) {
    if (plan.dangers[i].kind != DangerKind::Bone) continue;
    const std::optional<double> bone = shallowestAt(outlineOf(plan.dangers[i]), target->point.lateralMm);
    if (bone && depth > *bone) {
      throw Error(where,
                  "/target/depthMm is " + number(depth) + ": the target lies below the bone that begins at " +
                      number(*bone) + " (/dangers/" + std::to_string(i) + ")",
                  "move the target up");
    }
  }
  const double path = depth / (plan.entryAngle ? std::sin(*plan.entryAngle) : 1.0);
  if (plan.instrument.lengthMm < path) {
    throw Error(where,
                "/instrument/lengthMm is " + number(plan.instrument.lengthMm) + ", shorter than the " +
                    number(path) + " mm from the skin to the target",
                "choose a longer instrument or a steeper entry");
  }
}

Eigen::Vector2d at(const PicturePoint& p) { return {p.lateralMm, p.depthMm}; }

double cross(const Eigen::Vector2d& a, const Eigen::Vector2d& b) { return a.x() * b.y() - a.y() * b.x(); }

bool between(const Eigen::Vector2d& a, const Eigen::Vector2d& b, const Eigen::Vector2d& p) {
  return cross(b - a, p - a) == 0 && (p - a).dot(p - b) <= 0;
}

/// Whether the closed segments a-b and c-d share a point.
bool meet(const Eigen::Vector2d& a, const Eigen::Vector2d& b, const Eigen::Vector2d& c,
          const Eigen::Vector2d& d) {
  const double c1 = cross(b - a, c - a), d1 = cross(b - a, d - a);
  const double a2 = cross(d - c, a - c), b2 = cross(d - c, b - c);
  if (((c1 > 0 && d1 < 0) || (c1 < 0 && d1 > 0)) && ((a2 > 0 && b2 < 0) || (a2 < 0 && b2 > 0))) return true;
  return between(a, b, c) || between(a, b, d) || between(c, d, a) || between(c, d, b);
}

void checkPolygon(const Polygon& polygon, const std::string& path, const std::string& where) {
  const auto& points = polygon.points;
  const std::size_t n = points.size();
  if (n < 3) throw Error(where, path + " has " + std::to_string(n) + " points", "give at least 3");
  double area = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t next = (i + 1) % n;
    area += cross(at(points[i]), at(points[next])) / 2;
    if (at(points[i]) == at(points[next])) {
      throw Error(where, path + "/" + std::to_string(next) + " repeats the point before it", "remove it");
    }
    for (std::size_t j = i + 2; j < n; ++j) {
      if (i == 0 && j == n - 1) continue;  // neighbours round the end
      if (meet(at(points[i]), at(points[next]), at(points[j]), at(points[(j + 1) % n]))) {
        throw Error(
            where, path + " crosses itself between points " + std::to_string(i) + " and " + std::to_string(j),
            "list the points in order round the zone");
      }
    }
  }
  if (std::abs(area) < 0.01)
    throw Error(where, path + " encloses nothing", "give points that are not on one line");
}

}  // namespace

void checkPlan(const Plan& plan, const std::string& where) {
  checkAcupoint(plan, where);
  for (std::size_t i = 0; i < plan.dangers.size(); ++i) {
    const auto* polygon = std::get_if<Polygon>(&plan.dangers[i].shape);
    if (polygon) checkPolygon(*polygon, "/dangers/" + std::to_string(i) + "/polygon", where);
  }
  checkTarget(plan, where);
}

}  // namespace acuguide::planning
