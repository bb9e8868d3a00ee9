// What a simulated picture costs on one core: the simulator must stay well ahead of 30 frames a second.

#include "simulation/simulator.h"

#include <benchmark/benchmark.h>
#include <opencv2/core/utility.hpp>

#include <cstdint>
#include <string>

namespace {

using acuguide::simulation::Simulator;

constexpr std::int64_t kFrames = 300;

void picture(benchmark::State& state, const std::string& scenario) {
  cv::setNumThreads(1);
  Simulator simulator(scenario);
  std::int64_t index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulator.picture(index++ % kFrames).pixels.data);
  state.SetItemsProcessed(state.iterations());
}

void pictureWithTruth(benchmark::State& state, const std::string& scenario) {
  cv::setNumThreads(1);
  Simulator simulator(scenario);
  std::int64_t index = 0;
  for (auto _ : state) benchmark::DoNotOptimize(simulator.render(index++ % kFrames).truth.targetPx.data());
  state.SetItemsProcessed(state.iterations());
}

void opening(benchmark::State& state, const std::string& scenario) {
  for (auto _ : state) benchmark::DoNotOptimize(Simulator(scenario).targetMm());
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& scenario : acuguide::simulation::scenarios()) {
    benchmark::RegisterBenchmark(("simulator/picture/" + scenario.name).c_str(), picture, scenario.name)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark("simulator/picture_with_truth/st36_in_plane", pictureWithTruth,
                               "st36_in_plane")
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("simulator/opening/st36_in_plane", opening, "st36_in_plane")
      ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
