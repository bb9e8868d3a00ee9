#include "acquisition/pose_recording.h"

#include "acquisition/scratch_folder.h"
#include "core/error.h"

#include <gmock/gmock.h>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;

const SourceOpener noSource = [](const std::string& source) -> std::unique_ptr<FrameSource> {
  throw Error(source, "is no recording", "give one");
};

PoseRecording read(const std::filesystem::path& path, const PoseRequest& request = {"", "Stylus"}) {
  return readPoseRecording(path, request, noSource);
}

std::string refusal(const std::filesystem::path& path, const PoseRequest& request = {"", "Stylus"}) {
  try {
    read(path, request);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

std::string row(double x) { return "1,0,0," + std::to_string(x) + ",0,1,0,2,0,0,1,3,0,0,0,1\n"; }

/// A sequence without pictures: three frames, in the second the stylus was not seen.
std::string trackerFile(const std::string& secondStatus) {
  std::string text =
      "ObjectType = Image\nNDims = 3\nDimSize = 0 0 3\nElementType = MET_UCHAR\nElementSpacing = 1 1 1\n";
  for (int i = 0; i < 3; ++i) {
    const std::string frame = "Seq_Frame000" + std::to_string(i) + "_";
    const std::string status = i == 1 ? secondStatus : "OK";
    text += frame + "StylusToTrackerTransform = 1 0 0 " + std::to_string(10 * i) +
            " 0 1 0 0 0 0 1 0 0 0 0 1\n" + frame + "StylusToTrackerTransformStatus = " + status + "\n" +
            frame + "ReferenceToTrackerTransform = 1 0 0 4 0 1 0 0 0 0 1 0 0 0 0 1\n" + frame +
            "ReferenceToTrackerTransformStatus = OK\n" + frame + "Timestamp = " + std::to_string(7.5 + i) +
            "\n";
  }
  return text + "ElementDataFile = LOCAL\n";
}

TEST(PoseRecording, ReadsATrackersSequenceAndComposesThePose) {
  ScratchFolder folder;
  const auto file = folder.write("tracker.igs.mha", trackerFile("INVALID"));
  const PoseRecording recording = read(file);
  EXPECT_EQ(recording.name, "StylusToReference");
  EXPECT_EQ(recording.total, 3);
  EXPECT_EQ(recording.invalid, 1);
  ASSERT_EQ(recording.poses.size(), 2u);
  EXPECT_DOUBLE_EQ(recording.poses[1].matrix(0, 3), 20.0 - 4.0);
  EXPECT_DOUBLE_EQ(recording.poses[1].seconds, 9.5);
  EXPECT_DOUBLE_EQ(read(file, {"StylusToTracker", ""}).poses[1].matrix(0, 3), 20.0);
}

TEST(PoseRecording, NamesThePosesThereAreWhenTheOneAskedForIsNot) {
  ScratchFolder folder;
  const auto file = folder.write("tracker.igs.mha", trackerFile("OK"));
  const std::string said = refusal(file, {"NeedleToReference", ""});
  EXPECT_THAT(said, HasSubstr("no pose NeedleToReference"));
  EXPECT_THAT(said, HasSubstr("StylusToTracker, ReferenceToTracker"));
}

TEST(PoseRecording, TablesWithAndWithoutHeadingAndTime) {
  ScratchFolder folder;
  EXPECT_EQ(read(folder.write("plain.csv", row(1) + "\n" + row(2))).poses.size(), 2u);
  const PoseRecording timed = read(folder.write("timed.csv", "t,m00,m01\n0.5," + row(1) + "0.75," + row(2)));
  ASSERT_EQ(timed.poses.size(), 2u);
  EXPECT_DOUBLE_EQ(timed.poses[1].seconds, 0.75);
  EXPECT_DOUBLE_EQ(timed.poses[1].matrix(0, 3), 2.0);
  const PoseRecording lost = read(folder.write("lost.csv", row(1) + "nan,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1\n"));
  EXPECT_EQ(lost.total, 2);
  EXPECT_EQ(lost.invalid, 1);
}

TEST(PoseRecording, FoldersInNaturalOrder) {
  ScratchFolder folder;
  folder.write("pose2.txt", "1 0 0 2\n0 1 0 0\n0 0 1 0\n0 0 0 1\n");
  folder.write("pose10.txt", "1 0 0 10\n0 1 0 0\n0 0 1 0\n");
  const PoseRecording recording = read(folder.path());
  ASSERT_EQ(recording.poses.size(), 2u);
  EXPECT_DOUBLE_EQ(recording.poses[0].matrix(0, 3), 2.0);
  EXPECT_DOUBLE_EQ(recording.poses[1].matrix(0, 3), 10.0);
}

TEST(PoseRecording, RefusesWhatHoldsNoPoses) {
  ScratchFolder folder;
  EXPECT_THAT(refusal(folder / "none.csv"), HasSubstr("is not there"));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("holds no poses"));
  EXPECT_THAT(refusal(folder.write("short.csv", row(1) + "1,2,3\n")), HasSubstr("line 2: holds 3 numbers"));
  EXPECT_THAT(refusal(folder.write("words.csv", row(1) + "to be measured\n")), HasSubstr("line 2"));
  EXPECT_THAT(refusal(folder.write("empty.csv", "")), HasSubstr("holds no poses"));
  std::string allInvalid = trackerFile("INVALID");
  for (std::size_t at = 0;
       (at = allInvalid.find("StylusToTrackerTransformStatus = OK", at)) != std::string::npos;)
    allInvalid.replace(at, 35, "StylusToTrackerTransformStatus = INVALID");
  EXPECT_THAT(refusal(folder.write("lost.igs.mha", allInvalid)), HasSubstr("is INVALID"));
  const std::string none =
      "ObjectType = Image\nNDims = 3\nDimSize = 0 0 1\nElementType = MET_UCHAR\n"
      "Seq_Frame0000_Timestamp = 1\nElementDataFile = LOCAL\n";
  EXPECT_THAT(refusal(folder.write("none.igs.mha", none)), HasSubstr("holds no poses"));
}

}  // namespace
}  // namespace acuguide::acquisition
