#include "recording/session_check.h"

#include "apps/session_command.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

constexpr int kNotFit = 3;

void print(const std::string& session, const recording::SessionCheck& check) {
  char length[32];
  std::snprintf(length, sizeof length, "%.1f", check.seconds);
  std::cout << session << ": "
            << (check.empty     ? "empty"
                : check.sound() ? "sound"
                                : "DAMAGED")
            << (check.repaired ? ", repaired" : "") << (check.complete ? "" : ", not ended properly") << "; "
            << check.frames << " frames, " << check.pictures << " whole pictures, " << length << " s, "
            << check.verified << " of " << check.segments << " segments verified\n";
  for (const std::string& note : check.notes) std::cout << "  " << note << "\n";
  for (const std::string& problem : check.problems) std::cout << "  ! " << problem << "\n";
}

int checkAll(const std::vector<std::string>& sessions, bool repair) {
  bool sound = true;
  for (const std::string& path : sessions) {
    const auto check = repair ? recording::repairSession(path) : recording::checkSession(path);
    print(path, check);
    sound = sound && check.sound();
  }
  return sound ? 0 : kNotFit;
}

}  // namespace

void addSessionCheck(CLI::App& session, Run& run) {
  auto* command = session.add_subcommand(
      "check", "Verifies every picture and segment; exit code 3 when something is damaged");
  auto sessions = std::make_shared<std::vector<std::string>>();
  auto repair = std::make_shared<bool>(false);
  command->add_option("SESSION", *sessions, "recorded sessions")->required();
  command->add_flag("--repair", *repair, "complete a recording that was killed or cut off");
  command->callback(
      [&run, sessions, repair] { run = [sessions, repair] { return checkAll(*sessions, *repair); }; });
}

}  // namespace acuguide::apps
