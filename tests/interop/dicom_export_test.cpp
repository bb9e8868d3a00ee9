#include "interop/dicom_export.h"

#include "acquisition/dicom/dicom_library.h"
#include "acquisition/dicom/dicom_source.h"
#include "core/clock.h"
#include "core/error.h"
#include "interop/dicom_identity.h"
#include "interop/given_frames.h"
#include "interop/picture_cleaner.h"
#include "recording/session_samples.h"
#include "simulation/simulated_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fstream>
#include <sstream>

namespace acuguide::interop {
namespace {

namespace samples = recording::samples;
using samples::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

std::vector<Frame> recorded(std::int64_t count, bool colour = false) {
  std::vector<Frame> frames;
  for (std::int64_t i = 0; i < count; ++i) frames.push_back(*samples::frame(i, colour));
  return frames;
}

std::vector<Frame> readBack(const fs::path& file) {
  acquisition::DicomSource source(file.string());
  std::vector<Frame> frames;
  while (auto frame = source.read()) frames.push_back(std::move(*frame));
  return frames;
}

DicomExportOptions options() {
  DicomExportOptions options;
  options.patientId = "A-17";
  options.patientName = "Miller^Anna";
  options.startedUtc = "2026-11-25T03:31:54Z";
  options.identity = "one session";
  return options;
}

std::string bytesOf(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::string outputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer;
  while (pipe != nullptr && fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  if (pipe != nullptr) pclose(pipe);
  return output;
}

bool isInstalled(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;
}

/// What the checker of dicom3tools, which knows the standard's tables, calls an error.
std::string errorsIn(const fs::path& file) {
  std::istringstream lines(outputOf("dciodvfy '" + file.string() + "' 2>&1"));
  std::string errors;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("Error")) errors += line + "\n";
  return errors;
}

std::string valueIn(const fs::path& file, const DcmTagKey& tag) {
  acquisition::startDicomLibrary();
  DcmFileFormat format;
  EXPECT_TRUE(format.loadFile(file.c_str()).good());
  OFString value;
  format.getDataset()->findAndGetOFStringArray(tag, value);
  return value.c_str();
}

/// One picture of tissue; samples::frame() has none that could be told from a screen.
Frame simulated(int seed) {
  return *simulation::simulatorKind().open("sim:no_needle?seed=" + std::to_string(seed))->read();
}

class DicomExport : public testing::TestWithParam<bool> {};

TEST_P(DicomExport, ReadsBackBitForBitWithTimesAndScale) {
  const TemporaryFolder folder;
  GivenFrames source(recorded(7, GetParam()));
  const auto summary = exportDicom(source, folder / "out.dcm", options());
  EXPECT_EQ(summary.frames, 7);
  const auto frames = readBack(folder / "out.dcm");
  const auto originals = recorded(7, GetParam());
  ASSERT_EQ(frames.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_TRUE(samples::samePixels(frames[i].pixels, originals[i].pixels)) << i;
    EXPECT_NEAR(frames[i].time, originals[i].time - originals[0].time, 0.0006) << i;
    ASSERT_TRUE(frames[i].geometry.spacingMm);
    EXPECT_TRUE(frames[i].geometry.spacingMm->isApprox(*originals[i].geometry.spacingMm, 1e-12));
  }
  EXPECT_FALSE(fs::exists(folder / "out.dcm.pixels"));
}

TEST_P(DicomExport, IsAcceptedByAnIndependentChecker) {
  if (!isInstalled("dciodvfy")) GTEST_SKIP() << "dciodvfy (Debian's dicom3tools) is not installed";
  const TemporaryFolder folder;
  for (const bool deidentify : {false, true}) {
    std::vector<Frame> frames(3);
    for (std::size_t i = 0; i < frames.size(); ++i) {
      frames[i] = simulated(3);
      if (GetParam()) cv::cvtColor(frames[i].pixels, frames[i].pixels, cv::COLOR_GRAY2BGR);
      frames[i].time = 0.04 * static_cast<double>(i);
    }
    GivenFrames source(frames);
    DicomExportOptions chosen = options();
    chosen.deidentify = deidentify;
    exportDicom(source, folder / "out.dcm", chosen);
    EXPECT_EQ(errorsIn(folder / "out.dcm"), "") << deidentify;
  }
}

INSTANTIATE_TEST_SUITE_P(GreyAndColour, DicomExport, testing::Bool(),
                         [](const auto& chosen) { return chosen.param ? "Colour" : "Grey"; });

TEST(DicomExportFile, PixelsThatAreNotSquareStaySo) {
  const TemporaryFolder folder;
  std::vector<Frame> frames(2, simulated(3));
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i].time = static_cast<double>(i) / 30.0;
    frames[i].geometry.spacingMm.reset();
    frames[i].geometry.pixelAspect = 1.5;
  }
  GivenFrames source(frames);
  exportDicom(source, folder / "out.dcm", options());
  EXPECT_DOUBLE_EQ(readBack(folder / "out.dcm").front().geometry.pixelAspect, 1.5);
}

