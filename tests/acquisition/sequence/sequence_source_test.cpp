#include "acquisition/sequence/sequence_source.h"

#include "acquisition/frame_writer.h"
#include "acquisition/process_memory.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <utility>
#include <zlib.h>

namespace acuguide::acquisition {
namespace {

std::string headerText(const std::string& sizes, const std::string& more) {
  return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nDimSize = " +
         sizes + "\n" + more + "ElementDataFile = LOCAL\n";
}

Frame firstFrameOf(const std::string& content, const std::string& name = "s.mha") {
  const ScratchFolder folder;
  SequenceSource source(folder.write(name, content).string());
  std::optional<Frame> frame = source.read();
  if (!frame) throw Error(name, "holds no frame", "write a better test");
  return std::move(*frame);
}

TEST(SequenceSource, TurnsPicturesUpright) {
  const std::string more =
      "ElementType = MET_UCHAR\nElementSpacing = 0.5 0.25 1\nUltrasoundImageOrientation = ";
  const cv::Mat upright = (cv::Mat_<std::uint8_t>(2, 3) << 1, 2, 3, 4, 5, 6);
  const Frame flipped = firstFrameOf(headerText("3 2 1", more + "UN\n") + "\x6\x5\x4\x3\x2\x1");
  EXPECT_TRUE(samePicture(flipped.pixels, upright));
  EXPECT_EQ(flipped.geometry.spacingMm, Eigen::Vector2d(0.5, 0.25));
  const Frame lying = firstFrameOf(headerText("2 3 1", more + "FM\n") + "\x1\x4\x2\x5\x3\x6");
  EXPECT_TRUE(samePicture(lying.pixels, upright));
  EXPECT_EQ(lying.geometry.spacingMm, Eigen::Vector2d(0.25, 0.5)) << "spacing turns with the picture";
}

/// A header from a stranger must not open the files of whoever reads it.
TEST(SequenceSource, PixelsOutsideItsFolderAreRefused) {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder / "in/below");
  folder.write("secret.raw", "abc");
  folder.write("in/s.raw", "abc");
  folder.write("in/below/s.raw", "abc");
  std::filesystem::create_symlink(folder / "secret.raw", folder / "in/link.raw");
  const std::string layout = "NDims = 3\nDimSize = 3 1 1\nElementType = MET_UCHAR\nElementDataFile = ";
  const std::string nrrd = "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 3 1 1\nencoding: raw\ndata file: ";
  for (const std::string& name : {std::string("../secret.raw"), (folder / "secret.raw").string(),
                                  std::string("link.raw"), std::string("below/../../secret.raw")}) {
    for (const auto& [file, text] : {std::pair("in/s.mhd", layout), std::pair("in/s.nhdr", nrrd)}) {
      const std::string path = folder.write(file, text + name + "\n").string();
      EXPECT_THAT(errorOf([&] { SequenceSource source(path); }), testing::HasSubstr("outside its own folder"))
          << file << " " << name;
    }
  }
  for (const std::string& name : {std::string("s.raw"), std::string("./s.raw"), std::string("below/s.raw"),
                                  (folder / "in/s.raw").string()})
    EXPECT_TRUE(SequenceSource(folder.write("in/s.mhd", layout + name + "\n").string()).read()) << name;
}

TEST(SequenceSource, KnowsNoSpacingWhenPlusDoesNot) {
  const Frame frame =
      firstFrameOf(headerText("3 1 1", "ElementType = MET_UCHAR\nElementSpacing = 1 1 1\n") + "abc");
  EXPECT_FALSE(frame.geometry.spacingMm);
}

TEST(SequenceSource, MapsSixteenBitsByOneRule) {
  using namespace std::string_literals;
  const std::string values = "\x00\x00\xff\xff\x00\x80"s;  // 0, 65535, 32768 little endian
  const Frame whole = firstFrameOf(headerText("3 1 1", "ElementType = MET_USHORT\n") + values);
  EXPECT_TRUE(samePicture(whole.pixels, (cv::Mat_<std::uint8_t>(1, 3) << 0, 255, 128))) << whole.pixels;
  const std::string ranged = "ElementType = MET_USHORT\nElementMin = 100\nElementMax = 4095\n";
  const Frame stated = firstFrameOf(headerText("3 1 1", ranged) + "\x64\x00\xff\x0f\xff\xff"s);
  EXPECT_TRUE(samePicture(stated.pixels, (cv::Mat_<std::uint8_t>(1, 3) << 0, 255, 255))) << stated.pixels;
  const std::string big = "NRRD0004\ntype: short\ndimension: 3\nsizes: 3 1 1\nencoding: raw\nendian: big\n\n";
  const Frame signedValues = firstFrameOf(big + "\x7f\xff\x00\x00\xff\xff"s, "s.nrrd");
  EXPECT_TRUE(samePicture(signedValues.pixels, (cv::Mat_<std::uint8_t>(1, 3) << 255, 0, 0)))
      << signedValues.pixels;
}

TEST(SequenceSource, GivesColourAsBgr) {
  const Frame frame =
      firstFrameOf(headerText("1 1 1", "ElementType = MET_UCHAR\nElementNumberOfChannels = 3\n") + "RGB");
  EXPECT_EQ(frame.pixels.at<cv::Vec3b>(0, 0), cv::Vec3b('B', 'G', 'R'));
}

TEST(SequenceSource, ReadsPixelsFromAFileBeside) {
  const ScratchFolder folder;
  folder.write("s.raw", "headabcdef");
  const std::string text =
      "NDims = 3\nDimSize = 3 1 2\nElementType = MET_UCHAR\nHeaderSize = -1\nElementDataFile = s.raw\n";
  SequenceSource source(folder.write("s.mhd", text).string());
  EXPECT_TRUE(samePicture(source.read()->pixels, (cv::Mat_<std::uint8_t>(1, 3) << 'a', 'b', 'c')));
  EXPECT_TRUE(samePicture(source.read()->pixels, (cv::Mat_<std::uint8_t>(1, 3) << 'd', 'e', 'f')));
}

TEST(SequenceSource, PassesOverFramesWithoutAPicture) {
  const ScratchFolder folder;
  SequenceSource source(folder
                            .write("s.mha", headerText("1 1 4",
                                                       "ElementType = MET_UCHAR\n"
                                                       "Seq_Frame0001_ImageStatus = INVALID\n"
                                                       "Seq_Frame0003_ImageStatus = INVALID\n") +
                                                "abcd")
                            .string());
  EXPECT_EQ(source.read()->index, 0);
  const auto second = source.read();
  EXPECT_EQ(second->index, 2);
  EXPECT_EQ(second->pixels.at<char>(0), 'c');
  EXPECT_FALSE(source.read());
}

TEST(SequenceSource, DeliversWhatIsThereOfATruncatedFile) {
  for (const bool compressed : {false, true}) {
    const ScratchFolder folder;
    const std::string file = (folder / "s.mha").string();
    const auto writer = openFrameWriter(file, 30);
    for (int i = 0; i < 10; ++i) {
      Frame frame;
      frame.pixels = noisePicture(i, 100, 100);
      frame.time = i / 30.0;
      writer->write(frame);
    }
    writer->finish();
    std::string content = contentOf(file);
    if (!compressed) {
      content = headerText("100 100 10", "ElementType = MET_UCHAR\n");
      for (int i = 0; i < 10; ++i) {
        const cv::Mat noise = noisePicture(i, 100, 100);
        content.append(reinterpret_cast<const char*>(noise.data), noise.total());
      }
    }
    folder.write("cut.mha", content.substr(0, content.size() * 2 / 3));
    SequenceSource source((folder / "cut.mha").string());
    int good = 0;
    const std::string sentence = errorOf([&] {
      while (const auto frame = source.read()) {
        EXPECT_TRUE(samePicture(frame->pixels, noisePicture(good, 100, 100)));
        ++good;
      }
    });
    expectSentence(sentence, "cut.mha");
    EXPECT_THAT(sentence, testing::HasSubstr("cut short"));
    EXPECT_GT(good, 4);
    EXPECT_LT(good, 10);
    source.seek(2);
    EXPECT_TRUE(samePicture(source.read()->pixels, noisePicture(2, 100, 100))) << "and still goes back";
  }
}

TEST(SequenceSource, RefusesWhatIsNoPicture) {
  const ScratchFolder folder;
  const auto refusal = [&](const std::string& name, const std::string& content) {
    folder.write(name, content);
    const std::string sentence = errorOf([&] { SequenceSource((folder / name).string()); });
    expectSentence(sentence, name);
    return sentence;
  };
  EXPECT_THAT(refusal("poses.mha", headerText("0 0 5", "")), testing::HasSubstr("poses"));
  refusal("rf.mha", headerText("4 3 1", "ElementType = MET_SHORT\nUltrasoundImageType = RF_REAL\n"));
  refusal("text.nrrd", "this is a letter, not a picture");
  expectSentence(errorOf([&] { SequenceSource((folder / "missing.mha").string()); }), "missing.mha");
}

TEST(SequenceSource, SaysWhereFramesEnd) {
  const ScratchFolder folder;
  SequenceSource source(
      folder.write("s.mha", headerText("1 1 2", "ElementType = MET_UCHAR\n") + "ab").string());
  expectSentence(errorOf([&] { source.seek(2); }), "s.mha");
}

TEST(SequenceSource, PlaysALongFileInConstantMemory) {
  const ScratchFolder folder;
  const std::string file = (folder / "long.igs.mha").string();
  constexpr int kFrames = 150;
  const cv::Mat base = noisePicture(0, 640, 480) & 0x03;  // compresses, so that the test is quick
  {
    const auto writer = openFrameWriter(file, 30);
    const std::int64_t before = residentBytes();
    for (int i = 0; i < kFrames; ++i) {
      Frame frame;
      frame.pixels = base + i % 200;
      frame.time = i / 30.0;
      frame.poses.push_back({.from = "Probe", .to = "Tracker", .valid = true});
      writer->write(frame);
    }
    writer->finish();
    EXPECT_LT(residentBytes() - before, 20 << 20) << "while writing";
  }
  SequenceSource source(file);
  source.read();
  const std::int64_t before = residentBytes();
  int count = 1;
  while (const auto frame = source.read()) {
    ASSERT_EQ(frame->pixels.at<std::uint8_t>(100, 100), base.at<std::uint8_t>(100, 100) + count % 200);
    ++count;
  }
  EXPECT_EQ(count, kFrames);
  // The frames together are 46 MB.
  EXPECT_LT(residentBytes() - before, 20 << 20) << "while reading";
  for (const int index : {149, 0, 90, 91, 37}) {
    source.seek(index);
    const auto frame = source.read();
    EXPECT_EQ(frame->index, index);
    EXPECT_TRUE(samePicture(frame->pixels, base + index % 200)) << index;
  }
}

TEST(SequenceSource, ShowsTheBitsOfSixteenThatAreUsed) {
  const ScratchFolder folder;
  // Twelve bits, the brightest pixel in the last frame only: all frames are mapped alike.
  std::string pixels;
  for (const int value : {16, 160, 1600, 4080})
    pixels += {static_cast<char>(value & 255), static_cast<char>(value >> 8)};
  const std::string content = headerText("1 1 4", "ElementType = MET_USHORT\n") + pixels;
  SequenceSource source(folder.write("dark.mha", content).string());
  EXPECT_THAT(source.info().description, testing::HasSubstr("12 of 16 bits"));
  for (const int value : {1, 10, 100, 254}) EXPECT_EQ(source.read()->pixels.at<std::uint8_t>(0), value);
  source.seek(1);
  EXPECT_EQ(source.read()->pixels.at<std::uint8_t>(0), 10);
  SequenceSource cut(folder.write("cut.mha", content.substr(0, content.size() - 3)).string());
  EXPECT_TRUE(cut.read());
  EXPECT_TRUE(cut.read());
  EXPECT_THAT(errorOf([&] { cut.read(); }), testing::HasSubstr("cut short"));
}

/// Frames of one column each, 2 x 2 pixels: frame i holds 4 i to 4 i + 3.
std::string framesInARow(int frames) {
  std::string pixels;
  for (int i = 0; i < 4 * frames; ++i) pixels += static_cast<char>(i);
  return pixels;
}

/// The same with the values of each pixel side by side.
std::string framesSideBySide(int frames) {
  std::string pixels;
  for (int pixel = 0; pixel < 4; ++pixel)
    for (int i = 0; i < frames; ++i) pixels += static_cast<char>(4 * i + pixel);
  return pixels;
}

std::string nrrdText(const std::string& more) {
  return "NRRD0005\ntype: unsigned char\nencoding: raw\n" + more + "\n\n";
}

void expectFrames(const std::filesystem::path& file, int frames) {
  SequenceSource source(file.string());
  EXPECT_EQ(source.info().frameCount, frames);
  for (int i = 0; i < frames; ++i) {
    const auto frame = source.read();
    ASSERT_TRUE(frame) << i;
    const auto at = [i](int k) { return static_cast<std::uint8_t>(4 * i + k); };
    EXPECT_TRUE(samePicture(frame->pixels, (cv::Mat_<std::uint8_t>(2, 2) << at(0), at(1), at(2), at(3))))
        << i;
    ASSERT_TRUE(frame->geometry.spacingMm);
    EXPECT_TRUE(frame->geometry.spacingMm->isApprox(Eigen::Vector2d(0.25, 0.5)));
  }
  source.seek(frames - 1);
  EXPECT_EQ(source.read()->pixels.at<std::uint8_t>(0), 4 * (frames - 1));
  EXPECT_FALSE(source.read());
}

TEST(SequenceSource, TheKindsOfAnNrrdFileSayWhichAxisListsTheFrames) {
  const ScratchFolder folder;
  const std::string three = "sizes: 3 2 2\nspacings: nan 0.25 0.5\nkinds: list domain domain",
                    five =
                        "sizes: 5 2 2\nspace dimension: 2\nspace directions: none (0.25,0) (0,0.5)\n"
                        "kinds: time domain domain",
                    slicer4 =
                        "sizes: 3 2 2 1\nspace directions: none (0.25,0,0) (0,0.5,0) (0,0,0.1)\n"
                        "kinds: list domain domain domain",
                    slicer5 =
                        "sizes: 2 2 1 3\nspace directions: (0.25,0,0) (0,0.5,0) (0,0,0.1) none\n"
                        "kinds: domain domain domain list";
  expectFrames(folder.write("three.nrrd", nrrdText("dimension: 3\n" + three) + framesSideBySide(3)), 3);
  expectFrames(folder.write("five.nrrd", nrrdText("dimension: 3\n" + five) + framesSideBySide(5)), 5);
  expectFrames(folder.write("four.seq.nrrd", nrrdText("dimension: 4\n" + slicer4) + framesSideBySide(3)), 3);
  expectFrames(folder.write("today.seq.nrrd", nrrdText("dimension: 4\n" + slicer5) + framesInARow(3)), 3);
  folder.write("beside.raw", framesInARow(2));
  expectFrames(folder.write("split.nhdr", nrrdText("dimension: 3\nsizes: 2 2 2\nspacings: 0.25 0.5 nan\n"
                                                   "kinds: domain domain list\ndata file: beside.raw")),
               2);
}

TEST(SequenceSource, ColourIsWhatTheKindsCallColour) {
  const auto sizes = [](const std::string& kind) {
    return nrrdText("dimension: 3\nsizes: 3 1 1\nkinds: " + kind + " domain domain") + "RGB";
  };
  for (const char* kind : {"RGB-color", "3-color", "vector"})
    EXPECT_EQ(firstFrameOf(sizes(kind), "s.nrrd").pixels.at<cv::Vec3b>(0), cv::Vec3b('B', 'G', 'R')) << kind;
  for (const char* kind : {"list", "time"})
    EXPECT_EQ(firstFrameOf(sizes(kind), "s.nrrd").pixels.at<std::uint8_t>(0), 'R') << kind;
}

TEST(SequenceSource, RefusesAxesItDoesNotReadInWords) {
  const ScratchFolder folder;
  const auto refusal = [&](const std::string& axes) {
    folder.write("s.nrrd", nrrdText(axes) + std::string(64, 'a'));
    const std::string sentence = errorOf([&] { SequenceSource((folder / "s.nrrd").string()); });
    expectSentence(sentence, "s.nrrd");
    return sentence;
  };
  using testing::HasSubstr;
  EXPECT_THAT(refusal("sizes: 2 3 2\nkinds: domain list domain"), HasSubstr("middle axis"));
  EXPECT_THAT(refusal("sizes: 2 2 2 3\nkinds: domain domain domain list"), HasSubstr("volumes"));
  EXPECT_THAT(refusal("sizes: 2 2 3\nkinds: domain domain RGB-color"), HasSubstr("colours apart"));
  EXPECT_THAT(refusal("sizes: 4 2 2\nkinds: RGBA-color domain domain"), HasSubstr("4 values"));
  EXPECT_THAT(refusal("sizes: 2 2 2\nkinds: domain domain"), HasSubstr("2 kinds for 3 axes"));
  EXPECT_THAT(refusal("sizes: 100000 16384 2\nkinds: list domain domain"), HasSubstr("1 GiB"));
}

TEST(SequenceSource, IndexValuesOf3DSlicerAreTimes) {
  const std::string head = "dimension: 4\nsizes: 2 2 1 3\nkinds: domain domain domain list\n";
  const auto times = [&](const std::string& more) {
    const ScratchFolder folder;
    SequenceSource source(folder.write("s.seq.nrrd", nrrdText(head + more) + framesInARow(3)).string());
    std::vector<double> seconds;
    while (const auto frame = source.read()) seconds.push_back(frame->time);
    return seconds;
  };
  using testing::DoubleEq;
  using testing::ElementsAre;
  EXPECT_THAT(times("units: \"\" \"\" \"\" \"s\"\naxis 3 index values:=2 2.5 3"),
              ElementsAre(DoubleEq(2.0), DoubleEq(2.5), DoubleEq(3.0)));
  EXPECT_THAT(times("axis 3 index values:=2 2.5 3\nunits: \"\" \"\" \"\" \"ms\"")[1], DoubleEq(0.0025));
  EXPECT_THAT(times("axis 3 index type:=text\naxis 3 index values:=first second third")[1], DoubleEq(0.04));
  EXPECT_THAT(times("axis 3 index values:=2 2.5 3\nSeq_Frame0000_Timestamp:=7\nSeq_Frame0001_Timestamp:=8\n"
                    "Seq_Frame0002_Timestamp:=9"),
              ElementsAre(DoubleEq(7.0), DoubleEq(8.0), DoubleEq(9.0)));
  EXPECT_THAT(errorOf([&] { times("axis 3 index values:=2 2.5"); }),
              testing::HasSubstr("2 index values for 3"));
}

}  // namespace
}  // namespace acuguide::acquisition
