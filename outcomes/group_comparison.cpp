#include "outcomes/group_comparison.h"

#include "core/error.h"

#include <algorithm>
#include <map>
#include <set>

namespace acuguide::outcomes {
namespace {

/// Score of each person at each visit.
using Scores = std::map<std::string, std::map<Visit, double>>;

Scores scoresOf(const Records& records, const Scale& scale, const std::string& site) {
  Scores scores;
  for (const Measurement& one : records.measurements)
    if (one.scale == scale.code && one.site == site) scores[one.person][one.visit] = one.score.rank;
  return scores;
}

std::optional<double> valueOf(const Scores& scores, const std::string& person, Visit visit, bool change) {
  const auto found = scores.find(person);
  if (found == scores.end()) return std::nullopt;
  const auto& visits = found->second;
  const auto at = visits.find(visit), baseline = visits.find(Visit::Baseline);
  if (at == visits.end() || (change && baseline == visits.end())) return std::nullopt;
  return change ? at->second - baseline->second : at->second;
}

ComparedGroup groupAt(const Records& records, const Scores& scores, const std::string& name, Visit visit,
                      bool change) {
  ComparedGroup group;
  group.name = name;
  for (const Person& person : records.people) {
    if (person.group != name) continue;
    ++group.people;
    if (const auto value = valueOf(scores, person.code, visit, change))
      group.values.push_back(*value);
    else
      group.missing.push_back(person.code);
  }
  std::ranges::sort(group.missing);
  group.summary = summarise(group.values);
  return group;
}

VisitComparison compareAt(const Records& records, const Scores& scores,
                          const std::pair<std::string, std::string>& groups, Visit visit, bool change) {
  VisitComparison comparison;
  comparison.visit = visit;
  comparison.change = change;
  comparison.first = groupAt(records, scores, groups.first, visit, change);
  comparison.second = groupAt(records, scores, groups.second, visit, change);
  const GroupSummary &first = comparison.first.summary, &second = comparison.second.summary;
  if (const auto why = obstacle(first, second, groups.first, groups.second))
    comparison.obstacle = *why;
  else
    comparison.result = welch(first, second);
  return comparison;
}

bool scoredAt(const Scores& scores, Visit visit) {
  return std::ranges::any_of(scores, [&](const auto& person) { return person.second.contains(visit); });
}

void requirePeople(const Records& records, const std::pair<std::string, std::string>& groups,
                   const std::string& where) {
  for (const std::string& name : {groups.first, groups.second})
    if (std::ranges::find(records.people, name, &Person::group) == records.people.end())
      throw Error(where, "the group \"" + name + "\" is empty",
                  "give people that group when adding them, or name two others with --groups");
  if (groups.first == groups.second)
    throw Error(where, "a group cannot be compared with itself", "name two groups");
}

void requireResult(const GroupComparison& comparison, const std::string& where) {
  for (const auto* list : {&comparison.scores, &comparison.changes})
    for (const VisitComparison& one : *list)
      if (one.result) return;
  const std::string what = std::string(comparison.scale->code) +
                           (comparison.site.empty() ? "" : " (" + comparison.site + ")") +
                           " cannot be compared: ";
  const std::string why = comparison.scores.empty() ? "nobody in the two groups was scored"
                                                    : std::string(titleOf(comparison.scores.back().visit)) +
                                                          ", " + comparison.scores.back().obstacle;
  throw Error(where, what + why, "each group needs two people or more with a score at the same visit");
}

}  // namespace

std::pair<std::string, std::string> twoGroups(const Records& records, const std::string& where) {
  std::set<std::string> names;
  for (const Person& person : records.people)
    if (!person.group.empty()) names.insert(person.group);
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
  if (names.size() != 2)
    throw Error(where,
                names.empty() ? "nobody is in a group" : "there is not one pair of groups but " + known,
                names.size() < 2 ? "give people of both groups their --group when adding them"
                                 : "name two with --groups");
  if (*names.begin() == "control") return {*names.rbegin(), *names.begin()};
  return {*names.begin(), *names.rbegin()};
}

std::vector<std::string> sitesOf(const Records& records, const Scale& scale) {
  std::set<std::string> sites;
  for (const Measurement& one : records.measurements)
    if (one.scale == scale.code) sites.insert(one.site);
  return {sites.begin(), sites.end()};
}

GroupComparison compareGroups(const Records& records, const Scale& scale, const std::string& site,
                              const std::pair<std::string, std::string>& groups, std::optional<Visit> only,
                              const std::string& where) {
  requirePeople(records, groups, where);
  const Scores scores = scoresOf(records, scale, site);
  GroupComparison comparison{&scale, site, groups.first, groups.second, {}, {}};
  for (const Visit visit : allVisits) {
    if ((only && visit != *only) || !scoredAt(scores, visit)) continue;
    comparison.scores.push_back(compareAt(records, scores, groups, visit, false));
    if (visit != Visit::Baseline && scoredAt(scores, Visit::Baseline))
      comparison.changes.push_back(compareAt(records, scores, groups, visit, true));
  }
  requireResult(comparison, where);
  return comparison;
}

}  // namespace acuguide::outcomes
