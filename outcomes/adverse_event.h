#pragma once

#include <span>
#include <string>
#include <string_view>

namespace acuguide::outcomes {

/// A kind of what may go wrong after a session. Some count only from an amount on (bleeding of 3 minutes and
/// more, a bruise of 3 cm and more, pain of more than 72 hours); the others always.
struct AdverseEventKind {
  std::string_view code, title;
  std::string_view unit;        ///< of the amount; empty: there is none
  double threshold = 0;         ///< in that unit
  bool thresholdCounts = true;  ///< the threshold itself counts
  bool systemic = false;        ///< of the whole body, not of one point

  bool counts(double amount) const;
};

/// `bleeding` (min), `bruise` (cm), `pain` (h), `nerve_injury`, `vessel_injury`, `tendon_injury`,
/// `infection`, `syncope`, `other_local`, `other_systemic`, and `none`: somebody looked, and there was
/// nothing.
std::span<const AdverseEventKind> adverseEventKinds();
/// Throws Error, naming `where` and the kinds there are.
const AdverseEventKind& adverseEventKindNamed(std::string_view code, const std::string& where);

struct AdverseEvent {
  std::string kind;   ///< code
  double amount = 0;  ///< in the kind's unit
  std::string detail;
  std::string on;  ///< date; may be empty
  bool operator==(const AdverseEvent&) const = default;
};

/// The amount written in `text`, 0 for a kind that has none. Throws Error: missing, negative, no number, or
/// given to a kind that has none.
double amountOf(const AdverseEventKind& kind, const std::string& text, const std::string& where);

}  // namespace acuguide::outcomes
