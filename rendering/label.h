#pragma once

#include "rendering/palette.h"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace acuguide::rendering {

/// A point to which a label is tied: `at` is the place of the label's own point `pivot`, given as a share of
/// its size
/// ((0,0) its top left corner, (1,1) its bottom right one).
struct LabelAnchor {
  Eigen::Vector2d at = Eigen::Vector2d::Zero();
  Eigen::Vector2d pivot{0.5, 0.5};
};

/// A text in the picture. It goes to the first of its anchors that is free.
struct Label {
  std::string text;  ///< UTF-8, one line
  palette::Colour colour = palette::kText;
  double sizePx = palette::kPictureLabelPx;  ///< device pixels
  bool bold = false;
  double widestPx =
      0;               ///< smaller letters where the text would be wider (device pixels); 0: as wide as it is
  bool fixed = false;  ///< stays at its first anchor, whatever is there (ruler, notices)
  std::optional<palette::Colour> plate = std::nullopt;  ///< stands on a filled plate instead of having a halo
  std::vector<LabelAnchor> anchors;
  std::optional<Eigen::Vector2d> pointsAt =
      std::nullopt;          ///< a thin line leads from the text to near this place
  double pointsAtReach = 0;  ///< how near
};

}  // namespace acuguide::rendering
