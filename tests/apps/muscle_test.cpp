// acuguide muscle through the real executable.
#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace acuguide::test {
namespace {

using testing::HasSubstr;
using Table = std::vector<std::vector<std::string>>;

/// Mean of a column over the rows of one label.
double meanOf(const Table& table, const std::string& label, const std::string& name) {
  const auto labels = column(table, "label"), values = column(table, name);
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != label) continue;
    sum += std::stod(values[i]);
    ++count;
  }
  return sum / count;
}

TEST(Muscle, MeasuresWhatTheSimulatorDrewAndComparesIt) {
  Folder folder;
  const std::string sequence = folder / "calf.igs.mha", truth = folder / "truth.csv";
  ASSERT_EQ(
      acuguide({"simulate", "bl57_calf", "--frames", "20", "--out", sequence, "--truth", truth}).exitCode, 0);
  const std::string file = folder / "calf.json";
  const Outcome outcome = acuguide(
      {"muscle", "measure", sequence, "--muscle", "soleus, left", "--on", "2026-11-25", "--out", file});
  ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("thickness"));
  const auto json = nlohmann::json::parse(textOf(file));
  EXPECT_EQ(json.at("format"), "acuguide.muscle/1");
  EXPECT_EQ(json.at("measured"), 20);

  const Table planes = tableOf(folder / "truth.planes.csv");
  const Table frames = [&] {
    EXPECT_EQ(acuguide({"process", sequence, "--limit", "1", "--out", (folder / "p").string()}).exitCode, 0);
    return tableOf(folder / "p" / "frames.csv");
  }();
  const double spacing = std::stod(column(frames, "spacing_y_mm").at(0));
  const double drawn = spacing * (meanOf(planes, "deep_aponeurosis", "upper_px") -
                                  meanOf(planes, "superficial_aponeurosis", "lower_px"));
  EXPECT_NEAR(json.at("thicknessMm").at("value").get<double>(), drawn, 0.6);

  const Outcome same = acuguide({"muscle", "compare", file, file});
  EXPECT_EQ(same.exitCode, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("no change that can be claimed"));
}

TEST(Muscle, WhatCannotBeMeasuredIsSaidAndKept) {
  Folder folder;
  const std::string file = folder / "none.json";
  // Videos have no scale.
  ASSERT_EQ(acuguide({"simulate", "bl57_calf", "--frames", "5", "--out", (folder / "a.mkv").string(),
                      "--truth", (folder / "a.csv").string()})
                .exitCode,
            0);
  const std::string video = folder / "a.mkv";
  const Outcome outcome = acuguide({"muscle", "measure", video, "--out", file});
  EXPECT_EQ(outcome.exitCode, 3) << "it ran, but is not fit for use";
  EXPECT_THAT(outcome.out, HasSubstr("--spacing-mm"));
  const Outcome refused = acuguide({"muscle", "compare", file, file});
  EXPECT_EQ(refused.exitCode, 2);
  EXPECT_THAT(refused.err, HasSubstr("not to be used"));
  EXPECT_EQ(acuguide({"muscle", "measure", video, "--spacing-mm", "0.1"}).exitCode, 0);

  EXPECT_EQ(acuguide({"muscle", "measure", video, "--from", "3", "--to", "2"}).exitCode, 2);
  EXPECT_THAT(acuguide({"muscle", "measure", video, "--from", "1000"}).err,
              HasSubstr("no picture in that time"));
  EXPECT_THAT(acuguide({"muscle", "measure", video, "--on", "yesterday"}).err, HasSubstr("--on"));
  EXPECT_THAT(acuguide({"muscle", "measure", "gst:videotestsrc is-live=true"}).err, HasSubstr("live source"));
  EXPECT_THAT(acuguide({"muscle", "compare", file, (folder / "nothing.json").string()}).err,
              HasSubstr("nothing.json"));
}

}  // namespace
}  // namespace acuguide::test
