#include "benchmarks/calibration_study/coverage.h"
#include "calibration/feature_scene.h"
#include "calibration/interval.h"
#include "calibration/spatial/n_wire.h"
#include "calibration/spatial/spatial_solver.h"
#include "calibration/wire_scene.h"
#include "core/error.h"

namespace acuguide::benchmarks {
namespace {

using calibration::test::FeatureScene;
using calibration::test::WireScene;

/// Where the image's centre and its far corner lie at the probe, one after the other.
Eigen::VectorXd places(const Eigen::Matrix4d& imageToProbe, const cv::Size& size) {
  Eigen::VectorXd at(6);
  at << (imageToProbe * Eigen::Vector4d(size.width / 2.0, size.height / 2.0, 0, 1)).head<3>(),
      (imageToProbe * Eigen::Vector4d(size.width, size.height, 0, 1)).head<3>();
  return at;
}

template <class Solution>
Eigen::VectorXd halves(const Solution& solution, const cv::Size& size) {
  Eigen::VectorXd half(6);
  half << solution.half95Mm({size.width / 2.0, size.height / 2.0}),
      solution.half95Mm({double(size.width), double(size.height)});
  return half;
}

struct WireCondition {
  const char* name;
  WireScene scene;
};

WireScene wires(double dotPx, double poseMm, double poseDeg) {
  WireScene scene;
  scene.dotNoisePx = dotPx;
  scene.poseNoiseMm = poseMm;
  scene.poseNoiseDeg = poseDeg;
  return scene;
}

struct FeatureCondition {
  const char* name;
  FeatureScene scene;
};

std::vector<FeatureCondition> featureConditions(FeatureScene base) {
  base.noisePx = 1;
  std::vector<FeatureCondition> all;
  const auto add = [&](const char* name, const std::function<void(FeatureScene&)>& change) {
    FeatureScene scene = base;
    change(scene);
    all.push_back({name, scene});
  };
  add("1 px, poses exact, 90 frames", [](FeatureScene&) {});
  add("1 px, poses 0.3 mm", [](FeatureScene& s) { s.poseNoiseMm = 0.3; });
  add("1 px, poses 0.2 mm and 0.2°", [](FeatureScene& s) { s.poseNoiseMm = 0.2, s.poseNoiseDeg = 0.2; });
  add("3 px, poses 0.1 mm", [](FeatureScene& s) { s.noisePx = 3, s.poseNoiseMm = 0.1; });
  add("10 % wild, poses 0.2 mm", [](FeatureScene& s) { s.wildShare = 0.1, s.poseNoiseMm = 0.2; });
  add("30 frames, poses 0.2 mm", [](FeatureScene& s) { s.frames = 30, s.poseNoiseMm = 0.2; });
  add("turned half as far, poses 0.1 mm",
      [](FeatureScene& s) { s.turnX /= 2, s.turnY /= 2, s.turnZ /= 2, s.poseNoiseMm = 0.1; });
  return all;
}

}  // namespace

std::vector<Coverage> nWireCoverage(int runs) {
  WireScene few = wires(1, 0.2, 0.1), wild = wires(1, 0.2, 0.1), still = wires(1, 0.2, 0.1),
            lasting = wires(1, 0.3, 0.2);
  few.frames = 20;
  wild.wildShare = 0.1;
  still.turning = 0.4;
  lasting.memory = 0.8;
  WireScene longSweep = wires(1, 0.2, 0.1);
  longSweep.frames = 200;
  const std::vector<WireCondition> conditions{{"1 px, poses exact, 60 frames", wires(1, 0, 0)},
                                              {"1 px, poses 0.1 mm, 0.1°", wires(1, 0.1, 0.1)},
                                              {"1 px, poses 0.5 mm, 0.5°", wires(1, 0.5, 0.5)},
                                              {"4 px, poses 0.1 mm, 0.1°", wires(4, 0.1, 0.1)},
                                              {"1 px, poses 1 mm, 0.2°", wires(1, 1, 0.2)},
                                              {"20 frames", few},
                                              {"200 frames", longSweep},
                                              {"10 % wild poses", wild},
                                              {"turned by 0.4 as much", still},
                                              {"poses' errors last (0.8 from frame to frame)", lasting}};
  std::vector<Coverage> rows;
  for (const WireCondition& condition : conditions) {
    Coverage& row = rows.emplace_back("N-wire, centre and corner", condition.name, "mm");
    for (int run = 0; run < runs; ++run) {
      WireScene scene = condition.scene;
      scene.seed = static_cast<unsigned>(run + 1);
      const auto seen = scene.observations();
      const Eigen::Matrix4d closed = calibration::closedFormImageToProbe(scene.phantom, seen);
      const auto found = calibration::solveSpatial(scene.phantom, seen, closed);
      const Eigen::VectorXd truth = places(scene.imageToProbe(), scene.size);
      row.usable(places(found.imageToProbe, scene.size) - truth, halves(found, scene.size));
      row.peer("PLUS (closed form)", (places(closed, scene.size) - truth).norm());
    }
  }
  return rows;
}

std::vector<Coverage> featureCoverage(int runs) {
  std::vector<Coverage> rows;
  for (const bool wall : {false, true}) {
    const FeatureScene base = wall ? calibration::test::wallScene() : FeatureScene();
    for (const FeatureCondition& condition : featureConditions(base)) {
      Coverage& row = rows.emplace_back(
          wall ? "wall, centre and corner" : "point or crossing, centre and corner", condition.name, "mm");
      for (int run = 0; run < runs; ++run) {
        FeatureScene scene = condition.scene;
        scene.seed = static_cast<unsigned>(run + 1);
        const auto found = scene.solve();
        const Eigen::VectorXd truth = places(scene.imageToProbe(), scene.size);
        if (found.degenerate.empty())
          row.usable(places(found.imageToProbe, scene.size) - truth, halves(found, scene.size));
        else
          row.refused();
        if (!wall) {
          const auto linear = calibration::linearFromPoint(scene.sightings(), scene.pictureSize());
          if (linear) row.peer("one step", (places(*linear, scene.size) - truth).norm());
        }
      }
    }
  }
  return rows;
}

}  // namespace acuguide::benchmarks
