#include "apps/command.h"
#include "core/error.h"
#include "planning/new_plan.h"
#include "planning/plan.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string file;
  std::string acupoint;
  std::string side;
};

int makePlan(const Arguments& arguments) {
  if (std::filesystem::exists(arguments.file))
    throw Error(arguments.file, "is there already", "name another file; a plan is never overwritten");
  const auto side = arguments.side == "left" ? planning::BodySide::Left : planning::BodySide::Right;
  const planning::Plan plan = planning::newPlan(arguments.acupoint, side);
  planning::writePlan(plan, arguments.file);
  std::cout << planning::describe(plan) << "\nWritten to " << arguments.file
            << "; set its target, dangers and instrument to this patient's before use.\n";
  return 0;
}

int validatePlan(const Arguments& arguments) {
  planning::readPlan(arguments.file);
  std::cout << arguments.file << " is a valid plan.\n";
  return 0;
}

int showPlan(const Arguments& arguments) {
  std::cout << planning::describe(planning::readPlan(arguments.file)) << "\n";
  return 0;
}

}  // namespace

void addPlanCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("plan", "Makes, checks and shows plans (JSON)");
  command->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();

  auto* make = command->add_subcommand("new", "Writes a plan to start from");
  make->add_option("ACUPOINT", arguments->acupoint, "WHO code, for example ST36")->required();
  make->add_option("--side", arguments->side, "the patient's side")
      ->required()
      ->check(CLI::IsMember({"left", "right"}));
  make->add_option("--out", arguments->file, "file to write")->required();
  make->callback([&run, arguments] { run = [arguments] { return makePlan(*arguments); }; });

  auto* validate = command->add_subcommand("validate", "Checks a plan and says what is wrong with it");
  validate->add_option("FILE", arguments->file, "plan (JSON)")->required();
  validate->callback([&run, arguments] { run = [arguments] { return validatePlan(*arguments); }; });

  auto* show = command->add_subcommand("show", "Tells a plan in words");
  show->add_option("FILE", arguments->file, "plan (JSON)")->required();
  show->callback([&run, arguments] { run = [arguments] { return showPlan(*arguments); }; });
}

}  // namespace acuguide::apps
