#pragma once

#include "assessment/needle_path.h"

namespace acuguide::assessment {

struct QuietPathOptions {
  double spikeSeconds = 0.35;      ///< half width of the median a spike is judged by
  double spikeMm = 2.0;            ///< a tip or shaft point this far from its median is a spike
  double smoothingSeconds = 0.15;  ///< standard deviation of the weights of the local line
  double toleranceMm = 0.5;        ///< what stays nearer to the simplified path than this is no motion
  double shaftMm = 20.0;           ///< of the shaft, behind the tip, that counts as moving with it
};

/// A path found in pictures without the trembling of its measurement, which would add up: at 30 pictures a
/// second a tip known to 0.3 mm "travels" 10 mm in each second it stands still. Spikes are taken out by a
/// moving median, the rest is smoothed by lines fitted locally (Cleveland's loess, JASA 1979, with Gaussian
/// weights), and the curve of tip and shaft together is simplified by Ramer, Douglas and Peucker (1973),
/// whose vertices keep every reversal larger than the tolerance. Samples keep their frames and times; each
/// lies on the simplified curve, and between two vertices none moves back.
NeedlePath quietPath(const NeedlePath& path, const QuietPathOptions& options = {});

}  // namespace acuguide::assessment
