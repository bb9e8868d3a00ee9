#include "simulation/space_noise.h"

#include "simulation/random.h"

#include <cmath>

namespace acuguide::simulation {

template <int Parts>
SpaceNoise<Parts>::SpaceNoise(std::uint64_t seed, std::uint64_t stream, double pitch,
                              const std::array<double, 3>& sigma)
    : perMm_(1.0 / pitch), nodes_(index(0, 0, kSize)) {
  Random random(seed, stream);
  for (float& value : nodes_) value = static_cast<float>(random.normal());
  for (int axis = 0; axis < 3; ++axis) smooth(axis, sigma[static_cast<std::size_t>(axis)] / pitch);
  double power = 0.0;
  for (const float value : nodes_) power += static_cast<double>(value) * static_cast<double>(value);
  const double wanted = 1.0 / Parts;
  const auto scale = static_cast<float>(std::sqrt(wanted * static_cast<double>(nodes_.size()) / power));
  for (float& value : nodes_) value *= scale;
}

template <int Parts>
void SpaceNoise<Parts>::smooth(int axis, double sigmaNodes) {
  const int reach = static_cast<int>(std::ceil(2.5 * sigmaNodes));
  if (reach == 0) return;
  std::vector<float> kernel, line(static_cast<std::size_t>(kSize) * Parts);
  for (int i = -reach; i <= reach; ++i)
    kernel.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigmaNodes * sigmaNodes))));
  for (int a = 0; a < kSize; ++a) {
    for (int b = 0; b < kSize; ++b) {
      const auto node = [&](int i) {
        return axis == 0 ? index(i, a, b) : axis == 1 ? index(a, i, b) : index(a, b, i);
      };
      for (int i = 0; i < kSize; ++i)
        for (int part = 0; part < Parts; ++part)
          line[static_cast<std::size_t>(i * Parts + part)] = nodes_[node(i) + static_cast<std::size_t>(part)];
      for (int i = 0; i < kSize; ++i) {
        for (int part = 0; part < Parts; ++part) {
          float sum = 0;
          for (int k = -reach; k <= reach; ++k) {
            const int from = (i + k + 4 * kSize) % kSize;
            sum += kernel[static_cast<std::size_t>(k + reach)] *
                   line[static_cast<std::size_t>(from * Parts + part)];
          }
          nodes_[node(i) + static_cast<std::size_t>(part)] = sum;
        }
      }
    }
  }
}

template <int Parts>
std::array<float, Parts> SpaceNoise<Parts>::at(double x, double y, double z) const {
  const double place[3] = {x * perMm_, y * perMm_, z * perMm_};
  int low[3], high[3];
  float share[3];
  for (int axis = 0; axis < 3; ++axis) {
    const double whole = std::floor(place[axis]);
    share[axis] = static_cast<float>(place[axis] - whole);
    low[axis] = static_cast<int>(whole) % kSize;
    if (low[axis] < 0) low[axis] += kSize;
    high[axis] = low[axis] + 1 == kSize ? 0 : low[axis] + 1;
  }
  std::array<float, Parts> value{};
  for (int corner = 0; corner < 8; ++corner) {
    const float weight = ((corner & 1) != 0 ? share[0] : 1 - share[0]) *
                         ((corner & 2) != 0 ? share[1] : 1 - share[1]) *
                         ((corner & 4) != 0 ? share[2] : 1 - share[2]);
    const float* node =
        &nodes_[index((corner & 1) != 0 ? high[0] : low[0], (corner & 2) != 0 ? high[1] : low[1],
                      (corner & 4) != 0 ? high[2] : low[2])];
    for (int part = 0; part < Parts; ++part) value[static_cast<std::size_t>(part)] += weight * node[part];
  }
  return value;
}

template class SpaceNoise<1>;
template class SpaceNoise<2>;

}  // namespace acuguide::simulation
