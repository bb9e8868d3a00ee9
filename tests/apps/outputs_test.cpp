#include "apps/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <sys/stat.h>
#include <thread>
#include <tuple>
#include <unistd.h>

namespace acuguide::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Arguments = std::vector<std::string>;

const fs::path sampleData = ACUGUIDE_SOURCE_DIR "/sample_data";
const std::string sequence = (sampleData / "st36_in_plane.igs.mha").string();
const std::string plan = (sampleData / "plans/st36_in_plane.plan.json").string();

/// Every file below a folder with its bytes, links not followed.
std::map<std::string, std::string> contentsOf(const fs::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      contents[entry.path().lexically_relative(folder).string()] = textOf(entry.path());
  return contents;
}

mode_t modeOf(const fs::path& path) {
  struct stat state {};
  return stat(path.c_str(), &state) == 0 ? state.st_mode & 0777 : 0;
}

/// A session, a database of scores, a plan and a key, which no command may damage.
class Outputs : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    suiteFolder = new Folder;
    fs::copy_file(plan, file("p.json"));
    ASSERT_EQ(acuguide({"record", sequence, "--plan", plan, "--probe", "top", "--out", file("s")}).exitCode,
              0);
    std::ofstream(file("scores.csv"))
        << "person,group,side,visit,scale,value\n"
           "P1,treated,left,baseline,barthel,7\nP2,control,left,baseline,barthel,6\n"
           "P3,treated,left,baseline,barthel,5\nP4,control,left,baseline,barthel,4\n";
    const Outcome added =
        acuguide({"outcomes", "add", "--csv", file("scores.csv"), "--database", database()});
    ASSERT_EQ(added.exitCode, 0) << added.err;
    fs::create_symlink(file("o.sqlite"), file("link.sqlite"));
    fs::create_hard_link(file("o.sqlite"), file("hard.csv"));
    fs::copy_file(sampleData / "st36_in_plane.igs.mha", file("images.mha"));
  }
  static void TearDownTestSuite() {
    delete suiteFolder;
    suiteFolder = nullptr;
  }
  static std::string file(const std::string& name) { return (*suiteFolder / name).string(); }
  static std::string database() { return "sqlite:" + file("o.sqlite"); }
  static const fs::path& folder() { return suiteFolder->path(); }

  /// The command is refused in one sentence, and nothing in the folder changes.
  static void expectRefused(const Arguments& arguments) {
    const auto before = contentsOf(folder());
    const Outcome outcome = acuguide(arguments);
    EXPECT_EQ(outcome.exitCode, 2) << testing::PrintToString(arguments) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.err, testing::StartsWith("acuguide: ")) << testing::PrintToString(arguments);
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    const auto after = contentsOf(folder());
    EXPECT_TRUE(before == after) << testing::PrintToString(arguments);
  }

 private:
  static Folder* suiteFolder;
};

Folder* Outputs::suiteFolder = nullptr;

TEST_F(Outputs, NeverReplaceADatabaseByWhateverName) {
  const std::string around = "../" + folder().filename().string() + "/./o.sqlite";
  for (const std::string& name : {std::string("o.sqlite"), std::string("link.sqlite"),
                                  std::string("hard.csv"), std::string("o.sqlite-wal"), around}) {
    const std::string out = file(name);
    expectRefused({"outcomes", "export", "--database", database(), "--out", out});
    expectRefused({"outcomes", "compare", "--database", database(), "--csv", out});
    expectRefused({"session", "metrics", file("s"), "--out", out});
    expectRefused({"session", "metrics", file("s"), "--csv", out});
    expectRefused({"session", "report", file("s"), "--database", database(), "--out", out});
    expectRefused({"simulate", "no_needle", "--frames", "1", "--out", file("new.mkv"), "--truth", out});
  }
  expectRefused(
      {"outcomes", "export", "--database", "sqlite:" + file("link.sqlite"), "--out", file("o.sqlite")});
  expectRefused({"outcomes", "key", "--out", file("o.sqlite")});
  expectRefused({"plan", "new", "ST36", "--side", "left", "--out", file("o.sqlite")});
}

