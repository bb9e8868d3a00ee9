#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::planning {

// What has to be asked before a plan may be used.

enum class Answer { Open, No, Yes };

/// A contraindication and the question that finds it; `id` is its key in the plan's file.
struct Contraindication {
  std::string id;
  std::string question;  ///< "Local infection or broken skin at the site?"
};

/// All of them, in the order they are asked.
const std::vector<Contraindication>& contraindications();

/// The answers for one patient on one day.
struct Checklist {
  std::string date;                       ///< "2026-11-25"
  std::map<std::string, Answer> answers;  ///< by id; one that is missing is open
};

struct ChecklistFinding {
  std::vector<std::string> open;     ///< ids not answered yet
  std::vector<std::string> present;  ///< ids answered with yes: the plan must not be used
  /// Every question was answered, and every answer was no.
  bool passed() const { return open.empty() && present.empty(); }
};

/// Answers of another day than `today` count as open: a clotting value or a glucose is not the same tomorrow.
ChecklistFinding judgeChecklist(const Checklist& checklist, std::string_view today);

/// One sentence for a person: what is still to be asked, or why the plan must not be used at this point. LI4,
/// SP6 and BL60 are named where pregnancy forbids them.
std::string describe(const ChecklistFinding& finding, std::string_view acupoint);

/// This machine's date, "2026-11-25".
std::string today();

}  // namespace acuguide::planning
