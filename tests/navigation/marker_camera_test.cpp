#include "navigation/marker_camera.h"

#include "calibration/camera/camera_result.h"
#include "calibration/rendered_board.h"
#include "core/error.h"

#include <gmock/gmock.h>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <fstream>

namespace acuguide::navigation {
namespace {

namespace fs = std::filesystem;
using calibration::BoardFinder;
using calibration::boardFromText;
using testing::HasSubstr;
using testing::ThrowsMessage;

/// A folder with what a calibrated webcam saw of a tool's board, and its markers file.
class MarkerCameraTest : public testing::Test {
 protected:
  MarkerCameraTest() : folder_(fs::path(testing::TempDir()) / ("marker_camera" + std::to_string(getpid()))) {
    fs::create_directories(folder_ / "seen");
    calibration::CameraSummary camera;
    camera.camera = calibration::test::webcam();
    camera.usable = true;
    write("camera.json", calibration::resultText(calibration::cameraResult(camera, "chessboard:8x6:25")));
    write("markers.json", R"({"format": "acuguide.markers/1", "camera": "camera.json",
                              "boards": [{"tool": "Needle", "board": "aruco:2x2:30:6"}]})");
  }
  ~MarkerCameraTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  std::string address(const std::string& markers = "markers.json") const {
    return "camera:" + (folder_ / "seen").string() + "?markers=" + (folder_ / markers).string();
  }

  fs::path folder_;
  acquisition::SourceCatalog cameras_ = acquisition::standardSources();
};

TEST_F(MarkerCameraTest, FollowsAToolAndSaysWhenItIsNotSeen) {
  const BoardFinder board(boardFromText("aruco:2x2:30:6"));
  const cv::Matx33d rotation = calibration::test::turned(20, -15, 10);
  const cv::Vec3d place(-40, -25, 400);
  cv::imwrite((folder_ / "seen" / "1.png").string(), calibration::test::render(board, rotation, place));
  cv::imwrite((folder_ / "seen" / "2.png").string(), cv::Mat(480, 640, CV_8UC1, cv::Scalar(120)));
  MarkerCamera camera(address(), cameras_);
  const auto seen = camera.read(), gone = camera.read();
  ASSERT_TRUE(seen && gone);
  const auto needle = findPose(seen->poses, "NeedleToTracker");
  ASSERT_TRUE(needle);
  EXPECT_NEAR((*needle)(0, 3), place[0], 1);
  EXPECT_NEAR((*needle)(1, 3), place[1], 1);
  EXPECT_NEAR((*needle)(2, 3), place[2], 4);
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      EXPECT_NEAR((*needle)(row, column), rotation(row, column), 0.02);
  ASSERT_EQ(gone->poses.size(), 1U);
  EXPECT_FALSE(gone->poses[0].valid);
}

TEST_F(MarkerCameraTest, APictureOfAnotherSizeIsRefused) {
  cv::imwrite((folder_ / "seen" / "1.png").string(), cv::Mat(600, 800, CV_8UC1, cv::Scalar(120)));
  MarkerCamera camera(address(), cameras_);
  EXPECT_THAT([&] { camera.read(); }, ThrowsMessage<Error>(HasSubstr("calibrated with 640x480")));
}

TEST_F(MarkerCameraTest, WrongAddressesAndFilesAreRefused) {
  const auto opening = [this](const std::string& source) {
    return [this, source] { MarkerCamera(source, cameras_); };
  };
  EXPECT_THAT(opening("camera:0"), ThrowsMessage<Error>(HasSubstr("says no markers")));
  EXPECT_THAT(opening("camera:0?markers="), ThrowsMessage<Error>(HasSubstr("lacks")));
  EXPECT_THAT(opening("camera:0?markers=/no/such"), ThrowsMessage<Error>(HasSubstr("/no/such")));
  write("twice.json", R"({"format": "acuguide.markers/1", "camera": "camera.json", "boards": [
      {"tool": "Needle", "board": "aruco:2x2:30:6"}, {"tool": "Needle", "board": "aruco:2x2:30:6:5x5_50"}]})");
  EXPECT_THAT(opening(address("twice.json")), ThrowsMessage<Error>(HasSubstr("named twice")));
  write("chess.json", R"({"format": "acuguide.markers/1", "camera": "camera.json",
                          "boards": [{"tool": "Needle", "board": "chessboard:8x6:25"}]})");
  EXPECT_THAT(opening(address("chess.json")), ThrowsMessage<Error>(HasSubstr("two sides")));
  write("unit.json", R"({"format": "acuguide.markers/1", "camera": "camera.json",
                         "boards": [{"tool": "Needle", "boardCm": "aruco:2x2:30:6"}]})");
  EXPECT_THAT(opening(address("unit.json")), ThrowsMessage<Error>(HasSubstr("boardCm")));
}

}  // namespace
}  // namespace acuguide::navigation
