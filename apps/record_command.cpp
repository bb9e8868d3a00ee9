#include "acquisition/stream/feed.h"
#include "apps/analysis_arguments.h"
#include "apps/command.h"
#include "apps/interruption.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "apps/recording_facts.h"
#include "apps/source_words.h"
#include "core/clock.h"
#include "core/error.h"
#include "navigation/fail_safe.h"
#include "navigation/pipeline.h"
#include "recording/recorder.h"

#include <CLI/CLI.hpp>
#include <opencv2/core.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string source;
  std::string out;
  double seconds = 0;  // 0: until the source ends or Ctrl+C
  bool withoutAnalysis = false;
  AnalysisArguments analysis;
};

std::shared_ptr<const navigation::GuidanceSnapshot> asOfNow(navigation::GuidanceSnapshot snapshot,
                                                            const acquisition::StreamStatus& status) {
  navigation::Watch watch;
  watch.now = monotonicSeconds();
  return std::make_shared<const navigation::GuidanceSnapshot>(
      navigation::asOf(std::move(snapshot), status, watch));
}

std::shared_ptr<const navigation::GuidanceSnapshot> snapshotOf(std::shared_ptr<const Frame> frame,
                                                               navigation::Pipeline* pipeline,
                                                               const acquisition::StreamStatus& status) {
  navigation::GuidanceSnapshot snapshot;
  if (pipeline != nullptr) {
    snapshot = pipeline->process(std::move(frame));
  } else {
    snapshot.frame = std::move(frame);
  }
  return asOfNow(std::move(snapshot), status);
}

/// Frames for the recorder: of a live source the newest, of a recorded one every one in order.
class Frames {
 public:
  Frames(const std::string& source, const acquisition::SourceCatalog& catalog)
      : recorded_(catalog.open(source)) {
    if (!recorded_->info().live) return;
    // The feed goes on with the device that is open already, and opens it anew when it has gone away.
    auto opened = std::make_shared<std::unique_ptr<acquisition::FrameSource>>(std::move(recorded_));
    feed_ = std::make_unique<acquisition::Feed>(source, [opened, catalog](const std::string& text) {
      return *opened ? std::move(*opened) : catalog.open(text);
    });
  }

  /// Null when there is none yet, or none any more: see status().
  std::shared_ptr<const Frame> next() {
    if (feed_) {
      auto frame = feed_->take(std::chrono::milliseconds(50));
      status_ = feed_->status();
      if (status_.connection == acquisition::Connection::Failed) throw Error::sentence(status_.message);
      return frame;
    }
    auto frame = recorded_->read();
    status_.source = recorded_->info();
    status_.remark = recorded_->remark();
    status_.connection = frame ? acquisition::Connection::Running : acquisition::Connection::Ended;
    return frame ? std::make_shared<const Frame>(std::move(*frame)) : nullptr;
  }

  const acquisition::StreamStatus& status() const { return status_; }
  bool live() const { return feed_ != nullptr; }

 private:
  std::unique_ptr<acquisition::FrameSource> recorded_;
  std::unique_ptr<acquisition::Feed> feed_;
  acquisition::StreamStatus status_;
};

/// What is the matter with the recording, said once each time it changes.
class Warnings {
 public:
  void tell(const recording::Recorder& recorder) {
    const auto alarm = recorder.alarm();
    const std::string now = alarm ? textOf(*alarm) : "";
    if (!now.empty() && now != said_) std::cerr << "acuguide: " << now << "\n";
    said_ = now;
  }

 private:
  static std::string textOf(const navigation::Alarm& alarm) {
    if (alarm.priority == navigation::AlarmPriority::High) return "";  // it failed: said at the end
    const bool skips = alarm.detail == recording::computerTooBusy || alarm.detail == recording::diskTooSlow;
    return skips ? "recording skips frames: " + alarm.detail : "the disk will soon be full";
  }

  std::string said_;
};

/// A recorded source comes as fast as it is read: the disk sets the pace, and nothing is dropped.
void waitForRoom(const recording::Recorder& recorder, std::int64_t offered) {
  constexpr std::int64_t kWaiting = 30;
  for (auto status = recorder.status(); offered - status.framesWritten > kWaiting && !status.failed;
       status = recorder.status())
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

int record(const Arguments& arguments) {
  std::optional<navigation::Pipeline> pipeline;
  if (!arguments.withoutAnalysis) {
    pipeline.emplace(arguments.analysis.analyzer());
    pipeline->setPlan(arguments.analysis.plan());
  }
  const auto scale = arguments.analysis.scale();
  SourceWords words;
  cv::setNumThreads(arguments.analysis.threads);

  const Interruption interruption;
  Frames frames(arguments.source, arguments.analysis.sources());
  std::unique_ptr<recording::Recorder>
      recorder;  // made with the first frame: a source that fails leaves no folder
  recording::RecorderOptions options;
  options.writer = recordingFacts(arguments.analysis, arguments.source);
  options.writer.analysis = !arguments.withoutAnalysis;
  std::optional<double> begun;
  std::int64_t offered = 0;
  std::optional<Error> fault;
  Warnings warnings;
  recording::SourceWatch sourceWatch;
  std::shared_ptr<const navigation::GuidanceSnapshot> last;
  {
    Progress progress("Recording", std::nullopt);
    while (!Interruption::requested() && !(recorder && recorder->status().failed)) {
      std::shared_ptr<const Frame> frame;
      try {
        frame = frames.next();
      } catch (const Error& error) {
        fault = error;
        break;
      }
      if (!frame && frames.status().connection == acquisition::Connection::Ended) break;
      const double now = frames.live() ? monotonicSeconds() : frame ? frame->time : 0.0;
      if (begun && arguments.seconds > 0 && now - *begun >= arguments.seconds) break;
      if (recorder) warnings.tell(*recorder);
      if (recorder && frames.live())
        for (recording::SessionEvent& event : sourceWatch.process(*asOfNow(*last, frames.status())))
          recorder->note(std::move(event));
      if (!frame) continue;
      if (!recorder) recorder = std::make_unique<recording::Recorder>(arguments.out, options);
      if (!begun) begun = now;
      if (scale) {
        Frame scaled = *frame;
        scale->applyTo(scaled);
        frame = std::make_shared<const Frame>(std::move(scaled));
      }
      words.tell(*frame, frames.status().remark);
      last = snapshotOf(std::move(frame), pipeline ? &*pipeline : nullptr, frames.status());
      recorder->offer(last);
      progress.update(++offered);
      if (!frames.live()) waitForRoom(*recorder, offered);
    }
  }
  if (!recorder) throw fault ? *fault : Error(arguments.source, "gave no frame", "check that it is running");
  const auto result = recorder->finish();
  if (result.failed) throw Error(arguments.out, result.message, "what was written before stays good");
  if (fault) throw *fault;
  std::cout << "Recorded " << result.framesWritten << " frames (" << result.seconds << " s) into "
            << arguments.out << "; skipped " << frames.status().skipped << ", not recorded "
            << result.framesDropped << (result.dropReason.empty() ? "" : " (" + result.dropReason + ")")
            << "\n";
  return 0;
}

}  // namespace

void addRecordCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("record", "Records a source as a session");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SOURCE", arguments->source, "where the frames come from")->required();
  addOutput(*command, "--out", arguments->out, "session folder to make")->required();
  command->add_option("--seconds", arguments->seconds, "stop after so long")->check(CLI::PositiveNumber);
  command->add_flag("--no-analysis", arguments->withoutAnalysis, "record pictures only");
  arguments->analysis.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return record(*arguments); }; });
}

}  // namespace acuguide::apps
