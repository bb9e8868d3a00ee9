#include "apps/output_options.h"
#include "apps/session_command.h"
#include "apps/session_folders.h"
#include "apps/sources.h"
#include "assessment/expert_band.h"
#include "assessment/metrics.h"
#include "assessment/metrics_json.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "recording/session_writer.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::vector<std::string> sessions, experts;
  std::string out, csv, needle;
  std::vector<double> axis, tissue;
  double percentile = 75.0;
};

bool isSession(const fs::path& path) { return fs::exists(recording::databaseOf(path)); }

assessment::MetricsOptions optionsOf(const Arguments& arguments) {
  assessment::MetricsOptions options;
  options.needlePose = arguments.needle;
  if (!arguments.axis.empty()) {
    const Eigen::Vector3d axis(arguments.axis.data());
    if (!axis.allFinite() || axis.norm() < 1e-9)
      throw Error("--needle-axis", "is no direction", "give X,Y,Z towards the tip, such as 0,0,1");
    options.needleAxis = axis.normalized();
  }
  if (!arguments.tissue.empty()) {
    const Eigen::Vector3d inward(arguments.tissue.data() + 3);
    if (!inward.allFinite() || inward.norm() < 1e-9)
      throw Error("--tissue-plane", "has no direction into the tissue", "give X,Y,Z,NX,NY,NZ");
    options.tissue = assessment::TissueSide{Eigen::Vector3d(arguments.tissue.data()), inward.normalized()};
  }
  return options;
}

assessment::SessionMetrics measure(const fs::path& path, const assessment::MetricsOptions& options) {
  if (isSession(path)) return assessment::measureSession(path, options);
  if (fs::is_directory(path))
    throw Error(path.string(), "is no recorded session", "choose a folder that 'acuguide record' has made");
  return assessment::measurePoses(path, options,
                                  [](const std::string& source) { return allSources().open(source); });
}

std::optional<assessment::ExpertBands> expertsOf(const Arguments& arguments,
                                                 const assessment::MetricsOptions& options) {
  if (arguments.experts.empty()) return std::nullopt;
  std::vector<assessment::SessionMetrics> experts;
  for (const std::string& folder : arguments.experts)
    for (const fs::path& path : sessionsIn(folder)) experts.push_back(measure(path, options));
  return assessment::ExpertBands(experts, arguments.percentile);
}

int metrics(const Arguments& arguments) {
  const assessment::MetricsOptions options = optionsOf(arguments);
  std::vector<assessment::SessionMetrics> sessions;
  for (const std::string& path : arguments.sessions) sessions.push_back(measure(path, options));
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const auto& a, const auto& b) { return a.startedUtc < b.startedUtc; });
  const auto experts = expertsOf(arguments, options);
  const std::string json = assessment::metricsJson(sessions, experts ? &*experts : nullptr);
  if (!arguments.csv.empty()) assessment::writeMetricsCsv(sessions, arguments.csv);
  if (arguments.out.empty()) {
    std::cout << json;
    return 0;
  }
  writeWholeFile(arguments.out, json, "the metrics");
  return 0;
}

}  // namespace

void addSessionMetrics(CLI::App& session, Run& run) {
  auto* command = session.add_subcommand("metrics", "Measures every insertion, as JSON");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("SESSION", arguments->sessions,
                   "recorded sessions, or recordings of needle poses; several give the learning curve")
      ->required();
  addOutput(*command, "--out", arguments->out, "JSON file to write; without it, to the terminal");
  addOutput(*command, "--csv", arguments->csv, "table to write as well");
  command->add_option("--experts", arguments->experts,
                      "sessions (or folders of them) that set the pass marks");
  command->add_option("--percentile", arguments->percentile, "of the experts, that reach the pass mark")
      ->check(CLI::Range(50.0, 100.0))
      ->capture_default_str();
  command->add_option("--needle", arguments->needle,
                      "pose of the needle, such as NeedleToReference; without it NeedleTip's, else Needle's");
  command
      ->add_option("--needle-axis", arguments->axis,
                   "of the needle's frame towards the tip (0,0,1 for NeedleTip, else 1,0,0)")
      ->delimiter(',')
      ->expected(3);
  command
      ->add_option("--tissue-plane", arguments->tissue,
                   "the skin in the frame the poses lead to: a point and the direction into the tissue, "
                   "X,Y,Z,NX,NY,NZ in mm")
      ->delimiter(',')
      ->expected(6);
  command->callback([&run, arguments] { run = [arguments] { return metrics(*arguments); }; });
}

}  // namespace acuguide::apps