TEST(DicomExportFile, SaysWhatItIs) {
  const TemporaryFolder folder;
  GivenFrames source(recorded(2));
  exportDicom(source, folder / "out.dcm", options());
  EXPECT_EQ(valueIn(folder / "out.dcm", DCM_PatientID), "A-17");
  EXPECT_EQ(valueIn(folder / "out.dcm", DCM_StudyDate), "20261125");
  EXPECT_THAT(valueIn(folder / "out.dcm", DCM_DerivationDescription), HasSubstr("no overlay"));
}

TEST(DicomExportFile, WithoutDeidentificationItSaysThatNamesMayStandInIt) {
  const TemporaryFolder folder;
  GivenFrames source(recorded(2));
  EXPECT_FALSE(exportDicom(source, folder / "out.dcm", options()).pixelsCleaned);
  EXPECT_EQ(valueIn(folder / "out.dcm", DCM_BurnedInAnnotation), "YES");
  EXPECT_THAT(valueIn(folder / "out.dcm", DCM_DerivationDescription),
              HasSubstr("text in the pictures was not looked for"));
  EXPECT_THAT(bytesOf(folder / "out.dcm"), Not(HasSubstr("113101")));
}

TEST(DicomExportFile, AgainIsTheSameInstance) {
  const TemporaryFolder folder;
  GivenFrames once(recorded(2)), again(recorded(2)), other(recorded(2));
  const auto first = exportDicom(once, folder / "1.dcm", options());
  EXPECT_EQ(exportDicom(again, folder / "2.dcm", options()).sopInstanceUid, first.sopInstanceUid);
  DicomExportOptions elsewhere = options();
  elsewhere.identity = "another session";
  EXPECT_NE(exportDicom(other, folder / "3.dcm", elsewhere).sopInstanceUid, first.sopInstanceUid);
}

