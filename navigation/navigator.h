#pragma once

#include "acquisition/source_catalog.h"
#include "core/fail_safe_ages.h"
#include "core/scale.h"
#include "core/stage_times.h"
#include "imaging/frame_analyzer.h"
#include "navigation/guidance_snapshot.h"
#include "navigation/structure_watch.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::navigation {

struct NavigatorOptions {
  imaging::AnalyzerOptions analyzer;
  std::shared_ptr<const GivenScale> scale;  ///< overrides what the source says of its scale; null: none
  acquisition::FeedOptions feed;
  double staleAfterSeconds = ages::kPictureStale;
  bool structures = false;  ///< look for nerves and vessels from the start (setStructuresOn)
  StructureWatchOptions structureWatch;
  StructureWatch::Look structureLook;  ///< who looks; empty: imaging::StructureSegmenter
};

/// The running system: one source, the analysis on its own thread, the newest snapshot for whoever asks.
/// Whatever a stage or a listener throws becomes an alarm; the image is shown, and the next one analysed.
/// Thread-safe.
class Navigator {
 public:
  explicit Navigator(acquisition::SourceCatalog catalog, NavigatorOptions options = {});
  ~Navigator();
  Navigator(const Navigator&) = delete;
  Navigator& operator=(const Navigator&) = delete;

  /// Starts a source (closing the one before) and returns at once; how it went is in snapshot().stream.
  void open(const std::string& source);
  void close();
  std::string source() const;  ///< empty when closed

  /// Takes effect with the next frame, and at once on a frozen picture. Null: no plan.
  void setPlan(std::shared_ptr<const planning::Plan> plan);
  /// The same plan with other danger zones: target, course and strokes go on where they are.
  void amendPlan(std::shared_ptr<const planning::Plan> plan);
  /// In place of what the source says of its scale, for images of one size; null: as the source says.
  void setScale(std::shared_ptr<const GivenScale> scale);
  /// What people have said of checklist and point (Pipeline::setReadiness); takes effect with the next frame.
  /// The point's confirmation lasts until a discontinuity: another source, another image size, a gap, a clock
  /// that was set.
  void setReadiness(const guidance::Readiness& readiness);
  guidance::Readiness readiness() const;

  /// Whether nerves and vessels are looked for on a thread of its own; what comes of it is in
  /// snapshot().structures.
  void setStructuresOn(bool on);
  bool structuresOn() const;
  /// Someone has looked: this possible zone is none. Takes effect with the next frame, at once on a picture
  /// that stands still. An id that is gone is ignored; switching the search off and on brings back what was
  /// dismissed.
  void dismissStructure(std::uint64_t id);

  /// Freeze: the picture stays, guidance is withheld, the stream goes on unseen.
  void setFrozen(bool frozen);
  bool frozen() const;

  // Recorded sources.
  void setPaused(bool paused);
  bool paused() const;
  void setSpeed(double factor);
  void seek(std::int64_t frame);
  void step(std::int64_t frames);

  /// What may be shown now (asOf applied). Never null.
  std::shared_ptr<const GuidanceSnapshot> snapshot() const;

  using Listener = std::function<void(const std::shared_ptr<const GuidanceSnapshot>&)>;
  /// As long as the returned value lives, `listener` is called on the analysis thread with every analysed
  /// frame; it must return quickly. A call under way may outlive the value.
  [[nodiscard]] std::shared_ptr<void> subscribe(Listener listener);

  struct Times {
    StageTimes::Summary decode, imaging, tracking, guidance, total;
  };
  Times times() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace acuguide::navigation
