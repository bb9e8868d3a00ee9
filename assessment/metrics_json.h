#pragma once

#include "assessment/expert_band.h"
#include "assessment/metrics.h"

#include <filesystem>
#include <span>
#include <string>

namespace acuguide::assessment {

/// The metrics as JSON ("acuguide.metrics/1", docs/file_formats.md). With more than one session, sorted by
/// their start, the learning curve over all their insertions as well. `experts`: null without.
std::string metricsJson(std::span<const SessionMetrics> sessions, const ExpertBands* experts);

/// The same values as a table for spreadsheets: a row an insertion, a column a metric (key and unit); what is
/// not known is empty.
/// Throws Error when the file cannot be written.
void writeMetricsCsv(std::span<const SessionMetrics> sessions, const std::filesystem::path& file);

}  // namespace acuguide::assessment
