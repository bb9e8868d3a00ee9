#pragma once

#include <string>

namespace acuguide::recording {

/// Appends the number with at most `decimals` decimals and no trailing zeros, with a decimal point whatever
/// the locale; nothing for NaN and infinities.
void appendNumber(std::string& text, double value, int decimals);

}  // namespace acuguide::recording
