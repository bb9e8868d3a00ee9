#include "acquisition/dicom/dicom_source.h"

#include "acquisition/dicom/dicom_palette.h"
#include "acquisition/dicom_writing.h"
#include "acquisition/process_memory.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmimgle/dcmimage.h>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

/// The public files that are not committed (see their README).
fs::path shared(const std::string& name) {
  return fs::path(ACUGUIDE_SOURCE_DIR) / ".." / "shared" / "data" / "dicom" / name;
}

#define REQUIRE_SHARED(name) \
  if (!fs::exists(shared(name))) GTEST_SKIP() << "../shared/data/dicom is not there"

std::vector<Frame> allOf(const fs::path& path) {
  DicomSource source(path.string());
  std::vector<Frame> frames;
  while (auto frame = source.read()) frames.push_back(std::move(*frame));
  return frames;
}

/// The first frame as DCMTK's own renderer shows it, BGR.
cv::Mat rendered(const fs::path& path) {
  startDicomLibrary();
  DicomImage image(path.c_str(), 0, 0, 1);
  EXPECT_EQ(image.getStatus(), EIS_Normal);
  const int channels = image.isMonochrome() ? 1 : 3;
  cv::Mat picture(static_cast<int>(image.getHeight()), static_cast<int>(image.getWidth()), CV_8UC(channels));
  EXPECT_TRUE(image.getOutputData(picture.data, picture.total() * picture.elemSize(), 8) != 0);
  if (channels == 3)
    for (auto& pixel : cv::Mat_<cv::Vec3b>(picture)) std::swap(pixel[0], pixel[2]);
  return picture;
}

/// Largest difference of a colour value; a grey picture stands for equal colours.
double difference(cv::Mat a, cv::Mat b) {
  const auto colour = [](cv::Mat& m) {
    if (m.channels() == 1) cv::merge(std::vector<cv::Mat>{m, m, m}, m);
  };
  colour(a), colour(b);
  return a.size() == b.size() ? cv::norm(a, b, cv::NORM_INF) : 1e9;
}

// ---- the public files, each as its README describes it

TEST(DicomSharedFiles, SonoSiteCineWhoseRegionDescribesALargerPicture) {
  const std::string name = "pydicom__examples_ybr_color.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 30u);
  EXPECT_EQ(frames[0].pixels.size(), cv::Size(320, 240));
  EXPECT_FALSE(frames[0].geometry.spacingMm);
  EXPECT_THAT(dicomInfo(shared(name)), HasSubstr("does not fit the picture"));
  EXPECT_NEAR(frames[29].time, 29 * 0.033333, 1e-9);
  EXPECT_LE(difference(frames[0].pixels, rendered(shared(name))), 2);
}

TEST(DicomSharedFiles, AcusonCineInFragmentsWithoutMillimetres) {
  const std::string name = "dicomParser__IM00001.fragmented_no_bot_jpeg_baseline.50.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 8u);
  EXPECT_FALSE(frames[0].geometry.spacingMm);
  EXPECT_THAT(dicomInfo(shared(name)), HasSubstr("no physical unit"));
  EXPECT_NEAR(frames[1].time, 0.050, 1e-9);
  EXPECT_NEAR(frames[7].time, 0.31, 1e-3);
  for (std::size_t i = 1; i < frames.size(); ++i)
    EXPECT_GT(difference(frames[i].pixels, frames[i - 1].pixels), 10) << "frames must not repeat";
  EXPECT_LE(difference(frames[0].pixels, rendered(shared(name))), 2);
  // In any order, the same pictures.
  DicomSource source(shared(name).string());
  source.seek(5);
  EXPECT_EQ(difference(source.read()->pixels, frames[5].pixels), 0);
  source.seek(2);
  EXPECT_EQ(difference(source.read()->pixels, frames[2].pixels), 0);
}

TEST(DicomSharedFiles, PaletteInRunLengths) {
  const std::string name = "pydicom-data__OBXXXX1A_rle_2frame.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].pixels.size(), cv::Size(800, 600));
  ASSERT_TRUE(frames[0].geometry.spacingMm);
  EXPECT_NEAR(frames[0].geometry.spacingMm->x(), 0.26228787661969974, 1e-12);
  EXPECT_LE(difference(frames[0].pixels, rendered(shared(name))), 1);
}

