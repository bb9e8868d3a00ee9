#include "acquisition/sequence/data_file.h"
#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/sequence_header.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <fstream>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

/// Fields that only make sense together, resolved once all are read.
struct Layout {
  std::optional<std::int64_t> dimensions;
  std::vector<double> sizes;
  std::vector<double> spacing;
  std::string elementType;
  std::string dataFile;
  std::int64_t headerSize = 0;
  std::optional<double> smallest, largest;
  bool binary = true;
  std::vector<std::string> kinds;
};

[[noreturn]] void refuse(const SequenceHeader& header, const std::string& reason) {
  throw Error(header.file.string(), reason, "correct the header or export the file again");
}

bool yes(std::string_view value) { return value == "True" || value == "true" || value == "1"; }

std::vector<double> numbersOf(const SequenceHeader& header, std::string_view key, std::string_view value) {
  std::optional<std::vector<double>> numbers = numbersIn(value);
  if (!numbers)
    refuse(header, std::string(key) + " is '" + std::string(value.substr(0, 60)) + "', not numbers");
  return *numbers;
}

std::int64_t wholeNumberOf(const SequenceHeader& header, std::string_view key, std::string_view value) {
  const std::optional<std::int64_t> number = wholeNumberIn(value);
  if (!number)
    refuse(header, std::string(key) + " is '" + std::string(value.substr(0, 60)) + "', not a whole number");
  return *number;
}

void takeField(std::string_view key, std::string_view value, Layout& layout, SequenceHeader& header) {
  if (takeSequenceField(key, value, header)) return;
  if (key == "NDims") {
    layout.dimensions = wholeNumberOf(header, key, value);
  } else if (key == "DimSize") {
    layout.sizes = numbersOf(header, key, value);
  } else if (key == "ElementSpacing" || (key == "ElementSize" && layout.spacing.empty())) {
    layout.spacing = numbersOf(header, key, value);
  } else if (key == "PixelAspect") {
    header.pixelAspect = numberIn(value).value_or(1.0);
  } else if (key == "ElementType") {
    layout.elementType = value;
  } else if (key == "ElementNumberOfChannels") {
    const std::int64_t channels = wholeNumberOf(header, key, value);
    if (channels != 1 && channels != 3)
      refuse(header, "has pixels of " + std::to_string(channels) + " channels, not 1 or 3");
    header.channels = static_cast<int>(channels);
  } else if (key == "CompressedData") {
    header.compressed = yes(value);
  } else if (key == "BinaryData") {
    layout.binary = yes(value);
  } else if (key == "BinaryDataByteOrderMSB" || key == "ElementByteOrderMSB") {
    header.bigEndian = yes(value);
  } else if (key == "ElementMin") {
    layout.smallest = numberIn(value);
  } else if (key == "ElementMax") {
    layout.largest = numberIn(value);
  } else if (key == "Kinds") {
    for (const std::string_view kind : wordsIn(value)) layout.kinds.push_back(lowerCase(kind));
  } else if (key == "HeaderSize") {
    layout.headerSize = wholeNumberOf(header, key, value);
  } else if (key == "ElementDataFile") {
    layout.dataFile = value;
  }
}

void resolveSizes(const Layout& layout, SequenceHeader& header) {
  const std::vector<double>& sizes = layout.sizes;
  const auto count = static_cast<std::int64_t>(sizes.size());
  if (count < 2 || count > 4 || (layout.dimensions && *layout.dimensions != count)) {
    refuse(header, "DimSize does not hold the two to four sizes that NDims promises");
  }
  for (const double size : sizes) {
    if (!(size >= 0.0 && size <= 2e9)) refuse(header, "DimSize holds sizes that no ultrasound recording has");
  }
  const auto isList = [](const std::string& kind) { return kind == "list" || kind == "time"; };
  if (layout.kinds.size() == sizes.size() &&
      std::any_of(layout.kinds.begin(), layout.kinds.end() - 1, isList))
    refuse(header, "stores its images side by side (the list is not its last axis)");
  if (count == 4 && sizes[2] != 1.0) refuse(header, "holds volumes, not pictures");
  header.width = static_cast<int>(sizes[0]);
  header.height = static_cast<int>(sizes[1]);
  header.frameCount = count == 2 ? 1 : static_cast<std::int64_t>(sizes.back());
}

void resolvePixels(const Layout& layout, SequenceHeader& header) {
  using PixelType = SequenceHeader::PixelType;
  if (layout.elementType == "MET_UCHAR") {
    header.pixelType = PixelType::UInt8;
  } else if (layout.elementType == "MET_USHORT") {
    header.pixelType = PixelType::UInt16;
  } else if (layout.elementType == "MET_SHORT") {
    header.pixelType = PixelType::Int16;
  } else if (header.hasPictures()) {
    refuse(header, "has pixels of type '" + layout.elementType + "', not 8 or 16 bit");
  }
  if (!layout.binary && header.hasPictures()) refuse(header, "holds its pixels as text");
  if (layout.smallest && layout.largest && *layout.smallest < *layout.largest) {
    header.valueRange = std::pair{*layout.smallest, *layout.largest};
  }
  if (layout.spacing.size() >= 2) header.spacingMm = knownSpacing(layout.spacing[0], layout.spacing[1]);
}

void resolveDataFile(const Layout& layout, std::int64_t endOfHeader, SequenceHeader& header) {
  const std::string name = lowerCase(layout.dataFile);
  if (name == "local") {
    header.dataFile = header.file;
    header.dataOffset = endOfHeader;
    return;
  }
  if (name.starts_with("list") || name.find('%') != std::string::npos) {
    refuse(header, "spreads its pixels over many files");
  }
  header.dataFile = dataFileOf(header.file, layout.dataFile);
  std::error_code error;
  const auto size = static_cast<std::int64_t>(fs::file_size(header.dataFile, error));
  if (error) refuse(header, "its pixels should be in " + header.dataFile.string() + ", which is not there");
  // -1 stands for "whatever comes before the pixels".
  const bool fromEnd = layout.headerSize == -1 && !header.compressed;
  header.dataOffset = fromEnd ? size - header.bytesPerFrame() * header.frameCount : layout.headerSize;
  if (header.dataOffset < 0) refuse(header, "states more pixels than " + header.dataFile.string() + " holds");
}

}  // namespace

SequenceHeader readMetaImageHeader(const fs::path& file) {
  SequenceHeader header;
  header.file = file;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(file.string(), "cannot be opened", "check its permissions");
  Layout layout;
  std::string line;
  while (layout.dataFile.empty() && readHeaderLine(in, line, file)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) {
      if (trimmed(line).empty()) continue;
      throw Error(file.string(), "is not a MetaImage file",
                  "check that its name ends the way its content does");
    }
    const std::string_view whole = line;
    takeField(trimmed(whole.substr(0, equals)), trimmed(whole.substr(equals + 1)), layout, header);
  }
  if (layout.dataFile.empty()) {
    throw Error(file.string(), "is not a MetaImage file or is cut short in its header",
                "copy or export it again");
  }
  resolveSizes(layout, header);
  resolvePixels(layout, header);
  resolveDataFile(layout, static_cast<std::int64_t>(in.tellg()), header);
  return header;
}

}  // namespace acuguide::acquisition