TEST_F(Outputs, NeverReplaceAFileOfASession) {
  for (const char* name : {"s/session.sqlite", "s/video.mkv", "s/plan.json"}) {
    expectRefused({"session", "export", file("s"), "--out", file(name)});
    expectRefused({"session", "metrics", file("s"), "--out", file(name)});
    expectRefused({"session", "report", file("s"), "--out", file(name)});
    expectRefused({"plan", "propose", file("p.json"), "--out", file(name)});
    expectRefused({"simulate", "no_needle", "--frames", "1", "--out", file(name)});
    expectRefused({"guide", "sim:no_needle", "--offscreen", "--seconds", "1", "--screenshot", file(name)});
  }
  for (const char* command : {"process", "record"}) expectRefused({command, sequence, "--out", file("s")});
  expectRefused({"process", file("s"), "--out", file("s")});
  expectRefused({"session", "export", file("s"), "--out", file("s")});
  EXPECT_EQ(acuguide({"session", "check", file("s")}).exitCode, 0);
}

TEST_F(Outputs, NeverReplaceAnInput) {
  expectRefused({"plan", "propose", file("p.json"), "--out", file("p.json")});
  expectRefused({"plan", "print", file("p.json"), "--out", file("p.json")});
  expectRefused({"process", file("images.mha"), "--out", file("images.mha")});
  expectRefused({"muscle", "measure", file("images.mha"), "--out", file("images.mha")});
  expectRefused({"calibrate", "scale", "--image", file("images.mha"), "--out", file("images.mha")});
  expectRefused({"dicom", "export", file("images.mha"), "--out", file("images.mha")});
  expectRefused({"outcomes", "compare", "--from", file("scores.csv"), "--csv", file("scores.csv")});
  expectRefused({"outcomes", "export", "--database", database(), "--out", file("scores.csv")});
  expectRefused({"session", "metrics", file("s"), "--out", file("m.json"), "--csv", file("m.json")});
}

TEST_F(Outputs, NeverReplaceWhatOthersMade) {
  const std::pair<const char*, const char*> strangers[] = {{"theirs.mkv", "\x1a\x45\xdf\xa3 a scanner's"},
                                                           {"theirs.mp4",
                                                            "    "
                                                            "ftyp"},
                                                           {"theirs.json", "{}"},
                                                           {"theirs.pdf", "%PDF-1.4 a letter"},
                                                           {"theirs.png", "\x89PNG\r\n\x1a\n"},
                                                           {"theirs.csv", "name,born\nx,y\n"}};
  for (const auto& [name, text] : strangers) std::ofstream(file(name), std::ios::binary) << text;
  fs::create_directory(file("theirs"));
  std::ofstream(file("theirs/letter.txt")) << "of a patient";
  expectRefused({"session", "export", file("s"), "--out", file("theirs.mkv")});
  expectRefused({"session", "export", file("s"), "--out", file("theirs.mp4")});
  expectRefused({"session", "export", file("s"), "--out", file("theirs")});
  expectRefused({"session", "metrics", file("s"), "--out", file("theirs.json")});
  expectRefused({"session", "metrics", file("s"), "--csv", file("theirs.csv")});
  expectRefused({"session", "report", file("s"), "--out", file("theirs.pdf")});
  expectRefused({"process", sequence, "--limit", "1", "--out", file("theirs")});
  expectRefused({"outcomes", "compare", "--database", database(), "--plot", file("theirs.png")});
  expectRefused({"replay", file("s"), "--offscreen", "--frames", "1", "--screenshot", file("theirs.png")});
  expectRefused({"record", sequence, "--out", file("theirs")});
}

