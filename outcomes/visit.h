#pragma once

#include <array>
#include <string>
#include <string_view>

namespace acuguide::outcomes {

/// When people are scored: the trial's four visits.
enum class Visit { Baseline, FirstSession, FourWeeks, SixMonths };

inline constexpr std::array<Visit, 4> allVisits{Visit::Baseline, Visit::FirstSession, Visit::FourWeeks,
                                                Visit::SixMonths};

/// In files and in the database: "baseline", "first_session", "4_weeks", "6_months".
std::string_view nameOf(Visit visit);
/// For a person: "baseline", "after first session", "4 weeks", "6 months".
std::string_view titleOf(Visit visit);

/// By name or title; capitals, spaces and hyphens do not matter, and "4w", "6m" do. Throws Error.
Visit visitNamed(std::string_view name, const std::string& where);

}  // namespace acuguide::outcomes
