#include "navigation/navigator.h"

#include "core/clock.h"
#include "navigation/fail_safe.h"
#include "navigation/pipeline.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace acuguide::navigation {

struct Navigator::Engine {
  acquisition::SourceCatalog catalog;
  NavigatorOptions options;
  Pipeline pipeline;                               // analysis thread only
  std::unique_ptr<StructureWatch> structureWatch;  // analysis thread only; null until it was switched on
  bool watching = false;                           // analysis thread only

  // Shared between threads, under `mutex`.
  mutable std::mutex mutex;
  std::condition_variable changed;
  std::string source;
  std::shared_ptr<acquisition::Feed> feed;
  std::uint64_t generation = 0;  // of the source; frames of an older one are dropped
  std::shared_ptr<const GuidanceSnapshot> latest = std::make_shared<GuidanceSnapshot>();
  std::shared_ptr<const planning::Plan> plan;
  std::uint64_t planVersion = 0;
  std::uint64_t tiedVersion = 0;  // the newest that was set, not amended
  bool structuresOn = false;
  std::uint64_t structuresAsked = 1;     // how often that was set
  std::uint64_t structuresFollowed = 0;  // analysis thread only
  std::vector<std::uint64_t> dismissals;
  std::shared_ptr<const GivenScale> scale;
  guidance::Readiness readiness;
  bool frozen = false;
  std::optional<double> thawed;     // when freeze ended, until the next image is there
  mutable double staleUntil = 0.0;  // since an image was last stale; one moment for all who ask
  double speed = 1.0;
  bool stopping = false;
  std::string listenerFailure;  // of one that threw, shown until listenerFailureUntil
  double listenerFailureUntil = 0.0;
  std::vector<std::weak_ptr<Listener>> subscribers;
  struct {
    StageTimes decode, imaging, tracking, guidance, total;
  } times;

  std::thread thread;

  Engine(acquisition::SourceCatalog sources, NavigatorOptions chosen)
      : catalog(std::move(sources)),
        options(std::move(chosen)),
        pipeline(options.analyzer),
        structuresOn(options.structures),
        scale(options.scale) {
    thread = std::thread([this] { run(); });
  }

  ~Engine() {
    {
      std::lock_guard lock(mutex);
      stopping = true;
    }
    changed.notify_all();
    thread.join();
  }

  std::shared_ptr<acquisition::Feed> currentFeed() const {
    std::lock_guard lock(mutex);
    return feed;
  }

  /// Where the analysis thread stands.
  struct Position {
    std::uint64_t generation = 0, plan = 0;
  };

  void run() {
    Position at;
    for (;;) {
      try {
        if (!step(at)) return;
      } catch (...) {  // not of a frame: those are caught where the frame is known
        listenerFailed(reasonOf(std::current_exception()));
      }
    }
  }

