#pragma once

#include "calibration/spatial/spatial_observations.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::calibration {

/// The reading that most frames agree on, with the image pose they agree on.
struct Agreement {
  int key = 0;
  std::vector<WireObservation> readings;
  Eigen::Matrix4d imageToProbe = Eigen::Matrix4d::Identity();
  std::size_t agreeing = 0;  ///< readings within 2 mm of it
  double medianMm = 0.0;     ///< of the readings' mean distances
};
std::optional<Agreement> agreementOf(const Phantom& phantom,
                                     const std::map<int, std::vector<WireObservation>>& readings);

/// Why the frames' poses and dots do not fit together: each cause is tried out, and the one that makes them
/// fit best is told; empty when none does. Causes: lengths in other units, a pose of another tool or
/// backwards, poses late against images, a marker that moved on the way, a phantom not where its file says.
std::string likelyCause(const Phantom& phantom, const Sweep& sweep, const Agreement& agreement,
                        double limitMm);

/// Whether a validation that misses the calibration would meet it with poses some time earlier or later: then
/// nothing else need have changed. A sentence, or empty. `readings`: of the validation.
std::string lateValidation(const Phantom& phantom, const Sweep& validation,
                           const std::vector<WireObservation>& readings, const Eigen::Matrix4d& imageToProbe,
                           double limitMm);

/// The known phantom, other than this one, that makes images and poses fit together; empty if none does. For
/// a file of another version whose wires were read all the same.
std::string otherPhantom(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                         const Agreement& agreement, double limitMm);

/// Whether pictures and poses that fit well enough would fit much better some hundredths of a second apart:
/// slow sweeps hide a lag in the answer. A sentence, or empty. `observations`: of the sweep, as the
/// calibration uses them.
std::string outOfStep(const Phantom& phantom, const Sweep& sweep,
                      const std::vector<WireObservation>& observations);

/// The known phantom whose wires more than `than` of up to `most` frames show in agreement with the tracker,
/// other than this one; empty if none.
std::string phantomShown(const Phantom& phantom, const std::vector<TrackedPicture>& pictures,
                         std::size_t most, std::size_t than);

/// Why no wires were found: too few dots, or the dots of another phantom.
std::string whyUnread(const Phantom& phantom, const std::vector<TrackedPicture>& pictures);

}  // namespace acuguide::calibration
