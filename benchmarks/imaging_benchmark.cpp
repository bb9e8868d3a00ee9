// What the per-frame path costs, by stage, by picture size and threads, in time and in allocations, and
// beside what else is used for the same questions. Frames: the simulator, sample_data, and the real pictures
// of ../shared/data where they are there.
//   build/imaging_benchmark [--benchmark_filter=frame|size|peer] [--benchmark_out=FILE.json]

#include "benchmarks/benchmark_frames.h"
#include "benchmarks/peers.h"
#include "benchmarks/result_tables.h"
#include "benchmarks/stage_samples.h"
#include "core/error.h"
#include "core/grey.h"
#include "guidance/guidance.h"
#include "imaging/despeckle.h"
#include "imaging/frame_analyzer.h"
#include "imaging/needle/needle_detector.h"
#include "imaging/region/region_finder.h"
#include "tracking/needle_tracker.h"

#include <benchmark/benchmark.h>
#include <opencv2/core/utility.hpp>

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace acuguide;
using benchmarks::FrameSet;
using benchmarks::StageSamples;

constexpr std::int64_t kFrames = 300;

/// The per-frame path as navigation::Pipeline runs it, with a mark after each stage.
class MarkedPath {
 public:
  MarkedPath(bool still, int threads) : analyzer_(options(still, threads)), tracker_(trackerOptions(still)) {
    auto plan = std::make_shared<planning::Plan>();
    plan->target = planning::TargetAtDepth{{0.0, 20.0}};
    rule_ = std::make_unique<guidance::GuidanceRule>(plan);
  }

  void process(const Frame& frame, double time) {
    samples_.begin();
    const auto analysis = analyzer_.process(frame);
    const auto needle = tracker_.process(analysis->needles, time);
    samples_.mark("tracking");
    benchmark::DoNotOptimize(rule_->process(frame.geometry, *analysis, needle));
    samples_.mark("guidance");
    samples_.end();
  }

  StageSamples& samples() { return samples_; }

 private:
  imaging::AnalyzerOptions options(bool still, int threads) {
    imaging::AnalyzerOptions options;
    options.still = still;
    options.threads = threads;
    options.afterStage = [this](std::string_view stage) { samples_.mark(std::string(stage)); };
    return options;
  }
  static tracking::NeedleTrackerOptions trackerOptions(bool still) {
    tracking::NeedleTrackerOptions options;
    options.still = still;
    return options;
  }

  StageSamples samples_;
  imaging::FrameAnalyzer analyzer_;
  tracking::NeedleTracker tracker_;
  std::unique_ptr<guidance::GuidanceRule> rule_;
};

void wholePath(benchmark::State& state, const FrameSet& set, bool still, int threads) {
  cv::setNumThreads(threads);
  MarkedPath path(still, threads);
  std::size_t i = 0;
  double time = 0;
  const auto step = [&] {
    // Frames of a set come round again; for the path time goes on.
    Frame frame = *set.frames[i++ % set.frames.size()];
    frame.time = time += 1.0 / 30;
    path.process(frame, time);
  };
  for (std::size_t k = 0; k < set.frames.size() + 1; ++k) step();
  path.samples().clear();
  for (auto _ : state) step();
  auto stages = path.samples().stages();
  stages.emplace_back("whole");
  for (const std::string& stage : stages) {
    const auto summary = path.samples().summary(stage);
    state.counters[stage + " median_ms"] = summary.medianMs;
    state.counters[stage + " p99_ms"] = summary.p99Ms;
    state.counters[stage + " cpu_median_ms"] = summary.cpuMedianMs;
    state.counters[stage + " cpu_p99_ms"] = summary.cpuP99Ms;
    if (threads > 1 || !benchmarks::allocationsAreCounted()) continue;
    state.counters[stage + " allocations"] = summary.allocations;
    state.counters[stage + " most_allocations"] = summary.mostAllocations;
    state.counters[stage + " kB"] = summary.kilobytes;
  }
}

