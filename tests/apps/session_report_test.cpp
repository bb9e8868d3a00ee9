// acuguide session report, and the plots of outcomes compare, through the real executable. Pages are read
// back with poppler's tools.
#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <cstdlib>
#include <fstream>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const fs::path sampleData = ACUGUIDE_SOURCE_DIR "/sample_data";

bool havePoppler() { return std::system("command -v pdftotext pdftoppm > /dev/null 2>&1") == 0; }

std::string wordsOf(const fs::path& pdf, const Folder& folder) {
  const fs::path text = folder / "words.txt";
  Running(std::string("pdftotext"), {"-layout", pdf.string(), text.string()}, folder / "log").wait(60);
  return textOf(text);
}

cv::Mat pageOf(const fs::path& pdf, int page, const Folder& folder) {
  const std::string stem = folder / "page";
  const std::string number = std::to_string(page);
  Running("pdftoppm", {"-r", "60", "-png", "-singlefile", "-f", number, "-l", number, pdf.string(), stem},
          folder / "log")
      .wait(60);
  return cv::imread(stem + ".png");
}

int coloured(const cv::Mat& picture) {
  cv::Mat channels[3];
  cv::split(picture, channels);
  cv::Mat difference;
  cv::absdiff(channels[0], channels[2], difference);
  return cv::countNonZero(difference > 60);
}

class SessionReport : public testing::Test {
 protected:
  void record(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{"record", "sim:st36_in_plane?seed=7", "--seconds", "6", "--out",
                                       session()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome recorded = acuguide(arguments, 240);
    ASSERT_EQ(recorded.exitCode, 0) << recorded.err;
  }
  /// The sample plan, with its checklist answered: an implant at the site, most questions left open.
  void recordWithPlan() {
    auto plan = nlohmann::json::parse(textOf(sampleData / "plans/st36_in_plane.plan.json"));
    plan["checklist"] = {{"date", "2026-11-24"}, {"answers", {{"infection", "no"}, {"implant", "yes"}}}};
    std::ofstream(folder_ / "plan.json") << plan;
    record({"--plan", (folder_ / "plan.json").string()});
  }
  std::string session() { return folder_ / "session"; }
  std::string database() { return "sqlite:" + (folder_ / "o.sqlite").string(); }
  Outcome report(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"session", "report", session(), "--out", pdf()});
    return acuguide(more, 240);
  }
  std::string pdf() { return folder_ / "report.pdf"; }
  Folder folder_;
};

TEST_F(SessionReport, SaysWhatWasDoneToWhomAndWhatCameOfIt) {
  if (!havePoppler()) GTEST_SKIP() << "needs pdftotext and pdftoppm (Debian's poppler-utils)";
  recordWithPlan();
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"session", session(), "--person", "P07"},
           {"event", session(), "--kind", "bruise", "--amount", "4", "--detail", "yellow at day 5"},
           {"add", "--person", "P07", "--side", "right", "--visit", "baseline", "--scale", "ueda_lower",
            "--value", "4"},
           {"add", "--person", "P07", "--visit", "6_months", "--scale", "ueda_lower", "--value", "11"}}) {
    std::vector<std::string> arguments = words;
    arguments.insert(arguments.begin(), "outcomes");
    arguments.insert(arguments.end(), {"--database", database()});
    const Outcome done = acuguide(arguments);
    ASSERT_EQ(done.exitCode, 0) << done.err;
  }
  const Outcome written = report({"--database", database()});
  ASSERT_EQ(written.exitCode, 0) << written.err;
  const std::string words = wordsOf(pdf(), folder_);
  for (const char* expected : {"P07",
                               "ST36",
                               "Zusanli",
                               "Checklist before the session",
                               "INR",
                               "Answered on 2026-11-24",
                               "A contraindication was present",
                               "Key pictures",
                               "closest to the target",
                               "Insertion 1",
                               "Path length",
                               "Bruise",
                               "4.0 cm",
                               "yellow at day 5",
                               "Adverse event: bruise.",
                               "ST36 was planned on the left; the affected side of P07 is the right",
                               "not scored",
                               "research and training software",
                               "Signature",
                               "page 1 of"})
    EXPECT_THAT(words, HasSubstr(expected));
  int marks = 0;
  for (int page = 1; page <= 3; ++page) {
    const cv::Mat picture = pageOf(pdf(), page, folder_);
    if (!picture.empty()) marks = std::max(marks, coloured(picture));
  }
  EXPECT_GT(marks, 100) << "overlays over the key pictures are coloured";
}

