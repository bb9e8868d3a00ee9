#include "benchmarks/calibration_study/coverage.h"
#include "benchmarks/calibration_study/pivot_peers.h"
#include "calibration/simulated_poses.h"
#include "calibration/tools/pivot.h"

namespace acuguide::benchmarks {
namespace {

using calibration::test::PivotRecording;

struct Condition {
  const char* name;
  PivotRecording recording;
};

PivotRecording recording(double positionMm, double angleDeg, double wild = 0.0) {
  PivotRecording made;
  made.positionNoiseMm = positionMm;
  made.angleNoiseDeg = angleDeg;
  made.wildShare = wild;
  return made;
}

std::vector<Condition> conditions() {
  std::vector<Condition> all{{"0.25 mm, 0.1°, 200 poses", recording(0.25, 0.1)},
                             {"0.05 mm, 0.02°", recording(0.05, 0.02)},
                             {"0.6 mm, 0.05°: positions worse", recording(0.6, 0.05)},
                             {"0.1 mm, 0.3°: orientations worse", recording(0.1, 0.3)},
                             {"5 % wild poses", recording(0.25, 0.1, 0.05)},
                             {"30 % wild poses", recording(0.25, 0.1, 0.3)}};
  PivotRecording longTool = recording(0.11, 0.5);
  longTool.poses = 57;
  longTool.tipMm = {12.0, -8.0, 383.0};
  all.push_back({"tip 383 mm away, 0.11 mm, 0.5°, 57 poses", longTool});
  PivotRecording shortTool = recording(0.25, 0.3);
  shortTool.tipMm = {2.0, 5.0, 60.0};
  all.push_back({"tip 60 mm away, 0.25 mm, 0.3°", shortTool});
  PivotRecording few = recording(0.25, 0.1);
  few.poses = 15;
  all.push_back({"15 poses", few});
  PivotRecording little = recording(0.1, 0.05);
  little.tiltDeg = little.secondTiltDeg = 20;
  all.push_back({"tilted by 20° only, 0.1 mm, 0.05°", little});
  PivotRecording narrow = recording(0.1, 0.05);
  narrow.secondTiltDeg = 8;
  all.push_back({"tilted by 35° and 8°, 0.1 mm, 0.05°", narrow});
  PivotRecording drifting = recording(0.25, 0.1);
  drifting.memory = 0.9;
  all.push_back({"errors that last (0.9 from pose to pose)", drifting});
  return all;
}

}  // namespace

std::vector<Coverage> pivotCoverage(int runs) {
  std::vector<Coverage> rows;
  for (const Condition& condition : conditions()) {
    Coverage& row = rows.emplace_back("pivot", condition.name, "mm");
    for (int run = 0; run < runs; ++run) {
      PivotRecording one = condition.recording;
      one.seed = static_cast<std::uint32_t>(1000 + run);
      const auto poses = calibration::test::simulate(one);
      calibration::PivotOptions lenient;  // the interval is asked for, not whether the tip is good enough
      lenient.acceptSigmaMm = lenient.acceptRmsMm = 10.0;
      const auto found = calibration::calibratePivot(poses, "study", lenient);
      if (found.usable)
        row.usable(found.tipMm - one.tipMm, found.tip95Mm);
      else
        row.refused();
      row.peer("one step", (algebraicOneStep(poses) - one.tipMm).norm());
      row.peer("sphere", (sphereFit(poses) - one.tipMm).norm());
      row.peer("RANSAC", (ransacOneStep(poses) - one.tipMm).norm());
      row.peer("PLUS", (plusPivot(poses) - one.tipMm).norm());
    }
  }
  return rows;
}

}  // namespace acuguide::benchmarks
