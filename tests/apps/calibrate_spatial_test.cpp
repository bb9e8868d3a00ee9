#include "apps/program.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

/// The real program on PLUS's recordings.
class CalibrateSpatial : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(config)) GTEST_SKIP() << config << " is not there";
    out = folder / "R.json";
  }

  Outcome run(const fs::path& phantom, const fs::path& first, const fs::path& second) const {
    return acuguide({"calibrate", "spatial", "--phantom", phantom.string(), "--calibration", first.string(),
                     "--validation", second.string(), "--out", out.string()});
  }

  /// Refused with the reason, and what was there before is as it was.
  void expectRefused(const Outcome& outcome, const std::string& words) const {
    EXPECT_THAT(outcome.exitCode, testing::AnyOf(2, 3)) << outcome.err;
    EXPECT_THAT(outcome.err + outcome.out, HasSubstr(words));
    EXPECT_EQ(textOf(out), "as it was");
  }

  fs::path written(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
    return folder / name;
  }

  /// A copy with every occurrence replaced, same length (the pixels follow the header).
  fs::path altered(const fs::path& file, const std::string& name, const std::string& from,
                   const std::string& to) const {
    std::string text = textOf(file);
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    return written(name, text);
  }

  const fs::path data = fs::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus";
  const fs::path config = data / "configs/PlusDeviceSet_fCal_Sim_SpatialCalibration_2.0.xml";
  const fs::path calibration = data / "sequences/fCal_Test_Calibration_3NWires_fCal2.0.igs.mha";
  const fs::path validation = data / "sequences/fCal_Test_Validation_3NWires_fCal2.0.igs.mha";
  Folder folder;
  fs::path out;
};

TEST_F(CalibrateSpatial, BeatsPlusOnItsOwnRecordings) {
  const Outcome outcome = run(config, calibration, validation);
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  const json result = json::parse(textOf(out));
  EXPECT_EQ(result.at("kind"), "spatial");
  EXPECT_EQ(result.at("usable"), true);
  EXPECT_EQ(result.at("inputs").size(), 3u);
  EXPECT_GE(result.at("frames").at("segmented"), 188);
  EXPECT_EQ(result.at("frames").at("total"), 190);
  const json& checked = result.at("validation");
  EXPECT_EQ(checked.at("frames").at("segmented"), 103);
  EXPECT_EQ(checked.at("pointToWireMm").at("n"), 927);
  EXPECT_LE(checked.at("pointToWireMm").at("mean"), 0.345);
  EXPECT_LE(checked.at("reprojectionPx").at("mean"), 4.5);
  EXPECT_LE(checked.at("plus").at("mean"), 0.60);
  for (const char* key : {"mean", "sd", "rms", "p95", "max"})
    EXPECT_TRUE(checked.at("error3dMm").contains(key)) << key;
  EXPECT_EQ(result.at("imageToProbe").size(), 4u);
  EXPECT_NEAR(result.at("pixelSpacingMm")[0], 0.0786, 0.001);
  EXPECT_TRUE(result.contains("phantomUsed"));
  const std::string page = textOf(folder / "R.html");
  EXPECT_THAT(page, HasSubstr("Usable: the points of 103 validation frames lie 0."));
  EXPECT_THAT(page, HasSubstr("7:G1_g1"));
}

TEST_F(CalibrateSpatial, DoesNotReadAResultAsItsStart) {
  // This device set holds an ImageToProbe close to the answer.
  const fs::path trap = data / "configs/PlusDeviceSet_fCal_Sim_VolumeReconstruction.xml";
  ASSERT_EQ(run(config, calibration, validation).exitCode, 0);
  const json honest = json::parse(textOf(out)).at("imageToProbe");
  fs::remove(out);
  ASSERT_EQ(run(altered(trap, "set.xml", "From=\"Image\" To=\"Probe\"", "From=\"Image\" To=\"Other\""),
                calibration, validation)
                .exitCode,
            0);
  const json without = json::parse(textOf(out)).at("imageToProbe");
  ASSERT_EQ(run(trap, calibration, validation).exitCode, 0);
  EXPECT_EQ(json::parse(textOf(out)).at("imageToProbe"), without);
}

