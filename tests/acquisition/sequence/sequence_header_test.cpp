#include "acquisition/sequence/sequence_header.h"

#include "acquisition/scratch_folder.h"
#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/test_frames.h"

#include <cmath>

namespace acuguide::acquisition {
namespace {

const std::string kLayout =
    "ObjectType = Image\nNDims = 3\nBinaryData = True\nCompressedData = False\nElementSpacing = 0.1 0.2 1\n"
    "ElementType = MET_UCHAR\n";

SequenceHeader parsed(const std::string& text, const std::string& name = "sequence.mha") {
  const ScratchFolder folder;
  return readSequenceHeader(folder.write(name, text));
}

std::string refusalOf(const std::string& text, const std::string& name = "sequence.mha") {
  const ScratchFolder folder;
  const auto file = folder.write(name, text);
  const std::string sentence = errorOf([&] { readSequenceHeader(file); });
  expectSentence(sentence, name);
  return sentence;
}

TEST(SequenceHeader, ReadsPlusFields) {
  const SequenceHeader header =
      parsed(kLayout +
             "DimSize = 4 3 2   \nUltrasoundImageOrientation = MFA\n"
             "Seq_Frame0000_ProbeToTrackerTransform = 1 0 0 5 0 1 0 6 0 0 1 7 -0 0 -0 1 \n"
             "Seq_Frame0000_ProbeToTrackerTransformStatus = OK\n"
             "Seq_Frame0000_ToolToTrackerTransform = 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1\n"
             "Seq_Frame0000_ToolToTrackerTransformStatus = INVALID\n"
             "Seq_Frame0000_Timestamp = 12.5\nSeq_Frame0000_FrameNumber = 99\n"
             "Seq_Frame0001_ProbeToTrackerTransform = 1 0 0 5 0 1 0 6 0 0 1 7 0 0 0 1\n"
             "Seq_Frame0001_Timestamp = 12.6\nSeq_Frame0001_ImageStatus = INVALID\n"
             "ElementDataFile = LOCAL\n");
  EXPECT_EQ(header.width, 4);
  EXPECT_EQ(header.height, 3);
  EXPECT_EQ(header.frameCount, 2);
  EXPECT_EQ(header.spacingMm, Eigen::Vector2d(0.1, 0.2));
  const auto poses = header.posesOf(0);
  ASSERT_EQ(poses.size(), 2u);
  EXPECT_EQ(poses[0].name(), "ProbeToTracker");
  EXPECT_TRUE(poses[0].valid);
  EXPECT_EQ(poses[0].matrix(1, 3), 6.0);
  EXPECT_EQ(poses[1].from, "Tool");
  EXPECT_EQ(poses[1].to, "Tracker");
  EXPECT_FALSE(poses[1].valid);
  EXPECT_FALSE(header.posesOf(1).front().valid) << "a pose without a status must not be used";
  EXPECT_TRUE(header.frames[0].imageValid);
  EXPECT_FALSE(header.frames[1].imageValid);
  EXPECT_EQ(header.frames[1].timestamp, 12.6);
  EXPECT_TRUE(header.posesOf(7).empty());
}

TEST(SequenceHeader, DoesNotTrustAPoseThatIsNotANumberOrNotThere) {
  const SequenceHeader header =
      parsed(kLayout +
             "DimSize = 4 3 1\n"
             "Seq_Frame0000_ProbeToTrackerTransformStatus = OK\n"
             "Seq_Frame0000_ToolToTrackerTransformStatus = OK\n"
             "Seq_Frame0000_ToolToTrackerTransform = nan 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1\n"
             "ElementDataFile = LOCAL\n");
  for (const NamedPose& pose : header.posesOf(0)) EXPECT_FALSE(pose.valid) << pose.name();
}

TEST(SequenceHeader, SplitsTransformNames) {
  using testing::Optional;
  using testing::Pair;
  EXPECT_THAT(splitTransformName("ProbeToTracker"), Optional(Pair("Probe", "Tracker")));
  EXPECT_THAT(splitTransformName("ToolToTool2"), Optional(Pair("Tool", "Tool2")));
  EXPECT_THAT(splitTransformName("StylusTipToStylus"), Optional(Pair("StylusTip", "Stylus")));
  EXPECT_FALSE(splitTransformName("Probe"));
  EXPECT_FALSE(splitTransformName("ToTracker"));
  EXPECT_FALSE(splitTransformName("ProbeTo"));
}

TEST(SequenceHeader, TakesOneByOneForUnknownSpacing) {
  EXPECT_FALSE(knownSpacing(1, 1));
  EXPECT_FALSE(knownSpacing(0, 0.1));
  EXPECT_FALSE(knownSpacing(-0.1, 0.1));
  EXPECT_FALSE(knownSpacing(std::nan(""), 0.1));
  EXPECT_EQ(knownSpacing(1, 0.5), Eigen::Vector2d(1, 0.5));
}

TEST(SequenceHeader, ReadsPosesWithoutPictures) {
  const SequenceHeader header = parsed(
      "NDims = 3\nDimSize = 0 0 2\nElementType = MET_OTHER\nUltrasoundImageOrientation = XX\n"
      "Seq_Frame0001_ProbeToTrackerTransform = 1 0 0 5 0 1 0 6 0 0 1 7 0 0 0 1\n"
      "Seq_Frame0001_ProbeToTrackerTransformStatus = OK\nElementDataFile = LOCAL\n");
  EXPECT_FALSE(header.hasPictures());
  EXPECT_TRUE(findPose(header.posesOf(1), "ProbeToTracker"));
}

TEST(SequenceHeader, KeepsTimesIncreasing) {
  SequenceHeader header;
  for (const double stamp : {10.0, 10.1, 10.1, 10.05, std::nan(""), 10.4, 2.0, 2.1}) {
    header.frames.push_back({.timestamp = stamp, .imageValid = true, .poses = {}});
  }
  const std::vector<double> times = header.times().seconds;
  EXPECT_EQ(times[0], 10.0);
  EXPECT_EQ(times[1], 10.1);
  EXPECT_EQ(times[5], 10.4);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GT(times[i], times[i - 1]) << i;
  EXPECT_NEAR(times[7] - times[6], 0.1, 1e-9) << "after the clock was set, steps are as recorded";
  EXPECT_LT(times[7], 10.8);
}

TEST(SequenceTimes, AClockThatWasSetBackBeginsAnEpoch) {
  for (const double back : {0.8, 10.0}) {
    std::vector<double> stamps;
    for (int i = 0; i < 40; ++i) stamps.push_back(5 + i / 6.0 - (i >= 20 ? back : 0.0));
    const SequenceTimes times = sequenceTimes(stamps);
    EXPECT_EQ(times.remark, "");
    for (std::size_t i = 1; i < stamps.size(); ++i) {
      EXPECT_NEAR(times.seconds[i] - times.seconds[i - 1], 1 / 6.0, 1e-9) << back << ", frame " << i;
      EXPECT_EQ(times.epochs[i], i >= 20 ? 1 : 0);
    }
  }
}

TEST(SequenceTimes, ExchangedAndRepeatedStampsAreSpreadEvenly) {
  std::vector<double> swapped, twice;
  for (int i = 0; i < 40; ++i) {
    swapped.push_back((i ^ 1) / 6.0);
    twice.push_back(i / 2 * 2 / 6.0);
  }
  swapped.push_back(40 / 6.0);
  twice.push_back(40 / 6.0);
  for (const auto& stamps : {swapped, twice}) {
    const SequenceTimes times = sequenceTimes(stamps);
    for (std::size_t i = 1; i < stamps.size(); ++i)
      EXPECT_GT(times.seconds[i] - times.seconds[i - 1], 0.05) << "time passes with every frame";
    EXPECT_EQ(times.epochs.back(), 0);
    EXPECT_EQ(times.remark, "");
  }
}

TEST(SequenceTimes, StampsThatCannotBeSecondsGiveWayToTheAssumedRateAndSaySo) {
  std::vector<double> still, milliseconds, microseconds;
  for (int i = 0; i < 30; ++i) {
    still.push_back(0.0);
    milliseconds.push_back(500.0 + i * 1000 / 6.0);
    microseconds.push_back(i * 1e6 / 6.0);
  }
  for (const auto& stamps : {still, milliseconds, microseconds}) {
    const SequenceTimes times = sequenceTimes(stamps);
    EXPECT_NEAR(times.seconds.back() - times.seconds.front(), 29 / 25.0, 1e-9);
    EXPECT_THAT(times.remark, testing::HasSubstr("25 frames a second"));
  }
  EXPECT_THAT(sequenceTimes(still).remark, testing::HasSubstr("stand still"));
  EXPECT_THAT(sequenceTimes(milliseconds).remark, testing::HasSubstr("not seconds"));
  EXPECT_EQ(sequenceTimes({std::nan(""), std::nan("")}).remark, "")
      << "none stated, as in a folder of images";
}

TEST(SequenceHeader, ReadsTheUnitsOfAnNrrdsSpacing) {
  const auto header = [](const std::string& units) {
    return parsed(
        "NRRD0005\ntype: unsigned char\ndimension: 3\nspace dimension: 3\nsizes: 4 3 1\n"
        "space directions: " +
            units + "\nkinds: domain domain list\nencoding: raw\n\n",
        "a.nrrd");
  };
  using testing::Optional;
  const auto spacing = [&](const std::string& length, const std::string& unit) {
    const std::string line =
        unit.empty() ? "" : "\nspace units: \"" + unit + "\" \"" + unit + "\" \"" + unit + "\"";
    return header("(" + length + ",0,0) (0," + length + ",0) none" + line);
  };
  for (const auto& [length, unit] : {std::pair("0.08", ""),
                                     {"0.08", "mm"},
                                     {"0.008", "cm"},
                                     {"0.00008", "m"},
                                     {"80", "um"},
                                     {"80", "microns"},
                                     {"80", "\xc2\xb5m"},
                                     {"0.008", "centimeters"}}) {
    const auto mm = spacing(length, unit).spacingMm;
    ASSERT_TRUE(mm) << unit;
    EXPECT_NEAR(mm->x(), 0.08, 1e-12) << unit;
    EXPECT_NEAR(mm->y(), 0.08, 1e-12) << unit;
  }
  EXPECT_FALSE(spacing("0.08", "furlong").spacingMm);
  EXPECT_THAT(spacing("0.08", "furlong").whyNoScale, testing::HasSubstr("furlong"));
  const auto axes = parsed(
      "NRRD0005\ntype: unsigned char\ndimension: 3\nsizes: 4 3 1\nspacings: 0.008 0.008 0.03\n"
      "units: \"cm\" \"cm\" \"s\"\nkinds: domain domain time\nencoding: raw\n\n",
      "b.nrrd");
  EXPECT_NEAR(axes.spacingMm.value().y(), 0.08, 1e-12);
}

TEST(SequenceHeader, RefusesWhatCannotBe) {
  const std::string end = "ElementDataFile = LOCAL\n";
  EXPECT_THAT(refusalOf("just some text\nthat is no header\n"), testing::HasSubstr("not a MetaImage"));
  EXPECT_THAT(refusalOf(std::string(300000, 'x')), testing::HasSubstr("not a MetaImage"));
  EXPECT_THAT(refusalOf(std::string(1000, '\0')), testing::HasSubstr("not a MetaImage"));
  refusalOf("");
  refusalOf(kLayout + "DimSize = 4 3 2\n");  // cut short in its header
  refusalOf(kLayout + "DimSize = 100000 100000 100000\n" + end);
  refusalOf(kLayout + "DimSize = 1e300 3 2\n" + end);
  refusalOf(kLayout + "DimSize = nan 3 2\n" + end);
  refusalOf(kLayout + "DimSize = -4 3 2\n" + end);
  refusalOf(kLayout + "DimSize = 0 3 2\n" + end);
  refusalOf(kLayout + "DimSize = 4 3\n" + end);
  refusalOf(kLayout + "DimSize = four 3 2\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nElementNumberOfChannels = 7\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nUltrasoundImageOrientation = sideways\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nSeq_Frame0000_ProbeToTrackerTransform = 1 2 3\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nSeq_Frame0000_Timestamp = noon\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nSeq_Frame99999999_Timestamp = 1\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nSeq_Frame0005_Timestamp = 1\n" + end);
  refusalOf("NDims = 3\nDimSize = 4 3 2\nElementType = MET_DOUBLE\n" + end);
  refusalOf(kLayout + "DimSize = 4 3 2\nElementDataFile = elsewhere.raw\n");
  refusalOf(kLayout + "DimSize = 4 3 2\nElementDataFile = LIST\n");
}

TEST(SequenceHeader, RefusesWrongNrrd) {
  refusalOf("NRRD0004\n", "a.nrrd");
  refusalOf("hello\n", "a.nrrd");
  const std::string start = "NRRD0004\ntype: unsigned char\ndimension: 3\n";
  refusalOf(start + "encoding: raw\nsizes: 100000 100000 100000\n\n", "a.nrrd");
  refusalOf(start + "encoding: bzip2\nsizes: 4 3 2\n\n", "a.nrrd");
  refusalOf(start + "encoding: raw\nsizes: 4 x 2\n\n", "a.nrrd");
  refusalOf("NRRD0004\ntype: float\nencoding: raw\nsizes: 4 3 2\n\n", "a.nrrd");
}

}  // namespace
}  // namespace acuguide::acquisition
