#include "simulation/contact.h"

#include "simulation/smooth_step.h"

#include <algorithm>

namespace acuguide::simulation {

double contactAt(const ContactOptions& options, double position, double time) {
  constexpr double kLiftSeconds = 0.6, kEdge = 0.08;
  if (time <= options.lostFrom || time >= options.lostTo) return 1.0;
  const double lifted = std::min(smoothStep((time - options.lostFrom) / kLiftSeconds),
                                 smoothStep((options.lostTo - time) / kLiftSeconds));
  const double fromEdge = options.fromRight ? 1.0 - position : position;
  return smoothStep((fromEdge - lifted * (options.share + kEdge) + kEdge) / kEdge);
}

}  // namespace acuguide::simulation
