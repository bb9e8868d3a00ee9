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

SequenceHeader parsed(const std::string& text) {
  const ScratchFolder folder;
  return readSequenceHeader(folder.write("sequence.mha", text));
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
  const std::vector<double> times = header.increasingTimes();
  EXPECT_EQ(times[0], 10.0);
  EXPECT_EQ(times[1], 10.1);
  EXPECT_EQ(times[5], 10.4);
  for (std::size_t i = 1; i < times.size(); ++i) EXPECT_GT(times[i], times[i - 1]) << i;
  EXPECT_NEAR(times[7] - times[6], 0.1, 1e-9) << "after the clock was set, steps are as recorded";
  EXPECT_LT(times[7], 10.8);
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