TEST_F(Outputs, AnEarlierResultOfTheSameKindIsReplaced) {
  const Arguments commands[] = {
      {"session", "export", file("s"), "--to", "1", "--out", file("r.mp4")},
      {"session", "export", file("s"), "--to", "1", "--out", file("r.mkv")},
      {"session", "export", file("s"), "--to", "1", "--out", file("r.igs.mha")},
      {"session", "export", file("s"), "--out", file("r.dcm")},
      {"session", "export", file("s"), "--to", "1", "--out", file("tables")},
      {"session", "metrics", file("s"), "--out", file("r.json"), "--csv", file("r.csv")},
      {"session", "report", file("s"), "--out", file("r.pdf")},
      {"plan", "print", file("p.json"), "--out", file("plan.pdf")},
      {"process", sequence, "--limit", "2", "--overlay", "--out", file("run")},
      {"outcomes", "compare", "--database", database(), "--csv", file("c.csv"), "--plot", file("c.png")},
      {"simulate", "no_needle", "--frames", "2", "--out", file("sim.mkv"), "--truth", file("sim.csv")},
      {"plan", "edit", file("p.json"), "--offscreen", "--screenshot", file("shot.png")}};
  for (const Arguments& command : commands)
    for (const char* time : {"first", "second"}) {
      const Outcome outcome = acuguide(command);
      EXPECT_EQ(outcome.exitCode, 0) << time << " " << testing::PrintToString(command) << outcome.err;
    }
  for (const auto& entry : fs::directory_iterator(folder()))
    EXPECT_THAT(entry.path().filename().string(), testing::Not(HasSubstr(".part"))) << "nothing is left over";
}

/// The hidden name under which a run gathers its results (core/whole_file.h).
bool begun(const fs::path& folder, std::uintmax_t bytes) {
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
    if (entry.path().string().find(".acuguide-") != std::string::npos && entry.is_regular_file(ignored) &&
        entry.file_size(ignored) >= bytes)
      return true;
  return false;
}