TEST(DicomExportFile, WhatCannotBeExportedLeavesNothingBehind) {
  const TemporaryFolder folder;
  const auto refusalOf = [&](std::vector<Frame> frames, bool deidentify = false) {
    GivenFrames source(std::move(frames));
    DicomExportOptions chosen = options();
    chosen.deidentify = deidentify;
    try {
      exportDicom(source, folder / "out.dcm", chosen);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("exported");
  };
  EXPECT_THAT(refusalOf({}), HasSubstr("no frame"));
  auto mixed = recorded(2);
  mixed[1].pixels = samples::picture(1, {50, 40});
  EXPECT_THAT(refusalOf(mixed), HasSubstr("changes its size"));
  auto blank = recorded(2);
  for (Frame& frame : blank) frame.pixels = cv::Mat::zeros(480, 640, CV_8UC1);
  EXPECT_THAT(refusalOf(blank, true), HasSubstr("no ultrasound image was found"));
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

// ---- identity

TEST(DicomIdentity, UidsAreValidAndTheirOwn) {
  const std::string uid = uidFromText("a");
  EXPECT_EQ(uid, uidFromText("a"));
  EXPECT_NE(uid, uidFromText("b"));
  EXPECT_TRUE(uid.starts_with("2.25."));
  EXPECT_LE(uid.size(), 64u);
  EXPECT_NE(uid[5], '0');
}

/// A data set that holds the patient's name wherever a scanner may have put it.
void fillWithIdentity(DcmItem& dataset) {
  const auto put = [&](const DcmTagKey& tag, const char* value) {
    EXPECT_TRUE(dataset.putAndInsertString(tag, value).good()) << tag.toString().c_str();
  };
  put(DCM_SOPClassUID, UID_UltrasoundImageStorage);
  put(DCM_SOPInstanceUID, "1.3.6.1.4.1.55555.4.77");
  put(DCM_StudyInstanceUID, "1.3.6.1.4.1.55555.4.78");
  put(DCM_FrameOfReferenceUID, "1.3.6.1.4.1.55555.4.78");
  put(DCM_PatientName, "ZIMMERMANN^GRETA");
  put(DCM_PatientID, "HOSP445566");
  put(DCM_PatientBirthDate, "19580317");
  put(DCM_PatientSex, "F");
  put(DCM_StudyDate, "20240229");
  put(DCM_AcquisitionDateTime, "20240229101500.25");
  put(DCM_StudyTime, "101500");
  put(DCM_InstitutionName, "ZIMMERMANN Clinic");
  put(DCM_ReferringPhysicianName, "DOCTORNAME^X");
  put(DCM_StudyDescription, "ZIMMERMANN knee");
  put(DCM_PerformedProcedureStepDescription, "ZIMMERMANN knee");
  put(DCM_StationName, "ZIMMERROOM");
  put(DCM_DeviceSerialNumber, "SERIAL998877");
  put(DCM_Manufacturer, "Maker");
  put(DCM_Modality, "US");
  put(DCM_PatientComments, "ZIMMERMANN came late");
  put(DCM_TransducerType, "LINEAR");
  dataset.putAndInsertFloat64(DCM_RescaleSlope, 1.0);
  DcmItem* item = nullptr;
  dataset.findOrCreateSequenceItem(DCM_RequestAttributesSequence, item, -2);
  item->putAndInsertString(DCM_ScheduledProcedureStepDescription, "ZIMMERMANN");
  dataset.findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, item, -2);
  item->putAndInsertUint16(DCM_RegionSpatialFormat, 1);
  item->putAndInsertString(DCM_PatientComments, "ZIMMERMANN hidden deeper");
  dataset.putAndInsertString(DcmTag(0x0009, 0x0010, EVR_LO), "PRIVATE ZIMMERMANN");
  dataset.putAndInsertString(DcmTag(0x0009, 0x1001, EVR_LO), "ZIMMERMANN");
  dataset.putAndInsertString(DcmTag(0x6000, 0x0022, EVR_LO), "ZIMMERMANN overlay");
}

TEST(DicomIdentity, NothingOfItIsLeftInAnyByte) {
  acquisition::startDicomLibrary();
  const TemporaryFolder folder;
  DcmFileFormat file;
  fillWithIdentity(*file.getDataset());
  removeIdentity(*file.getDataset(), "secret", false);
  ASSERT_TRUE(file.saveFile((folder / "clean.dcm").c_str(), EXS_LittleEndianExplicit).good());
  const std::string bytes = bytesOf(folder / "clean.dcm");
  for (const char* trace : {"ZIMMER", "GRETA", "HOSP445566", "19580317", "20240229", "Clinic", "DOCTORNAME",
                            "SERIAL998877", "1.3.6.1.4.1.55555", "PRIVATE", "secret"})
    EXPECT_EQ(bytes.find(trace), std::string::npos) << trace;
  EXPECT_THAT(bytes, HasSubstr("LINEAR"));
  EXPECT_THAT(bytes, HasSubstr("Maker"));
  EXPECT_THAT(bytes, HasSubstr("113100"));
  EXPECT_THAT(bytes, Not(HasSubstr("113101"))) << "no pixel was cleaned";
}

TEST(DicomIdentity, ReplacesConsistentlyAndByItsKey) {
  acquisition::startDicomLibrary();
  const auto cleaned = [](const std::string& key) {
    auto file = std::make_unique<DcmFileFormat>();
    fillWithIdentity(*file->getDataset());
    removeIdentity(*file->getDataset(), key, true);
    return file;
  };
  const auto value = [](DcmFileFormat& file, const DcmTagKey& tag) {
    OFString text;
    file.getDataset()->findAndGetOFString(tag, text);
    return std::string(text.c_str());
  };
  const auto a = cleaned("k"), b = cleaned("k"), c = cleaned("other");
  for (const DcmTagKey& tag : {DCM_SOPInstanceUID, DCM_StudyInstanceUID, DCM_PatientID, DCM_StudyDate}) {
    EXPECT_EQ(value(*a, tag), value(*b, tag));
    EXPECT_NE(value(*a, tag), value(*c, tag));
  }
  EXPECT_EQ(value(*a, DCM_StudyInstanceUID), value(*a, DCM_FrameOfReferenceUID))
      << "one UID, one replacement";
  EXPECT_EQ(value(*a, DCM_SOPClassUID), UID_UltrasoundImageStorage) << "the standard's own stay";
  const std::string date = value(*a, DCM_StudyDate), moment = value(*a, DCM_AcquisitionDateTime);
  EXPECT_EQ(date.size(), 8u);
  EXPECT_EQ(moment, date + "101500.25") << "one shift for all";
  EXPECT_EQ(value(*a, DCM_StudyTime), "101500");
  EXPECT_EQ(value(*a, DCM_BurnedInAnnotation), "NO");
}

// ---- burnt-in text

/// A screen grab as scanners send them: the simulator's picture with the patient written around it.
cv::Mat grabWithText(const cv::Mat& ultrasound) {
  cv::Mat screen = cv::Mat::zeros(ultrasound.rows + 200, ultrasound.cols + 320, CV_8UC1);
  ultrasound.copyTo(screen({160, 120, ultrasound.cols, ultrasound.rows}));
  const auto write = [&](const char* text, int x, int y) {
    cv::putText(screen, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, 1.0, 255, 2, cv::LINE_AA);
  };
  write("ZIMMERMANN GRETA", 20, 40);
  write("1958-03-17", 20, 85);
  write("General Hospital", screen.cols - 320, 40);
  write("DR KELLERHALS", 20, screen.rows - 25);
  return screen;
}

std::string textReadIn(const cv::Mat& picture, const fs::path& folder) {
  cv::imwrite((folder / "page.png").string(), picture);
  std::string text;
  for (const char* mode : {"11", "6"})
    text += outputOf("tesseract '" + (folder / "page.png").string() + "' - --psm " + mode + " 2>/dev/null");
  return text;
}

TEST(PictureCleaner, NothingReadableIsLeft) {
  if (!isInstalled("tesseract")) GTEST_SKIP() << "tesseract (Debian's tesseract-ocr) is not installed";
  const TemporaryFolder folder;
  const Frame frame = simulated(3);
  const cv::Mat grab = grabWithText(frame.pixels);
  ASSERT_THAT(textReadIn(grab, folder.path()), HasSubstr("ZIMMERMANN"))
      << "the reader must be able to read it";

  std::vector<Frame> frames(2);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i].pixels = grab;
    frames[i].index = static_cast<std::int64_t>(i);
    frames[i].time = 0.04 * static_cast<double>(i);
  }
  GivenFrames source(frames);
  DicomExportOptions chosen = options();
  chosen.deidentify = true;
  exportDicom(source, folder / "clean.dcm", chosen);
  const auto cleaned = readBack(folder / "clean.dcm");
  ASSERT_EQ(cleaned.size(), 2u);
  const std::string left = textReadIn(cleaned[1].pixels, folder.path());
  for (const char* trace : {"ZIMMER", "GRETA", "1958", "Hospital", "KELLER"})
    EXPECT_THAT(left, Not(HasSubstr(trace)));
  EXPECT_THAT(bytesOf(folder / "clean.dcm"), HasSubstr("113101"));
  EXPECT_EQ(valueIn(folder / "clean.dcm", DCM_BurnedInAnnotation), "NO");
  for (const char* trace : {"A-17", "Miller", "20261125", "one session"})
    EXPECT_THAT(bytesOf(folder / "clean.dcm"), Not(HasSubstr(trace)));
  // Of the ultrasound picture itself nearly everything is still there.
  const cv::Rect inside(160, 120, frame.pixels.cols, frame.pixels.rows);
  EXPECT_GT(cv::sum(cleaned[1].pixels(inside))[0], 0.95 * cv::sum(frame.pixels)[0]);
}