  /// One frame, if there is one. False when the thread is to end.
  bool step(Position& at) {
    std::shared_ptr<acquisition::Feed> from;
    std::uint64_t fromGeneration = 0;
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return stopping || feed; });
      if (stopping) return false;
      from = feed;
      fromGeneration = generation;
      pipeline.setReadiness(readiness);
      bool changedHere = followStructures();
      if (planVersion != at.plan) {
        const bool tied = tiedVersion > at.plan;
        at.plan = planVersion;
        if (tied)
          pipeline.setPlan(plan);
        else
          pipeline.amendPlan(plan);
        changedHere = true;
      }
      if (changedHere && latest->frame) publish(pipeline.guideAgain(*latest), fromGeneration);
    }
    std::shared_ptr<const Frame> frame = from->take(std::chrono::milliseconds(20));
    if (!frame) return true;
    if (fromGeneration != at.generation) {
      pipeline.reset();
      at.generation = fromGeneration;
    }
    {
      std::lock_guard lock(mutex);
      if (frozen || generation != fromGeneration) return true;
    }
    analyse(std::move(frame), fromGeneration);
    return true;
  }

  static std::string reasonOf(const std::exception_ptr& thrown) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
      return error.what();
    } catch (...) {
      return "for a reason it does not say";
    }
  }

  void listenerFailed(std::string why) {
    constexpr double kShown = 5.0;
    std::lock_guard lock(mutex);
    listenerFailure = std::move(why);
    listenerFailureUntil = monotonicSeconds() + kShown;
  }

  /// Under the lock: what people and the network have said of nerves and vessels. True where the picture
  /// shown has to be judged again.
  bool followStructures() {
    bool again = false;
    if (structuresAsked != structuresFollowed) {
      structuresFollowed = structuresAsked;
      watching = structuresOn;
      pipeline.setStructuresOn(false);  // off and on again, however quickly, forgets what was dismissed
      pipeline.setStructuresOn(watching);
      if (!structureWatch && watching)
        structureWatch = options.structureLook
                             ? std::make_unique<StructureWatch>(options.structureLook, options.structureWatch)
                             : std::make_unique<StructureWatch>(options.structureWatch);
      again = true;
    }
    for (const std::uint64_t id : std::exchange(dismissals, {})) again |= pipeline.dismissStructure(id);
    if (!structureWatch) return again;
    if (const auto answer = structureWatch->take()) {
      pipeline.setStructures(*answer);
      again |= watching && answer->of->frame == latest->frame;  // nothing newer has come since
    }
    return again;
  }

  void analyse(std::shared_ptr<const Frame> frame, std::uint64_t fromGeneration) {
    GuidanceSnapshot snapshot = analysed(scaled(std::move(frame)));
    std::shared_ptr<const GuidanceSnapshot> published;
    std::vector<std::shared_ptr<Listener>> listening;
    {
      std::lock_guard lock(mutex);
      const StageDurations& took = snapshot.durations;
      times.decode.add(took.decode);
      times.imaging.add(took.imaging);
      times.tracking.add(took.tracking);
      times.guidance.add(took.guidance);
      times.total.add(took.total());
      if (!pipeline.continued() && readiness.asked) readiness.pointConfirmed = false;
      if (frozen) return;  // meanwhile: the picture that was shown then stays
      if (!publish(std::move(snapshot), fromGeneration)) return;
      if (watching) structureWatch->offer(latest);
      published = judge(true);
      listening = listeners();
    }
    for (const auto& listener : listening) {
      try {
        (*listener)(published);
      } catch (...) {
        listenerFailed(reasonOf(std::current_exception()));
      }
    }
  }

  std::shared_ptr<const Frame> scaled(std::shared_ptr<const Frame> frame) const {
    std::shared_ptr<const GivenScale> given;
    {
      std::lock_guard lock(mutex);
      given = scale;
    }
    if (!given) return frame;
    Frame scaled = *frame;  // pixels are shared, not copied
    given->applyTo(scaled);
    return std::make_shared<const Frame>(std::move(scaled));
  }

  /// Of a frame that does not continue the one before the point is not confirmed, from this frame on.
  GuidanceSnapshot analysed(const std::shared_ptr<const Frame>& frame) {
    try {
      return pipeline.process(frame);
    } catch (...) {
      return pipeline.unanalysed(frame, reasonOf(std::current_exception()));
    }
  }

  /// Under the lock: those that still listen.
  std::vector<std::shared_ptr<Listener>> listeners() {
    std::erase_if(subscribers, [](const auto& subscriber) { return subscriber.expired(); });
    std::vector<std::shared_ptr<Listener>> alive;
    for (const auto& subscriber : subscribers)
      if (auto one = subscriber.lock()) alive.push_back(std::move(one));
    return alive;
  }

  /// Under the lock. False when the source has changed meanwhile.
  bool publish(GuidanceSnapshot snapshot, std::uint64_t fromGeneration) {
    if (generation != fromGeneration) return false;
    watch(status());  // the image that goes now may have grown old with no one asking
    if (snapshot.frame != latest->frame) thawed.reset();
    latest = std::make_shared<const GuidanceSnapshot>(std::move(snapshot));
    return true;
  }

  /// Under the lock: the latest snapshot as it may be shown now. `justAnalysed`: its frame has only now been
  /// analysed, so that a recording has not ended with it for those who listen to every frame.
  std::shared_ptr<const GuidanceSnapshot> judge(bool justAnalysed = false) const {
    using acquisition::Connection;
    acquisition::StreamStatus stream = status();
    if (justAnalysed && !stream.source.live && stream.connection == Connection::Ended)
      stream.connection = Connection::Running;
    const Watch watched = watch(stream);
    GuidanceSnapshot shown = asOf(*latest, std::move(stream), watched);
    if (watched.now < listenerFailureUntil) {
      const Alarm alarm{AlarmKind::AnalysisFailed, AlarmPriority::High, listenerFailure};
      shown.alarms.insert(shown.alarms.begin(), alarm);
    }
    return std::make_shared<const GuidanceSnapshot>(std::move(shown));
  }

  acquisition::StreamStatus status() const { return feed ? feed->status() : acquisition::StreamStatus{}; }

  /// Under the lock: how the newest image is watched at this moment; remembers when it was stale.
  Watch watch(const acquisition::StreamStatus& stream) const {
    Watch now;
    now.now = monotonicSeconds();
    now.staleAfterSeconds = staleAfter(stream);
    // After a freeze the held image stays what it is until a newer one is there, or should be.
    now.frozen = frozen || (thawed && now.now - *thawed <= now.staleAfterSeconds);
    now.paused = feed && feed->paused();
    if (latest->frame && stream.source.live && !now.frozen && !isFresh(*latest, stream, now))
      staleUntil = now.now + ages::kFreshAgain;
    now.staleUntil = staleUntil;
    return now;
  }

  /// A recording played slowly is not stale between two of its frames.
  double staleAfter(const acquisition::StreamStatus& status) const {
    const auto fps = status.source.nominalFramesPerSecond;
    if (status.source.live || !fps || *fps <= 0) return options.staleAfterSeconds;
    return std::max(options.staleAfterSeconds, 3.0 / (*fps * speed));
  }
};

