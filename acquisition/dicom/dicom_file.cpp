#include "acquisition/dicom/dicom_file.h"

#include "acquisition/dicom/compressed_picture.h"
#include "acquisition/dicom/dicom_library.h"
#include "acquisition/dicom/dicom_nesting.h"
#include "acquisition/dicom/dicom_palette.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcfcache.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>
#include <span>
#include <sstream>

namespace acuguide::acquisition {
namespace {

namespace fs = std::filesystem;
using Colour = DicomPixelFormat::Colour;

constexpr int kLargestSide = 16384;
constexpr std::size_t kLargestFrame = 256u << 20;
constexpr std::int64_t kMostFrames = 1'000'000;
constexpr std::uint32_t kLargestFragment = 256u << 20;

std::string textOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  if (item.findAndGetOFStringArray(tag, value).bad()) return {};
  return std::string(trimmed(std::string(value.c_str(), value.size())));
}

/// Words of 16 bits, also where an implicit VR leaves their sign open.
std::optional<int> wordOf(DcmItem& item, const DcmTagKey& tag, unsigned long position = 0) {
  Uint16 value = 0;
  if (item.findAndGetUint16(tag, value, position).good()) return value;
  Sint16 negative = 0;
  if (item.findAndGetSint16(tag, negative, position).good()) return static_cast<Uint16>(negative);
  return std::nullopt;
}

double realOf(DcmItem& item, const DcmTagKey& tag) {
  Float64 value = 0;
  return item.findAndGetFloat64(tag, value).good() ? value : 0.0;
}

int boxCoordinate(DcmItem& item, const DcmTagKey& tag) {
  Uint32 value = 0;
  if (item.findAndGetUint32(tag, value).bad()) return -1;
  return value > 1'000'000u ? -1 : static_cast<int>(value);
}

std::vector<DicomRegion> regionsOf(DcmItem& dataset) {
  constexpr unsigned long kMostRegions = 256;
  std::vector<DicomRegion> regions;
  DcmSequenceOfItems* sequence = nullptr;
  if (dataset.findAndGetSequence(DCM_SequenceOfUltrasoundRegions, sequence).bad() || sequence == nullptr)
    return regions;
  for (unsigned long i = 0; i < std::min(sequence->card(), kMostRegions); ++i) {
    DcmItem& item = *sequence->getItem(i);
    DicomRegion region;
    region.spatialFormat = wordOf(item, DCM_RegionSpatialFormat).value_or(0);
    region.dataType = wordOf(item, DCM_RegionDataType).value_or(0);
    const int x0 = boxCoordinate(item, DCM_RegionLocationMinX0),
              y0 = boxCoordinate(item, DCM_RegionLocationMinY0);
    const int x1 = boxCoordinate(item, DCM_RegionLocationMaxX1),
              y1 = boxCoordinate(item, DCM_RegionLocationMaxY1);
    if (x0 >= 0 && y0 >= 0 && x1 >= x0 && y1 >= y0) region.box = {x0, y0, x1 - x0 + 1, y1 - y0 + 1};
    region.unitX = wordOf(item, DCM_PhysicalUnitsXDirection).value_or(0);
    region.unitY = wordOf(item, DCM_PhysicalUnitsYDirection).value_or(0);
    region.deltaX = realOf(item, DCM_PhysicalDeltaX);
    region.deltaY = realOf(item, DCM_PhysicalDeltaY);
    regions.push_back(region);
  }
  return regions;
}

/// PixelAspectRatio is height, width. PixelSpacing states mm that are of no use in ultrasound images
/// (scanners fill it with what they like), but their ratio holds.
double pixelAspectOf(DcmItem& dataset) {
  for (const DcmTagKey& tag : {DCM_PixelAspectRatio, DCM_PixelSpacing}) {
    const auto value = [&](unsigned long position) {
      OFString text;
      dataset.findAndGetOFString(tag, text, position);
      return numberIn(trimmed(text.c_str())).value_or(0.0);
    };
    const double high = value(0), wide = value(1);
    if (high > 0.0 && wide > 0.0) return wide / high;
  }
  return 1.0;
}

/// Seconds; frames without a stated time follow by the frame time, or by the display rate.
std::vector<double> timesOf(DcmItem& dataset, std::int64_t frames) {
  constexpr double kShortest = 1e-4;
  const auto usable = [](double ms) { return std::isfinite(ms) && ms > 0 && ms < 1e6; };
  std::vector<double> steps;
  OFString text;
  for (unsigned long i = 0; i < static_cast<unsigned long>(frames) &&
                            dataset.findAndGetOFString(DCM_FrameTimeVector, text, i).good();
       ++i)
    steps.push_back(numberIn(text.c_str()).value_or(0.0));
  double step = realOf(dataset, DCM_FrameTime);
  if (!usable(step)) step = numberIn(textOf(dataset, DCM_FrameTime)).value_or(0.0);
  for (const DcmTagKey& rate : {DCM_RecommendedDisplayFrameRate, DCM_CineRate})
    if (!usable(step)) step = 1000.0 / numberIn(textOf(dataset, rate)).value_or(0.0);
  if (steps.size() < 2 && !usable(step)) return {};
  if (!usable(step)) step = steps[1] > 0 ? steps[1] : 40.0;
  std::vector<double> times{0.0};
  for (std::size_t i = 1; i < static_cast<std::size_t>(frames); ++i) {
    const double ms = i < steps.size() && usable(steps[i]) ? steps[i] : (i < steps.size() ? 0.0 : step);
    times.push_back(times.back() + std::max(ms * 1e-3, kShortest));
  }
  return times;
}

/// Grey values of more than 8 bits as the file wants them shown, in stored units: true; else the whole range.
bool readGreyRange(DcmItem& dataset, DicomPixelFormat& format) {
  const double levels = std::ldexp(1.0, format.bitsStored);
  format.black = format.isSigned ? -levels / 2 : 0;
  format.white = format.black + levels - 1;
  if (format.bitsStored <= 8) return true;
  const auto centre =
      numberIn(textOf(dataset, DCM_WindowCenter).substr(0, textOf(dataset, DCM_WindowCenter).find('\\')));
  const auto width =
      numberIn(textOf(dataset, DCM_WindowWidth).substr(0, textOf(dataset, DCM_WindowWidth).find('\\')));
  if (!centre || !width || !(*width >= 2.0) || !std::isfinite(*centre)) return false;
  const double slope = numberIn(textOf(dataset, DCM_RescaleSlope)).value_or(1.0);
  const double intercept = numberIn(textOf(dataset, DCM_RescaleIntercept)).value_or(0.0);
  if (!(slope > 0)) return false;
  // PS3.3, C.11.2.1.2.1
  format.black = (*centre - 0.5 - (*width - 1) / 2 - intercept) / slope;
  format.white = (*centre - 0.5 + (*width - 1) / 2 - intercept) / slope;
  return true;
}

std::span<const std::uint16_t> wordsOf(DcmItem& dataset, const DcmTagKey& tag) {
  constexpr Uint32 kLongest = 4 * 65536;
  DcmElement* element = nullptr;
  const Uint16* words = nullptr;
  unsigned long count = 0;
  if (dataset.findAndGetElement(tag, element).bad() || element == nullptr ||
      element->getLength() > kLongest || dataset.findAndGetUint16Array(tag, words, &count).bad() ||
      words == nullptr)
    return {};
  return {words, count};
}

/// One colour of a palette; empty when there is none that can be read.
std::vector<std::uint16_t> paletteTable(DcmItem& dataset, const DcmTagKey& tag, const DcmTagKey& segmented,
                                        std::size_t entries) {
  const auto words = wordsOf(dataset, tag);
  if (words.size() >= entries) return {words.begin(), words.begin() + static_cast<std::ptrdiff_t>(entries)};
  if (words.empty())
    return expandedPalette(wordsOf(dataset, segmented), entries).value_or(std::vector<std::uint16_t>{});
  if (2 * words.size() < entries) return {};
  std::vector<std::uint16_t> unpacked;  // of 8 bits, two a word
  for (const std::uint16_t pair : words) {
    unpacked.push_back(pair & 0xff);
    unpacked.push_back(pair >> 8);
  }
  unpacked.resize(entries);
  return unpacked;
}

void readPalette(DcmItem& dataset, DicomPixelFormat& format, const std::string& where) {
  const auto fail = [&] {
    throw Error(where, "has a colour palette that cannot be read", "export it again as RGB or grey");
  };
  const auto entries = wordOf(dataset, DCM_RedPaletteColorLookupTableDescriptor, 0);
  const auto first = wordOf(dataset, DCM_RedPaletteColorLookupTableDescriptor, 1);
  if (!entries || !first) fail();
  const std::size_t count = *entries == 0 ? 65536u : static_cast<std::size_t>(*entries);
  const std::array tables = {paletteTable(dataset, DCM_RedPaletteColorLookupTableData,
                                          DCM_SegmentedRedPaletteColorLookupTableData, count),
                             paletteTable(dataset, DCM_GreenPaletteColorLookupTableData,
                                          DCM_SegmentedGreenPaletteColorLookupTableData, count),
                             paletteTable(dataset, DCM_BluePaletteColorLookupTableData,
                                          DCM_SegmentedBluePaletteColorLookupTableData, count)};
  std::uint16_t brightest = 0;
  for (const auto& table : tables) {
    if (table.size() != count) fail();
    brightest = std::max(brightest, *std::ranges::max_element(table));
  }
  // Some writers say 16 bits and write 8.
  const int down = brightest > 255 ? 8 : 0;
  format.paletteFirst = format.isSigned ? static_cast<std::int16_t>(*first) : *first;
  format.palette.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = 0; k < 3; ++k)
      format.palette[i][k] = static_cast<std::uint8_t>(tables[k][i] >> down);
}

