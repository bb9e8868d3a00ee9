#pragma once

#include "imaging/needle/needle_shaft.h"

namespace acuguide::imaging {

/// Where a shaft that is a needle begins and ends, along Shaft::direction.
struct NeedleEnds {
  double begin = 0, end = 0;
};

/// The ends of a shaft already judged to be a needle, followed across bright bands: its tail, and its tip
/// where nothing better is known (needle_end_evidence.h). Where a needle crosses a fascia the tissue beside
/// it is as bright as itself and its contrast says nothing; it goes on if it shows again, on the same line,
/// behind the band. Across dark tissue it goes on only where it shows again soon, as bright as before and
/// exactly where it was heading. `shaft` has its cuts from border to border (NeedleShaftFit::complete).
NeedleEnds endsAcrossBands(const Shaft& shaft);

}  // namespace acuguide::imaging
