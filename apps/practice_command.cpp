#include "apps/practice_command.h"

#include "apps/output_options.h"
#include "apps/session_folders.h"
#include "apps/session_recording.h"
#include "apps/window_setup.h"
#include "assessment/metrics.h"
#include "assessment/metrics_json.h"
#include "core/error.h"
#include "simulation/practice.h"
#include "ui/windows/practice_window.h"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <numbers>
#include <random>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "practice:";
constexpr double kRoomBelowTargetMm = 6.0;
// A demonstration: one step every so often, a rest at the target, and the score for so long where nobody
// looks.
constexpr int kStepMs = 40, kRestMs = 1500, kScoreMs = 1000;

struct Arguments {
  std::string out;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> experts;
  bool demo = false;
  AnalysisArguments analysis;
  OffscreenArguments offscreen;
};

planning::DangerZone dangerOf(const simulation::StructureTruth& structure,
                              const simulation::PracticeTask& task) {
  using simulation::StructureKind;
  planning::DangerZone zone;
  zone.name = structure.name;
  zone.kind =
      structure.kind == StructureKind::Nerve ? planning::DangerKind::Nerve : planning::DangerKind::Vessel;
  const Eigen::Vector2d centre = (structure.centrePx - task.originPx) * task.spacingMm;
  zone.shape = planning::Ellipse{{centre.x(), centre.y()},
                                 structure.radiiPx.x() * task.spacingMm,
                                 structure.radiiPx.y() * task.spacingMm,
                                 structure.angle};
  return zone;
}

std::shared_ptr<const planning::Plan> planOf(const simulation::PracticeTask& task) {
  auto plan = std::make_shared<planning::Plan>();
  plan->name = task.acupoint + " practice";
  plan->patientCode = "PHANTOM";
  plan->acupoint = task.acupoint;
  plan->probe = imaging::ProbeSide::Top;
  plan->target = planning::TargetAtDepth{{task.targetMm.x(), task.targetMm.y()}};
  plan->entryFromLeft = task.fromLeft;
  plan->maximumDepthMm = task.targetMm.y() + kRoomBelowTargetMm;
  plan->instrument.lengthMm = 75.0;
  for (const simulation::StructureTruth& structure : task.structures)
    if (structure.kind != simulation::StructureKind::Tendon)
      plan->dangers.push_back(dangerOf(structure, task));
  return plan;
}

/// The limbs of this sitting, each with its blade and its recording.
class Practice {
 public:
  Practice(const Arguments& arguments)
      : seed_(arguments.seed.value_or(std::random_device{}())), out_(arguments.out) {}

  ui::PracticeRound begin() {
    const simulation::PracticeTask task = simulation::practiceTask(seed_++);
    const std::string source = kPrefix + std::to_string(task.seed);
    const std::lock_guard lock(mutex_);
    blade_ = std::make_shared<simulation::PracticeBlade>(task);
    rounds_.insert_or_assign(source, Round{task, blade_});
    recording::SessionWriterOptions record;
    record.source = source;
    record.options = {{"probe", "top"}, {"practice", task.scenario}};
    recording_ = std::make_shared<SessionRecording>(count_++ == 0 ? out_ : unusedBeside(out_), record,
                                                    [source] { return source; });
    recording_->start();
    return {source, planOf(task)};
  }

  std::optional<assessment::InsertionMetrics> finish() {
    std::shared_ptr<SessionRecording> recording;
    {
      const std::lock_guard lock(mutex_);
      recording = std::move(recording_);
    }
    if (!recording) return std::nullopt;
    recording->stop();
    if (recording->status().framesWritten == 0) return std::nullopt;
    folder_ = recording->folder();
    const assessment::SessionMetrics metrics = assessment::measureSession(folder_);
    // Several punctures of one round are several insertions; the last is the one that counts.
    return metrics.insertions.empty() ? std::nullopt : std::optional(metrics.insertions.back());
  }

  void move(double mm, double degrees) {
    const std::lock_guard lock(mutex_);
    blade_->advance(mm);
    blade_->turn(degrees * std::numbers::pi / 180.0);
  }

  void offer(const std::shared_ptr<const navigation::GuidanceSnapshot>& snapshot) {
    const std::lock_guard lock(mutex_);
    if (recording_) recording_->offer(snapshot);
  }

