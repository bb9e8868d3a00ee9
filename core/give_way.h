#pragma once

namespace acuguide {

/// The calling thread, and those it makes from now on, give way to the threads that bring a frame to the
/// screen, by this `niceness` (Linux; 5: a third of their share when there is not enough for all, 10: a
/// tenth). Without effect where it is not allowed.
void giveWay(int niceness);

/// The calling thread, and those it makes from now on, never take the processor from a thread that runs, but
/// get their full share of it: for work that may wait a moment and must not starve (Linux: SCHED_BATCH).
void giveWayForAMoment();

}  // namespace acuguide
