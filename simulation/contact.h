#pragma once

namespace acuguide::simulation {

/// Loss of acoustic contact: part of the face lifts off the skin and shows only its own ringing.
struct ContactOptions {
  double lostFrom = 0.0, lostTo = 0.0;  ///< seconds; none when equal
  double share = 0.55;                  ///< of the aperture at its worst
  bool fromRight = true;
};

/// 1 where the face touches, 0 where it does not. `position` runs over the aperture from 0 (left) to 1
/// (right).
double contactAt(const ContactOptions& options, double position, double time);

}  // namespace acuguide::simulation
