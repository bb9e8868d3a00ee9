#include "interop/dicom_export.h"

#include "acquisition/dicom/dicom_file.h"
#include "acquisition/dicom/dicom_library.h"
#include "acquisition/dicom/dicom_regions.h"
#include "acquisition/dicom/dicom_source.h"
#include "core/error.h"
#include "core/grey.h"
#include "core/version.h"
#include "core/whole_file.h"
#include "interop/dicom_identity.h"
#include "interop/picture_cleaner.h"

#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstdio>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcistrmf.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fstream>
#include <vector>

namespace acuguide::interop {
namespace {

namespace fs = std::filesystem;

/// A file that is gone with the object.
class PassingFile {
 public:
  explicit PassingFile(fs::path path) : path_(std::move(path)) {}
  ~PassingFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

/// What one pass over the frames has found.
struct Pictures {
  cv::Size size;
  int channels = 1;
  std::vector<double> times;
  std::optional<Eigen::Vector2d> spacingMm;
  bool oneSpacing = true;
  double pixelAspect = 1.0;
  cv::Rect region;  ///< of the picture's content; the whole picture where none was found
  bool cleaned = false;
  int framesRead = 0;
  std::uint64_t bytes = 0;
};

void require(const Frame& frame, const Pictures& pictures, const std::string& name) {
  constexpr std::uint64_t kMostBytes = 0xfffffff0u;
  if (frame.pixels.size() != pictures.size || frame.pixels.channels() != pictures.channels)
    throw Error(name, "its picture changes its size at frame " + std::to_string(frame.index),
                "export the parts on their own");
  if (pictures.bytes + frame.pixels.total() * frame.pixels.elemSize() > kMostBytes)
    throw Error(name, "is longer than the 4 GB that one DICOM file can hold", "export a shorter session");
}

Pictures writePixels(acquisition::FrameSource& source, const fs::path& to, bool clean,
                     const std::vector<cv::Rect>& stated) {
  const std::string& name = source.info().name;
  if (source.info().live) throw Error(name, "is live", "record it, then export the recording");
  PictureCleaner cleaner(stated);
  if (clean) cleaner.survey(source);
  std::ofstream file(to, std::ios::binary);
  Pictures pictures;
  imaging::RegionFinder finder;
  cv::Mat grey;
  while (std::optional<Frame> frame = source.read()) {
    if (pictures.times.empty()) {
      pictures.size = frame->pixels.size();
      pictures.channels = frame->pixels.channels();
      pictures.spacingMm = frame->geometry.spacingMm;
      pictures.pixelAspect = frame->geometry.pixelAspect;
    }
    require(*frame, pictures, name);
    if (frame->geometry.spacingMm != pictures.spacingMm) pictures.oneSpacing = false;
    cv::Mat pixels = clean ? cleaner.process(frame->pixels) : frame->pixels;
    if (clean)
      pictures.region = cleaner.region();
    else if (const imaging::ImagingRegion found = finder.process(greyOf(frame->pixels, grey));
             !found.bounds.empty())
      pictures.region = found.bounds;
    if (pixels.channels() == 3) cv::cvtColor(pixels, pixels, cv::COLOR_BGR2RGB);
    if (!pixels.isContinuous()) pixels = pixels.clone();
    const std::size_t bytes = pixels.total() * pixels.elemSize();
    file.write(reinterpret_cast<const char*>(pixels.data), static_cast<std::streamsize>(bytes));
    pictures.bytes += bytes;
    pictures.times.push_back(frame->time);
  }
  if (pictures.times.empty()) throw Error(name, "holds no frame", "record a new one");
  if (pictures.bytes % 2 != 0) file.put('\0'), ++pictures.bytes;
  file.close();
  if (!file) throw Error(to.string(), "cannot be written", "check the folder and the space on its disk");
  if (pictures.region.empty()) pictures.region = cv::Rect({0, 0}, pictures.size);
  pictures.cleaned = clean && cleaner.isChecked();
  pictures.framesRead = cleaner.framesRead();
  return pictures;
}

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  if (item.putAndInsertString(tag, value.c_str()).bad())
    throw Error("DICOM", "cannot hold \"" + value + "\"", "shorten it");
}

void number(DcmItem& item, const DcmTagKey& tag, int value) {
  item.putAndInsertUint16(tag, static_cast<Uint16>(value));
}

/// Milliseconds between the frames, each rounded so that their sum stays true. Explicit VRs have 64 kB for
/// it; of longer ones only the mean is said.
void putTimes(DcmItem& dataset, const std::vector<double>& times) {
  std::string steps = "0";
  double written = 0;
  for (std::size_t i = 1; i < times.size(); ++i) {
    char text[32];
    const double ms = std::max((times[i] - times[0]) * 1e3 - written, 0.0);
    std::snprintf(text, sizeof text, "%.3f", ms);
    written += std::round(ms * 1e3) / 1e3;
    steps.append("\\").append(text);
  }
  const bool many = times.size() > 1;
  const double mean =
      many ? (times.back() - times.front()) * 1e3 / static_cast<double>(times.size() - 1) : 40.0;
  if (steps.size() < 65000 && many) {
    put(dataset, DCM_FrameTimeVector, steps);
    dataset.putAndInsertTagKey(DCM_FrameIncrementPointer, DCM_FrameTimeVector);
  } else {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", mean);
    put(dataset, DCM_FrameTime, text);
    dataset.putAndInsertTagKey(DCM_FrameIncrementPointer, DCM_FrameTime);
  }
  if (mean > 0)
    put(dataset, DCM_RecommendedDisplayFrameRate, std::to_string(std::max(1L, std::lround(1000.0 / mean))));
}

void putRegion(DcmItem& dataset, const Pictures& pictures) {
  if (!pictures.spacingMm || !pictures.oneSpacing) return;
  DcmItem* region = nullptr;
  dataset.findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, region, -2);
  number(*region, DCM_RegionSpatialFormat, 1);
  number(*region, DCM_RegionDataType, 1);
  region->putAndInsertUint32(DCM_RegionFlags, 2);  // opaque; in scan lines' own units: no
  const cv::Rect& box = pictures.region;
  region->putAndInsertUint32(DCM_RegionLocationMinX0, static_cast<Uint32>(box.x));
  region->putAndInsertUint32(DCM_RegionLocationMinY0, static_cast<Uint32>(box.y));
  region->putAndInsertUint32(DCM_RegionLocationMaxX1, static_cast<Uint32>(box.x + box.width - 1));
  region->putAndInsertUint32(DCM_RegionLocationMaxY1, static_cast<Uint32>(box.y + box.height - 1));
  number(*region, DCM_PhysicalUnitsXDirection, 3);  // cm
  number(*region, DCM_PhysicalUnitsYDirection, 3);
  region->putAndInsertFloat64(DCM_PhysicalDeltaX, pictures.spacingMm->x() / 10.0);
  region->putAndInsertFloat64(DCM_PhysicalDeltaY, pictures.spacingMm->y() / 10.0);
}

/// Height and width of pixels that are not square; an original that states them already keeps its own.
void putPixelAspect(DcmItem& dataset, const Pictures& pictures) {
  if (dataset.tagExistsWithValue(DCM_PixelAspectRatio) || dataset.tagExistsWithValue(DCM_PixelSpacing))
    return;
  const double aspect = pictures.spacingMm && pictures.oneSpacing
                            ? pictures.spacingMm->x() / pictures.spacingMm->y()
                            : pictures.pixelAspect;
  constexpr int kHeight = 10000;
  const long width = std::lround(aspect * kHeight);
  if (width != kHeight)
    put(dataset, DCM_PixelAspectRatio, std::to_string(kHeight) + "\\" + std::to_string(width));
}

void putPictures(DcmItem& dataset, const Pictures& pictures) {
  number(dataset, DCM_SamplesPerPixel, pictures.channels);
  put(dataset, DCM_PhotometricInterpretation, pictures.channels == 3 ? "RGB" : "MONOCHROME2");
  if (pictures.channels == 3) number(dataset, DCM_PlanarConfiguration, 0);
  put(dataset, DCM_NumberOfFrames, std::to_string(pictures.times.size()));
  number(dataset, DCM_Rows, pictures.size.height);
  number(dataset, DCM_Columns, pictures.size.width);
  putPixelAspect(dataset, pictures);
  number(dataset, DCM_BitsAllocated, 8);
  number(dataset, DCM_BitsStored, 8);
  number(dataset, DCM_HighBit, 7);
  number(dataset, DCM_PixelRepresentation, 0);
}

/// Whoever states a number of frames must say what leads from one to the next (PS3.3, C.7.6.6): the original
/// does, or the times do. A single image of a kind that has no frames states neither.
void putFramesOf(DcmDataset& dataset, const Pictures& pictures) {
  OFString sopClass;
  dataset.findAndGetOFString(DCM_SOPClassUID, sopClass);
  const bool single = pictures.times.size() == 1 && (sopClass == UID_UltrasoundImageStorage ||
                                                     sopClass == UID_SecondaryCaptureImageStorage);
  if (single) {
    for (const DcmTagKey& tag :
         {DCM_NumberOfFrames, DCM_FrameIncrementPointer, DCM_FrameTime, DCM_FrameTimeVector})
      delete dataset.remove(tag);
  } else if (!dataset.tagExistsWithValue(DCM_FrameIncrementPointer) ||
             (!dataset.tagExistsWithValue(DCM_FrameTime) &&
              !dataset.tagExistsWithValue(DCM_FrameTimeVector))) {
    putTimes(dataset, pictures.times);
  }
}

/// What the standard demands of every image of this kind, empty where nobody knows.
void putFrame(DcmItem& dataset, const DicomExportOptions& options, const Pictures& pictures) {
  const auto uid = [&](const char* what) { return uidFromText(options.identity + "\n" + what); };
  put(dataset, DCM_SpecificCharacterSet, "ISO_IR 192");
  put(dataset, DCM_SOPClassUID, UID_UltrasoundMultiframeImageStorage);
  put(dataset, DCM_SOPInstanceUID, uid(pictures.cleaned ? "image, cleaned" : "image"));
  put(dataset, DCM_StudyInstanceUID, uid("study"));
  put(dataset, DCM_SeriesInstanceUID, uid("series"));
  put(dataset, DCM_PatientName, options.patientName.empty() ? options.patientId : options.patientName);
  put(dataset, DCM_PatientID, options.patientId);
  for (const DcmTagKey& tag :
       {DCM_PatientBirthDate, DCM_PatientSex, DCM_ReferringPhysicianName, DCM_AccessionNumber, DCM_StudyID,
        DCM_SeriesNumber, DCM_PatientOrientation, DCM_Laterality})
    put(dataset, tag, "");
  const std::string& utc = options.startedUtc;  // 2026-11-25T03:31:54Z
  const bool dated = utc.size() >= 19;
  const std::string date = dated ? utc.substr(0, 4) + utc.substr(5, 2) + utc.substr(8, 2) : "";
  const std::string time = dated ? utc.substr(11, 2) + utc.substr(14, 2) + utc.substr(17, 2) : "";
  put(dataset, DCM_StudyDate, date), put(dataset, DCM_StudyTime, time);
  put(dataset, DCM_ContentDate, date), put(dataset, DCM_ContentTime, time);
  if (dated) put(dataset, DCM_TimezoneOffsetFromUTC, "+0000");
  put(dataset, DCM_Modality, "US");
  put(dataset, DCM_Manufacturer, "acuguide");
  put(dataset, DCM_ManufacturerModelName, "acuguide");
  put(dataset, DCM_SoftwareVersions, version);
  put(dataset, DCM_InstanceNumber, "1");
  put(dataset, DCM_ImageType, "DERIVED\\PRIMARY");
  put(dataset, DCM_SeriesDescription, "acuguide session");
}

void putDerivation(DcmItem& dataset, const Pictures& pictures) {
  put(dataset, DCM_DerivationDescription,
      std::string("Recorded by acuguide; no overlay is drawn into the pictures") +
          (pictures.cleaned ? "; pixels outside the imaging region, and text inside, are black"
                            : "; text in the pictures was not looked for"));
  put(dataset, DCM_BurnedInAnnotation, pictures.cleaned ? "NO" : "YES");
  put(dataset, DCM_LossyImageCompression, "00");
}

/// The data set with the pixels of `from` as `out`, whole or not at all.
void save(DcmFileFormat& file, const fs::path& pixels, std::uint64_t bytes, const fs::path& out,
          WholeFile& whole) {
  auto element = std::make_unique<DcmPixelData>(DCM_PixelData);
  element->setVR(EVR_OB);
  if (element
          ->createValueFromTempFile(new DcmInputFileStreamFactory(pixels.c_str(), 0),
                                    static_cast<Uint32>(bytes), EBO_LittleEndian)
          .bad() ||
      file.getDataset()->insert(element.release(), OFTrue).bad())
    throw Error(out.string(), "its pixels cannot be stored", "report this");
  const OFCondition saved = file.saveFile(whole.part().c_str(), EXS_LittleEndianExplicit);
  if (saved.bad())
    throw Error(out.string(), std::string("cannot be written (") + saved.text() + ")",
                "check the folder and the space on its disk");
  whole.commit();
}

DicomExportSummary summaryOf(DcmItem& dataset, const Pictures& pictures) {
  OFString uid;
  dataset.findAndGetOFString(DCM_SOPInstanceUID, uid);
  return {static_cast<std::int64_t>(pictures.times.size()), pictures.cleaned, pictures.framesRead,
          std::string(uid.c_str())};
}

}  // namespace

