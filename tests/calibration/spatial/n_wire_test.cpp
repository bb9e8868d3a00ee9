#include "calibration/spatial/n_wire.h"

#include "calibration/spatial/spatial_errors.h"
#include "calibration/spatial/spatial_solver.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <pugixml.hpp>
#include <sstream>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;
const fs::path plus = fs::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus";

Eigen::Matrix4d matrixOf(const char* text) {
  std::istringstream stream(text);
  Eigen::Matrix4d matrix;
  for (int i = 0; i < 16; ++i) stream >> matrix(i / 4, i % 4);
  return matrix;
}

/// PLUS's own recording of its calibration: points it segmented, poses, and its answer.
class PlusBaseline : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(plus / "baselines")) GTEST_SKIP() << plus << " is not there";
    phantom = readPhantom(plus / "configs/PlusDeviceSet_fCal_Sim_SpatialCalibration_2.0.xml");
    ASSERT_TRUE(
        document.load_file((plus / "baselines/FreehandCalibration3NWires_fCal2.0.results.xml").c_str()));
    root = document.child("ProbeCalibrationResult");
    answer = matrixOf(root.child("CalibrationResults").child("Transform").attribute("Matrix").value());
  }

  std::vector<WireObservation> observations(const char* set) const {
    std::vector<WireObservation> result;
    for (const auto& frame : root.child("ErrorReport").child(set).children("Frame")) {
      if (std::string(frame.attribute("SegmentationStatus").value()) != "OK") continue;
      WireObservation one;
      one.frame = frame.attribute("Index").as_int();
      for (const auto& point : frame.child("SegmentedPoints").children("Point")) {
        std::istringstream position(point.attribute("Position").value());
        double x = 0, y = 0;
        position >> x >> y;
        one.points.emplace_back(x, y);
      }
      const auto field = [&](const char* name) {
        return matrixOf(frame.child("TrackedFrame")
                            .find_child_by_attribute("CustomFrameField", "Name", name)
                            .attribute("Value")
                            .value());
      };
      one.probeToPhantom = phantom.fixedPoses[0].matrix.inverse() *
                           field("ReferenceToTrackerTransform").inverse() * field("ProbeToTrackerTransform");
      result.push_back(one);
    }
    return result;
  }

  pugi::xml_document document;
  pugi::xml_node root;
  Phantom phantom;
  Eigen::Matrix4d answer;
};

TEST_F(PlusBaseline, TheClosedFormReproducesPlusMatrixOnPlusPoints) {
  const auto seen = observations("CalibrationData");
  ASSERT_EQ(seen.size(), 184u);
  const Eigen::Matrix4d matrix = closedFormImageToProbe(phantom, seen);
  EXPECT_LT((matrix - answer).cwiseAbs().maxCoeff(), 1e-3) << matrix;
}

TEST_F(PlusBaseline, TheErrorMeasuresReproducePlusStatistics) {
  const SpatialErrors errors = spatialErrors(phantom, observations("ValidationData"), answer);
  EXPECT_NEAR(errors.plusMean, 0.539932, 1e-4);
  EXPECT_NEAR(errors.plusSd, 0.223536, 1e-3);
  EXPECT_NEAR(errors.pointToWireMm.mean, 0.408, 0.001);
  EXPECT_NEAR(errors.reprojectionPx.mean, 5.31, 0.01);
  EXPECT_EQ(errors.pointToWireMm.n, 103u * 9);
  EXPECT_EQ(errors.error3dMm.n, 103u * 3);
}

TEST_F(PlusBaseline, TheSolverComesCloserToTheWiresThanPlus) {
  const auto seen = observations("CalibrationData");
  const SpatialSolution solution = solveSpatial(phantom, seen, closedFormImageToProbe(phantom, seen));
  const SpatialErrors errors = spatialErrors(phantom, observations("ValidationData"), solution.imageToProbe);
  EXPECT_LT(errors.pointToWireMm.mean, 0.36);
  EXPECT_LT(errors.reprojectionPx.mean, 4.7);
  EXPECT_LT(errors.plusMean, 0.60);
}

}  // namespace
}  // namespace acuguide::calibration
