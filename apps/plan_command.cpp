#include "apps/command.h"
#include "apps/end_on_signal.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "apps/window_setup.h"
#include "core/error.h"
#include "core/utf8_text.h"
#include "planning/blade_direction.h"
#include "planning/body_side.h"
#include "planning/instrument_library.h"
#include "planning/locate.h"
#include "planning/new_plan.h"
#include "planning/plan.h"
#include "planning/trajectory.h"
#include "ui/plan/plan_page.h"
#include "ui/windows/plan_window.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QProcess>

#include <cstdio>
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
  std::string landmarks;    ///< of the patient: the side is checked against them
  std::string instruments;  ///< a folder of the clinic's own
  std::string out;
  OffscreenArguments offscreen;
  std::optional<double> targetDepthMm, boneMm, probeWidthMm;
};

planning::InstrumentLibrary libraryOf(const Arguments& arguments) {
  const planning::InstrumentLibrary& builtIn = planning::builtInInstruments();
  return arguments.instruments.empty() ? builtIn : planning::withFolder(builtIn, arguments.instruments);
}

/// Throws where the landmarks are those of the other side; puts the point they give into the plan.
void holdAgainst(const std::string& landmarks, planning::Plan& plan) {
  if (landmarks.empty()) return;
  const auto patient = planning::readLandmarks(landmarks);
  const auto found = planning::locatePoints(planning::atlas(), patient, plan.side, landmarks);
  std::cout << "side: " << nameOf(found.side) << " (" << found.sideReason << ")\n";
  for (const planning::LocatedPoint& point : found.located) {
    if (point.code == plan.acupoint && point.mm)
      plan.point = planning::PointInSpace{patient.frame, *point.mm, point.radius95Mm};
  }
}

int makePlan(const Arguments& arguments) {
  if (std::filesystem::exists(arguments.file))
    throw Error(arguments.file, "is there already", "name another file; a plan is never overwritten");
  const auto side = arguments.side == "left" ? planning::BodySide::Left : planning::BodySide::Right;
  planning::Plan plan = planning::newPlan(arguments.acupoint, side);
  holdAgainst(arguments.landmarks, plan);
  planning::writePlan(plan, arguments.file);
  std::cout << planning::describe(plan) << "\nWritten to " << arguments.file
            << "; set its target, dangers and instrument to this patient's before use.\n";
  return 0;
}

int validatePlan(const Arguments& arguments) {
  planning::Plan plan = planning::readPlan(arguments.file);
  holdAgainst(arguments.landmarks, plan);
  std::cout << arguments.file << " is a valid plan.\n";
  return 0;
}

int showPlan(const Arguments& arguments) {
  std::cout << planning::describe(planning::readPlan(arguments.file)) << "\n";
  return 0;
}

int propose(const Arguments& arguments) {
  planning::Plan plan = planning::readPlan(arguments.file);
  holdAgainst(arguments.landmarks, plan);
  planning::TrajectoryRequest request =
      planning::requestFor(plan, libraryOf(arguments).all(), arguments.targetDepthMm);
  request.boneDepthMm = arguments.boneMm;
  request.probeWidthMm = arguments.probeWidthMm;
  const planning::TrajectoryProposal proposal = planning::proposeTrajectory(request);
  std::cout << describe(proposal, plan.dangers);
  if (!proposal.best) return 3;
  const planning::Plan planned = withTrajectory(plan, *proposal.best);
  std::cout << describe(wantedBlade(planned, plannedNeedle(planned))) << "\n";
  if (!arguments.out.empty()) {
    planning::writePlan(planned, arguments.out);
    std::cout << "Written to " << arguments.out << ".\n";
  }
  return 0;
}

/// The plan window, or its picture (offscreen).
int editPlan(const Arguments& arguments) {
  WindowSetup setup({}, {}, arguments.offscreen);
  ui::PlanWindow window(allSources());
  if (!arguments.file.empty()) {
    requireUtf8Name(arguments.file, "what a window opens");
    planning::readPlan(arguments.file);  // refused with a sentence before a window opens
    window.loadPlan(QString::fromStdString(arguments.file));
  }
  // A program of its own, as the bench is: what is planned on cannot slow the window that guides.
  window.standAlone([](const QString& plan) {
    return QProcess::startDetached(QApplication::applicationFilePath(),
                                   {QStringLiteral("guide"), QStringLiteral("--plan"), plan});
  });
  if (!arguments.offscreen.offscreen) {
    window.show();
    const EndOnSignal endOnSignal(window);
    return QApplication::exec();
  }
  window.resize(arguments.offscreen.width(), arguments.offscreen.height());
  window.show();
  QApplication::processEvents();
  if (!arguments.offscreen.screenshot.empty() &&
      !window.saveScreenshot(QString::fromStdString(arguments.offscreen.screenshot)))
    throw Error(arguments.offscreen.screenshot, "cannot be written", "check the folder and its permissions");
  return 0;
}

