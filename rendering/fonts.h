#pragma once

#include <string>

namespace acuguide::rendering {

/// The file of a sans-serif font that can write `text` (UTF-8): Noto Sans, Noto Sans CJK where the text needs
/// it, or what the system's font configuration offers instead. Empty when the system has no font at all.
std::string fontFileFor(const std::string& text, bool bold);

}  // namespace acuguide::rendering