TEST_F(SessionReport, SaysWhatIsNotKnown) {
  if (!havePoppler()) GTEST_SKIP() << "needs pdftotext (Debian's poppler-utils)";
  record({"--no-analysis"});
  setenv("XDG_DATA_HOME", folder_.path().c_str(), 1);
  const Outcome written = report();
  unsetenv("XDG_DATA_HOME");
  ASSERT_EQ(written.exitCode, 0) << written.err;
  const std::string words = wordsOf(pdf(), folder_);
  for (const char* expected : {"person not known", "Recorded without a plan", "Not measured.",
                               "Nothing was noted", "No outcomes database was given"})
    EXPECT_THAT(words, HasSubstr(expected));
}

TEST_F(SessionReport, RefusesWhatItCannotReportOn) {
  const Outcome none = acuguide({"session", "report", folder_.path().string(), "--out", pdf()});
  EXPECT_EQ(none.exitCode, 2);
  EXPECT_FALSE(fs::exists(pdf()));
  record({"--no-analysis"});
  EXPECT_EQ(report({"--person", "Jane Doe"}).exitCode, 2);
  const Outcome missing = report({"--database", database()});
  EXPECT_EQ(missing.exitCode, 2);
  EXPECT_THAT(missing.err, HasSubstr("there is no such database"));
  ASSERT_EQ(acuguide({"outcomes", "session", session(), "--person", "P1", "--database", database()}).exitCode,
            0);
  const Outcome another = report({"--database", database(), "--person", "P2"});
  EXPECT_EQ(another.exitCode, 2);
  EXPECT_THAT(another.err, HasSubstr("as P1's, not P2's"));
}

TEST(OutcomesPlot, IsDrawnAsPictureAndAsPages) {
  Folder folder;
  std::ofstream table(folder / "s.csv");
  table << "person,group,visit,scale,value\n";
  for (int i = 0; i < 6; ++i)
    table << "T" << i << ",treated,baseline,ueda_upper," << 2 + i % 3 << "\nT" << i
          << ",treated,6m,ueda_upper," << 8 + i % 4 << "\nC" << i << ",control,baseline,ueda_upper,"
          << 2 + i % 4 << "\nC" << i << ",control,6m,ueda_upper," << 4 + i % 3 << "\n";
  table.close();
  const auto plot = [&](const std::string& name) {
    return acuguide(
        {"outcomes", "compare", "--from", (folder / "s.csv").string(), "--plot", (folder / name).string()});
  };
  ASSERT_EQ(plot("p.png").exitCode, 0);
  const cv::Mat picture = cv::imread(folder / "p.png");
  ASSERT_FALSE(picture.empty());
  EXPECT_GT(coloured(picture), 1000) << "two groups in two colours";
  ASSERT_EQ(plot("p.html").exitCode, 0);
  EXPECT_THAT(textOf(folder / "p.html"), HasSubstr("data:image/png;base64"));
  EXPECT_THAT(textOf(folder / "p.html"), HasSubstr("Hedges"));
  ASSERT_EQ(plot("p.pdf").exitCode, 0);
  EXPECT_EQ(textOf(folder / "p.pdf").substr(0, 5), "%PDF-");
  const Outcome wrong = plot("p.bmp");
  EXPECT_EQ(wrong.exitCode, 2);
  EXPECT_THAT(wrong.err, HasSubstr(".png, .pdf or .html"));
}

}  // namespace
}  // namespace acuguide::test