/// One page; needs no display.
int printPlan(const Arguments& arguments) {
  requireUtf8Name(arguments.out, "a page");
  const planning::Plan plan = planning::readPlan(arguments.file);
  setenv("QT_QPA_PLATFORM", "offscreen", 1);
  OffscreenArguments here;
  WindowSetup setup({}, {}, here);
  QString problem;
  const ui::Section section =
      ui::sectionOf(plan, libraryOf(arguments).all(), arguments.probeWidthMm, &problem);
  ui::writePlanPdf(section, QString::fromStdString(arguments.out));
  std::cout << "Printed to " << arguments.out << ".\n";
  if (!problem.isEmpty()) std::cout << problem.toStdString() << "\n";
  for (const std::string& sentence : section.proposal.explanation) std::cout << "- " << sentence << "\n";
  return 0;
}

int listInstruments(const Arguments& arguments) {
  for (const planning::LibraryInstrument& item : libraryOf(arguments).instruments) {
    char text[120];
    std::snprintf(text, sizeof text, "%4.1f mm thick, blade %.1f mm, %5.1f mm long",
                  item.instrument.diameterMm, item.instrument.bladeWidthMm, item.instrument.lengthMm);
    std::cout << text << "  " << item.instrument.name << (item.general ? " [general knowledge]" : "");
    if (!item.note.empty()) std::cout << "; " << item.note;
    std::cout << " (" << item.source << ")\n";
  }
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
  make->add_option("--landmarks", arguments->landmarks,
                   "the patient's landmarks: checks the side, gives the point");
  addOutput(*make, "--out", arguments->file, "file to write")->required();
  make->callback([&run, arguments] { run = [arguments] { return makePlan(*arguments); }; });

  auto* validate = command->add_subcommand("validate", "Checks a plan and says what is wrong with it");
  validate->add_option("FILE", arguments->file, "plan (JSON)")->required();
  validate->add_option("--landmarks", arguments->landmarks, "the patient's landmarks: checks the side too");
  validate->callback([&run, arguments] { run = [arguments] { return validatePlan(*arguments); }; });

  auto* show = command->add_subcommand("show", "Tells a plan in words");
  show->add_option("FILE", arguments->file, "plan (JSON)")->required();
  show->callback([&run, arguments] { run = [arguments] { return showPlan(*arguments); }; });

  auto* way =
      command->add_subcommand("propose", "Proposes the way in: side, angle, instrument, blade direction");
  way->add_option("FILE", arguments->file, "plan (JSON)")->required();
  addOutput(*way, "--out", arguments->out, "file to write the plan with this way in to");
  way->add_option("--target-depth-mm", arguments->targetDepthMm,
                  "depth of the plane that the target lies on");
  way->add_option("--bone-mm", arguments->boneMm, "depth of the bone under the target");
  way->add_option("--probe-width-mm", arguments->probeWidthMm, "of its face: the blade enters beside it")
      ->check(CLI::Range(1.0, 200.0));
  way->add_option("--landmarks", arguments->landmarks, "the patient's landmarks: checks the side too");
  way->add_option("--instruments", arguments->instruments, "folder of the clinic's own instruments (JSON)");
  way->callback([&run, arguments] { run = [arguments] { return propose(*arguments); }; });

  auto* edit = command->add_subcommand("edit", "The plan window");
  edit->add_option("FILE", arguments->file, "plan (JSON) to begin with");
  arguments->offscreen.addTo(*edit);
  edit->callback([&run, arguments] { run = [arguments] { return editPlan(*arguments); }; });

  auto* page = command->add_subcommand("print", "The plan on one page (PDF)");
  page->add_option("FILE", arguments->file, "plan (JSON)")->required();
  addOutput(*page, "--out", arguments->out, "PDF to write")->required();
  page->add_option("--probe-width-mm", arguments->probeWidthMm, "of its face: the blade enters beside it")
      ->check(CLI::Range(1.0, 200.0));
  page->add_option("--instruments", arguments->instruments, "folder of the clinic's own instruments (JSON)");
  page->callback([&run, arguments] { run = [arguments] { return printPlan(*arguments); }; });

  auto* tools = command->add_subcommand("instruments", "The instruments to plan with, a line each");
  tools->add_option("--instruments", arguments->instruments, "folder of the clinic's own instruments (JSON)");
  tools->callback([&run, arguments] { run = [arguments] { return listInstruments(*arguments); }; });
}

}  // namespace acuguide::apps