Colour colourOf(const std::string& photometric, const std::string& where) {
  if (photometric == "MONOCHROME1") return Colour::GreyInverted;
  if (photometric == "MONOCHROME2") return Colour::Grey;
  if (photometric == "PALETTE COLOR") return Colour::Palette;
  if (photometric == "RGB" || photometric == "YBR_RCT" || photometric == "YBR_ICT") return Colour::Rgb;
  if (photometric == "YBR_FULL") return Colour::Ybr;
  if (photometric == "YBR_FULL_422") return Colour::Ybr422;
  throw Error(where, "has pixels of a kind that is not read (" + photometric + ")",
              "export it as RGB or grey");
}

DicomPixelFormat formatOf(DcmItem& dataset, const DicomDescription& description, const std::string& where) {
  DicomPixelFormat format;
  format.width = wordOf(dataset, DCM_Columns).value_or(0);
  format.height = wordOf(dataset, DCM_Rows).value_or(0);
  if (format.width < 1 || format.height < 1 || format.width > kLargestSide || format.height > kLargestSide)
    throw Error(
        where,
        "has pictures of " + std::to_string(format.width) + " x " + std::to_string(format.height) + " pixels",
        "give a file with pictures of 1 to " + std::to_string(kLargestSide) + " pixels a side");
  format.colour = colourOf(description.photometric, where);
  format.bitsAllocated = wordOf(dataset, DCM_BitsAllocated).value_or(0);
  format.bitsStored = wordOf(dataset, DCM_BitsStored).value_or(format.bitsAllocated);
  format.highBit = wordOf(dataset, DCM_HighBit).value_or(format.bitsStored - 1);
  format.isSigned = wordOf(dataset, DCM_PixelRepresentation).value_or(0) == 1;
  const bool sane = (format.bitsAllocated == 8 || format.bitsAllocated == 16) && format.bitsStored >= 1 &&
                    format.bitsStored <= format.bitsAllocated && format.highBit < format.bitsAllocated &&
                    format.highBit + 1 >= format.bitsStored;
  if (!sane)
    throw Error(where,
                "has pixels of " + std::to_string(format.bitsAllocated) + " bits (" +
                    std::to_string(format.bitsStored) + " used)",
                "give a file with 8 or 16 bit pixels");
  const int samples = wordOf(dataset, DCM_SamplesPerPixel).value_or(1);
  const bool isColour =
      format.colour == Colour::Rgb || format.colour == Colour::Ybr || format.colour == Colour::Ybr422;
  if (samples != (isColour ? 3 : 1) || (isColour && format.bitsAllocated != 8))
    throw Error(where, "contradicts itself about its colours", "export it again");
  format.planar = wordOf(dataset, DCM_PlanarConfiguration).value_or(0) == 1;
  format.levelsStated = readGreyRange(dataset, format);
  if (format.colour == Colour::Palette) readPalette(dataset, format, where);
  if (format.bytesPerFrame() > kLargestFrame)
    throw Error(where, "has pictures that are too large", "export it smaller");
  return format;
}

}  // namespace