TEST(DicomSharedFiles, PaletteCutFromALargerPicture) {
  const std::string name = "pydicom__examples_palette.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].pixels.size(), cv::Size(800, 350));
  EXPECT_FALSE(frames[0].geometry.spacingMm);
  EXPECT_LE(difference(frames[0].pixels, rendered(shared(name))), 1);
}

TEST(DicomSharedFiles, PlainColour) {
  const std::string name = "pydicom__examples_rgb_color.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_FALSE(frames[0].geometry.spacingMm);
  EXPECT_EQ(difference(frames[0].pixels, rendered(shared(name))), 0);
}

TEST(DicomSharedFiles, Jpeg2000Lossless) {
  const std::string name = "pydicom-data__US1_J2KR.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].pixels.size(), cv::Size(640, 480));
  EXPECT_FALSE(frames[0].geometry.spacingMm);
  // The power Doppler box is orange, the writing white.
  const cv::Mat box = frames[0].pixels({88, 150, 230, 140});
  const cv::Scalar mean = cv::mean(box);
  EXPECT_GT(mean[2], mean[0] + 10);
  EXPECT_EQ(frames[0].pixels.at<cv::Vec3b>(5, 5), cv::Vec3b(0, 0, 0));
}

TEST(DicomSharedFiles, AlokaPaletteOf16BitWithThreeRegions) {
  const std::string name = "pydicom-data__gdcm-US-ALOKA-16.dcm";
  REQUIRE_SHARED(name);
  const auto frames = allOf(shared(name));
  ASSERT_EQ(frames.size(), 1u);
  ASSERT_TRUE(frames[0].geometry.spacingMm);
  EXPECT_NEAR(frames[0].geometry.spacingMm->y(), 0.38265306502580643, 1e-12);
  // DCMTK's renderer knows no segmented palettes. The scanner's focus marks are green, its frame is grey.
  const cv::Mat& pixels = frames[0].pixels;
  ASSERT_EQ(pixels.size(), cv::Size(640, 480));
  const cv::Vec3b mark = pixels.at<cv::Vec3b>(144, 35), bar = pixels.at<cv::Vec3b>(462, 300);
  EXPECT_GT(mark[1], 200);
  EXPECT_LT(mark[0] + mark[2], 200);
  EXPECT_LT(std::abs(bar[0] - bar[2]), 60);
}

// ---- encodings

std::vector<std::uint8_t> noiseBytes(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  cv::Mat view(1, static_cast<int>(count), CV_8U, bytes.data());
  cv::RNG random(11);
  random.fill(view, cv::RNG::UNIFORM, 0, 256);
  return bytes;
}

class DicomLossless : public testing::TestWithParam<E_TransferSyntax> {};

TEST_P(DicomLossless, GreyAndColourComeBackBitForBit) {
  const ScratchFolder folder;
  const cv::Size size(38, 26);
  const std::size_t pixels = 38 * 26;
  DicomSample grey(size, "MONOCHROME2", 1, 8, 3);
  const auto greyBytes = noiseBytes(3 * pixels);
  grey.bytes(greyBytes);
  const auto greyFrames = allOf(grey.save(folder / "grey.dcm", GetParam()));
  ASSERT_EQ(greyFrames.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(std::memcmp(greyFrames[i].pixels.data, greyBytes.data() + i * pixels, pixels), 0);

  DicomSample colour(size, "RGB", 3, 8, 2);
  const auto rgb = noiseBytes(6 * pixels);
  colour.bytes(rgb);
  const auto frames = allOf(colour.save(folder / "colour.dcm", GetParam()));
  ASSERT_EQ(frames.size(), 2u);
  for (std::size_t i = 0; i < 2 * pixels; ++i) {
    const auto* bgr = frames[i / pixels].pixels.data + 3 * (i % pixels);
    ASSERT_EQ(bgr[0], rgb[3 * i + 2]);
    ASSERT_EQ(bgr[1], rgb[3 * i + 1]);
    ASSERT_EQ(bgr[2], rgb[3 * i]);
  }
}

TEST_P(DicomLossless, GreyOf12BitShowsItsRange) {
  const ScratchFolder folder;
  DicomSample sample({4, 2}, "MONOCHROME2", 1, 12);
  sample.words({0, 4095, 2048, 1024, 100, 200, 300, 400});
  const auto frames = allOf(sample.save(folder / "wide.dcm", GetParam()));
  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].pixels.at<std::uint8_t>(0, 0), 0);
  EXPECT_EQ(frames[0].pixels.at<std::uint8_t>(0, 1), 255);
  EXPECT_EQ(frames[0].pixels.at<std::uint8_t>(0, 2), 128);
}

