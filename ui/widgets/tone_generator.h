#pragma once

#include "ui/widgets/guidance_cue.h"

#include <cstddef>
#include <cstdint>

namespace acuguide::ui {

/// Makes the samples of a cue: 16 bit, one channel. Continues without a click from one call to the next; a
/// changed cue begins with its first pulse. From one thread at a time.
class ToneGenerator {
 public:
  explicit ToneGenerator(int samplesPerSecond) : rate_(samplesPerSecond) {}

  void setCue(const GuidanceCue& cue);
  void generate(std::int16_t* samples, std::size_t count);

 private:
  double sample(double t) const;

  int rate_;
  GuidanceCue cue_;
  double elapsed_ = 0.0;  ///< seconds since the cue's first pulse, or since the last tick
};

}  // namespace acuguide::ui
