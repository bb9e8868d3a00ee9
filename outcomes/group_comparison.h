#pragma once

#include "outcomes/measurement.h"
#include "outcomes/welch.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::outcomes {

/// One group at one visit.
struct ComparedGroup {
  std::string name;
  std::size_t people = 0;            ///< in the group, scored or not
  std::vector<double> values;        ///< of those who were scored
  std::vector<std::string> missing;  ///< codes of those who were not
  GroupSummary summary;              ///< of the values
};

/// First group against second at one visit: the scores, or how far each person has come from their own
/// baseline.
struct VisitComparison {
  Visit visit = Visit::Baseline;
  bool change = false;
  ComparedGroup first, second;
  std::optional<WelchResult> result;  ///< none: see `obstacle`
  std::string obstacle;
};

/// Two groups on one scale, by visit. Nothing is filled in for people who were not scored: each comparison is
/// of those who were (for a change: at both visits), and says who is missing.
struct GroupComparison {
  const Scale* scale = nullptr;
  std::string site;
  std::string first, second;
  std::vector<VisitComparison> scores;   ///< at every visit at which anybody was scored
  std::vector<VisitComparison> changes;  ///< at those after the baseline; none without a baseline
};

/// The groups there are, first the one to be compared with the other: "control" comes last, else as in the
/// alphabet. Throws Error, naming `where`, unless there are two (people without a group left out).
std::pair<std::string, std::string> twoGroups(const Records& records, const std::string& where);

/// Where on the body the scale was taken, each once; one empty text for a scale without sites; empty when
/// nobody was scored.
std::vector<std::string> sitesOf(const Records& records, const Scale& scale);

/// `only`: this visit alone. Throws Error, naming `where`, when a group has no people, or not one visit can
/// be compared.
GroupComparison compareGroups(const Records& records, const Scale& scale, const std::string& site,
                              const std::pair<std::string, std::string>& groups, std::optional<Visit> only,
                              const std::string& where);

}  // namespace acuguide::outcomes
