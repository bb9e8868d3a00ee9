#include "apps/analysis_arguments.h"
#include "apps/command.h"
#include "apps/interruption.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "apps/source_words.h"
#include "apps/structure_folder.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "navigation/fail_safe.h"
#include "navigation/pipeline.h"
#include "recording/analysis_csv.h"
#include "recording/process_summary.h"
#include "rendering/overlay_image.h"

#include <CLI/CLI.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string source;
  std::string out;
  bool still = false;
  bool overlay = false;
  bool structures = false;
  std::int64_t limit = 0;  // 0: all
  AnalysisArguments analysis;
};

/// The snapshot as a screen would have shown it the moment its frame came in.
navigation::GuidanceSnapshot asItArrived(const navigation::GuidanceSnapshot& snapshot) {
  acquisition::StreamStatus running;
  running.connection = acquisition::Connection::Running;
  navigation::Watch watch;
  watch.now = snapshot.frame->arrival;
  return navigation::asOf(snapshot, running, watch);
}

/// Draws each snapshot as the practitioner would see it into DIR/overlay.
class OverlayFolder {
 public:
  explicit OverlayFolder(fs::path folder) : folder_(std::move(folder)) { fs::create_directories(folder_); }

  void write(const navigation::GuidanceSnapshot& snapshot) {
    const auto shown = asItArrived(snapshot);
    char name[32];
    std::snprintf(name, sizeof(name), "%06lld.png", static_cast<long long>(snapshot.frame->index));
    if (!cv::imwrite((folder_ / name).string(), renderer_.render(shown)))
      throw Error((folder_ / name).string(), "cannot be written", "check free space and permissions");
  }

 private:
  fs::path folder_;
  rendering::OverlayImageRenderer renderer_;
};

std::shared_ptr<const Frame> prepared(Frame frame, const GivenScale* scale) {
  if (scale != nullptr) scale->applyTo(frame);
  return std::make_shared<const Frame>(std::move(frame));
}

recording::ProcessSummary startSummary(const Arguments& arguments) {
  const AnalysisArguments& analysis = arguments.analysis;
  return {arguments.source,
          {{"still", arguments.still ? "true" : "false"},
           {"structures", arguments.structures ? "true" : "false"},
           {"plan", analysis.planFile},
           {"spacing-mm", analysis.spacing},
           {"probe", analysis.probe},
           {"entry", analysis.entry},
           {"threads", std::to_string(analysis.threads)}}};
}

int process(const Arguments& arguments) {
  const auto plan = arguments.analysis.plan();
  const auto scale = arguments.analysis.scale();
  auto analyzer = arguments.analysis.analyzer();
  analyzer.still = arguments.still;
  cv::setNumThreads(arguments.analysis.threads);

  const auto source = arguments.analysis.sources().open(arguments.source);
  WholeFolder out(arguments.out, recording::isResultOfProcess);
  const fs::path& folder = out.part();
  recording::AnalysisCsvWriter tables(folder, plan != nullptr);
  std::optional<OverlayFolder> overlays;
  if (arguments.overlay) overlays.emplace(folder / "overlay");
  std::optional<StructureFolder> structures;
  if (arguments.structures) structures.emplace(folder);

  navigation::Pipeline pipeline(analyzer);
  pipeline.setPlan(plan);
  recording::ProcessSummary summary = startSummary(arguments);
  SourceWords words;
  auto total = source->info().frameCount;
  if (arguments.limit > 0) total = std::min(arguments.limit, total.value_or(arguments.limit));

  // What was analysed before a file breaks off is kept, where no earlier results would have to go for it; the
  // fault is told after it is safe on disk.
  std::optional<Error> fault;
  const Interruption interruption;
  {
    Progress progress("Analysing", total);
    for (std::int64_t done = 0; arguments.limit == 0 || done < arguments.limit; ++done) {
      std::optional<Frame> frame;
      try {
        frame = source->read();
      } catch (const Error& error) {
        fault = error;
      }
      if (frame && Interruption::requested())
        fault = Error(arguments.source, "was not analysed to its end", "");
      if (!frame || fault) break;
      const auto snapshot = pipeline.process(prepared(std::move(*frame), scale.get()));
      words.tell(*snapshot.frame, source->remark());
      tables.write(snapshot);
      summary.add(snapshot);
      if (overlays) overlays->write(snapshot);
      if (structures) structures->write(*snapshot.frame, *snapshot.analysis);
      progress.update(done + 1);
    }
  }
  tables.finish();
  if (structures) structures->finish();
  summary.write(folder / "summary.json");
  if (fault && out.replaces()) throw *fault;
  out.commit();
  if (fault) throw *fault;
  std::cout << "Analysed " << summary.frames() << " frames; the tables are in " << arguments.out << "\n";
  return 0;
}

}  // namespace

void addProcessCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("process", "Analyses every frame in order and writes tables (CSV)");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source, "where the frames come from")->required();
  addOutput(*command, "--out", arguments->out, "folder for the results")->required();
  command->add_flag("--still", arguments->still, "each frame by itself: no memory, sizes may change");
  command->add_flag("--overlay", arguments->overlay,
                    "write overlay/NNNNNN.png, what the practitioner would see");
  command->add_flag("--structures", arguments->structures,
                    "write structures/NAME.png, masks of possible nerves and vessels, and structures.csv");
  command->add_option("--limit", arguments->limit, "stop after so many frames")->check(CLI::PositiveNumber);
  arguments->analysis.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return process(*arguments); }; });
}

}  // namespace acuguide::apps
