#include "navigation/structure_watch.h"

#include "core/clock.h"
#include "core/give_way.h"
#include "core/grey.h"
#include "imaging/structures/structure_segmenter.h"
#include "imaging/structures/vessel_shadow.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <ctime>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

namespace acuguide::navigation {
namespace {

/// What this thread has computed, seconds: on a busy machine a look lasts longer than it costs.
double computedSeconds() {
  timespec spent{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + 1e-9 * static_cast<double>(spent.tv_nsec);
}

StructureWatch::Look segmenter() {
  auto network = std::make_shared<imaging::StructureSegmenter>();
  return [network](const cv::Mat& grey, const imaging::ImagingRegion& region) {
    return network->process(grey, region);
  };
}

}  // namespace

struct StructureWatch::Worker {
  Worker(Look chosen, StructureWatchOptions given) : look(std::move(chosen)), options(given) {
    thread = std::thread([this] { run(); });
  }

  ~Worker() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    changed.notify_all();
    thread.join();
  }

  void run() {
    giveWay(5);
    for (;;) {
      std::shared_ptr<const GuidanceSnapshot> next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return stopping || offered; });
        if (stopping) return;
        next = std::exchange(offered, nullptr);
      }
      auto found = std::make_shared<const StructureAnswer>(answerTo(std::move(next)));
      const double rest = std::max(options.pauseSeconds, cost * (1 / options.mostShare - 1));
      std::unique_lock lock(mutex);
      answer = std::move(found);
      if (changed.wait_for(lock, std::chrono::duration<double>(rest), [this] { return stopping; })) return;
    }
  }

  StructureAnswer answerTo(std::shared_ptr<const GuidanceSnapshot> snapshot) {
    StructureAnswer made;
    made.of = std::move(snapshot);
    const double start = monotonicSeconds(), computed = computedSeconds();
    try {
      const imaging::FrameAnalysis& analysis = *made.of->analysis;
      const cv::Mat& grey = greyOf(made.of->frame->pixels, buffer);
      made.structures = look(grey, analysis.region);
      imaging::dropVesselsInShadow(made.structures, grey, analysis.region,
                                   analysis.plane(imaging::PlaneLabel::Bone));
    } catch (...) {  // guidance goes on without it, and says so
      made.structures = {};
      made.failed = true;
    }
    made.seconds = monotonicSeconds() - start;
    cost = computedSeconds() - computed;
    return made;
  }

  Look look;  // this thread only
  StructureWatchOptions options;
  cv::Mat buffer;
  double cost = 0.0;  // of the last look, seconds of a core

  std::mutex mutex;
  std::condition_variable changed;
  std::shared_ptr<const GuidanceSnapshot> offered;
  std::shared_ptr<const StructureAnswer> answer;
  bool stopping = false;
  std::thread thread;
};

StructureWatch::StructureWatch(StructureWatchOptions options) : StructureWatch(segmenter(), options) {}

StructureWatch::StructureWatch(Look look, StructureWatchOptions options)
    : worker_(std::make_unique<Worker>(std::move(look), options)) {}

StructureWatch::~StructureWatch() = default;

void StructureWatch::offer(std::shared_ptr<const GuidanceSnapshot> snapshot) {
  if (!snapshot || !snapshot->frame) return;
  {
    std::lock_guard lock(worker_->mutex);
    worker_->offered = std::move(snapshot);
  }
  worker_->changed.notify_all();
}

std::shared_ptr<const StructureAnswer> StructureWatch::take() {
  std::lock_guard lock(worker_->mutex);
  return std::exchange(worker_->answer, nullptr);
}

}  // namespace acuguide::navigation
