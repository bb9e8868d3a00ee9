#include "volume/volume_file.h"

#include "core/error.h"
#include "core/input_file.h"
#include "core/version.h"
#include "core/whole_file.h"

#include <itkImage.h>
#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkMetaDataObject.h>
#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>

#include <cmath>
#include <fstream>
#include <new>
#include <string_view>
#include <system_error>

namespace acuguide::volume {
namespace {

using Grey = itk::Image<std::uint8_t, 3>;
using Levels = itk::Image<float, 3>;

itk::ImageIOBase::Pointer formatOf(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (name.ends_with(".mha")) return itk::MetaImageIO::New().GetPointer();
  if (name.ends_with(".nrrd")) return itk::NrrdImageIO::New().GetPointer();
  if (name.ends_with(".nii") || name.ends_with(".nii.gz")) return itk::NiftiImageIO::New().GetPointer();
  throw Error(path.string(), "is no name of a volume", "end it in .mha, .nrrd, .nii or .nii.gz");
}

/// An image whose voxels are the volume's own.
Grey::Pointer viewOf(const Volume& volume) {
  const VolumeGrid& grid = volume.grid;
  auto image = Grey::New();
  Grey::RegionType region;
  Grey::SpacingType spacing;
  Grey::PointType origin;
  for (unsigned axis = 0; axis < 3; ++axis) {
    region.SetSize(axis, static_cast<itk::SizeValueType>(grid.size[axis]));
    spacing[axis] = grid.spacingMm[axis];
    origin[axis] = grid.originMm[axis];
  }
  image->SetRegions(region);
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  // ITK's writer does not write to it.
  image->GetPixelContainer()->SetImportPointer(const_cast<std::uint8_t*>(volume.grey.data()),
                                               volume.grey.size(), false);
  return image;
}

/// An empty gzip member that names the program: readers pass over it, and WholeFile knows the file again.
void signCompressed(const std::filesystem::path& path) {
  constexpr std::string_view member(
      "\x1f\x8b\x08\x10\0\0\0\0\0\x03"
      "acuguide\0"
      "\x03\0"
      "\0\0\0\0\0\0\0\0",
      29);
  std::ofstream(path, std::ios::binary | std::ios::app).write(member.data(), member.size());
}

}  // namespace

void requireVolumeName(const std::filesystem::path& path) { formatOf(path); }

void writeVolume(const Volume& volume, const std::filesystem::path& path) {
  const auto format = formatOf(path);
  WholeFile whole(path, "the volume");
  // ITK tells NIfTI's kinds by the whole ending, of which part() has only the last.
  const bool zipped = path.filename().string().ends_with(".nii.gz");
  const std::filesystem::path made = zipped ? whole.part().string() + ".nii.gz" : whole.part().string();
  std::error_code ignored;
  try {
    const auto image = viewOf(volume);
    auto& dictionary = image->GetMetaDataDictionary();
    itk::EncapsulateMetaData<std::string>(dictionary, "acuguide", std::string(acuguide::version));
    for (const auto& [name, text] : volume.fields)
      itk::EncapsulateMetaData<std::string>(dictionary, name, text);
    auto writer = itk::ImageFileWriter<Grey>::New();
    writer->SetImageIO(format);
    writer->SetInput(image);
    writer->SetFileName(made.string());
    writer->SetUseCompression(true);
    writer->Update();
    if (zipped) {
      signCompressed(made);
      std::filesystem::rename(made, whole.part());
    }
  } catch (const itk::ExceptionObject&) {
    if (zipped) std::filesystem::remove(made, ignored);
    throw Error(path.string(), "could not be written completely",
                "check the free space and the folder's rights");
  }
  whole.commit();
}

Volume readVolume(const std::filesystem::path& path) {
  const auto format = formatOf(path);
  requireInputFile(path);
  Volume volume;
  try {
    auto reader = itk::ImageFileReader<Levels>::New();
    reader->SetImageIO(format);
    reader->SetFileName(path.string());
    reader->UpdateOutputInformation();
    if (format->GetNumberOfDimensions() != 3 || format->GetNumberOfComponents() != 1)
      throw Error(path.string(), "is no volume of grey levels", "give one that acuguide volume made");
    reader->Update();
    const auto image = reader->GetOutput();
    const auto size = image->GetLargestPossibleRegion().GetSize();
    for (unsigned axis = 0; axis < 3; ++axis) {
      volume.grid.size[axis] = static_cast<int>(size[axis]);
      volume.grid.spacingMm[axis] = image->GetSpacing()[axis];
      volume.grid.originMm[axis] = image->GetOrigin()[axis];
      for (unsigned other = 0; other < 3; ++other)
        if (std::abs(image->GetDirection()(axis, other) - (axis == other ? 1.0 : 0.0)) > 1e-4)
          throw Error(path.string(), "lies aslant or is flipped in its coordinates",
                      "resample it along the axes, as 3D Slicer's Resample does");
    }
    const float* level = image->GetBufferPointer();
    const std::size_t voxels = volume.grid.voxels();
    volume.grey.resize(voxels);
    float least = 0, most = 255;
    if (format->GetComponentType() != itk::IOComponentEnum::UCHAR) {
      least = *std::min_element(level, level + voxels);
      most = std::max(*std::max_element(level, level + voxels), least + 1e-6F);
    }
    for (std::size_t i = 0; i < voxels; ++i)
      volume.grey[i] = static_cast<std::uint8_t>(std::lround((level[i] - least) / (most - least) * 255));
    const auto& dictionary = image->GetMetaDataDictionary();
    for (const std::string& key : dictionary.GetKeys()) {
      std::string text;
      if (itk::ExposeMetaData<std::string>(dictionary, key, text)) volume.fields.emplace_back(key, text);
    }
  } catch (const itk::ExceptionObject&) {
    throw Error(path.string(), "cannot be read as a volume",
                "check that it is whole and of the kind it is named");
  } catch (const std::bad_alloc&) {
    throw Error(path.string(), "does not fit into memory", "make it coarser");
  }
  return volume;
}

}  // namespace acuguide::volume
