#include "simulation/contact.h"

#include <algorithm>

namespace acuguide::simulation {

namespace {

double smooth(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}

}  // namespace

double contactAt(const ContactOptions& options, double position, double time) {
  constexpr double kLiftSeconds = 0.6, kEdge = 0.08;
  if (time <= options.lostFrom || time >= options.lostTo) return 1.0;
  const double lifted = std::min(smooth((time - options.lostFrom) / kLiftSeconds),
                                 smooth((options.lostTo - time) / kLiftSeconds));
  const double fromEdge = options.fromRight ? 1.0 - position : position;
  return smooth((fromEdge - lifted * (options.share + kEdge) + kEdge) / kEdge);
}

}  // namespace acuguide::simulation
