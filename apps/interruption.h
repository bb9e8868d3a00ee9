#pragma once

namespace acuguide::apps {

/// While one exists, Ctrl+C and SIGTERM do not end the program but are remembered, so that files are
/// completed.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  static bool requested();
};

}  // namespace acuguide::apps
