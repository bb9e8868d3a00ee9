#include "outcomes/comparison_text.h"

#include "core/error.h"
#include "outcomes/number_text.h"
#include "outcomes/text_table.h"
#include "recording/csv_file.h"

namespace acuguide::outcomes {
namespace {

using Table = std::vector<std::vector<std::string>>;

std::string groupText(const GroupSummary& group) {
  if (group.n == 0) return "– (0)";
  const std::string spread = group.n > 1 ? " ± " + fixedText(group.sd, 2) : "";
  return fixedText(group.mean, 2) + spread + " (" + std::to_string(group.n) + ")";
}

std::string effectText(const WelchResult& result) {
  return fixedText(result.hedgesG, 2) + " (" + fixedText(result.hedgesLow, 2) + " to " +
         fixedText(result.hedgesHigh, 2) + ")";
}

std::string missingText(const ComparedGroup& group) {
  std::string text =
      std::to_string(group.missing.size()) + " of " + std::to_string(group.people) + " in " + group.name;
  if (group.missing.empty()) return text;
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; i < group.missing.size() && i < most; ++i) {
    text += i == 0 ? " (" : ", ";
    text += group.missing[i];
  }
  return text + (group.missing.size() > most ? ", …)" : ")");
}

void addMissing(const GroupComparison& comparison, std::vector<std::string>& remarks) {
  bool any = false;
  for (const VisitComparison& one : comparison.scores) {
    if (one.first.missing.empty() && one.second.missing.empty()) continue;
    any = true;
    remarks.push_back("Not scored, " + std::string(titleOf(one.visit)) + ": " + missingText(one.first) +
                      ", " + missingText(one.second) + ".");
  }
  remarks.push_back(any ? "Nothing is filled in for them: every line compares those who were scored."
                        : "Everybody in the two groups was scored at every visit shown.");
}

/// The two groups with what was said of them, and the difference.
std::string summaryText(const GroupSummary& first, const GroupSummary& second) {
  const auto row = [](const std::string& name, const GroupSummary& group) {
    return std::vector<std::string>{name, fixedText(group.mean, 4), fixedText(group.sd, 4),
                                    std::to_string(group.n)};
  };
  const WelchResult result = welch(first, second);
  std::string text = textTable({{"", "mean", "SD", "n"}, row("first", first), row("second", second)});
  text += "difference of means (95 % CI, Welch): " + intervalText(result) + ", " + pText(result.p) + "\n";
  text.append("t=").append(fixedText(result.t, 3)).append(", df=").append(fixedText(result.df, 2));
  text.append(", ").append(pText(result.p)).append(", Hedges' g=").append(effectText(result)).append("\n");
  return text;
}

void writeGroup(recording::CsvFile& file, const ComparedGroup& group) {
  file.text(group.name).integer(group.summary.n).integer(static_cast<std::int64_t>(group.missing.size()));
  group.summary.n > 0 ? file.number(group.summary.mean, 6) : file.empty();
  group.summary.n > 1 ? file.number(group.summary.sd, 6) : file.empty();
}

void writeVisit(recording::CsvFile& file, const GroupComparison& comparison, const VisitComparison& one) {
  file.text(comparison.scale->code).text(comparison.site);
  file.text(one.change ? "change" : "score").text(nameOf(one.visit));
  writeGroup(file, one.first);
  writeGroup(file, one.second);
  if (const auto& result = one.result) {
    for (const double value : {result->difference, result->low, result->high, result->t, result->df})
      file.number(value, 6);
    file.number(result->p, 12);
    for (const double value : {result->hedgesG, result->hedgesLow, result->hedgesHigh}) file.number(value, 6);
  } else {
    file.empty(9);
  }
  file.text(one.obstacle);
  file.endRow();
}

}  // namespace

std::string titleOf(const GroupComparison& comparison) {
  std::string title(comparison.scale->title);
  if (!comparison.site.empty()) title.append(", ").append(comparison.site);
  return title;
}

