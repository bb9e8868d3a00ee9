#pragma once

#include <filesystem>

namespace acuguide::acquisition {

/// How deep sequences may lie in each other in a DICOM file. Ultrasound images need three; the largest
/// objects of the standard some ten.
inline constexpr int mostDicomNesting = 64;

/// Throws Error where the sequences of a DICOM file lie deeper in each other than that. DCMTK reads sequences
/// by recursion and has no limit of its own: a small file can make it overflow its stack. Reads only the
/// heads of elements, without recursion. A file that cannot be followed (damaged, no DICOM) passes when it
/// holds too few items to be nested so deep, and is refused otherwise.
void requireShallowDicom(const std::filesystem::path& file);

}  // namespace acuguide::acquisition
