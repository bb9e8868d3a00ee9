#include "acquisition/feed.h"
#include "apps/analysis_arguments.h"
#include "apps/command.h"
#include "apps/interruption.h"
#include "apps/progress.h"
#include "apps/sources.h"
#include "core/clock.h"
#include "core/error.h"
#include "navigation/fail_safe.h"
#include "navigation/pipeline.h"
#include "session/recorder.h"

#include <CLI/CLI.hpp>
#include <opencv2/core.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  std::string out;
  double seconds = 0;  // 0: until the source ends or Ctrl+C
  bool withoutAnalysis = false;
  AnalysisArguments analysis;
};

std::shared_ptr<const navigation::GuidanceSnapshot> snapshotOf(std::shared_ptr<const Frame> frame,
                                                               navigation::Pipeline* pipeline,
                                                               const acquisition::StreamStatus& status) {
  navigation::GuidanceSnapshot snapshot;
  if (pipeline != nullptr) {
    snapshot = pipeline->process(std::move(frame));
  } else {
    snapshot.frame = std::move(frame);
  }
  navigation::Watch watch;
  watch.now = monotonicSeconds();
  return std::make_shared<const navigation::GuidanceSnapshot>(
      navigation::asOf(std::move(snapshot), status, watch));
}

int record(const Arguments& arguments) {
  std::optional<navigation::Pipeline> pipeline;
  if (!arguments.withoutAnalysis) {
    pipeline.emplace(arguments.analysis.analyzer());
    pipeline->setPlan(arguments.analysis.plan());
  }
  const auto spacingMm = arguments.analysis.spacingMm();
  cv::setNumThreads(arguments.analysis.threads);

  const Interruption interruption;
  acquisition::Feed feed(arguments.source, [](const std::string& text) { return allSources().open(text); });
  std::unique_ptr<session::Recorder>
      recorder;  // made with the first frame: a source that fails leaves no folder
  double started = 0;
  std::int64_t frames = 0;
  {
    Progress progress("Recording", std::nullopt);
    while (!Interruption::requested()) {
      auto frame = feed.take(std::chrono::milliseconds(50));
      const auto status = feed.status();
      if (status.connection == acquisition::Connection::Failed) throw Error::sentence(status.message);
      if (!frame && status.connection == acquisition::Connection::Ended) break;
      if (started > 0 && arguments.seconds > 0 && monotonicSeconds() - started >= arguments.seconds) break;
      if (!frame) continue;
      if (!recorder) {
        recorder = std::make_unique<session::Recorder>(arguments.out);
        started = monotonicSeconds();
      }
      if (spacingMm) {
        Frame scaled = *frame;
        scaled.geometry.spacingMm = spacingMm;
        frame = std::make_shared<const Frame>(std::move(scaled));
      }
      recorder->offer(snapshotOf(std::move(frame), pipeline ? &*pipeline : nullptr, status));
      progress.update(++frames);
    }
  }
  if (!recorder) throw Error(arguments.source, "gave no frame", "check that it is running");
  const auto result = recorder->finish();
  if (result.failed) throw Error(arguments.out, result.message, "what was written before stays good");
  const auto status = feed.status();
  std::cout << "Recorded " << result.framesWritten << " frames (" << result.seconds << " s) into "
            << arguments.out << "; skipped " << status.skipped << ", dropped by the disk "
            << result.framesDropped << "\n";
  return 0;
}

}  // namespace

void addRecordCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("record", "Records a source as a session");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source, "where the frames come from")->required();
  command->add_option("--out", arguments->out, "session folder to make")->required();
  command->add_option("--seconds", arguments->seconds, "stop after so long")->check(CLI::PositiveNumber);
  command->add_flag("--no-analysis", arguments->withoutAnalysis, "record pictures only");
  arguments->analysis.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return record(*arguments); }; });
}

}  // namespace acuguide::apps
