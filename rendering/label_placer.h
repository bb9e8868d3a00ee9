#pragma once

#include "rendering/label.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::rendering {

/// Chooses an anchor for each label. `sizes` are the labels' sizes, `keepClear` what they must not cover,
/// `bounds` where they must stay. Labels avoid `keepClear`, each other, and the middle of `bounds` (its inner
/// third); where no anchor is free the least bad one wins. Returns the labels' rectangles in their order.
/// Deterministic: the same labels always go to the same places.
std::vector<cv::Rect2d> placeLabels(const std::vector<Label>& labels, const std::vector<cv::Size>& sizes,
                                    const std::vector<cv::Rect2d>& keepClear, const cv::Rect2d& bounds);

}  // namespace acuguide::rendering