struct DicomFile::Content {
  explicit Content(const fs::path& from) : path(from), where(from.string()) {
    startDicomLibrary();
    load();
    describe();
    findPixels();
  }

  void load() {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) throw Error(where, "there is no such file", "check the path");
    fileSize = fs::file_size(path, failed);
    requireShallowDicom(path);
    DcmFileFormat head;
    if (head.loadFile(path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_metaOnly).good()) {
      OFString syntax;
      head.getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, syntax);
      // Inflated as a whole: neither of known size nor in constant memory.
      if (syntax == UID_DeflatedExplicitVRLittleEndianTransferSyntax)
        throw Error(where, "is deflated as a whole, which is not read", "convert it with dcmconv");
    }
    const OFCondition loaded = file.loadFile(path.c_str());
    if (loaded.bad())
      throw Error(where, std::string("is not a DICOM file that can be read (") + loaded.text() + ")",
                  "check that it is DICOM and complete");
    dataset = file.getDataset();
  }

  void describe() {
    const DcmXfer syntax(dataset->getOriginalXfer());
    OFString sopClass;
    dataset->findAndGetOFString(DCM_SOPClassUID, sopClass);
    description.sopClass = dcmFindNameOfUID(sopClass.c_str(), "unknown");
    description.transferSyntax = syntax.getXferName();
    for (const char* video : {"MPEG", "HEVC"})
      if (description.transferSyntax.find(video) != std::string::npos)
        throw Error(where, "holds video (" + description.transferSyntax + "), which is not read from DICOM",
                    "export it uncompressed or as JPEG, or as an .mp4 file");
    description.modality = textOf(*dataset, DCM_Modality);
    description.photometric = textOf(*dataset, DCM_PhotometricInterpretation);
    description.manufacturer = textOf(*dataset, DCM_Manufacturer);
    description.derivation = textOf(*dataset, DCM_DerivationDescription);
    description.burnedIn = textOf(*dataset, DCM_BurnedInAnnotation) == "YES";
    description.deidentified = textOf(*dataset, DCM_PatientIdentityRemoved) == "YES";
    DcmElement* element = nullptr;
    dataset->findAndGetElement(DCM_PixelData, element);
    // With a damaged type DCMTK makes an element of another class of it.
    pixels = dynamic_cast<DcmPixelData*>(element);
    if (pixels == nullptr) throw Error(where, "holds no picture", "give a DICOM image");
    const std::string frames = textOf(*dataset, DCM_NumberOfFrames);
    description.frames = frames.empty() ? 1 : wholeNumberIn(frames).value_or(0);
    if (description.frames < 1 || description.frames > kMostFrames)
      throw Error(where, "says it has " + frames + " frames", "export it again");
    description.format = formatOf(*dataset, description, where);
    description.regions = regionsOf(*dataset);
    description.pixelAspect = pixelAspectOf(*dataset);
    description.scale =
        scaleFromRegions(description.regions, {description.format.width, description.format.height});
  }

  void findPixels() {
    E_TransferSyntax syntax = EXS_Unknown;
    const DcmRepresentationParameter* parameter = nullptr;
    pixels->getOriginalRepresentationKey(syntax, parameter);
    compressed = DcmXfer(syntax).isEncapsulated();
    jpeg2000 = syntax == EXS_JPEG2000 || syntax == EXS_JPEG2000LosslessOnly;
    rle = syntax == EXS_RLELossless;
    if (compressed) {
      if (pixels->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || sequence == nullptr ||
          sequence->card() < 2)
        throw Error(where, "has no compressed pictures in it", "export it again");
      findFragments();
    } else {
      const std::uint64_t length = pixels->getLength(syntax);
      const std::uint64_t bytes = description.format.bytesPerFrame();
      // A tag alone may promise a million frames.
      if (length < bytes || fileSize < bytes)
        throw Error(where, "is cut short, not even one picture is there", "copy it again");
    }
    // No frame is smaller than a byte of the file.
    if (static_cast<std::uint64_t>(description.frames) > fileSize)
      throw Error(where, "says it has more frames than it has bytes", "copy it again");
    description.times = timesOf(*dataset, description.frames);
  }

  DcmPixelItem& fragment(std::uint32_t index) {
    DcmPixelItem* item = nullptr;
    if (sequence->getItem(item, index).bad() || item == nullptr || item->getLength() > kLargestFragment ||
        item->getLength() > fileSize)
      throw Error(where, "has a damaged picture", "copy it again");
    return *item;
  }

  /// A code stream starts with its magic number; the rest of one does not.
  bool startsPicture(std::uint32_t index) {
    std::uint8_t magic[4] = {};
    DcmPixelItem& item = fragment(index);
    if (item.getLength() < sizeof magic || item.getPartialValue(magic, 0, sizeof magic).bad()) return false;
    return magic[0] == 0xff && (magic[1] == 0xd8 || magic[1] == 0x4f);
  }

  std::vector<std::uint32_t> startsFromOffsets(std::uint32_t fragments) {
    DcmPixelItem& table = fragment(0);
    const auto frames = static_cast<std::size_t>(description.frames);
    std::vector<std::uint32_t> found;
    if (table.getLength() != 4 * frames) return found;
    std::vector<std::uint32_t> offsets(frames);
    if (table.getPartialValue(offsets.data(), 0, table.getLength()).bad()) return found;
    std::uint64_t at = 0;
    for (std::uint32_t i = 1; i <= fragments && found.size() < frames; ++i) {
      if (offsets[found.size()] == at) found.push_back(i);
      at += 8 + fragment(i).getLength();
    }
    return found;
  }

  /// Which fragments make up which frame.
  void findFragments() {
    const auto fragments = static_cast<std::uint32_t>(sequence->card() - 1);
    const auto frames = static_cast<std::size_t>(description.frames);
    if (frames == 1) {
      starts = {1};
    } else if (fragments == frames) {
      for (std::uint32_t i = 1; i <= fragments; ++i) starts.push_back(i);
    } else {
      starts = startsFromOffsets(fragments);
      if (starts.size() != frames) {
        starts.clear();
        for (std::uint32_t i = 1; i <= fragments; ++i)
          if (startsPicture(i)) starts.push_back(i);
      }
    }
    if (starts.size() != frames)
      throw Error(where,
                  "says it has " + std::to_string(frames) + " frames, and has " +
                      std::to_string(starts.size()) + " pictures in " + std::to_string(fragments) +
                      " fragments",
                  "copy or export it again");
    starts.push_back(fragments + 1);
  }

  std::vector<std::uint8_t> streamOf(std::size_t frame) {
    std::vector<std::uint8_t> stream;
    for (std::uint32_t i = starts[frame]; i < starts[frame + 1]; ++i) {
      DcmPixelItem& item = fragment(i);
      const std::size_t before = stream.size();
      if (before + item.getLength() > kLargestFragment) break;
      stream.resize(before + item.getLength());
      if (item.getPartialValue(stream.data() + before, 0, item.getLength()).bad()) stream.resize(before);
    }
    return stream;
  }

  [[noreturn]] void failAt(std::int64_t frame, const std::string& why) const {
    throw Error(where, "its frame " + std::to_string(frame) + " cannot be read (" + why + ")",
                "copy it again");
  }

  cv::Mat read(std::int64_t frame) {
    if (!description.format.levelsStated) settleLevels();
    DicomPixelFormat format = description.format;
    return pictureFrom(format, samplesOf(frame, format));
  }

  std::vector<std::uint8_t> samplesOf(std::int64_t frame, DicomPixelFormat& format) {
    std::vector<std::uint8_t> samples = !compressed ? nativeSamples(frame)
                                        : jpeg2000  ? jpeg2000Samples(frame, format)
                                                    : decodedSamples(frame, format);
    if (samples.size() < format.bytesPerFrame()) failAt(frame, "it is too short");
    return samples;
  }

  /// Grey of more than 8 bits without a window: the bits really used, by frames spread over all.
  void settleLevels() {
    constexpr std::int64_t kMostLookedAt = 16;
    description.format.levelsStated = true;
    GreyRange range;
    const std::int64_t looks = std::min(description.frames, kMostLookedAt);
    for (std::int64_t i = 0; i < looks; ++i) {
      try {
        DicomPixelFormat format = description.format;
        const auto samples = samplesOf(i * description.frames / looks, format);
        widen(range, format, samples);
      } catch (const Error&) {  // a damaged frame is told when it is read
      }
    }
    if (range.empty()) return;
    description.format.black = range.black();
    description.format.white = range.white();
  }

  std::vector<std::uint8_t> nativeSamples(std::int64_t frame) {
    const std::uint64_t size = description.format.bytesPerFrame();
    const std::uint64_t offset = size * static_cast<std::uint64_t>(frame);
    if (offset + size > pixels->getLength() || offset + size > fileSize)
      failAt(frame, "the file is cut short");
    std::vector<std::uint8_t> samples(size);
    const OFCondition read = pixels->getPartialValue(samples.data(), static_cast<Uint32>(offset),
                                                     static_cast<Uint32>(size), &cache, gLocalByteOrder);
    if (read.bad()) failAt(frame, read.text());
    return samples;
  }

  std::vector<std::uint8_t> jpeg2000Samples(std::int64_t frame, DicomPixelFormat& format) {
    format.planar = false;
    if (format.colour == Colour::Ybr422) format.colour = Colour::Ybr;
    const bool isColour = format.colour == Colour::Rgb || format.colour == Colour::Ybr;
    const auto decoded =
        decodeJpeg2000(streamOf(static_cast<std::size_t>(frame)), {.width = format.width,
                                                                   .height = format.height,
                                                                   .components = isColour ? 3 : 1,
                                                                   .bits = format.bitsAllocated});
    if (!decoded) failAt(frame, "damaged JPEG 2000, or not of the size the file states");
    return *decoded;
  }

  std::vector<std::uint8_t> decodedSamples(std::int64_t frame, DicomPixelFormat& format) {
    const auto index = static_cast<std::size_t>(frame);
    JpegColour colour = JpegColour::NotSaid;
    if (!rle) {
      const std::vector<std::uint8_t> stream = streamOf(index);
      const auto header = jpegHeader(stream);
      colour = jpegColour(stream);
      if (!header || header->width != format.width || header->height != format.height)
        failAt(frame, "its JPEG is damaged, or not of the size the file states");
    } else if (starts[index + 1] - starts[index] != 1) {
      failAt(frame, "an RLE picture in several fragments");
    } else if (!rleStaysWithin(streamOf(index), static_cast<std::size_t>(format.width) *
                                                    static_cast<std::size_t>(format.height))) {
      failAt(frame, "its RLE is damaged");
    }
    if (format.colour == Colour::Ybr422) format.colour = Colour::Ybr;  // the decoder fills colour up
    std::vector<std::uint8_t> samples((format.bytesPerFrame() + 1) / 2 * 2);
    OFString model;
    Uint32 start = starts[index];
    const OFCondition decoded =
        pixels->getUncompressedFrame(dataset, static_cast<Uint32>(frame), start, samples.data(),
                                     static_cast<Uint32>(samples.size()), model, &cache);
    for (std::uint32_t i = starts[index]; i < starts[index + 1]; ++i) fragment(i).compact();
    if (decoded.bad()) failAt(frame, decoded.text());
    if (!rle) {
      format.planar = false;
      if (model == "RGB") format.colour = Colour::Rgb;
      if (model == "YBR_FULL") format.colour = Colour::Ybr;
      // The decoder leaves colours alone that the file calls RGB; what the stream says of itself is what it
      // is.
      if (description.format.colour == Colour::Rgb && colour == JpegColour::Ybr) format.colour = Colour::Ybr;
    }
    return samples;
  }

  fs::path path;
  std::string where;
  std::uint64_t fileSize = 0;
  DcmFileFormat file;
  DcmDataset* dataset = nullptr;
  DcmPixelData* pixels = nullptr;
  DcmPixelSequence* sequence = nullptr;
  DcmFileCache cache;
  DicomDescription description;
  bool compressed = false, jpeg2000 = false, rle = false;
  std::vector<std::uint32_t> starts;  ///< first fragment of each frame, and one past the last
};