INSTANTIATE_TEST_SUITE_P(Syntaxes, DicomLossless,
                         testing::Values(EXS_LittleEndianImplicit, EXS_LittleEndianExplicit,
                                         EXS_BigEndianExplicit, EXS_RLELossless, EXS_JPEGProcess14SV1,
                                         EXS_JPEGLSLossless),
                         [](const auto& chosen) {
                           std::string name;
                           for (const char c : std::string(DcmXfer(chosen.param).getXferID()))
                             name += c == '.' ? '_' : c;
                           return "Uid" + name;
                         });

TEST(DicomSource, InvertedGreyWindowsAndSpareBits) {
  const ScratchFolder folder;
  DicomSample inverted({2, 1}, "MONOCHROME1", 1, 8);
  inverted.bytes({10, 250});
  const auto frames = allOf(inverted.save(folder / "inverted.dcm"));
  EXPECT_EQ(frames[0].pixels.at<std::uint8_t>(0, 0), 245);
  EXPECT_EQ(frames[0].pixels.at<std::uint8_t>(0, 1), 5);

  DicomSample window({4, 1}, "MONOCHROME2", 1, 16);
  window.put(DCM_WindowCenter, "1000.5");
  window.put(DCM_WindowWidth, "1001");
  window.words({0, 500, 1500, 1000});
  const auto shown = allOf(window.save(folder / "window.dcm"));
  EXPECT_EQ(shown[0].pixels.at<std::uint8_t>(0, 0), 0);
  EXPECT_EQ(shown[0].pixels.at<std::uint8_t>(0, 1), 0);
  EXPECT_EQ(shown[0].pixels.at<std::uint8_t>(0, 2), 255);
  EXPECT_NEAR(shown[0].pixels.at<std::uint8_t>(0, 3), 128, 1);
}

TEST(DicomSource, LuminanceAndChromaBecomeColour) {
  const ScratchFolder folder;
  const auto expectOrange = [](const cv::Mat& pixels) {
    const cv::Vec3b bgr = pixels.at<cv::Vec3b>(0, 1);
    EXPECT_NEAR(bgr[2], 200, 1);
    EXPECT_NEAR(bgr[1], 100, 1);
    EXPECT_NEAR(bgr[0], 50, 1);
  };
  const std::uint8_t y = 124, cb = 86, cr = 182;  // of RGB 200, 100, 50
  DicomSample full({2, 1}, "YBR_FULL", 3, 8);
  full.bytes({y, cb, cr, y, cb, cr});
  expectOrange(allOf(full.save(folder / "full.dcm"))[0].pixels);

  DicomSample planes({2, 1}, "YBR_FULL", 3, 8);
  planes.number(DCM_PlanarConfiguration, 1);
  planes.bytes({y, y, cb, cb, cr, cr});
  expectOrange(allOf(planes.save(folder / "planes.dcm"))[0].pixels);

  DicomSample half({2, 1}, "YBR_FULL_422", 3, 8);
  half.bytes({y, y, cb, cr});
  expectOrange(allOf(half.save(folder / "half.dcm"))[0].pixels);
}

TEST(DicomSource, LossyJpegIsCloseToWhatWentIn) {
  const ScratchFolder folder;
  DicomSample sample({32, 32}, "RGB", 3, 8, 2);
  std::vector<std::uint8_t> rgb;
  for (int i = 0; i < 2 * 32 * 32; ++i)
    for (const int value : {200, 100, 50}) rgb.push_back(static_cast<std::uint8_t>(value));
  sample.bytes(rgb);
  const auto frames = allOf(sample.save(folder / "lossy.dcm", EXS_JPEGProcess1));
  ASSERT_EQ(frames.size(), 2u);
  const cv::Vec3b bgr = frames[1].pixels.at<cv::Vec3b>(9, 9);
  EXPECT_NEAR(bgr[2], 200, 4);
  EXPECT_NEAR(bgr[1], 100, 4);
  EXPECT_NEAR(bgr[0], 50, 4);
}

