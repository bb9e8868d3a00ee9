#pragma once

#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace acuguide::acquisition {

/// A descriptor that poll() can wait for, so that another thread can end the wait.
class WakeUp {
 public:
  WakeUp() : descriptor_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
  ~WakeUp() { close(descriptor_); }
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  int descriptor() const { return descriptor_; }
  void call() noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(descriptor_, &one, sizeof one);
  }
  /// Readable no more until the next call().
  void clear() noexcept {
    std::uint64_t calls = 0;
    [[maybe_unused]] const auto got = read(descriptor_, &calls, sizeof calls);
  }

 private:
  int descriptor_;
};

}  // namespace acuguide::acquisition