  std::unique_ptr<acquisition::FrameSource> open(const std::string& source) {
    const std::lock_guard lock(mutex_);
    const auto round = rounds_.find(source);
    if (round == rounds_.end()) throw Error(source, "there is no such practice", "begin a new limb");
    return std::make_unique<simulation::PracticeSource>(source, round->second.task, round->second.blade);
  }

  /// For a demonstration: a step towards the target; false once it is there.
  bool demonstrate() {
    const std::lock_guard lock(mutex_);
    const simulation::PracticeTask& task = rounds_.rbegin()->second.task;
    const Eigen::Vector2d way = task.targetMm - Eigen::Vector2d(task.entryMm, 0.0);
    const double wanted = std::atan2(way.y(), std::abs(way.x()));
    const double turn = std::clamp(wanted - blade_->pose().angle, -0.01, 0.01);
    blade_->turn(turn);
    if (blade_->inserted() >= way.norm()) return false;
    blade_->advance(std::min(0.25, way.norm() - blade_->inserted() + 1e-6));
    return true;
  }

  const fs::path& folder() const { return folder_; }

 private:
  struct Round {
    simulation::PracticeTask task;
    std::shared_ptr<simulation::PracticeBlade> blade;
  };

  static fs::path unusedBeside(const fs::path& wanted) {
    if (wanted.empty()) return wanted;
    for (int i = 2;; ++i)
      if (const fs::path path = wanted.string() + "_" + std::to_string(i); !fs::exists(path)) return path;
  }

  std::mutex mutex_;
  std::uint64_t seed_;
  fs::path out_, folder_;
  int count_ = 0;
  std::map<std::string, Round> rounds_;
  std::shared_ptr<simulation::PracticeBlade> blade_;
  std::shared_ptr<SessionRecording> recording_;
};

std::optional<assessment::ExpertBands> expertsOf(const Arguments& arguments) {
  if (arguments.experts.empty()) return std::nullopt;
  std::vector<assessment::SessionMetrics> experts;
  for (const std::string& folder : arguments.experts)
    for (const fs::path& path : sessionsIn(folder)) experts.push_back(assessment::measureSession(path));
  return assessment::ExpertBands(experts);
}

int practise(const Arguments& arguments) {
  const auto practice = std::make_shared<Practice>(arguments);
  const acquisition::SourceCatalog::Kind kind{
      "practice:SEED", "the simulator, its blade moved by hand",
      [](const std::string& source) { return source.rfind(kPrefix, 0) == 0; },
      [practice](const std::string& source) { return practice->open(source); }};
  WindowSetup setup({}, arguments.analysis, arguments.offscreen, kind);
  const auto experts = expertsOf(arguments);
  const ui::PracticeRound first = practice->begin();
  ui::WindowOptions options = setup.options();
  options.source = first.source;
  options.plan = first.plan;
  options.remember = false;
  const auto subscription =
      setup.navigator().subscribe([practice](const auto& snapshot) { practice->offer(snapshot); });
  ui::PracticeWindow window(setup.navigator(), options,
                            {[practice] { return practice->begin(); },
                             [practice](double mm, double degrees) { practice->move(mm, degrees); },
                             [practice] { return practice->finish(); }},
                            experts);
  QTimer hand;
  QObject::connect(&hand, &QTimer::timeout, &window, [&] {
    if (setup.navigator().snapshot()->frame && !practice->demonstrate()) {
      hand.stop();
      QTimer::singleShot(kRestMs, &window, [&window, &arguments] {
        window.finish();
        if (arguments.offscreen.offscreen) QTimer::singleShot(kScoreMs, qApp, &QApplication::quit);
      });
    }
  });
  if (arguments.demo) hand.start(kStepMs);
  const int code = setup.run(window);
  window.finish();
  setup.navigator().close();
  if (!practice->folder().empty()) std::cout << "Recorded in " << practice->folder().string() << "\n";
  return code;
}

}  // namespace

void addPracticeCommand(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand(
      "practice", "The simulator as a trainer: move the blade by mouse and keys, scored at the end");
  auto arguments = std::make_shared<Arguments>();
  addOutput(*command, "--out", arguments->out, "session folder to record into (default: by date and time)");
  command->add_option("--seed", arguments->seed, "the same seed gives the same limbs and points");
  command->add_option("--experts", arguments->experts,
                      "sessions, or folders of them, that set the pass marks");
  command->add_flag("--demo", arguments->demo, "the program moves the blade, to show how it goes");
  arguments->offscreen.addTo(*command);
  command->callback([&run, arguments] { run = [arguments] { return practise(*arguments); }; });
}

}  // namespace acuguide::apps
