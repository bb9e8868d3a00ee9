#pragma once

#include "rendering/canvas.h"
#include "rendering/hint_glyph.h"

#include <optional>
#include <string>

namespace acuguide::rendering {

/// What stands in the picture where there is no read-out beside it: the words of the read-out itself.
struct Caption {
  std::string state, distance, order, danger;
  std::optional<HintGlyph> glyph = std::nullopt;  ///< of the order, before its words
  palette::Colour stateColour = palette::kText, dangerColour = palette::kText;

  bool empty() const { return state.empty() && distance.empty() && order.empty() && danger.empty(); }
  bool operator==(const Caption&) const = default;
};

/// Moves the picture to the left where the room that is left of the view is wide enough for a caption beside
/// it.
void makeRoomForCaption(PictureLayout& layout);

/// Beside the picture where makeRoomForCaption() found room; else on plates in its lower corners, or in the
/// upper ones where tip or target lie below.
void drawCaption(const Caption& caption, Canvas& canvas);

}  // namespace acuguide::rendering
