#pragma once

#include "volume/volume.h"

#include <array>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace acuguide::volume {

using Point = std::array<double, 3>;  ///< mm, LPS

struct RegistrationOptions {
  /// Where the rigid transform correlates by less, a B-spline (minutes) follows it and is kept when it
  /// matches better. 0: never.
  double splineBelow = 0.85;
  double workingSpacingMm = 0.7;  ///< volumes are brought to it first
  double splineSpacingMm = 18.0;  ///< between the B-spline's nodes
  /// Below these a match is not to be used. Two visits of the simulated limb correlate by 0.88
  /// (docs/volume.md).
  double leastCorrelation = 0.5, leastOverlap = 0.35;
};

/// What brings a point of the first visit's volume to the same place of the second's.
class Registration {
 public:
  struct Parts;

  Registration();
  Registration(Registration&&) noexcept;
  Registration& operator=(Registration&&) noexcept;
  ~Registration();

  Point toSecond(const Point& first) const;

  std::array<double, 16> rigid{};  ///< row by row, of the rigid part: second from first, mm
  bool deformed = false;           ///< a B-spline is part of it
  double correlation = 0.0;        ///< normalised cross-correlation of the grey levels where both were seen
  double overlap = 0.0;            ///< share of the smaller volume's seen part that the other one saw too
  double agreementMm =
      0.0;  ///< how far apart the two best of several starts ended, at the volume's middle third
  bool usable = false;
  std::vector<std::string> reasons;  ///< why not, as sentences

  std::unique_ptr<Parts> parts;
};

/// Called with the stage that begins ("rigid, start 2 of 5").
using ToldStage = std::function<void(const std::string& stage)>;

/// Finds where a second volume of the same limb lies: rigid from several starts (middles of what was seen put
/// together, as it is and turned to its main axes), Mattes mutual information (IEEE Trans Med Imaging 2003,
/// 10.1109/TMI.2003.809072) over three resolutions, by ITK; then a B-spline. Never throws for volumes that do
/// not match: `usable` says so. Throws Error for volumes that hold nothing, and Cancelled's like through
/// `stop` by returning a registration that is not usable.
Registration registerVolumes(const Volume& first, const Volume& second, const RegistrationOptions& options,
                             const ToldStage& told, const std::stop_token& stop);

/// The second volume's grey levels on the grid of the first.
Volume resampledToFirst(const Volume& first, const Volume& second, const Registration& registration);

}  // namespace acuguide::volume
