#include "calibration/applied_calibration.h"

#include "core/error.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Applied : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "acuguide-applied-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    frame.pixels = cv::Mat(48, 64, CV_8UC1, cv::Scalar(0));
  }
  void TearDown() override { fs::remove_all(folder); }

  AppliedCalibration calibration(const std::string& usable, const std::string& more) const {
    std::ofstream(folder / "R.json")
        << R"({"format": "acuguide.calibration/1", "kind": "spatial", "usable": )" << usable
        << R"(, "reasons": [], "created": "2026-01-01T00:00:00Z", "inputs": [])" << more << "}";
    return AppliedCalibration(folder / "R.json");
  }
  AppliedCalibration good() const { return calibration("true", spatial); }

  const std::string spatial = R"(, "pixelSpacingMm": [0.1, 0.2], "imageSizePx": [64, 48], "probe": "Probe",
    "validDays": 30, "imageToProbe": [[0,0.2,0,1],[-0.1,0,0,2],[0,0,0.15,3],[0,0,0,1]])";
  static constexpr std::time_t aDayLater = 1767225600 + 86400;  // 2026-01-02
  fs::path folder;
  Frame frame;
};

TEST_F(Applied, GivesScaleAndPlace) {
  frame.poses.push_back({"Probe", "Tracker", Eigen::Matrix4d::Identity(), true});
  EXPECT_EQ(good().applyTo(frame, aDayLater), "");
  EXPECT_EQ(frame.geometry.spacingMm, Eigen::Vector2d(0.1, 0.2));
  const auto pose = findPose(frame.poses, "ImageToProbe");
  ASSERT_TRUE(pose);
  EXPECT_EQ((*pose)(1, 0), -0.1);
  EXPECT_EQ((*pose)(2, 3), 3);
}

TEST_F(Applied, RefusesAndTakesTheMillimetresAway) {
  const auto refusal = [&](const AppliedCalibration& calibration, std::time_t now) {
    frame.geometry.spacingMm = Eigen::Vector2d(0.1, 0.2);
    const std::string reason = calibration.applyTo(frame, now);
    EXPECT_FALSE(frame.geometry.spacingMm) << reason;
    EXPECT_FALSE(findPose(frame.poses, "ImageToProbe")) << reason;
    return reason;
  };
  EXPECT_THAT(refusal(calibration("false", spatial), aDayLater), HasSubstr("not usable"));
  EXPECT_THAT(refusal(good(), aDayLater + 40 * 86400), HasSubstr("older than its limit"));
  frame.poses.push_back({"Needle", "Tracker", Eigen::Matrix4d::Identity(), true});
  EXPECT_THAT(refusal(good(), aDayLater), HasSubstr("do not track"));
  frame.poses.clear();
  frame.pixels = cv::Mat(50, 64, CV_8UC1, cv::Scalar(0));
  EXPECT_THAT(refusal(good(), aDayLater), HasSubstr("is for images of 64x48, not 64x50"));
}

TEST_F(Applied, AnotherDepthIsToldByTheSourcesOwnScale) {
  frame.geometry.spacingMm = Eigen::Vector2d(0.15, 0.3);
  EXPECT_THAT(good().applyTo(frame, aDayLater), HasSubstr("another depth"));
  EXPECT_FALSE(frame.geometry.spacingMm);
}

TEST_F(Applied, AResultThatStatesNoImageSizeHoldsForTheFirstOne) {
  const auto scale = calibration("true", R"(, "pixelSpacingMm": [0.1, 0.1])");
  EXPECT_EQ(scale.applyTo(frame, aDayLater), "");
  Frame bigger = frame;
  bigger.pixels = cv::Mat(96, 128, CV_8UC1, cv::Scalar(0));
  EXPECT_THAT(scale.applyTo(bigger, aDayLater), HasSubstr("is for images of 64x48, not 128x96"));
  EXPECT_FALSE(bigger.geometry.spacingMm);
  EXPECT_EQ(scale.applyTo(frame, aDayLater), "");
}

TEST_F(Applied, ADateInTheFutureIsRefused) {
  EXPECT_THAT(good().applyTo(frame, aDayLater - 30 * 86400), HasSubstr("dated in the future"));
  EXPECT_FALSE(frame.geometry.spacingMm);
  EXPECT_FALSE(frame.geometry.whyNoScale.empty());
}

TEST_F(Applied, AnImpossibleScaleIsRefused) {
  for (const char* wrong : {"[0.00008, 0.00008]", "[80, 80]", "[1e-30, 1e-30]", "[1, 0.08]"})
    EXPECT_THROW(calibration("true", std::string(R"(, "pixelSpacingMm": )") + wrong), Error) << wrong;
}

TEST_F(Applied, AResultWithoutAScaleIsRefused) {
  EXPECT_THROW(calibration("true", ""), Error);
  EXPECT_THROW(calibration("true", R"(, "pixelSpacingMm": [0, 0.1])"), Error);
}

}  // namespace
}  // namespace acuguide::calibration
