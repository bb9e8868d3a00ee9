#include "simulation/random.h"

#include <cmath>

namespace acuguide::simulation {

double Random::normal() {
  if (hasSpare_) {
    hasSpare_ = false;
    return spare_;
  }
  double x = 0.0, y = 0.0, square = 0.0;
  do {
    x = uniform(-1.0, 1.0);
    y = uniform(-1.0, 1.0);
    square = x * x + y * y;
  } while (square >= 1.0 || square == 0.0);
  const double factor = std::sqrt(-2.0 * std::log(square) / square);
  spare_ = y * factor;
  hasSpare_ = true;
  return x * factor;
}

}  // namespace acuguide::simulation
