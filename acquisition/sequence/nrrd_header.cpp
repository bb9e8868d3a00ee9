#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/sequence_header.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

/// Fields that only make sense together, resolved once all are read. One entry an axis, fastest first.
struct Layout {
  std::vector<double> sizes;
  std::vector<std::optional<double>> spacing;
  std::vector<std::string> kinds;
  std::vector<std::string> spaceUnits;  // one a direction of space
  std::vector<std::string> units;       // one an axis
  std::string type, encoding, dataFile;
  std::int64_t byteSkip = 0, lineSkip = 0;
};

[[noreturn]] void refuse(const SequenceHeader& header, const std::string& reason) {
  throw Error(header.file.string(), reason, "correct the header or export the file again");
}

/// Lengths of "(0.1,0,0) (0,0.1,0) none": how far one step along each axis goes.
std::vector<std::optional<double>> directionLengths(std::string_view value) {
  std::vector<std::optional<double>> lengths;
  while (!(value = trimmed(value)).empty()) {
    if (value.front() != '(') {
      lengths.emplace_back();
      value.remove_prefix(std::min(value.find(' '), value.size()));
      continue;
    }
    const std::size_t end = std::min(value.find(')'), value.size());
    std::string inside(value.substr(1, end - 1));
    std::ranges::replace(inside, ',', ' ');
    const std::optional<std::vector<double>> numbers = numbersIn(inside);
    double square = 0.0;
    for (const double number : numbers.value_or(std::vector<double>{})) square += number * number;
    lengths.emplace_back(std::sqrt(square));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return lengths;
}

std::vector<std::optional<double>> spacings(std::string_view value) {
  std::vector<std::optional<double>> lengths;
  for (const std::string_view word : wordsIn(value)) lengths.push_back(numberIn(word));
  return lengths;
}

/// The words of `"mm" "mm" "s"`, in quotes or not.
std::vector<std::string> quotedWords(std::string_view value) {
  std::vector<std::string> words;
  while (!(value = trimmed(value)).empty()) {
    const bool quoted = value.front() == '"';
    const std::size_t from = quoted ? 1 : 0;
    const std::size_t end = std::min(value.find(quoted ? '"' : ' ', from), value.size());
    words.emplace_back(trimmed(value.substr(from, end - from)));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return words;
}

/// Millimetres a unit of length; nullopt for any other word. Units that are left open are taken as
/// millimetres, as 3D Slicer does.
std::optional<double> millimetresIn(const std::string& unit) {
  struct Unit {
    double mm;
    std::vector<std::string_view> words;
  };
  static const std::array<Unit, 4> known = {
      Unit{1.0, {"", "???", "mm", "millimeter", "millimeters", "millimetre", "millimetres"}},
      Unit{10.0, {"cm", "centimeter", "centimeters", "centimetre", "centimetres"}},
      Unit{1000.0, {"m", "meter", "meters", "metre", "metres"}},
      Unit{1e-3,
           {"um", "\xc2\xb5m", "\xce\xbcm", "micron", "microns", "micrometer", "micrometers", "micrometre",
            "micrometres"}}};
  const std::string word = lowerCase(unit);
  for (const Unit& one : known)
    if (std::ranges::find(one.words, word) != one.words.end()) return one.mm;
  return std::nullopt;
}

void takeField(std::string_view key, std::string_view value, Layout& layout, SequenceHeader& header) {
  if (key == "sizes") {
    const std::optional<std::vector<double>> sizes = numbersIn(value);
    if (!sizes) refuse(header, "sizes is '" + std::string(value.substr(0, 60)) + "', not numbers");
    layout.sizes = *sizes;
  } else if (key == "type") {
    layout.type = value;
  } else if (key == "encoding") {
    layout.encoding = lowerCase(value);
  } else if (key == "endian") {
    header.bigEndian = value == "big";
  } else if (key == "kinds") {
    for (const std::string_view kind : wordsIn(value)) layout.kinds.emplace_back(kind);
  } else if (key == "spacings") {
    layout.spacing = spacings(value);
  } else if (key == "space directions") {
    layout.spacing = directionLengths(value);
  } else if (key == "space units") {
    layout.spaceUnits = quotedWords(value);
  } else if (key == "units") {
    layout.units = quotedWords(value);
  } else if (key == "data file" || key == "datafile") {
    layout.dataFile = value;
  } else if (key == "byte skip" || key == "byteskip") {
    layout.byteSkip = wholeNumberIn(value).value_or(-1);
  } else if (key == "line skip" || key == "lineskip") {
    layout.lineSkip = wholeNumberIn(value).value_or(-1);
  }
}

bool isColourAxis(const Layout& layout) {
  if (layout.sizes.empty() || layout.sizes.front() != 3.0) return false;
  if (layout.sizes.size() == 4 && layout.kinds.empty()) return true;
  constexpr std::array<std::string_view, 5> kColour = {"RGB-color", "3-color", "vector", "3-vector", "list"};
  return !layout.kinds.empty() && std::ranges::find(kColour, layout.kinds.front()) != kColour.end();
}

/// The spacing of the picture's two axes in millimetres, or why it is not known.
void resolveSpacing(const Layout& layout, SequenceHeader& header) {
  if (layout.spacing.size() < 2 || !layout.spacing[0] || !layout.spacing[1]) return;
  Eigen::Vector2d mm(*layout.spacing[0], *layout.spacing[1]);
  const std::vector<std::string>& units = layout.spaceUnits.empty() ? layout.units : layout.spaceUnits;
  for (std::size_t axis = 0; axis < std::min<std::size_t>(units.size(), 2); ++axis) {
    const std::optional<double> factor = millimetresIn(units[axis]);
    if (!factor) {
      header.whyNoScale = "the file states its spacing in '" + units[axis] + "', which is not a known unit";
      return;
    }
    if (!units[axis].empty()) mm[static_cast<Eigen::Index>(axis)] *= *factor;
  }
  header.spacingMm = knownSpacing(mm.x(), mm.y());
}

void resolveSizes(Layout layout, SequenceHeader& header) {
  if (isColourAxis(layout)) {
    header.channels = 3;
    layout.sizes.erase(layout.sizes.begin());
    if (!layout.spacing.empty()) layout.spacing.erase(layout.spacing.begin());
    if (!layout.units.empty()) layout.units.erase(layout.units.begin());
  }
  for (const double size : layout.sizes) {
    if (!(size >= 0.0 && size <= 2e9)) refuse(header, "sizes are ones that no ultrasound recording has");
  }
  if (layout.sizes.size() == 4 && layout.sizes[2] == 1.0) layout.sizes.erase(layout.sizes.begin() + 2);
  if (layout.sizes.size() < 2 || layout.sizes.size() > 3) refuse(header, "is not a sequence of pictures");
  header.width = static_cast<int>(layout.sizes[0]);
  header.height = static_cast<int>(layout.sizes[1]);
  header.frameCount = layout.sizes.size() == 2 ? 1 : static_cast<std::int64_t>(layout.sizes[2]);
  resolveSpacing(layout, header);
}

void resolvePixels(const Layout& layout, SequenceHeader& header) {
  using PixelType = SequenceHeader::PixelType;
  constexpr std::array<std::string_view, 4> kByte = {"unsigned char", "uchar", "uint8", "uint8_t"};
  constexpr std::array<std::string_view, 5> kUnsigned = {"unsigned short", "ushort", "uint16", "uint16_t",
                                                         "unsigned short int"};
  constexpr std::array<std::string_view, 5> kSigned = {"short", "short int", "signed short", "int16",
                                                       "int16_t"};
  if (std::ranges::find(kByte, layout.type) != kByte.end()) {
    header.pixelType = PixelType::UInt8;
  } else if (std::ranges::find(kUnsigned, layout.type) != kUnsigned.end()) {
    header.pixelType = PixelType::UInt16;
  } else if (std::ranges::find(kSigned, layout.type) != kSigned.end()) {
    header.pixelType = PixelType::Int16;
  } else {
    refuse(header, "has pixels of type '" + layout.type + "', not 8 or 16 bit");
  }
  if (layout.encoding != "raw" && layout.encoding != "gzip" && layout.encoding != "gz") {
    refuse(header, "holds its pixels as '" + layout.encoding + "', not raw or gzip");
  }
  header.compressed = layout.encoding != "raw";
}

void resolveDataFile(const Layout& layout, std::int64_t endOfHeader, SequenceHeader& header) {
  if (layout.lineSkip != 0 || layout.byteSkip < 0 || (header.compressed && layout.byteSkip != 0)) {
    refuse(header, "skips lines or bytes before its pixels in a way this program does not read");
  }
  if (layout.dataFile.empty()) {
    header.dataFile = header.file;
    header.dataOffset = endOfHeader + layout.byteSkip;
    return;
  }
  if (layout.dataFile.starts_with("LIST") || layout.dataFile.find('%') != std::string::npos) {
    refuse(header, "spreads its pixels over many files");
  }
  header.dataFile = header.file.parent_path() / layout.dataFile;
  header.dataOffset = layout.byteSkip;
  if (!fs::exists(header.dataFile)) {
    refuse(header, "its pixels should be in " + header.dataFile.string() + ", which is not there");
  }
}

}  // namespace

SequenceHeader readNrrdHeader(const fs::path& file) {
  SequenceHeader header;
  header.file = file;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw Error(file.string(), "cannot be opened", "check its permissions");
  std::string line;
  if (!readHeaderLine(in, line, file) || !line.starts_with("NRRD0")) {
    throw Error(file.string(), "is not an NRRD file", "check that its name ends the way its content does");
  }
  Layout layout;
  while (readHeaderLine(in, line, file) && !line.empty()) {
    const std::string_view whole = line;
    const std::size_t colon = line.find(':');
    if (line.front() == '#' || colon == std::string::npos) continue;
    const bool custom = colon + 1 < line.size() && line[colon + 1] == '=';
    const std::string_view key = trimmed(whole.substr(0, colon));
    const std::string_view value = trimmed(whole.substr(colon + (custom ? 2 : 1)));
    if (!takeSequenceField(key, value, header) && !custom) takeField(key, value, layout, header);
  }
  if (layout.sizes.empty()) {
    throw Error(file.string(), "states no sizes or is cut short in its header", "copy or export it again");
  }
  resolveSizes(layout, header);
  resolvePixels(layout, header);
  // At the end of a file without pixels there is no position to ask for.
  const std::int64_t end =
      in ? static_cast<std::int64_t>(in.tellg()) : static_cast<std::int64_t>(fs::file_size(file));
  resolveDataFile(layout, end, header);
  return header;
}

}  // namespace acuguide::acquisition
