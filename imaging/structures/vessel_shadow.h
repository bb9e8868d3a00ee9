#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/structures/structures.h"

namespace acuguide::imaging {

/// Takes out of `found` the vessels that are acoustic shadow: what is dark there is no lumen. Such are
/// - those under the bone's line, where it passes over at least a quarter of their width (it is drawn only
/// where
///   it is bright, so that the shadow is wider than it);
/// - those that have no far wall: along a quarter of their width they reach the far rim of the picture. (Of
/// the
///   236 vessels annotated in the pictures the network learnt from none does.)
/// `bone`: the frame's bone plane, null without one. Beams are taken to run straight down the picture, which
/// with a curved probe is not exact away from its middle. Nerves stay: they are told by echoes, and a band
/// mistaken for bone must not hide one. The mask is left as it is. Returns how many went.
std::size_t dropVesselsInShadow(Structures& found, const ImagingRegion& region, const TissuePlane* bone);

}  // namespace acuguide::imaging