/// Round and round in the pictures of a set, as grey.
template <typename Work>
void onGrey(benchmark::State& state, const FrameSet& set, Work work) {
  cv::setNumThreads(1);
  std::vector<cv::Mat> grey;
  cv::Mat buffer;
  for (const auto& frame : set.frames) grey.push_back(greyOf(frame->pixels, buffer).clone());
  std::size_t i = 0;
  for (auto _ : state) work(grey[i++ % grey.size()]);
}

void oursWhole(benchmark::State& state, const FrameSet& set) {
  cv::setNumThreads(1);
  imaging::FrameAnalyzer analyzer;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(analyzer.process(*set.frames[i++ % set.frames.size()]));
}

/// The needle alone, the planes not known.
void oursNeedle(benchmark::State& state, const FrameSet& set) {
  imaging::NeedleDetector detector;
  imaging::RegionFinder finder;
  cv::Mat buffer;
  const auto region = finder.process(greyOf(set.frames.front()->pixels, buffer), true);
  double time = 0;
  onGrey(state, set, [&](const cv::Mat& grey) {
    benchmark::DoNotOptimize(detector.process(grey, region, {}, time += 1.0 / 30));
  });
}

void oursDespeckle(benchmark::State& state, const FrameSet& set) {
  imaging::Despeckle despeckle;
  cv::Mat out;
  onGrey(state, set, [&](const cv::Mat& grey) { despeckle.process(grey, out); });
}

template <typename Peer>
auto peer(Peer run) {
  return [run](benchmark::State& state, const FrameSet& set) {
    onGrey(state, set, [run](const cv::Mat& grey) { benchmark::DoNotOptimize(run(grey)); });
  };
}

void registerPaths(const std::vector<FrameSet>& sets) {
  for (const FrameSet& set : sets) {
    for (const bool still : {false, true}) {
      benchmark::RegisterBenchmark(("frame/" + set.name + (still ? "/still" : "/stream")).c_str(), wholePath,
                                   set, still, 1)
          ->Iterations(kFrames)
          ->Unit(benchmark::kMillisecond);
    }
  }
}

void registerSizes(const FrameSet& simulated) {
  for (const cv::Size size : {cv::Size(320, 240), cv::Size(640, 480), cv::Size(720, 440), cv::Size(1280, 720),
                              cv::Size(1920, 1080)}) {
    for (const int threads : {1, 2}) {
      const std::string name = "size/" + std::to_string(size.width) + "x" + std::to_string(size.height) +
                               "/threads:" + std::to_string(threads);
      benchmark::RegisterBenchmark(name.c_str(), wholePath, benchmarks::resized(simulated, size), false,
                                   threads)
          ->Iterations(kFrames)
          ->Unit(benchmark::kMillisecond);
    }
  }
}

void registerPeers(const std::vector<FrameSet>& sets) {
  const auto add = [](const FrameSet& set, const char* name, auto run, double seconds) {
    benchmark::RegisterBenchmark(("peer/" + set.name + "/" + name).c_str(), run, set)
        ->MinTime(seconds)
        ->MeasureProcessCPUTime()
        ->Unit(benchmark::kMillisecond);
  };
  for (const FrameSet& set : sets) {
    add(set, "ours_whole", oursWhole, 0.5);
    add(set, "ours_needle", oursNeedle, 0.3);
    add(set, "ours_despeckle", oursDespeckle, 0.3);
    add(set, "canny_hough", peer(benchmarks::cannyHoughLine), 0.3);
    add(set, "itk_objectness", peer(benchmarks::itkObjectness), 1.0);
    add(set, "itk_curvature_diffusion", peer(benchmarks::itkCurvatureDiffusion), 0.5);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string root = ACUGUIDE_SOURCE_DIR;
    const auto sets = benchmarks::frameSets(root + "/sample_data", root + "/../shared/data");
    registerPaths(sets);
    registerSizes(sets.front());
    registerPeers(sets);
  } catch (const Error& error) {
    std::cerr << error.what() << "\n";
    return 2;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmarks::ResultTables tables;
  benchmark::RunSpecifiedBenchmarks(&tables);
  benchmark::Shutdown();
  tables.print(std::cout);
  return 0;
}
