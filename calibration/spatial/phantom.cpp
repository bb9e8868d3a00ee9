#include "calibration/spatial/phantom.h"

#include "core/error.h"
#include "core/input_file.h"

#include <Eigen/Geometry>

#include <cmath>
#include <fstream>
#include <sstream>

namespace acuguide::calibration {
namespace {

constexpr double shortestWireMm = 1.0, longestWireMm = 1000.0;
constexpr double closestWiresMm = 0.5;
constexpr double parallel = 0.9998;  ///< cosine of about one degree

/// The least distance of two wires between their ends, by sampling one of them: wires are few and this is
/// exact enough to tell a crossing from a gap.
double leastDistance(const Wire& a, const Wire& b) {
  constexpr int steps = 400;
  const Eigen::Vector3d along = b.back - b.front;
  double least = std::numeric_limits<double>::infinity();
  for (int i = 0; i <= steps; ++i) {
    const Eigen::Vector3d point = a.front + (a.back - a.front) * i / steps;
    const double share = std::clamp((point - b.front).dot(along) / along.squaredNorm(), 0.0, 1.0);
    least = std::min(least, (point - b.front - share * along).norm());
  }
  return least;
}

void checkWire(const Wire& wire, const std::string& where) {
  const double length = (wire.back - wire.front).norm();
  if (!wire.front.allFinite() || !wire.back.allFinite() || length < shortestWireMm || length > longestWireMm)
    throw Error(where, "wire " + wire.name + " is " + std::to_string(length) + " mm long",
                "give the ends of each wire in millimetres");
}

void checkPattern(const Wire& first, const Wire& middle, const Wire& last, const std::string& where) {
  const std::string names = first.name + ", " + middle.name + ", " + last.name;
  if (std::abs(first.direction().dot(last.direction())) < parallel)
    throw Error(where, "the outer wires " + first.name + " and " + last.name + " are not parallel",
                "list each N as outer, middle, outer wire");
  if (std::abs(first.direction().dot(middle.direction())) > parallel)
    throw Error(where, "the wires " + names + " are all parallel, so they say nothing along their direction",
                "use a phantom whose middle wires run across (an N)");
  const Eigen::Vector3d normal = first.direction().cross(last.front - first.front).normalized();
  if (std::abs(normal.dot(middle.front - first.front)) > 1.0 ||
      std::abs(normal.dot(middle.back - first.front)) > 1.0)
    throw Error(where, "the wires " + names + " do not lie in one plane",
                "check the coordinates of their ends");
}

}  // namespace

namespace {

void checkWires(const Phantom& phantom, const std::string& where) {
  if (phantom.wires.empty() || phantom.wires.size() % 3 != 0)
    throw Error(where, "has " + std::to_string(phantom.wires.size()) + " wires",
                "an N-wire phantom has three per N");
  for (const Wire& wire : phantom.wires) checkWire(wire, where);
  for (std::size_t i = 0; i < phantom.wires.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (leastDistance(phantom.wires[i], phantom.wires[j]) < closestWiresMm)
        throw Error(where,
                    "wires " + phantom.wires[j].name + " and " + phantom.wires[i].name + " cross each other",
                    "check the coordinates of their ends");
    }
  }
  for (std::size_t i = 0; i < phantom.wires.size(); i += 3)
    checkPattern(phantom.wires[i], phantom.wires[i + 1], phantom.wires[i + 2], where);
  if (phantom.patternCount() < 2)
    throw Error(where, "has a single N of wires, which leaves the depth direction open",
                "use a phantom with two or more");
}

}  // namespace

void checkPhantom(const Phantom& phantom, const std::string& where) {
  if (phantom.kind == PhantomKind::NWires)
    checkWires(phantom, where);
  else if (!phantom.wires.empty())
    throw Error(where, "is a point or a wall and yet has wires", "leave out kind, or nWires");
  for (const NamedPose& pose : phantom.fixedPoses) {
    const Eigen::Matrix3d rotation = pose.matrix.topLeftCorner<3, 3>();
    if (!pose.matrix.allFinite() ||
        (rotation * rotation.transpose() - Eigen::Matrix3d::Identity()).norm() > 0.05 ||
        rotation.determinant() < 0)
      throw Error(where, pose.name() + " is not a rigid transform", "register the phantom again");
  }
}

Phantom readPhantom(const std::filesystem::path& path) {
  const std::string content = readInputFile(path);
  const auto start = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool xml = start != std::string::npos && content[start] == '<';
  Phantom phantom =
      xml ? parsePlusDeviceSet(content, path.string()) : parsePhantomJson(content, path.string());
  checkPhantom(phantom, path.string());
  return phantom;
}

}  // namespace acuguide::calibration
