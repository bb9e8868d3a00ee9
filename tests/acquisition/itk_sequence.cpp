#include "acquisition/itk_sequence.h"

#include <itkMetaDataObject.h>
#include <itkMetaImageIO.h>
#include <itkNrrdImageIO.h>

namespace acuguide::acquisition {
namespace {

itk::ImageIOBase::Pointer imageIoFor(const std::string& file) {
  if (file.ends_with(".nrrd")) return itk::NrrdImageIO::New().GetPointer();
  return itk::MetaImageIO::New().GetPointer();
}

}  // namespace

std::string ItkSequence::field(const std::string& key) const {
  for (const auto& [name, value] : fields) {
    if (name == key) return value;
  }
  return {};
}

void writeWithItk(const ItkSequence& sequence, const std::string& file, bool compressed) {
  const auto image = imageIoFor(file);
  image->SetFileName(file);
  image->SetNumberOfDimensions(3);
  const itk::SizeValueType sizes[] = {sequence.width, sequence.height, sequence.frames};
  const double spacing[] = {sequence.spacingX, sequence.spacingY, 1.0};
  itk::ImageIORegion region(3);
  for (unsigned axis = 0; axis < 3; ++axis) {
    image->SetDimensions(axis, sizes[axis]);
    image->SetSpacing(axis, spacing[axis]);
    image->SetOrigin(axis, 0.0);
    region.SetSize(axis, sizes[axis]);
  }
  image->SetIORegion(region);
  image->SetComponentType(itk::IOComponentEnum::UCHAR);
  image->SetNumberOfComponents(sequence.channels);
  image->SetPixelType(sequence.channels == 3 ? itk::IOPixelEnum::RGB : itk::IOPixelEnum::SCALAR);
  image->SetUseCompression(compressed);
  for (const auto& [key, value] : sequence.fields) {
    itk::EncapsulateMetaData<std::string>(image->GetMetaDataDictionary(), key, value);
  }
  image->Write(sequence.pixels.data());
}

ItkSequence readWithItk(const std::string& file) {
  const auto image = imageIoFor(file);
  image->SetFileName(file);
  image->ReadImageInformation();
  ItkSequence sequence;
  sequence.width = static_cast<unsigned>(image->GetDimensions(0));
  sequence.height = static_cast<unsigned>(image->GetDimensions(1));
  sequence.frames = static_cast<unsigned>(image->GetDimensions(2));
  sequence.channels = image->GetNumberOfComponents();
  sequence.spacingX = image->GetSpacing(0);
  sequence.spacingY = image->GetSpacing(1);
  itk::ImageIORegion region(image->GetNumberOfDimensions());
  for (unsigned axis = 0; axis < image->GetNumberOfDimensions(); ++axis) {
    region.SetSize(axis, image->GetDimensions(axis));
  }
  image->SetIORegion(region);
  sequence.pixels.resize(static_cast<std::size_t>(image->GetImageSizeInBytes()));
  image->Read(sequence.pixels.data());
  for (const std::string& key : image->GetMetaDataDictionary().GetKeys()) {
    std::string value;
    if (itk::ExposeMetaData<std::string>(image->GetMetaDataDictionary(), key, value)) {
      sequence.fields.emplace_back(key, value);
    }
  }
  return sequence;
}

}  // namespace acuguide::acquisition
