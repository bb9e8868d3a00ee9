#include "acquisition/source_catalog.h"

#include "scratch_folder.h"
#include "test_frames.h"

#include <opencv2/imgcodecs.hpp>

namespace acuguide::acquisition {
namespace {

std::string refusalOf(const std::string& source) {
  return errorOf([&] { standardSources().open(source); });
}

TEST(SourceCatalog, OpensWithTheFirstKindThatClaims) {
  const ScratchFolder folder;
  cv::imwrite((folder / "0.png").string(), noisePicture(0));
  EXPECT_EQ(standardSources().open(folder.path().string())->info().frameCount, 1);
}

TEST(SourceCatalog, TellsAMissingFileFromAnUnknownKind) {
  const ScratchFolder folder;
  expectSentence(refusalOf((folder / "missing").string()), "missing");
  EXPECT_THAT(refusalOf((folder / "missing").string()), testing::HasSubstr("no such file"));
  for (const char* name : {"missing.mp4", "missing.mha", "missing.nrrd", "missing.png"}) {
    EXPECT_THAT(refusalOf((folder / name).string()), testing::HasSubstr("no such file")) << name;
  }
  const std::string letter = folder.write("letter.txt", "Dear reader").string();
  expectSentence(refusalOf(letter), "letter.txt");
  EXPECT_THAT(refusalOf(letter), testing::HasSubstr("not a kind of source"));
  EXPECT_THAT(refusalOf(letter), testing::HasSubstr("gst:PIPELINE")) << "says what there is";
  EXPECT_FALSE(refusalOf("").empty());
  EXPECT_FALSE(refusalOf("nobody://knows").empty());
}

TEST(SourceCatalog, LeavesOtherRoomsTheirKinds) {
  const ScratchFolder folder;
  folder.write("session.sqlite", "");
  folder.write("video.mkv", "");
  const SourceCatalog catalog = standardSources();
  for (const auto& kind : catalog.kinds()) {
    for (const std::string& source : {folder.path().string(), std::string("sim:st36_in_plane?seed=1")}) {
      EXPECT_FALSE(kind.claims(source)) << kind.form << " claims " << source;
    }
  }
}

TEST(SourceCatalog, GivesNetworkAndDicomToTheirOwn) {
  const ScratchFolder folder;
  const std::string dicom = folder.write("slice.dcm", "").string();
  const SourceCatalog catalog = standardSources();
  for (const auto& kind : catalog.kinds()) {
    EXPECT_EQ(kind.claims(dicom), kind.form == "FILE.dcm") << kind.form;
    EXPECT_EQ(kind.claims("igtl://localhost:18944/Image.png"), kind.form == "igtl://HOST:PORT/DEVICE")
        << kind.form;
  }
}

TEST(SourceCatalog, SourcesThatOnlyRunForwardSayThatTheyCannotSeek) {
  class Forward : public FrameSource {
   public:
    const SourceInfo& info() const override { return info_; }
    std::optional<Frame> read() override { return std::nullopt; }

   private:
    SourceInfo info_{.name = "forward", .description = {}, .frameCount = {}, .nominalFramesPerSecond = {}};
  };
  Forward source;
  expectSentence(errorOf([&] { source.seek(3); }), "forward");
}

}  // namespace
}  // namespace acuguide::acquisition
