#pragma once

#include "core/clock.h"

#include <atomic>

namespace acuguide::acquisition {

/// How long one thread has waited for the disk; others may ask while it waits.
class DiskClock {
 public:
  /// The thread waits as long as this object lives; null: nobody wants to know.
  class Waiting {
   public:
    explicit Waiting(DiskClock* clock) : clock_(clock), start_(monotonicSeconds()) {
      if (clock_ != nullptr) clock_->since_ = start_;
    }
    ~Waiting() {
      if (clock_ == nullptr) return;
      clock_->since_ = notWaiting;
      clock_->ended_ = clock_->ended_ + (monotonicSeconds() - start_);
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

   private:
    DiskClock* clock_;
    double start_;
  };

  /// Seconds up to `now` (monotonicSeconds()).
  double seconds(double now) const {
    const double since = since_;
    return ended_ + (since == notWaiting ? 0.0 : now - since);
  }

 private:
  static constexpr double notWaiting = -1.0;
  std::atomic<double> ended_ = 0.0;
  std::atomic<double> since_ = notWaiting;
};

}  // namespace acuguide::acquisition