DicomExportSummary exportDicom(acquisition::FrameSource& source, const fs::path& out,
                               const DicomExportOptions& options) {
  acquisition::startDicomLibrary();
  WholeFile whole(out, "the image");
  const PassingFile pixels(whole.part().string() + ".pixels");
  const Pictures pictures = writePixels(source, pixels.path(), options.deidentify, options.regions);
  DcmFileFormat file;
  DcmDataset& dataset = *file.getDataset();
  putFrame(dataset, options, pictures);
  putPictures(dataset, pictures);
  putTimes(dataset, pictures.times);
  putRegion(dataset, pictures);
  if (options.deidentify) removeIdentity(dataset, options.key, pictures.cleaned);
  putDerivation(dataset, pictures);
  save(file, pixels.path(), pictures.bytes, out, whole);
  return summaryOf(dataset, pictures);
}

DicomExportSummary deidentifyDicom(const fs::path& in, const fs::path& out, const std::string& key) {
  acquisition::DicomSource source(in.string());
  WholeFile whole(out, "the image");
  const PassingFile pixels(whole.part().string() + ".pixels");
  const auto stated = acquisition::DicomFile(in).description();
  const Pictures pictures =
      writePixels(source, pixels.path(), true,
                  acquisition::tissueRegions(stated.regions, {stated.format.width, stated.format.height}));
  DcmFileFormat original, file;
  if (original.loadFile(in.c_str()).bad()) throw Error(in.string(), "cannot be read", "check the file");
  DcmDataset& dataset = *file.getDataset();
  DcmDataset& from = *original.getDataset();
  delete from.remove(DCM_PixelData);
  for (unsigned long i = 0; i < from.card(); ++i)
    dataset.insert(static_cast<DcmElement*>(from.getElement(i)->clone()));
  for (const DcmTagKey& tag :
       {DCM_RedPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableDescriptor,
        DCM_BluePaletteColorLookupTableDescriptor, DCM_RedPaletteColorLookupTableData,
        DCM_GreenPaletteColorLookupTableData, DCM_BluePaletteColorLookupTableData, DCM_WindowCenter,
        DCM_WindowWidth, DCM_RescaleSlope, DCM_RescaleIntercept, DCM_PlanarConfiguration,
        DCM_SmallestImagePixelValue, DCM_LargestImagePixelValue})
    delete dataset.remove(tag);
  // Lossy once, lossy for ever: what the file says of that stays. The rest is of the pictures as written now.
  OFString lossy;
  dataset.findAndGetOFString(DCM_LossyImageCompression, lossy);
  removeIdentity(dataset, key, pictures.cleaned);
  putPictures(dataset, pictures);
  putFramesOf(dataset, pictures);
  put(dataset, DCM_ImageType, "DERIVED\\PRIMARY");
  putDerivation(dataset, pictures);
  if (!lossy.empty()) put(dataset, DCM_LossyImageCompression, lossy.c_str());
  save(file, pixels.path(), pictures.bytes, out, whole);
  return summaryOf(dataset, pictures);
}

}  // namespace acuguide::interop
