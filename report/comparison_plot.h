#pragma once

#include "outcomes/group_comparison.h"

#include <filesystem>
#include <vector>

class QPainter;
class QRectF;

namespace acuguide::report {

/// Left: every person's score and both groups' means with their 95 % intervals, visit by visit. Right: the
/// difference at each visit with its Welch interval, and the line of no difference.
void drawComparison(QPainter& painter, const QRectF& place, const outcomes::GroupComparison& comparison);

/// A picture of all comparisons (.png), pages with plots, tables and remarks (.pdf), or the same as one HTML
/// file that needs nothing beside it (.html); the ending says which. Needs a QGuiApplication. Throws Error:
/// another ending, or the file cannot be written.
void writeComparisonPlot(const std::vector<outcomes::GroupComparison>& comparisons,
                         const std::filesystem::path& file);

}  // namespace acuguide::report
