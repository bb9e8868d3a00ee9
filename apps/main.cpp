#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/practice_command.h"
#include "apps/volume.h"
#include "core/error.h"
#include "core/version.h"

#include <CLI/CLI.hpp>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <sys/stat.h>

namespace {

/// The first word that should be a subcommand and is none; empty when all is well.
std::string unknownSubcommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return {};
  for (const CLI::App* known : app.get_subcommands({}))
    if (known->check_name(argv[1])) return {};
  return argv[1];
}

/// An option given as "" is a shell's variable that is empty, and no way of leaving the option out.
void requireValues(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options())
    for (const std::string& text : option->results())
      if (text.empty())
        throw acuguide::Error(option->get_name(), "was given without a value", "give one, or leave it out");
  for (const CLI::App* chosen : command.get_subcommands()) requireValues(*chosen);
}

std::string versionText() {
  return std::string("acuguide ") + acuguide::version + "\nLicence: " + acuguide::licence + "\n" +
         acuguide::researchUseStatement;
}

}  // namespace

int main(int argc, char** argv) {
  // What is written is of patients as a rule: for its owner's eyes, whichever library writes it.
  umask(077);
  // Our own sentence says what failed; OpenCV's back ends would print pages before it.
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);  // AV_LOG_QUIET

  CLI::App app("Ultrasound-guided acupotomy navigation. Research and training software.", "acuguide");
  app.set_version_flag("--version", versionText());
  app.require_subcommand(1);
  app.footer(
      "SOURCE is device:0, gst:PIPELINE, igtl://HOST:PORT/DEVICE, sim:SCENARIO, or a path: video, folder of "
      "images, .mha/.nrrd sequence, DICOM file, recorded session.");

  acuguide::apps::Run run;
  acuguide::apps::addGuideCommand(app, run);
  acuguide::apps::addReplayCommand(app, run);
  acuguide::apps::addPracticeCommand(app, run);
  acuguide::apps::addProcessCommand(app, run);
  acuguide::apps::addRecordCommand(app, run);
  acuguide::apps::addSimulateCommand(app, run);
  acuguide::apps::addDevicesCommand(app, run);
  acuguide::apps::addPlanCommand(app, run);
  acuguide::apps::addAtlasCommand(app, run);
  acuguide::apps::addCalibrateCommand(app, run);
  acuguide::apps::addBenchCommand(app, run);
  acuguide::apps::addMuscleCommand(app, run);
  acuguide::apps::addDicomCommand(app, run);
  acuguide::apps::addOutcomesCommand(app, run);
  acuguide::apps::addSessionCommand(app, run);
  acuguide::apps::addVolumeCommand(app, run);

  if (const std::string word = unknownSubcommand(app, argc, argv); !word.empty()) {
    std::cerr << "acuguide: there is no subcommand \"" << word << "\"; see acuguide --help\n";
    return 2;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    std::cerr << "acuguide: " << wrong.what() << "; see --help\n";
    return 2;
  }

  try {
    requireValues(app);
    acuguide::apps::requireOutputsApart(app);
    return run();
  } catch (const acuguide::Error& error) {
    std::cerr << "acuguide: " << error.what() << "\n";
    return 2;
  } catch (const std::filesystem::filesystem_error& error) {
    // A path that cannot even be looked at: links that lead to each other, a folder nobody may enter.
    std::cerr << "acuguide: " << error.path1().string() << ": cannot be used (" << error.code().message()
              << "); check the path and the permissions of its folders\n";
    return 2;
  } catch (const std::exception& failure) {
    std::cerr << "acuguide: internal failure: " << failure.what() << "\n";
    return 1;
  }
}
