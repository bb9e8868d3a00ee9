#pragma once

#include "guidance/guidance.h"
#include "rendering/ink.h"
#include "tracking/needle_track.h"

#include <optional>

namespace acuguide::rendering {

/// What the hand has to do, drawn as the needle lies in the image.
struct HintGlyph {
  guidance::Hint hint = guidance::Hint::Hold;
  Eigen::Vector2d direction{0, 1};  ///< of the needle as it is shown, from tail to tip; unit
  bool operator==(const HintGlyph&) const = default;
};

/// The glyph of the most important hint; none without one, or without a needle. `geometry`: of the image, for
/// one whose pixels are not square.
std::optional<HintGlyph> hintGlyph(const guidance::Guidance& guidance, const tracking::NeedleTrack& needle,
                                   const ImageGeometry& geometry);

/// Into `box`: the needle white; where it has to lie dashed, with an arrow from here to there. To advance: an
/// arrow ahead of its tip; to withdraw: one away from its tail; to hold: two bars.
void drawHintGlyph(const HintGlyph& glyph, const cv::Rect2d& box, Ink& ink);

}  // namespace acuguide::rendering
