#pragma once

#include "core/transform.h"

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::calibration {

/// A straight wire of a phantom, in phantom coordinates (mm). Infinite where a distance to it is meant.
struct Wire {
  std::string name;
  Eigen::Vector3d front, back;

  Eigen::Vector3d direction() const { return (back - front).normalized(); }
};

/// The names by which poses lead from the picture to the phantom; PLUS's by default.
struct FrameNames {
  std::string image = "Image", probe = "Probe", phantom = "Phantom", reference = "Reference";
};

/// What a phantom is made of.
enum class PhantomKind {
  NWires,  ///< wires of known place, registered to the reference
  Point,   ///< one ball, or where two wires cross, at rest in the reference; its place need not be known
  Wall,    ///< a flat wall at rest in the reference, as a water tank's bottom; its place need not be known
};

/// A phantom and where it is. Every three wires of an N-wire phantom make an N: an outer wire, the middle one
/// that runs across, the other outer wire, which is parallel to the first.
struct Phantom {
  std::string name, version;
  PhantomKind kind = PhantomKind::NWires;
  std::vector<Wire> wires;  ///< 3, 6, 9 ...: wires[3 i .. 3 i + 2] are the i-th N
  FrameNames frames;        ///< which poses to go by
  std::vector<NamedPose>
      fixedPoses;                ///< that do not change, PhantomToReference above all; never one of the image
  std::optional<cv::Rect> clip;  ///< part of the picture that holds the wires, px
  std::optional<double> approximateSpacingMm;

  std::size_t patternCount() const { return wires.size() / 3; }
};

/// PLUS's device-set XML or our own phantom JSON (docs/schemas/phantom.schema.json), told apart by what is in
/// it. Throws Error: not there, of another kind, no phantom in it, wires that are no N or cross each other,
/// poses that are not rigid. Of a point or a wall frames.phantom is the reference.
Phantom readPhantom(const std::filesystem::path& path);

// The two formats; use readPhantom(). `where` names the text in errors.
Phantom parsePlusDeviceSet(std::string_view text, const std::string& where);
Phantom parsePhantomJson(std::string_view text, const std::string& where);

/// Throws Error when the geometry cannot be what it says; see readPhantom().
void checkPhantom(const Phantom& phantom, const std::string& where);

/// Phantoms in use whose geometry is published (PLUS's fCal 1.0 to 2.0, iCal), to say which one the pictures
/// show when it is not the one in the file. Poses are empty.
const std::vector<Phantom>& knownPhantoms();

}  // namespace acuguide::calibration