Table tableOf(const std::vector<VisitComparison>& visits) {
  if (visits.empty()) return {};
  const std::string head = visits.front().change ? "change since baseline" : "score";
  Table table{{head, visits.front().first.name, visits.front().second.name, "difference (95 % CI)", "t", "df",
               "p", "Hedges' g (95 % CI)"}};
  for (const VisitComparison& one : visits) {
    std::vector<std::string> row{std::string(titleOf(one.visit)), groupText(one.first.summary),
                                 groupText(one.second.summary)};
    if (const auto& result = one.result)
      row.insert(row.end(), {intervalText(*result), fixedText(result->t, 2), fixedText(result->df, 1),
                             pText(result->p), effectText(*result)});
    else
      row.push_back("not compared");
    table.push_back(std::move(row));
  }
  return table;
}

std::vector<std::string> remarksOn(const GroupComparison& comparison) {
  std::vector<std::string> remarks;
  remarks.push_back("Groups: mean ± SD (number scored). Difference: " + comparison.first + " less " +
                    comparison.second + ", Welch; " +
                    (comparison.scale->higherIsBetter ? "more is better." : "less is better."));
  for (const auto* list : {&comparison.scores, &comparison.changes})
    for (const VisitComparison& one : *list)
      if (!one.result)
        remarks.push_back("Not compared, " + std::string(one.change ? "change to " : "") +
                          std::string(titleOf(one.visit)) + ": " + one.obstacle + ".");
  addMissing(comparison, remarks);
  if (comparison.scale->ordinal)
    remarks.push_back("The grades are ranks: their means assume that all steps weigh the same.");
  if (comparison.scores.size() > 1)
    remarks.push_back("The p values are each for itself, not corrected for comparing several visits.");
  return remarks;
}

std::string textOf(const GroupComparison& comparison) {
  std::string text = titleOf(comparison) + " (" + std::string(comparison.scale->code) + "), " +
                     comparison.first + " against " + comparison.second + "\n\n";
  text += textTable(tableOf(comparison.scores));
  if (!comparison.changes.empty()) text.append("\n").append(textTable(tableOf(comparison.changes)));
  text += "\n";
  for (const std::string& remark : remarksOn(comparison)) text += remark + "\n";
  return text;
}

std::string compareSummaries(const PrintedSummary& first, const PrintedSummary& second, bool wholeScores,
                             const std::string& where) {
  if (const auto why = obstacle(first.printed, second.printed, "the first group", "the second"))
    throw Error(where, *why, "check the standard deviations");
  const bool exact = wholeScores && first.total && second.total;
  if (!exact) {
    std::string text = summaryText(first.printed, second.printed);
    if (wholeScores && (first.impossible || second.impossible))
      text += "No whole scores give the mean of the " + std::string(first.impossible ? "first" : "second") +
              " group: check it, or say --not-whole where scores are no whole numbers.\n";
    return text;
  }
  const WelchResult printed = welch(first.printed, second.printed);
  const auto share = [](const PrintedSummary& group) {
    return std::to_string(*group.total) + "/" + std::to_string(group.printed.n);
  };
  return summaryText(first.exact(), second.exact()) + "Scores being whole numbers, the means are " +
         share(first) + " and " + share(second) + "; with the means as printed: " + intervalText(printed) +
         ", t=" + fixedText(printed.t, 3) + ", df=" + fixedText(printed.df, 2) + " (--not-whole).\n";
}

void writeComparisons(const std::vector<GroupComparison>& comparisons, const std::filesystem::path& path) {
  recording::CsvFile file(path,
                          "scale,site,quantity,visit,first,first_n,first_missing,first_mean,first_sd,"
                          "second,second_n,second_missing,second_mean,second_sd,difference,low,high,t,df,p,"
                          "hedges_g,hedges_low,hedges_high,not_compared");
  for (const GroupComparison& comparison : comparisons)
    for (const auto* list : {&comparison.scores, &comparison.changes})
      for (const VisitComparison& one : *list) writeVisit(file, comparison, one);
  file.finish();
}

}  // namespace acuguide::outcomes
