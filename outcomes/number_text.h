#pragma once

#include "outcomes/welch.h"

#include <string>

namespace acuguide::outcomes {

/// With so many decimals; never "-0.00".
std::string fixedText(double value, int decimals);
/// "p<0.001", "p=0.012", "p=0.35".
std::string pText(double p);
/// As papers print it: "2.78 (1.42 to 4.15)".
std::string intervalText(const WelchResult& result);

}  // namespace acuguide::outcomes
