#include "ui/widgets/tone_generator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::ui {

namespace {

constexpr double kTickSeconds = 0.03;
constexpr double kVolume = 0.35;

/// One pulse from `start` of `length` seconds with soft edges; 0 outside.
double pulse(double t, double start, double length, double frequency) {
  const double inside = t - start;
  if (inside < 0.0 || inside >= length) return 0.0;
  const double edge = std::min({1.0, inside / 0.005, (length - inside) / 0.005});
  return edge * std::sin(2.0 * std::numbers::pi * frequency * inside);
}

/// `count` pulses `spacing` apart, the group again every `period` seconds.
double burst(double t, int count, double spacing, double length, double frequency, double period) {
  const double inPeriod = std::fmod(t, period);
  double sum = 0.0;
  for (int i = 0; i < count; ++i) sum += pulse(inPeriod, i * spacing, length, frequency);
  return sum;
}

}  // namespace

void ToneGenerator::setCue(const GuidanceCue& cue) {
  // A tick whose rate changes keeps its beat; another kind of cue starts at once.
  if (cue.kind != cue_.kind) elapsed_ = 0.0;
  cue_ = cue;
}

double ToneGenerator::sample(double t) const {
  using Kind = GuidanceCue::Kind;
  switch (cue_.kind) {
    case Kind::Silent:
      return 0.0;
    case Kind::Approach:
      return pulse(t, 0.0, kTickSeconds, 520.0);
    case Kind::OnCourse:
      return pulse(t, 0.0, kTickSeconds, 1040.0);
    case Kind::AtTarget:
      return burst(t, 2, 0.09, 0.06, 1320.0, 0.6);
    case Kind::Stop:
      return burst(t, 1, 0.0, 0.2, 880.0, 0.4) + pulse(std::fmod(t, 0.4), 0.2, 0.2, 587.0);
    case Kind::AlarmHigh:
      return burst(t, 5, 0.2, 0.12, 740.0, 2.5);
    case Kind::AlarmMedium:
      return burst(t, 3, 0.3, 0.18, 587.0, 5.0);
    case Kind::AlarmLow:
      return burst(t, 1, 0.0, 0.2, 440.0, 16.0);
  }
  return 0.0;
}

void ToneGenerator::generate(std::int16_t* samples, std::size_t count) {
  const bool ticking = cue_.kind == GuidanceCue::Kind::Approach || cue_.kind == GuidanceCue::Kind::OnCourse;
  const double step = 1.0 / rate_;
  for (std::size_t i = 0; i < count; ++i) {
    samples[i] =
        static_cast<std::int16_t>(std::lround(kVolume * 32767.0 * std::clamp(sample(elapsed_), -1.0, 1.0)));
    elapsed_ += step;
    if (ticking && elapsed_ >= 1.0 / std::max(0.1, cue_.ticksPerSecond)) elapsed_ = 0.0;
  }
}

}  // namespace acuguide::ui