TEST(DicomSource, FrameTimesAreTheFiles) {
  const ScratchFolder folder;
  const auto timesWith = [&](const DcmTagKey& tag, const std::string& value) {
    DicomSample sample({4, 4}, "MONOCHROME2", 1, 8, 3);
    sample.put(tag, value);
    sample.bytes(noiseBytes(48));
    std::vector<double> times;
    for (const Frame& frame : allOf(sample.save(folder / "times.dcm"))) times.push_back(frame.time);
    return times;
  };
  using testing::DoubleNear;
  using testing::ElementsAre;
  const auto is = [](double a, double b) {
    return ElementsAre(DoubleNear(0, 1e-9), DoubleNear(a, 1e-9), DoubleNear(b, 1e-9));
  };
  EXPECT_THAT(timesWith(DCM_FrameTime, "50"), is(0.05, 0.1));
  EXPECT_THAT(timesWith(DCM_FrameTimeVector, "0\\20\\30"), is(0.02, 0.05));
  EXPECT_THAT(timesWith(DCM_CineRate, "10"), is(0.1, 0.2));
  EXPECT_THAT(timesWith(DCM_FrameTime, "-7"), is(0.04, 0.08));
}

TEST(DicomSource, PixelsThatAreNotSquareAreSaidToBeSo) {
  const ScratchFolder folder;
  const auto aspectWith = [&](const DcmTagKey& tag, const std::string& value) {
    DicomSample sample({4, 4}, "MONOCHROME2", 1, 8);
    sample.put(tag, value);
    sample.bytes(noiseBytes(16));
    const Frame frame = allOf(sample.save(folder / "aspect.dcm")).front();
    EXPECT_FALSE(frame.geometry.spacingMm);
    return frame.geometry.pixelAspect;
  };
  EXPECT_DOUBLE_EQ(aspectWith(DCM_PixelAspectRatio, "1\\2"), 2.0) << "height, width";
  EXPECT_DOUBLE_EQ(aspectWith(DCM_PixelSpacing, "0.08\\0.12"), 1.5) << "between rows, between columns";
  EXPECT_DOUBLE_EQ(aspectWith(DCM_PixelAspectRatio, "0\\2"), 1.0);
  EXPECT_DOUBLE_EQ(aspectWith(DCM_FrameTime, "50"), 1.0);
}

TEST(DicomPalette, SegmentsAreWrittenOut) {
  const std::vector<std::uint16_t> segments = {0, 2, 10, 20, 1, 4, 60, 2, 1, 0, 0};
  EXPECT_EQ(expandedPalette(segments, 8), (std::vector<std::uint16_t>{10, 20, 30, 40, 50, 60, 10, 20}));
  EXPECT_FALSE(expandedPalette(segments, 9)) << "too few entries";
  EXPECT_FALSE(expandedPalette(segments, 5)) << "a segment that goes too far";
  EXPECT_FALSE(expandedPalette(std::vector<std::uint16_t>{1, 4, 60}, 4)) << "a line from nowhere";
  EXPECT_FALSE(expandedPalette(std::vector<std::uint16_t>{2, 9, 0, 0}, 4)) << "points at itself";
}

// ---- what is refused

TEST(DicomSource, RefusesWithTheReason) {
  const ScratchFolder folder;
  const auto refusal = [](const fs::path& path) { return errorOf([&] { allOf(path); }); };
  EXPECT_THAT(refusal(folder / "none.dcm"), HasSubstr("no such file"));
  EXPECT_THAT(refusal(folder.write("text.dcm", "hello")), HasSubstr("not a DICOM file"));
  DicomSample none({4, 4}, "MONOCHROME2", 1, 8);
  EXPECT_THAT(refusal(none.save(folder / "nopicture.dcm")), HasSubstr("holds no picture"));
  DicomSample odd({4, 4}, "CMYK", 1, 8);
  odd.bytes(noiseBytes(16));
  EXPECT_THAT(refusal(odd.save(folder / "cmyk.dcm")), HasSubstr("CMYK"));
  DicomSample large({4, 4}, "MONOCHROME2", 1, 8);
  large.number(DCM_Rows, 60000);
  large.bytes(noiseBytes(16));
  EXPECT_THAT(refusal(large.save(folder / "large.dcm")), HasSubstr("60000"));
  DicomSample brief({40, 40}, "MONOCHROME2", 1, 8, 1000000);
  brief.bytes(noiseBytes(1600));
  EXPECT_THAT(refusal(brief.save(folder / "brief.dcm")), HasSubstr("more frames than it has bytes"));
  DicomSample cut({40, 40}, "MONOCHROME2", 1, 8, 3);
  cut.bytes(noiseBytes(3200));
  EXPECT_THAT(refusal(cut.save(folder / "cut.dcm")), HasSubstr("frame 2 cannot be read"));
}