TEST_F(CalibrateSpatial, BrokenInputLeavesThePreviousResultAsItWas) {
  written("R.json", "as it was");
  expectRefused(run(folder / "none.xml", calibration, validation), "none.xml");
  expectRefused(run(written("other.xml", "<svg/>"), calibration, validation), "XML of another kind");
  expectRefused(run(altered(config, "crossed.xml", "EndPointBack=\"35.0 40.0 20.0\"",
                            "EndPointBack=\"25.0 40.0 20.0\""),
                    calibration, validation),
                "cross each other");
  const std::string whole = textOf(calibration);
  expectRefused(run(config, written("cut.igs.mha", whole.substr(0, whole.size() / 2)), validation),
                "cut.igs.mha");
  expectRefused(run(config, data / "sequences/WaterTankBottomTranslationVideoBuffer.igs.mha", validation),
                "has no poses");
  expectRefused(
      run(config, altered(calibration, "invalid.igs.mha", "TransformStatus = OK\n", "TransformStatus = NO\n"),
          validation),
      "INVALID in every frame");
  expectRefused(run(config, data / "sequences/WaterTankBottomTranslationCombined.igs.mha", validation),
                "wires");
  expectRefused(run(data / "configs/Testing/PlusDeviceSet_fCal_Sim_SpatialCalibration_1.2.xml", calibration,
                    validation),
                "fCAL 2.0, not of fCAL 1.2");
}

TEST_F(CalibrateSpatial, AppliedToFramesItWasMadeForOnly) {
  ASSERT_EQ(run(config, calibration, validation).exitCode, 0);
  const double spacing = json::parse(textOf(out)).at("pixelSpacingMm")[0];
  const auto process = [&](const std::string& source) {
    return acuguide({"process", source, "--calibration", out.string(), "--limit", "2", "--out",
                     (folder / "tables").string()});
  };
  ASSERT_EQ(process(validation.string()).exitCode, 0);
  const auto stated = column(tableOf(folder / "tables" / "frames.csv"), "spacing_x_mm");
  ASSERT_EQ(stated.size(), 2u);
  EXPECT_NEAR(std::stod(stated[0]), spacing, 1e-5);

  const Outcome foreign = process("sim:no_needle");
  ASSERT_EQ(foreign.exitCode, 0) << foreign.err;
  EXPECT_THAT(foreign.err, HasSubstr("no millimetres: R.json is for images of 820x616"));
  EXPECT_EQ(column(tableOf(folder / "tables" / "frames.csv"), "spacing_x_mm")[0], "");

  const Outcome recorded = acuguide({"record", validation.string(), "--calibration", out.string(),
                                     "--no-analysis", "--out", (folder / "session").string()});
  ASSERT_EQ(recorded.exitCode, 0) << recorded.err;
  ASSERT_EQ(acuguide({"process", (folder / "session").string(), "--limit", "1", "--out",
                      (folder / "again").string()})
                .exitCode,
            0);
  EXPECT_NEAR(std::stod(column(tableOf(folder / "again" / "frames.csv"), "spacing_x_mm")[0]), spacing, 1e-5);
}

TEST_F(CalibrateSpatial, AResultAboveItsLimitIsWrittenAndNotUsable) {
  const Outcome outcome =
      acuguide({"calibrate", "spatial", "--phantom", config.string(), "--calibration", calibration.string(),
                "--validation", validation.string(), "--out", out.string(), "--limit-mm", "0.2"});
  EXPECT_EQ(outcome.exitCode, 3) << outcome.err;
  const json result = json::parse(textOf(out));
  EXPECT_EQ(result.at("usable"), false);
  EXPECT_FALSE(result.at("reasons").empty());
  EXPECT_THAT(textOf(folder / "R.html"), HasSubstr("Not usable: "));
}

TEST_F(CalibrateSpatial, AWaterTankWithoutTurnsIsRefusedForThat) {
  const fs::path tank = data / "sequences/WaterTankBottomTranslationCombined.igs.mha";
  const fs::path wall =
      written("wall.json", R"({"format": "acuguide.phantom/1", "name": "water tank", "kind": "wall"})");
  written("R.json", "as it was");
  expectRefused(run(wall, tank, tank), "single orientation");
  const fs::path both =
      written("both.json", R"({"format": "acuguide.phantom/1", "name": "x", "kind": "ball"})");
  expectRefused(run(both, tank, tank), "/kind");
  expectRefused(run(written("none.json", R"({"format": "acuguide.phantom/1", "name": "x"})"), tank, tank),
                "has no /nWires");
}

TEST_F(CalibrateSpatial, TheBenchWindowShowsTheSameRun) {
  const fs::path picture = folder / "bench.png";
  const Outcome outcome =
      acuguide({"bench", folder.path().string(), "--phantom", config.string(), "--calibration",
                calibration.string(), "--validation", validation.string(), "--offscreen", "--page", "report",
                "--screenshot", picture.string()});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_GT(fs::file_size(picture), 50'000u);
  EXPECT_FALSE(fs::exists(folder / "probe.json")) << "nobody accepted it";
  const Outcome wrong =
      acuguide({"bench", folder.path().string(), "--phantom", (folder / "none.xml").string(), "--calibration",
                calibration.string(), "--validation", validation.string(), "--offscreen"});
  EXPECT_EQ(wrong.exitCode, 2);
  EXPECT_THAT(wrong.err, HasSubstr("none.xml"));
}

}  // namespace
}  // namespace acuguide::test
