#pragma once

#include "volume/volume.h"

#include <filesystem>

namespace acuguide::volume {

/// Throws Error where no volume is written under such a name: by its ending .mha, .nrrd, .nii or .nii.gz.
void requireVolumeName(const std::filesystem::path& path);

/// Writes a volume by ITK, compressed, whole or not at all (core/whole_file.h): MetaImage (.mha, fields as
/// header lines), NRRD (.nrrd, "space: left-posterior-superior", fields as key:=value) or NIfTI (.nii,
/// .nii.gz; its own axes are RAS, and it has no room for the fields). Throws Error.
void writeVolume(const Volume& volume, const std::filesystem::path& path);

/// Reads a volume of 8-bit grey levels, or of others, which are spread over 0 to 255 from least to most. One
/// that lies aslant (its direction cosines are not the identity) is refused. Throws Error.
Volume readVolume(const std::filesystem::path& path);

}  // namespace acuguide::volume
