#include "apps/session_command.h"
#include "assessment/metrics.h"
#include "recording/session_poses.h"
#include "recording/session_record.h"
#include "recording/session_writer.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

std::string fixed(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

void line(const std::string& key, const std::string& value) {
  if (!value.empty()) std::cout << "  " << key << ": " << value << "\n";
}

std::string megabytes(const fs::path& file) {
  std::error_code problem;
  const auto bytes = fs::file_size(file, problem);
  return problem ? "missing" : fixed(static_cast<double>(bytes) / 1e6, 1) + " MB";
}

std::string lengthOf(const recording::SessionRecord& record) {
  if (record.frames.empty()) return "no frame";
  const double seconds =
      static_cast<double>(record.frames.back().videoMs - record.frames.front().videoMs) * 1e-3;
  const auto frames = static_cast<double>(record.frames.size());
  std::string text = std::to_string(record.frames.size()) + " frames, " + fixed(seconds, 1) + " s";
  if (seconds > 0) text += ", " + fixed((frames - 1) / seconds, 1) + " a second";
  return text;
}

std::string needleOf(const recording::SessionRecord& record) {
  if (!record.analysed) return "the pictures were not analysed";
  const auto seen = std::count_if(record.frames.begin(), record.frames.end(), [](const auto& frame) {
    return frame.needle == tracking::NeedleState::Observed;
  });
  return "seen in " + std::to_string(seen) + " frames";
}

std::string posesOf(const fs::path& folder) {
  std::set<std::string> names;
  recording::readSessionPoses(folder, [&](std::int64_t, const std::vector<NamedPose>& poses) {
    for (const NamedPose& pose : poses) names.insert(pose.name());
  });
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

std::string eventsOf(const recording::SessionRecord& record) {
  std::map<std::string, int> kinds;
  for (const auto& event : record.events) ++kinds[event.kind];
  std::string text;
  for (const auto& [kind, count] : kinds)
    text += (text.empty() ? "" : ", ") + kind + " " + std::to_string(count);
  return text;
}

void print(const fs::path& folder) {
  const recording::SessionRecord record = recording::readSessionRecord(folder);
  std::cout << folder.string() << "\n";
  line("started", record.metaOr("started_utc", ""));
  line("length", lengthOf(record));
  line("picture", record.metaOr("picture", ""));
  line("source", record.metaOr("source", ""));
  line("ended properly", record.metaOr("complete", "no"));
  line("recorded by", "acuguide " + record.metaOr("version", "?"));
  line("on the disk", "video " + megabytes(recording::videoOf(folder)) + ", tables " +
                          megabytes(recording::databaseOf(folder)));
  line("plan", record.plan ? record.plan->name : "none");
  for (const auto& [key, value] : record.meta)
    if (key.rfind("option.", 0) == 0) line(key, value);
  for (const auto& calibration : record.calibrations) line("calibration", calibration);
  line("poses", posesOf(folder));
  line("needle", needleOf(record));
  line("events", eventsOf(record));
  for (const auto& one : assessment::measureSession(record).insertions)
    line("insertion " + std::to_string(one.number), fixed(one.start, 1) + " s to " + fixed(one.end, 1) +
                                                        " s (" + std::string(nameOf(one.insertion.end)) +
                                                        ")");
}

}  // namespace

void addSessionInfo(CLI::App& session, Run& run) {
  auto* command = session.add_subcommand("info", "Says what sessions hold");
  auto sessions = std::make_shared<std::vector<std::string>>();
  command->add_option("SESSION", *sessions, "recorded sessions")->required();
  command->callback([&run, sessions] {
    run = [sessions] {
      for (const std::string& path : *sessions) print(path);
      return 0;
    };
  });
}

}  // namespace acuguide::apps
