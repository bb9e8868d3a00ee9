#include "acquisition/sequence/data_file.h"
#include "acquisition/sequence/nrrd_axes.h"
#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/sequence_header.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>

namespace acuguide::acquisition {
namespace fs = std::filesystem;
namespace {

/// Fields that only make sense together, resolved once all are read. One entry an axis, fastest first.
struct Layout {
  std::vector<double> sizes;
  std::vector<std::optional<double>> spacing;
  std::vector<std::string> kinds;
  std::map<std::size_t, std::string> indexValues;  ///< "axis 3 index values" of 3D Slicer, by axis
  std::vector<std::string> spaceUnits;             // one a direction of space
  std::vector<std::string> units;                  // one an axis
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
  } else if (key == "units") {
    layout.units = quotedWords(value);
  } else if (key == "spacings") {
    layout.spacing = spacings(value);
  } else if (key == "space directions") {
    layout.spacing = directionLengths(value);
  } else if (key == "space units") {
    layout.spaceUnits = quotedWords(value);
  } else if (key == "data file" || key == "datafile") {
    layout.dataFile = value;
  } else if (key == "byte skip" || key == "byteskip") {
    layout.byteSkip = wholeNumberIn(value).value_or(-1);
  } else if (key == "line skip" || key == "lineskip") {
    layout.lineSkip = wholeNumberIn(value).value_or(-1);
  }
}

/// "axis 3 index values", a custom field.
void takeIndexValues(std::string_view key, std::string_view value, Layout& layout) {
  constexpr std::string_view kBefore = "axis ", kAfter = " index values";
  if (!key.starts_with(kBefore) || !key.ends_with(kAfter) || key.size() <= kBefore.size() + kAfter.size())
    return;
  key.remove_prefix(kBefore.size());
  key.remove_suffix(kAfter.size());
  const std::optional<std::int64_t> axis = wholeNumberIn(key);
  if (axis && *axis >= 0) layout.indexValues[static_cast<std::size_t>(*axis)] = value;
}

/// The seconds that 3D Slicer states for the images of a sequence become their stamps where there are none.
void resolveTimes(const Layout& layout, std::size_t list, SequenceHeader& header) {
  const auto values = layout.indexValues.find(list);
  if (values == layout.indexValues.end()) return;
  const auto seconds = nrrdIndexSeconds(values->second, list < layout.units.size() ? layout.units[list] : "");
  if (!seconds) return;
  if (static_cast<std::int64_t>(seconds->size()) != header.frameCount)
    refuse(header, "states " + std::to_string(seconds->size()) + " index values for " +
                       std::to_string(header.frameCount) + " images");
  header.frames.resize(std::max(header.frames.size(), seconds->size()));
  const bool stamped = std::ranges::any_of(
      header.frames, [](const SequenceFrame& frame) { return std::isfinite(frame.timestamp); });
  for (std::size_t i = 0; i < seconds->size() && !stamped; ++i) header.frames[i].timestamp = (*seconds)[i];
}

/// The spacing of the image's two axes in millimetres, or why it is not known. `space units` are one a
/// direction of space, in the order of the axes that have one; `units` are one an axis.
void resolveSpacing(const Layout& layout, const NrrdAxes& axes, SequenceHeader& header) {
  const std::array<std::size_t, 2> axis{axes.column, axes.row};
  Eigen::Vector2d mm;
  for (std::size_t i = 0; i < 2; ++i) {
    if (axis[i] >= layout.spacing.size() || !layout.spacing[axis[i]]) return;
    const std::vector<std::string>& units = layout.spaceUnits.empty() ? layout.units : layout.spaceUnits;
    const std::size_t at = layout.spaceUnits.empty() ? axis[i] : i;
    const std::string unit = at < units.size() ? units[at] : "";
    const std::optional<double> factor = unit.empty() ? 1.0 : millimetresIn(unit);
    if (!factor) {
      header.whyNoScale = "the file states its spacing in '" + unit + "', which is not a known unit";
      return;
    }
    mm[static_cast<Eigen::Index>(i)] = *layout.spacing[axis[i]] * *factor;
  }
  header.spacingMm = knownSpacing(mm.x(), mm.y());
}

void resolveSizes(const Layout& layout, SequenceHeader& header) {
  for (const double size : layout.sizes) {
    if (!(size >= 0.0 && size <= 2e9)) refuse(header, "sizes are ones that no ultrasound recording has");
  }
  const NrrdAxes axes = nrrdAxes(layout.sizes, layout.kinds, header.file.string());
  if (axes.colour) header.channels = 3;
  header.width = static_cast<int>(layout.sizes[axes.column]);
  header.height = static_cast<int>(layout.sizes[axes.row]);
  header.frameCount = axes.list ? static_cast<std::int64_t>(layout.sizes[*axes.list]) : 1;
  header.pixelsInterleaved = axes.listFastest;
  resolveSpacing(layout, axes, header);
  if (axes.list) resolveTimes(layout, *axes.list, header);
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
  header.dataFile = dataFileOf(header.file, layout.dataFile);
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
    if (takeSequenceField(key, value, header)) continue;
    if (custom)
      takeIndexValues(key, value, layout);
    else
      takeField(key, value, layout, header);
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
