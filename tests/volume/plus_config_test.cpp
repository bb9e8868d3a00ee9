#include "volume/plus_config.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace acuguide::volume {
namespace {

using ::testing::HasSubstr;

class PlusConfigFile : public ::testing::Test {
 protected:
  std::filesystem::path written(const std::string& text) {
    std::ofstream(path_) << text;
    return path_;
  }
  void TearDown() override { std::filesystem::remove(path_); }
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("acuguide_plus_config_" + std::to_string(getpid()) + ".xml");
};

TEST_F(PlusConfigFile, SaysWhatPlusSays) {
  const PlusConfig config = readPlusConfig(written(R"(<PlusConfiguration version="2.1">
  <CoordinateDefinitions>
    <Transform From="Image" To="Probe" Matrix="0.1 0 0 1  0 0.1 0 2  0 0 0.1 3  0 0 0 1"/>
  </CoordinateDefinitions>
  <VolumeReconstruction OutputSpacing="0.5 0.5 0.5" ClipRectangleOrigin="192 16" ClipRectangleSize="420 580"
    FanAnglesDeg="-45 45" FanOriginPixel="380 20" FanRadiusStartPixel="120" FanRadiusStopPixel="360"
    Interpolation="LINEAR" CompoundingMode="LATEST" FillHoles="OFF" ReferenceCoordinateFrame="Tracker"/>
</PlusConfiguration>)"));
  ASSERT_EQ(config.poses.size(), 1U);
  EXPECT_EQ(config.poses[0].name(), "ImageToProbe");
  EXPECT_DOUBLE_EQ(config.poses[0].matrix(2, 3), 3.0);
  EXPECT_EQ(config.spacingMm, 0.5);
  EXPECT_EQ(config.clip, cv::Rect(192, 16, 420, 580));
  ASSERT_TRUE(config.fan);
  EXPECT_EQ(config.fan->stopPx, 360);
  EXPECT_EQ(config.interpolation, Interpolation::Linear);
  EXPECT_EQ(config.compounding, Compounding::Latest);
  EXPECT_EQ(config.reference, "Tracker");
  EXPECT_FALSE(config.fillHoles);
}

TEST_F(PlusConfigFile, IsRefusedInWords) {
  const auto refusal = [&](const std::string& text) -> std::string {
    try {
      readPlusConfig(written(text));
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_THAT(refusal("not XML"), HasSubstr("is no PLUS configuration"));
  const auto with = [](const std::string& attribute) {
    return "<PlusConfiguration><VolumeReconstruction " + attribute + "/></PlusConfiguration>";
  };
  EXPECT_THAT(refusal(with("OutputSpacing=\"0.5 0.5\"")), HasSubstr("OutputSpacing should be 3 numbers"));
  EXPECT_THAT(refusal(with("OutputSpacing=\"0.5 0.5 1\"")), HasSubstr("differs by its axis"));
  EXPECT_THAT(refusal(with("CompoundingMode=\"IMPORTANCE_MASK\"")), HasSubstr("is not known here"));
}

// A row far from the apex is cut by the angles, one at the start radius in two.
TEST(PlusFanRegion, IsCutAsPlusCutsIt) {
  const ClipRegion all = ClipRegion::within({0, 0, 201, 120}, {});
  const ClipRegion fan = all.within(PlusFan{{100, 0}, -30, 30, 40, 100});
  int atFifty = 0, atTwenty = 0;
  for (const auto& run : fan.runs) {
    if (run.row == 50) {
      EXPECT_EQ(run.columns, cv::Range(73, 128));  // 100 - 28.9 + 1 to 100 + 28.9 - 1
      ++atFifty;
    }
    if (run.row == 35) {
      ++atTwenty;
      EXPECT_TRUE(run.columns.end <= 100 - 19 + 1 || run.columns.start >= 100 + 18) << run.columns.start;
    }
    EXPECT_LE(run.row, 100);
  }
  EXPECT_EQ(atFifty, 1);
  EXPECT_EQ(atTwenty, 2);
}

}  // namespace
}  // namespace acuguide::volume