// ---- pixel spacing

std::optional<double> spacingOf(const std::vector<DicomRegion>& regions) {
  const auto spacing = scaleFromRegions(regions, {640, 480}).spacingMm;
  return spacing ? std::optional(spacing->x()) : std::nullopt;
}

TEST(DicomRegions, OnlyAPlainStoryGivesMillimetres) {
  const DicomRegion good{1, 1, {20, 20, 600, 400}, 3, 3, 0.02, 0.02};
  EXPECT_NEAR(spacingOf({good}).value(), 0.2, 1e-12);
  const auto with = [&](auto change) {
    DicomRegion region = good;
    change(region);
    return region;
  };
  EXPECT_FALSE(spacingOf({}));
  EXPECT_FALSE(spacingOf({with([](auto& r) { r.unitX = 0; })})) << "no unit";
  EXPECT_FALSE(spacingOf({with([](auto& r) { r.unitY = 4; })})) << "seconds";
  EXPECT_FALSE(spacingOf({with([](auto& r) { r.spatialFormat = 2; })})) << "M-mode";
  EXPECT_FALSE(spacingOf({with([](auto& r) { r.box.width = 622; })})) << "beyond the picture";
  EXPECT_TRUE(spacingOf({with([](auto& r) { r.box.width = 621; })})) << "one pixel is a habit";
  for (const double delta : {0.0, -0.02, 5.0, 1e-9, std::nan("")})
    EXPECT_FALSE(spacingOf({with([&](auto& r) { r.deltaX = delta; })})) << delta;
}

TEST(DicomRegions, SeveralMustAgree) {
  const DicomRegion left{1, 1, {0, 20, 320, 400}, 3, 3, 0.02, 0.02};
  DicomRegion right = left;
  right.box.x = 320;
  EXPECT_TRUE(spacingOf({left, right}));
  right.deltaX = 0.03;
  EXPECT_FALSE(spacingOf({left, right}));
  const DicomRegion ecg{4, 10, {0, 425, 640, 50}, 4, 0, 0.001, 0};
  EXPECT_TRUE(spacingOf({left, ecg}));
  const DicomRegion bar{0, 13, {0, 20, 20, 100}, 0, 0, 0, 0};
  EXPECT_TRUE(spacingOf({left, bar}));
  const DicomRegion over{0, 0, {0, 0, 640, 480}, 0, 0, 1, 1};
  EXPECT_FALSE(spacingOf({left, over}));
}

// ---- colours of a JPEG that its label contradicts

/// `jpeg` without its JFIF segment, and with another one after its start where given.
std::vector<std::uint8_t> withoutJfif(std::vector<std::uint8_t> jpeg,
                                      const std::vector<std::uint8_t>& instead = {}) {
  EXPECT_EQ(jpeg[3], 0xe0);
  const int length = jpeg[4] << 8 | jpeg[5];
  jpeg.erase(jpeg.begin() + 2, jpeg.begin() + 4 + length);
  jpeg.insert(jpeg.begin() + 2, instead.begin(), instead.end());
  return jpeg;
}

/// A file with one JPEG in it, as it is, under this label.
fs::path withStream(const fs::path& path, const std::string& photometric, cv::Size size,
                    std::vector<std::uint8_t> stream) {
  DicomSample sample(size, photometric, 3, 8);
  if (stream.size() % 2 != 0) stream.push_back(0);
  auto fragments = std::make_unique<DcmPixelSequence>(DcmTag(DCM_PixelData, EVR_OB));
  fragments->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB)));
  auto item = std::make_unique<DcmPixelItem>(DcmTag(DCM_Item, EVR_OB));
  EXPECT_TRUE(item->putUint8Array(stream.data(), static_cast<Uint32>(stream.size())).good());
  fragments->insert(item.release());
  auto pixels = std::make_unique<DcmPixelData>(DCM_PixelData);
  pixels->putOriginalRepresentation(EXS_JPEGProcess1, nullptr, fragments.release());
  EXPECT_TRUE(sample.data().insert(pixels.release(), OFTrue).good());
  // As it is: DicomSample::save() would encode it once more.
  EXPECT_TRUE(DcmFileFormat(&sample.data()).saveFile(path.c_str(), EXS_JPEGProcess1).good());
  return path;
}

