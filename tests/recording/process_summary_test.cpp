#include "recording/process_summary.h"

#include "core/error.h"
#include "core/version.h"
#include "recording/session_samples.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace acuguide::recording {
namespace {

TEST(ProcessSummary, CountsWhatWasSeen) {
  ProcessSummary summary("clip.mkv", {{"probe", "auto"}, {"threads", "2"}});
  for (int i = 0; i < 4; ++i) {
    auto snapshot = samples::snapshot(i);
    snapshot->durations.imaging = 0.001 * (i + 1);
    if (i == 3) snapshot->needle.state = tracking::NeedleState::None;
    if (i > 0) snapshot->guidance = samples::guidance();
    summary.add(*snapshot);
  }
  const auto json = nlohmann::json::parse(summary.toJson());
  EXPECT_EQ(json["format"], "acuguide.process/1");
  EXPECT_EQ(json["version"], version);
  EXPECT_EQ(json["source"], "clip.mkv");
  EXPECT_EQ(json["options"]["threads"], "2");
  EXPECT_EQ(json["frames"], 4);
  EXPECT_EQ(json["frames_with_scale"], 4);
  EXPECT_EQ(json["needle"]["observed"], 3);
  EXPECT_EQ(json["needle"]["none"], 1);
  EXPECT_EQ(json["needle"]["predicted"], 0);
  EXPECT_EQ(json["planes"]["deep_aponeurosis"], 4);
  EXPECT_EQ(json["planes"]["bone"], 0);
  EXPECT_EQ(json["guidance"]["on_course"], 3);
  EXPECT_EQ(json["times"]["imaging"]["count"], 4);
  EXPECT_DOUBLE_EQ(json["times"]["imaging"]["max_ms"].get<double>(), 4.0);
  EXPECT_DOUBLE_EQ(json["times"]["decode"]["median_ms"].get<double>(), 2.0);
}

TEST(ProcessSummary, WritesItsFileOrSaysWhyNot) {
  const samples::TemporaryFolder folder;
  const ProcessSummary summary("bad \xff name", {});
  summary.write(folder / "summary.json");
  std::ifstream file(folder / "summary.json");
  EXPECT_EQ(nlohmann::json::parse(file)["frames"], 0);
  EXPECT_THROW(summary.write(folder / "nowhere/summary.json"), Error);
}

}  // namespace
}  // namespace acuguide::recording