TEST_F(Outputs, ARunThatIsKilledLeavesTheOldResultsAndNoMixture) {
  const Folder folder, log;
  const std::string endless = "sim:no_needle?seed=1";
  const std::tuple<Arguments, Arguments, std::uintmax_t> runs[] = {
      {{"process", sequence, "--overlay", "--out", folder / "run"},
       {"process", endless, "--overlay", "--out", folder / "run"},
       1000},
      {{"session", "export", file("s"), "--out", folder / "v.mkv"},
       {"simulate", "no_needle", "--frames", "5000", "--out", folder / "v.mkv"},
       100'000},
      {{"simulate", "no_needle", "--frames", "2", "--out", folder / "v.igs.mha"},
       {"simulate", "no_needle", "--frames", "5000", "--out", folder / "v.igs.mha"},
       100'000}};
  for (const auto& [whole, killed, bytes] : runs) {
    const Outcome first = acuguide(whole);
    ASSERT_EQ(first.exitCode, 0) << first.err;
    const auto before = contentsOf(folder.path());
    Running again(ACUGUIDE_BINARY_DIR "/acuguide", killed, log / "log");
    for (int i = 0; i < 1200 && !begun(folder.path(), bytes); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_TRUE(begun(folder.path(), bytes)) << "it was to be killed while it writes; " << again.output();
    again.signal(SIGKILL);
    again.wait(20);
    auto after = contentsOf(folder.path());
    std::erase_if(after, [](const auto& file) { return file.first.find(".acuguide-") != std::string::npos; });
    EXPECT_TRUE(after == before) << testing::PrintToString(killed);
    for (const auto& entry : fs::directory_iterator(folder.path()))
      if (entry.path().filename().string().starts_with(".acuguide-")) fs::remove_all(entry.path());
    const Outcome afterThat = acuguide(whole);
    EXPECT_EQ(afterThat.exitCode, 0) << afterThat.err;
  }
}

/// What was found before the fault is kept where nothing has to go for it.
TEST_F(Outputs, ARunThatFailsLeavesTheOldResults) {
  const Folder folder;
  const std::string broken = (folder / "broken.mkv").string();
  ASSERT_EQ(acuguide({"simulate", "no_needle", "--frames", "30", "--out", broken}).exitCode, 0);
  fs::resize_file(broken, fs::file_size(broken) * 2 / 3);
  EXPECT_EQ(acuguide({"process", broken, "--out", folder / "new"}).exitCode, 2);
  EXPECT_GT(tableOf(folder / "new/frames.csv").size(), 5u);
  ASSERT_EQ(acuguide({"process", sequence, "--limit", "3", "--out", folder / "old"}).exitCode, 0);
  const auto before = contentsOf(folder / "old");
  EXPECT_EQ(acuguide({"process", broken, "--out", folder / "old"}).exitCode, 2);
  EXPECT_TRUE(contentsOf(folder / "old") == before);
}

/// A table that somebody typed is not to be told from one that was exported.
TEST_F(Outputs, ATableOfScoresIsNeverReplaced) {
  const std::string out = file("exported.csv");
  ASSERT_EQ(acuguide({"outcomes", "export", "--database", database(), "--out", out}).exitCode, 0);
  expectRefused({"outcomes", "export", "--database", database(), "--out", out});
}

TEST_F(Outputs, AreForTheirOwnersEyes) {
  ASSERT_EQ(acuguide({"session", "metrics", file("s"), "--out", file("own.json")}).exitCode, 0);
  ASSERT_EQ(acuguide({"session", "report", file("s"), "--out", file("own.pdf")}).exitCode, 0);
  ASSERT_EQ(acuguide({"session", "export", file("s"), "--out", file("own")}).exitCode, 0);
  ASSERT_EQ(acuguide({"session", "export", file("s"), "--out", file("own.dcm")}).exitCode, 0);
  ASSERT_EQ(acuguide({"session", "export", file("s"), "--out", file("own.mp4")}).exitCode, 0);
  ASSERT_EQ(acuguide({"plan", "new", "ST36", "--side", "left", "--out", file("own.plan.json")}).exitCode, 0);
  for (const char* name : {"s/session.sqlite", "s/video.mkv", "s/plan.json", "o.sqlite", "own.json",
                           "own.pdf", "own.dcm", "own.mp4", "own.plan.json", "own/frames.csv"})
    EXPECT_EQ(modeOf(file(name)), 0600u) << name;
  for (const char* name : {"s", "own"}) EXPECT_EQ(modeOf(file(name)), 0700u) << name;
}

/// Whoever adds an option that writes must say so (apps/output_options.h); these are the names they have.
TEST(OutputOptions, EveryOneIsDeclared) {
  const Arguments commands[] = {{"record"},
                                {"process"},
                                {"simulate"},
                                {"guide"},
                                {"replay"},
                                {"practice"},
                                {"bench"},
                                {"plan", "new"},
                                {"plan", "propose"},
                                {"plan", "print"},
                                {"plan", "edit"},
                                {"atlas", "locate"},
                                {"muscle", "measure"},
                                {"dicom", "export"},
                                {"dicom", "deidentify"},
                                {"dicom", "get"},
                                {"session", "export"},
                                {"session", "metrics"},
                                {"session", "report"},
                                {"outcomes", "export"},
                                {"outcomes", "compare"},
                                {"outcomes", "key"},
                                {"calibrate", "spatial"},
                                {"calibrate", "temporal"},
                                {"calibrate", "pivot"},
                                {"calibrate", "landmarks"},
                                {"calibrate", "camera"},
                                {"calibrate", "scale"}};
  for (Arguments command : commands) {
    command.push_back("--help");
    const std::string help = acuguide(command).out;
    std::size_t outputs = 0;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
      const bool names = std::regex_search(line, std::regex("^  --(out|csv|plot|truth|screenshot|record) "));
      outputs += names ? 1 : 0;
      EXPECT_EQ(names, line.find(" OUTPUT") != std::string::npos) << testing::PrintToString(command) << line;
    }
    EXPECT_GT(outputs, 0u) << help;
  }
}

}  // namespace
}  // namespace acuguide::test
