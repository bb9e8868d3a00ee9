#include "acquisition/source_catalog.h"

#include "acquisition/pose_lag.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

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

/// What a peer's damaged messages count must be seen through whatever stands between it and the screen.
TEST(SourceCatalog, AWrappedSourceStaysItselfButForItsFrames) {
  struct Inner : FrameSource {
    const SourceInfo& info() const override { return info_; }
    std::optional<Frame> read() override { return std::nullopt; }
    void seek(std::int64_t index) override { soughtFor = index; }
    void interrupt() noexcept override { interrupted = true; }
    std::int64_t damaged() const override { return 7; }

    std::int64_t soughtFor = -1;
    bool interrupted = false;
    SourceInfo info_{.name = "inner", .description = {}, .frameCount = {}, .nominalFramesPerSecond = {}};
  };
  struct Outer : SourceWrapper {
    using SourceWrapper::SourceWrapper;
    std::optional<Frame> read() override { return source().read(); }
  };
  Inner* inner = nullptr;
  SourceCatalog catalog;
  catalog.add({"inner", "", [](const std::string& source) { return source == "inner"; },
               [&inner](const std::string&) {
                 auto made = std::make_unique<Inner>();
                 inner = made.get();
                 return made;
               }});
  const auto wrap = [](std::unique_ptr<FrameSource> source) {
    return std::make_unique<Outer>(std::move(source));
  };
  for (const SourceCatalog& wrapped : {catalog.wrapped(wrap), withPoseLag(catalog, -0.1)}) {
    const auto source = wrapped.open("inner");
    EXPECT_EQ(source->info().name, "inner");
    EXPECT_EQ(source->damaged(), 7);
    source->interrupt();
    EXPECT_TRUE(inner->interrupted);
    source->seek(12);
    EXPECT_GE(inner->soughtFor, 0);
  }
  EXPECT_THROW(catalog.wrapped(wrap).open("other"), Error);
}

}  // namespace
}  // namespace acuguide::acquisition