TEST(PictureCleaner, AFileOfAScannerIsCleanedToo) {
  const TemporaryFolder folder;
  const cv::Mat grab = grabWithText(simulated(3).pixels);
  Frame frame;
  frame.pixels = grab;
  GivenFrames source({frame});
  exportDicom(source, folder / "scanner.dcm", options());
  ASSERT_THAT(bytesOf(folder / "scanner.dcm"), HasSubstr("Miller^Anna"));
  deidentifyDicom(folder / "scanner.dcm", folder / "clean.dcm", "");
  const std::string bytes = bytesOf(folder / "clean.dcm");
  for (const char* trace : {"A-17", "Miller", "20261125"}) EXPECT_THAT(bytes, Not(HasSubstr(trace)));
  const auto cleaned = readBack(folder / "clean.dcm");
  ASSERT_EQ(cleaned.size(), 1u);
  EXPECT_EQ(cv::countNonZero(cleaned[0].pixels({0, 0, grab.cols, 100})), 0);
}

/// The simulator's image as a scanner's file: of one kind or the other, with the region that it states.
void writeScannerFile(const fs::path& path, const char* sopClass, bool frames, const cv::Mat& grab,
                      const cv::Rect& tissue) {
  acquisition::startDicomLibrary();
  DcmFileFormat file;
  DcmDataset& data = *file.getDataset();
  data.putAndInsertString(DCM_SOPClassUID, sopClass);
  data.putAndInsertString(DCM_SOPInstanceUID, "1.3.6.1.4.1.55555.4.80");
  data.putAndInsertString(DCM_PatientName, "ZIMMERMANN^GRETA");
  data.putAndInsertString(DCM_PhotometricInterpretation, "MONOCHROME2");
  data.putAndInsertUint16(DCM_SamplesPerPixel, 1);
  if (frames) data.putAndInsertString(DCM_NumberOfFrames, "1");
  data.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(grab.rows));
  data.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(grab.cols));
  data.putAndInsertUint16(DCM_BitsAllocated, 8);
  data.putAndInsertUint16(DCM_BitsStored, 8);
  data.putAndInsertUint16(DCM_HighBit, 7);
  data.putAndInsertUint16(DCM_PixelRepresentation, 0);
  DcmItem* item = nullptr;
  data.findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, item, -2);
  item->putAndInsertUint16(DCM_RegionSpatialFormat, 1);
  item->putAndInsertUint16(DCM_RegionDataType, 1);
  item->putAndInsertUint32(DCM_RegionLocationMinX0, static_cast<Uint32>(tissue.x));
  item->putAndInsertUint32(DCM_RegionLocationMinY0, static_cast<Uint32>(tissue.y));
  item->putAndInsertUint32(DCM_RegionLocationMaxX1, static_cast<Uint32>(tissue.br().x - 1));
  item->putAndInsertUint32(DCM_RegionLocationMaxY1, static_cast<Uint32>(tissue.br().y - 1));
  data.putAndInsertUint8Array(DCM_PixelData, grab.data, grab.total());
  ASSERT_TRUE(file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good());
}

