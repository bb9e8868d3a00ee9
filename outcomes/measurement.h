#pragma once

#include "outcomes/scale.h"
#include "outcomes/visit.h"

#include <string>
#include <string_view>
#include <vector>

namespace acuguide::outcomes {

/// Somebody who is followed. A code, never a name.
struct Person {
  std::string code;   ///< letters, digits, '.', '_', '-'; at most 64
  std::string group;  ///< "treated", "control", …; empty: in none
  std::string side;   ///< the affected side: "left", "right", or empty
  bool operator==(const Person&) const = default;
};

/// One score of one person at one visit.
struct Measurement {
  std::string person;  ///< code
  Visit visit = Visit::Baseline;
  std::string scale;  ///< code
  std::string site;   ///< where on the body, for scales that are taken at several sites; else empty
  Score score;
  std::string on;        ///< date, "2026-11-25"; may be empty
  std::string assessor;  ///< code of who scored; may be empty
  bool operator==(const Measurement&) const = default;
};

struct Records {
  std::vector<Person> people;
  std::vector<Measurement> measurements;
};

/// Each throws Error, naming `where`, for a text that is not what its name says.
std::string checkedCode(std::string_view text, const std::string& where);
std::string checkedSide(std::string_view text, const std::string& where);
std::string checkedDate(std::string_view text, const std::string& where);
/// A short text on one line: a group, a site.
std::string checkedLabel(std::string_view text, const std::string& where);

/// Throws Error when a scale that is taken at several sites comes without one, or another with one.
std::string checkedSite(const Scale& scale, std::string_view text, const std::string& where);

}  // namespace acuguide::outcomes
