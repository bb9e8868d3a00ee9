#pragma once

namespace acuguide {

/// The calling thread, and those it makes from now on, give way to the threads that bring a frame to the
/// screen, by this `niceness` (Linux; 5: a third of their share when there is not enough for all, 10: a
/// tenth). Without effect where it is not allowed.
void giveWay(int niceness);

}  // namespace acuguide
