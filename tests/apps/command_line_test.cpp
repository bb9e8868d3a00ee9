#include "apps/program.h"

#include <gtest/gtest.h>

namespace acuguide::test {
namespace {

TEST(CommandLine, VersionSaysLicenceAndResearchUse) {
  const Outcome outcome = acuguide({"--version"});
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_NE(outcome.out.find("Apache-2.0"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("not a medical device"), std::string::npos) << outcome.out;
}

TEST(CommandLine, AnEmptyValueIsNotTheOptionLeftOut) {
  for (const char* option : {"--spacing-mm", "--plan", "--calibration"}) {
    const Outcome outcome = acuguide({"process", "sim:st36_in_plane", option, "", "--out", "/nowhere/out"});
    EXPECT_EQ(outcome.exitCode, 2) << option;
    EXPECT_NE(outcome.err.find(std::string(option) + ": was given without a value"), std::string::npos)
        << outcome.err;
  }
}

TEST(CommandLine, EverySubcommandHasHelp) {
  for (const char* command :
       {"guide", "replay", "process", "record", "simulate", "devices", "plan", "atlas"}) {
    const Outcome outcome = acuguide({command, "--help"});
    EXPECT_EQ(outcome.exitCode, 0) << command;
    EXPECT_GT(outcome.out.size(), 80u) << command;
  }
}

TEST(CommandLine, DevicesListsWhatIsThereOrSaysThatNothingIs) {
  const Outcome outcome = acuguide({"devices"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  const bool some = outcome.out.find("device:/dev/video") != std::string::npos;
  const bool none = outcome.out.find("No video capture device is present") != std::string::npos;
  EXPECT_NE(some, none) << outcome.out;
}

TEST(CommandLine, SimulateListNamesTheScenarios) {
  const Outcome outcome = acuguide({"simulate", "--list"});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  for (const char* scenario : {"st36_in_plane", "li10_steep", "gb34_near_nerve", "bl57_calf",
                               "pc6_median_nerve", "no_needle", "probe_motion", "contact_lost"})
    EXPECT_NE(outcome.out.find(scenario), std::string::npos) << scenario;
}

TEST(CommandLine, SimulateSameSeedSameBytes) {
  Folder folder;
  for (const char* name : {"a", "b"})
    ASSERT_EQ(acuguide({"simulate", "gb34_near_nerve", "--seed", "11", "--frames", "5", "--out",
                        (folder / (std::string(name) + ".igs.mha")).string(), "--truth",
                        (folder / (std::string(name) + ".csv")).string()})
                  .exitCode,
              0);
  ASSERT_FALSE(textOf(folder / "a.igs.mha").empty());
  EXPECT_EQ(textOf(folder / "a.igs.mha"), textOf(folder / "b.igs.mha"));
  EXPECT_EQ(textOf(folder / "a.csv"), textOf(folder / "b.csv"));
  EXPECT_EQ(textOf(folder / "a.planes.csv"), textOf(folder / "b.planes.csv"));
  ASSERT_EQ(acuguide({"simulate", "gb34_near_nerve", "--seed", "12", "--frames", "5", "--out",
                      (folder / "c.igs.mha").string(), "--truth", (folder / "c.csv").string()})
                .exitCode,
            0);
  EXPECT_NE(textOf(folder / "a.igs.mha"), textOf(folder / "c.igs.mha"));
}

TEST(CommandLine, TruthHasTheColumnsOthersRelyOn) {
  Folder folder;
  ASSERT_EQ(acuguide({"simulate", "st36_in_plane", "--frames", "3", "--out", (folder / "png").string(),
                      "--truth", (folder / "t.csv").string()})
                .exitCode,
            0);
  const std::string header = textOf(folder / "t.csv").substr(0, textOf(folder / "t.csv").find('\n'));
  EXPECT_EQ(
      header,
      "frame,time_s,visible,tip_x,tip_y,tail_x,tail_y,shaft_tip_x,shaft_tip_y,shaft_tail_x,shaft_tail_y,"
      "angle_deg");
  EXPECT_EQ(textOf(folder / "t.planes.csv").substr(0, 47), "frame,label,confidence,x_px,y_px,upper_px,lower");
  EXPECT_TRUE(std::filesystem::exists(folder / "png" / "000002.png"));
}

TEST(CommandLine, PlanNewMakesAPlanThatValidatesAndShows) {
  Folder folder;
  const std::string file = folder / "new.plan.json";
  Outcome outcome = acuguide({"plan", "new", "ST36", "--side", "left", "--out", file});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  outcome = acuguide({"plan", "validate", file});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  outcome = acuguide({"plan", "show", file});
  EXPECT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("ST36"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("left"), std::string::npos) << outcome.out;
  outcome = acuguide({"plan", "new", "ST36", "--side", "left", "--out", file});
  EXPECT_EQ(outcome.exitCode, 2) << "an existing plan is not overwritten";
}

}  // namespace
}  // namespace acuguide::test
