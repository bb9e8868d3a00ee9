#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/structures/structures.h"

namespace acuguide::imaging {

/// Takes out of `found` the vessels that are acoustic shadow: what is dark there is no lumen. Such are
/// - those under the bone's line, where it passes over at least a quarter of their width (it is drawn only
///   where it is bright, so that the shadow is wider than it), unless it is brighter beyond them: then the
///   line is their near wall;
/// - those beyond which it stays as dark as within. What lies at the far rim of the region is not told.
/// `grey`: the image (CV_8UC1). `bone`: the frame's bone plane, null without one. Beams are taken to run
/// straight down the picture, which with a curved probe is not exact away from its middle. Nerves stay: they
/// are told by echoes, and a band mistaken for bone must not hide one. What goes is taken out of the mask
/// too. Returns how many went.
std::size_t dropVesselsInShadow(Structures& found, const cv::Mat& grey, const ImagingRegion& region,
                                const TissuePlane* bone);

}  // namespace acuguide::imaging
