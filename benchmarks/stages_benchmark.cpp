// Time of each stage of the per-frame path on simulated frames with a needle, one thread.
//   build/stages_benchmark --benchmark_filter=Stage

#include "imaging/frame_analyzer.h"
#include "navigation/pipeline.h"
#include "planning/guidance.h"
#include "simulation/simulated_source.h"
#include "tracking/needle_tracker.h"

#include <benchmark/benchmark.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <memory>
#include <vector>

namespace {

using namespace acuguide;

/// Thirty frames of a blade on its way, scaled to the width asked for.
std::vector<std::shared_ptr<const Frame>> frames(int width) {
  const auto source = simulation::simulatorKind().open("sim:st36_in_plane?seed=1");
  source->seek(120);
  std::vector<std::shared_ptr<const Frame>> result;
  for (int i = 0; i < 30; ++i) {
    Frame frame = *source->read();
    const double scale = static_cast<double>(width) / frame.pixels.cols;
    cv::Mat scaled;
    cv::resize(frame.pixels, scaled, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    frame.pixels = scaled;
    if (frame.geometry.spacingMm) *frame.geometry.spacingMm /= scale;
    result.push_back(std::make_shared<const Frame>(std::move(frame)));
  }
  return result;
}

void label(benchmark::State& state, const Frame& frame) {
  state.SetLabel(std::to_string(frame.pixels.cols) + "x" + std::to_string(frame.pixels.rows));
}

void StageImaging(benchmark::State& state) {
  cv::setNumThreads(1);
  const auto input = frames(static_cast<int>(state.range(0)));
  imaging::FrameAnalyzer analyzer;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(analyzer.process(*input[i++ % input.size()]));
  label(state, *input[0]);
}
BENCHMARK(StageImaging)->Arg(320)->Arg(640)->Arg(1280)->Arg(1920)->Unit(benchmark::kMillisecond);

void StageTrackingAndGuidance(benchmark::State& state) {
  cv::setNumThreads(1);
  const auto input = frames(640);
  imaging::FrameAnalyzer analyzer;
  std::vector<imaging::FrameAnalysis> analyses;
  for (const auto& frame : input) analyses.push_back(analyzer.process(*frame));
  auto plan = std::make_shared<planning::Plan>();
  plan->target = planning::TargetAtDepth{{0.0, 20.0}};
  planning::GuidanceRule rule(plan);
  tracking::NeedleTracker tracker;
  std::size_t i = 0;
  double time = 0;
  for (auto _ : state) {
    const std::size_t k = i++ % input.size();
    time += 1.0 / 30;
    const auto needle = tracker.process(analyses[k].needles, time);
    benchmark::DoNotOptimize(rule.process(input[k]->geometry, analyses[k], needle));
  }
}
BENCHMARK(StageTrackingAndGuidance)->Unit(benchmark::kMicrosecond);

void StageWholePath(benchmark::State& state) {
  cv::setNumThreads(1);
  const auto input = frames(640);
  navigation::Pipeline pipeline;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(pipeline.process(input[i++ % input.size()]));
  label(state, *input[0]);
}
BENCHMARK(StageWholePath)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