DicomFile::DicomFile(const fs::path& path) : content_(std::make_unique<Content>(path)) {}
DicomFile::~DicomFile() = default;

const DicomDescription& DicomFile::description() const { return content_->description; }
cv::Mat DicomFile::picture(std::int64_t frame) { return content_->read(frame); }

namespace {

std::string lineOf(const DicomRegion& region) {
  std::ostringstream line;
  line << "  region x " << region.box.x << ".." << region.box.x + region.box.width - 1 << ", y "
       << region.box.y << ".." << region.box.y + region.box.height - 1 << ", format " << region.spatialFormat
       << ", type " << region.dataType << ", units " << region.unitX << "," << region.unitY << ", deltas "
       << region.deltaX << "," << region.deltaY << "\n";
  return line.str();
}

}  // namespace

std::string dicomInfo(const fs::path& path) {
  DicomFile file(path);
  const DicomDescription& is = file.description();
  std::ostringstream out;
  out << path.string() << "\n"
      << "  " << is.sopClass << ", " << is.modality << ", " << is.transferSyntax << "\n"
      << "  " << is.format.width << " x " << is.format.height << ", " << is.frames
      << (is.frames == 1 ? " frame, " : " frames, ") << is.photometric << ", " << is.format.bitsStored
      << " bit\n";
  if (is.times.size() > 1) out << "  " << is.times.back() << " s from the first to the last frame\n";
  for (const DicomRegion& region : is.regions) out << lineOf(region);
  if (is.scale.spacingMm) {
    out << "  pixel spacing " << is.scale.spacingMm->x() << " x " << is.scale.spacingMm->y() << " mm\n";
  } else {
    out << "  pixel spacing unknown: " << is.scale.reason << "\n";
  }
  if (!is.derivation.empty()) out << "  derivation: " << is.derivation << "\n";
  out << "  identity removed: " << (is.deidentified ? "yes" : "no")
      << ", burned-in annotation: " << (is.burnedIn ? "yes" : "not stated") << "\n";
  return out.str();
}

}  // namespace acuguide::acquisition
