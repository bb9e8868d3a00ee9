#pragma once

#include "fuzz/mutation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::fuzz {

/// Something good to begin with.
struct Seed {
  std::string name;  ///< with the ending by which its reader is chosen
  Bytes bytes;
};

/// Streams of OpenIGTLink messages: every type that is read, both header versions.
std::vector<Seed> igtlSeeds();
/// Small DICOM files: every encoding that is read, grey, colour and palette.
std::vector<Seed> dicomSeeds(const std::filesystem::path& scratch);
/// Small MetaImage and NRRD sequences with PLUS's fields, compressed and not.
std::vector<Seed> sequenceSeeds(const std::filesystem::path& scratch);

}  // namespace acuguide::fuzz