Navigator::Navigator(acquisition::SourceCatalog catalog, NavigatorOptions options)
    : engine_(std::make_unique<Engine>(std::move(catalog), std::move(options))) {}

Navigator::~Navigator() { close(); }

void Navigator::open(const std::string& source) {
  auto feed = std::make_shared<acquisition::Feed>(
      source, [catalog = engine_->catalog](const std::string& text) { return catalog.open(text); },
      engine_->options.feed);
  std::shared_ptr<acquisition::Feed> old;
  {
    std::lock_guard lock(engine_->mutex);
    old = std::exchange(engine_->feed, std::move(feed));
    engine_->source = source;
    ++engine_->generation;
    engine_->latest = std::make_shared<GuidanceSnapshot>();
    engine_->frozen = false;
    engine_->thawed.reset();
    engine_->staleUntil = 0.0;
    engine_->speed = 1.0;
    if (engine_->readiness.asked) engine_->readiness.pointConfirmed = false;
  }
  engine_->changed.notify_all();
}

void Navigator::close() {
  std::shared_ptr<acquisition::Feed> old;
  std::lock_guard lock(engine_->mutex);
  old = std::exchange(engine_->feed, nullptr);
  engine_->source.clear();
  ++engine_->generation;
  engine_->latest = std::make_shared<GuidanceSnapshot>();
}

std::string Navigator::source() const {
  std::lock_guard lock(engine_->mutex);
  return engine_->source;
}

void Navigator::setPlan(std::shared_ptr<const planning::Plan> plan) {
  std::lock_guard lock(engine_->mutex);
  engine_->plan = std::move(plan);
  engine_->tiedVersion = ++engine_->planVersion;
}

void Navigator::amendPlan(std::shared_ptr<const planning::Plan> plan) {
  std::lock_guard lock(engine_->mutex);
  engine_->plan = std::move(plan);
  ++engine_->planVersion;
}

void Navigator::setStructuresOn(bool on) {
  std::lock_guard lock(engine_->mutex);
  engine_->structuresOn = on;
  ++engine_->structuresAsked;
}

bool Navigator::structuresOn() const {
  std::lock_guard lock(engine_->mutex);
  return engine_->structuresOn;
}

void Navigator::dismissStructure(std::uint64_t id) {
  std::lock_guard lock(engine_->mutex);
  engine_->dismissals.push_back(id);
}

void Navigator::setScale(std::shared_ptr<const GivenScale> scale) {
  std::lock_guard lock(engine_->mutex);
  engine_->scale = std::move(scale);
}

void Navigator::setReadiness(const guidance::Readiness& readiness) {
  std::lock_guard lock(engine_->mutex);
  engine_->readiness = readiness;
}

guidance::Readiness Navigator::readiness() const {
  std::lock_guard lock(engine_->mutex);
  return engine_->readiness;
}

void Navigator::setFrozen(bool frozen) {
  std::lock_guard lock(engine_->mutex);
  if (engine_->frozen && !frozen) engine_->thawed = monotonicSeconds();
  if (frozen) engine_->thawed.reset();
  engine_->frozen = frozen;
}

bool Navigator::frozen() const {
  std::lock_guard lock(engine_->mutex);
  return engine_->frozen;
}

void Navigator::setPaused(bool paused) {
  if (auto feed = engine_->currentFeed()) feed->setPaused(paused);
}

bool Navigator::paused() const {
  const auto feed = engine_->currentFeed();
  return feed && feed->paused();
}

void Navigator::setSpeed(double factor) {
  if (auto feed = engine_->currentFeed()) feed->setSpeed(factor);
  std::lock_guard lock(engine_->mutex);
  engine_->speed = std::clamp(factor, 0.1, 8.0);
}

void Navigator::seek(std::int64_t frame) {
  if (auto feed = engine_->currentFeed()) feed->seek(frame);
}

void Navigator::step(std::int64_t frames) {
  if (auto feed = engine_->currentFeed()) feed->step(frames);
}

std::shared_ptr<const GuidanceSnapshot> Navigator::snapshot() const {
  std::lock_guard lock(engine_->mutex);
  return engine_->judge();
}

std::shared_ptr<void> Navigator::subscribe(Listener listener) {
  auto subscriber = std::make_shared<Listener>(std::move(listener));
  std::lock_guard lock(engine_->mutex);
  engine_->subscribers.push_back(subscriber);
  return subscriber;
}

Navigator::Times Navigator::times() const {
  std::lock_guard lock(engine_->mutex);
  const auto& times = engine_->times;
  return {times.decode.summary(), times.imaging.summary(), times.tracking.summary(), times.guidance.summary(),
          times.total.summary()};
}

}  // namespace acuguide::navigation
