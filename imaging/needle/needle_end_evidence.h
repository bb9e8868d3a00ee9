#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/needle/needle_shaft.h"

namespace acuguide::imaging {

/// Where the shaft may end, from the cuts of its line (NeedleShaftFit::complete). Walks from within the shaft
/// to the border of the region and asks of each cut how much likelier its grey level is with the shaft in it
/// than without. A shaft is as bright as it was (its level may drift with depth), or brighter where it lies
/// in bright tissue; without it the line is as bright as the tissue beside it. So brightness on a crossing
/// aponeurosis says nothing, and a line that goes on behind one says that the shaft does. A shaft may also
/// leave the plane: the walk is made for each of several ways to fade, from none to quick, and a place is as
/// likely as all of them together make it. Where the cuts show that the shaft fades it is followed as far as
/// it shows, and what it would show no more leaves its end open; where they show an even one, a cut without
/// it ends it. `tipAtEnd`: the tip is where `along` is largest. `unit`: px per search px.
void measureEnds(const Shaft& shaft, bool tipAtEnd, double unit, NeedleEndEvidence& ends);

/// The place below which `share` of the likelihood lies, between 0 and count - 1. `ends` holds at least one.
double quantileOf(const NeedleEndEvidence& ends, double share);

}  // namespace acuguide::imaging
