#pragma once

#include "outcomes/group_comparison.h"
#include "outcomes/printed_summary.h"

#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::outcomes {

/// "Ueda (Shangtianmin) grade, upper limb", with the site where there is one.
std::string titleOf(const GroupComparison& comparison);

/// Head and rows of the table of scores or changes: a row a visit, with what stands for a result where there
/// is none.
std::vector<std::vector<std::string>> tableOf(const std::vector<VisitComparison>& visits);

/// What a reader must know beside the tables, a sentence each: who is missing and that nothing was filled in,
/// which direction is better, ordinal scales, many comparisons.
std::vector<std::string> remarksOn(const GroupComparison& comparison);

/// All of it as text for a terminal.
std::string textOf(const GroupComparison& comparison);

/// Two groups as papers print them. `wholeScores`: compare the exact means that their totals give
/// (PrintedSummary::total), and say so. Throws Error, naming `where`, when they cannot be compared.
std::string compareSummaries(const PrintedSummary& first, const PrintedSummary& second, bool wholeScores,
                             const std::string& where);

/// A row for each comparison: scale,site,quantity,visit,first,first_n,first_missing,first_mean,first_sd,
/// second,…,difference,low,high,t,df,p,hedges_g,hedges_low,hedges_high,not_compared. Throws Error.
void writeComparisons(const std::vector<GroupComparison>& comparisons, const std::filesystem::path& path);

}  // namespace acuguide::outcomes