TEST(PictureCleaner, AScannersRegionIsTakenAtItsWordAndFramesAreStatedWithWhatLeadsOn) {
  const TemporaryFolder folder;
  const cv::Mat grab = grabWithText(simulated(3).pixels);
  // Smaller than what the finder finds: the stated one counts.
  const cv::Rect tissue(260, 220, 400, 300);
  for (const auto& [sopClass, frames] : {std::pair{UID_UltrasoundImageStorage, false},
                                         std::pair{UID_UltrasoundMultiframeImageStorage, true}}) {
    writeScannerFile(folder / "in.dcm", sopClass, frames, grab, tissue);
    deidentifyDicom(folder / "in.dcm", folder / "out.dcm", "");
    const auto cleaned = readBack(folder / "out.dcm");
    ASSERT_EQ(cleaned.size(), 1u);
    cv::Mat outside = cleaned[0].pixels.clone();
    EXPECT_GT(cv::countNonZero(outside(tissue)), tissue.area() / 2);
    outside(tissue).setTo(0);
    EXPECT_EQ(cv::countNonZero(outside), 0);
    EXPECT_EQ(valueIn(folder / "out.dcm", DCM_BurnedInAnnotation), "NO");
    EXPECT_EQ(valueIn(folder / "out.dcm", DCM_NumberOfFrames), frames ? "1" : "");
    EXPECT_EQ(valueIn(folder / "out.dcm", DCM_FrameIncrementPointer).empty(), !frames);
    EXPECT_EQ(valueIn(folder / "out.dcm", DCM_FrameTime).empty(), !frames);
  }
}

}  // namespace
}  // namespace acuguide::interop
