#pragma once

#include <span>
#include <string>
#include <string_view>

namespace acuguide::outcomes {

/// A scale that people are scored on. Scores are whole numbers from `lowest` to `highest`, or the written
/// `grades`, whose rank (place in the list, from 0) is what is counted with.
struct Scale {
  std::string_view code;  ///< in files, on the command line and in the database
  std::string_view title;
  double lowest = 0, highest = 0;
  bool higherIsBetter = true;
  bool ordinal = true;    ///< grades or ranks: a mean of them is a convention, and reports say so
  bool hasSites = false;  ///< one person has several scores at one visit, each at a site ("elbow flexors")
  std::span<const std::string_view> grades;
};

/// The scales of the trial this project starts from:
/// - `ueda_upper`, `ueda_lower`: Ueda's (Shangtianmin) hemiplegia function test, grade 0 (no movement) to 12.
/// - `neuro_deficit`: clinical neurological deficit scale (China, 1995), 0 to 45.
/// - `barthel`: activities of daily living, Barthel index (Mahoney and Barthel 1965), 0 to 100.
/// - `ashworth`: modified Ashworth (Bohannon and Smith 1987), grades 0, 1, 1+, 2, 3, 4 with ranks 0 to 5.
std::span<const Scale> scales();

/// By its code, or one of its other names (`adl`, `mas`, `nds`). Throws Error, naming `where` and the scales
/// there are.
const Scale& scaleNamed(std::string_view name, const std::string& where);

struct Score {
  double rank = 0;      ///< what is counted with
  std::string written;  ///< as it stands in the notes: "7", "1+"
  bool operator==(const Score&) const = default;
};

/// Throws Error: text where a number belongs, no whole number, out of the scale's range, no such grade.
Score readScore(const Scale& scale, std::string_view text, const std::string& where);

}  // namespace acuguide::outcomes