TEST(DicomJpegColour, IsWhatTheStreamSaysWhateverTheLabel) {
  const ScratchFolder folder;
  cv::Mat picture(48, 64, CV_8UC3, cv::Scalar(0, 0, 0));
  picture(cv::Rect(16, 16, 32, 16)).setTo(cv::Scalar(30, 30, 200));
  std::vector<std::uint8_t> jfif;
  cv::imencode(".jpg", picture, jfif, {cv::IMWRITE_JPEG_QUALITY, 95});
  for (const char* label : {"RGB", "YBR_FULL_422", "YBR_FULL"})
    for (const auto& stream : {jfif, withoutJfif(jfif)}) {
      const auto frames = allOf(withStream(folder / "a.dcm", label, picture.size(), stream));
      const auto box = frames.at(0).pixels.at<cv::Vec3b>(24, 32),
                 ground = frames[0].pixels.at<cv::Vec3b>(4, 4);
      EXPECT_LE(cv::norm(box, cv::Vec3b(30, 30, 200), cv::NORM_INF), 4) << label;
      EXPECT_LE(cv::norm(ground, cv::Vec3b(0, 0, 0), cv::NORM_INF), 2) << label;
    }
}

TEST(DicomJpegColour, AStreamThatIsTrulyRgbStaysSo) {
  const ScratchFolder folder;
  // Components Y, Cb, Cr of what is encoded are the red, green and blue of what the Adobe mark makes of them.
  cv::Mat picture(48, 64, CV_8UC3), components(48, 64, CV_8UC3, cv::Scalar(150, 140, 120));  // Y, Cr, Cb
  cv::cvtColor(components, picture, cv::COLOR_YCrCb2BGR);
  std::vector<std::uint8_t> jpeg;
  cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, 95});
  const std::vector<std::uint8_t> adobe = {0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
  const auto frames = allOf(withStream(folder / "a.dcm", "RGB", picture.size(), withoutJfif(jpeg, adobe)));
  EXPECT_LE(cv::norm(frames.at(0).pixels.at<cv::Vec3b>(24, 32), cv::Vec3b(140, 120, 150), cv::NORM_INF), 4);
}

TEST(DicomSource, NamesTheVideoThatItDoesNotRead) {
  const ScratchFolder folder;
  withStream(folder / "jpeg.dcm", "YBR_FULL_422", {64, 48}, std::vector<std::uint8_t>(200, 1));
  std::string bytes = contentOf(folder / "jpeg.dcm");
  const std::string jpeg = "1.2.840.10008.1.2.4.50", video = "1.2.840.10008.1.2.4.102";
  // One byte longer, an even number with its padding: the same.
  const auto at = bytes.find(jpeg);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, jpeg.size(), video);
  bytes[at - 2] = static_cast<char>(bytes[at - 2] + 2);
  bytes.insert(at + video.size(), 1, '\0');
  bytes[140] = static_cast<char>(bytes[140] + 2);  // the length of the file's head
  folder.write("video.dcm", bytes);
  const std::string refusal = errorOf([&] { DicomSource source((folder / "video.dcm").string()); });
  EXPECT_THAT(refusal, HasSubstr("H.264"));
  EXPECT_THAT(refusal, HasSubstr("which is not read from DICOM"));
}

// ---- the regions that hold tissue

TEST(DicomRegions, TissueIsWhereTheFileSaysItIs) {
  const cv::Size picture(640, 480);
  const DicomRegion left{1, 1, {0, 20, 320, 400}, 3, 3, 0.02, 0.02},
      flow{1, 2, {320, 20, 320, 400}, 3, 3, 1, 1};
  const DicomRegion ecg{4, 10, {0, 425, 640, 50}, 4, 0, 0.001, 0}, bar{0, 13, {0, 20, 20, 100}, 0, 0, 0, 0};
  EXPECT_EQ(tissueRegions({left, flow, ecg, bar}, picture), (std::vector<cv::Rect>{left.box, flow.box}));
  DicomRegion beyond = left;
  beyond.box.width = 900;
  EXPECT_TRUE(tissueRegions({flow, beyond}, picture).empty()) << "of another picture: none of them holds";
  EXPECT_TRUE(tissueRegions({ecg}, picture).empty());
}

}  // namespace
}  // namespace acuguide::acquisition
