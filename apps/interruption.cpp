#include "apps/interruption.h"

#include <csignal>

namespace acuguide::apps {
namespace {

volatile std::sig_atomic_t signalled = 0;

/// The first is remembered; a second ends the program at once, for whoever does not want to wait.
void remember(int number) {
  signalled = 1;
  std::signal(number, SIG_DFL);
}

}  // namespace

Interruption::Interruption() {
  signalled = 0;
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::requested() { return signalled != 0; }

}  // namespace acuguide::apps
