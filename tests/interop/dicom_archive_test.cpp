#include "interop/dicom_archive.h"

#include "acquisition/dicom/dicom_source.h"
#include "core/error.h"
#include "interop/dicom_export.h"
#include "recording/session_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <set>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace acuguide::interop {
namespace {

using namespace std::chrono_literals;
namespace samples = recording::samples;
using samples::TemporaryFolder;
using testing::HasSubstr;
namespace fs = std::filesystem;

int listenAnywhere(int* port) {
  const int socketNumber = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(socketNumber, reinterpret_cast<sockaddr*>(&address), size);
  listen(socketNumber, 8);
  getsockname(socketNumber, reinterpret_cast<sockaddr*>(&address), &size);
  *port = ntohs(address.sin_port);
  return socketNumber;
}

int freePort() {
  int port = 0;
  close(listenAnywhere(&port));
  return port;
}

/// A real Orthanc with a storage of its own, on loopback; gone with the object.
class Orthanc {
 public:
  static constexpr const char* program = "/usr/sbin/Orthanc";
  static bool installed() { return fs::exists(program); }

  Orthanc() : port_(freePort()) {
    const fs::path settings = folder_ / "orthanc.json";
    std::ofstream(settings)
        << R"({"Name":"test","StorageDirectory":")" << (folder_ / "storage").string()
        << R"(","IndexDirectory":")" << (folder_ / "storage").string()
        << R"(","HttpServerEnabled":false,"DicomServerEnabled":true,"DicomAet":"ORTHANC","DicomPort":)"
        << port_ << R"(,"DicomAlwaysAllowEcho":true,"DicomAlwaysAllowStore":true,)"
        << R"("DicomAlwaysAllowFind":true,"DicomAlwaysAllowGet":true,"Plugins":[]})";
    const std::string log = (folder_ / "log").string(), config = settings.string();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    std::string name = program, argument = config;
    char* arguments[] = {name.data(), argument.data(), nullptr};
    posix_spawn(&process_, program, &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    DicomNetworkOptions patient;
    patient.attempts = 8;
    patient.retrySeconds = 0.25;
    DicomArchive(node(), patient).verify();
  }
  ~Orthanc() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Orthanc(const Orthanc&) = delete;
  Orthanc& operator=(const Orthanc&) = delete;

  DicomNode node() const { return {"ORTHANC", "127.0.0.1", port_}; }
  int port() const { return port_; }

 private:
  TemporaryFolder folder_;
  int port_;
  pid_t process_ = -1;
};

/// Between us and the archive: cuts the first connections after so many bytes, lets later ones through.
class BreakingLine {
 public:
  BreakingLine(int to, int cuts, std::size_t after) : to_(to), cuts_(cuts), after_(after) {
    listening_ = listenAnywhere(&port_);
    thread_ = std::thread([this] { run(); });
  }
  ~BreakingLine() {
    stopping_ = true;
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
  }
  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void run() {
    while (!stopping_) {
      pollfd wait{listening_, POLLIN, 0};
      if (poll(&wait, 1, 100) <= 0) continue;
      const int here = accept(listening_, nullptr, nullptr);
      if (here < 0) continue;
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      address.sin_port = htons(static_cast<std::uint16_t>(to_));
      const int there = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      connect(there, reinterpret_cast<sockaddr*>(&address), sizeof address);
      pump(here, there, ++connections_ <= cuts_ ? after_ : SIZE_MAX);
      close(here);
      close(there);
    }
  }
  void pump(int here, int there, std::size_t limit) {
    std::size_t passed = 0;
    char buffer[16384];
    while (!stopping_ && passed < limit) {
      pollfd waits[] = {{here, POLLIN, 0}, {there, POLLIN, 0}};
      if (poll(waits, 2, 100) <= 0) continue;
      for (int i = 0; i < 2; ++i) {
        if (waits[i].revents == 0) continue;
        const ssize_t got = read(i == 0 ? here : there, buffer, sizeof buffer);
        if (got <= 0) return;
        if (write(i == 0 ? there : here, buffer, static_cast<std::size_t>(got)) != got) return;
        if (i == 0) passed += static_cast<std::size_t>(got);
      }
    }
  }

  int to_, cuts_, port_ = 0, listening_ = -1;
  std::size_t after_;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

class Frames : public acquisition::FrameSource {
 public:
  Frames(int seed, int count) : seed_(seed), count_(count) { info_.name = "frames"; }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    if (next_ == count_) return std::nullopt;
    Frame frame = *samples::frame(next_++);
    frame.pixels = samples::picture(100 * seed_ + next_, {128, 96});
    return frame;
  }

 private:
  acquisition::SourceInfo info_;
  int seed_, count_, next_ = 0;
};

fs::path session(const TemporaryFolder& folder, int number, const std::string& patient, int frames = 5) {
  const fs::path file = folder / ("session" + std::to_string(number) + ".dcm");
  Frames source(number, frames);
  DicomExportOptions options;
  options.patientId = patient;
  options.startedUtc = "2026-11-25T03:31:54Z";
  options.identity = "session " + std::to_string(number);
  exportDicom(source, file, options);
  return file;
}

std::vector<cv::Mat> picturesOf(const fs::path& file) {
  acquisition::DicomSource source(file.string());
  std::vector<cv::Mat> pictures;
  while (auto frame = source.read()) pictures.push_back(frame->pixels);
  return pictures;
}

#define REQUIRE_ORTHANC() \
  if (!Orthanc::installed()) GTEST_SKIP() << "Orthanc is not installed (apt-get install orthanc)"

TEST(DicomArchive, TwentySessionsComeBackPixelForPixel) {
  REQUIRE_ORTHANC();
  const TemporaryFolder folder;
  const Orthanc orthanc;
  DicomArchive archive(orthanc.node());
  std::vector<fs::path> files;
  for (int i = 0; i < 20; ++i) files.push_back(session(folder, i, "A-17"));
  int confirmed = 0;
  archive.send(files, [&](const fs::path&) { ++confirmed; });
  EXPECT_EQ(confirmed, 20);
  EXPECT_EQ(archive.find("A-17").size(), 20u);
  EXPECT_TRUE(archive.find("B-1").empty());
  const auto fetched = archive.fetch("A-17", folder / "fetched");
  ASSERT_EQ(fetched.size(), 20u);
  std::set<std::string> sent, back;
  const auto contentOf = [](const fs::path& file) {
    std::string all;
    for (const cv::Mat& picture : picturesOf(file))
      all.append(reinterpret_cast<const char*>(picture.data), picture.total());
    return all;
  };
  for (const fs::path& file : files) sent.insert(contentOf(file));
  for (const fs::path& file : fetched) back.insert(contentOf(file));
  EXPECT_EQ(sent.size(), 20u);
  EXPECT_TRUE(sent == back);
}

TEST(DicomArchive, AnInterruptedSendIsTriedAgainAndNothingIsThereTwice) {
  REQUIRE_ORTHANC();
  const TemporaryFolder folder;
  const Orthanc orthanc;
  std::vector<fs::path> files;
  for (int i = 0; i < 3; ++i) files.push_back(session(folder, i, "C-3", 20));
  // In the second file; and once more in the third.
  const BreakingLine line(orthanc.port(), 2, 300000);
  DicomNetworkOptions options;
  options.retrySeconds = 0.1;
  DicomArchive archive({"ORTHANC", "127.0.0.1", line.port()}, options);
  archive.send(files);
  EXPECT_GE(line.connections(), 3);
  DicomArchive direct(orthanc.node());
  direct.send(files);  // all over again
  EXPECT_EQ(direct.fetch("C-3", folder / "fetched").size(), 3u);
}

TEST(DicomArchive, SaysWhatIsWrong) {
  EXPECT_THAT([] { DicomNode::parse("localhost:4242", "--to"); },
              testing::ThrowsMessage<Error>(HasSubstr("AET@HOST:PORT")));
  EXPECT_EQ(DicomNode::parse("ORTHANC@localhost:4242", "--to").port, 4242);
  DicomNetworkOptions once;
  once.attempts = 1;
  EXPECT_THAT(
      [&] {
        DicomArchive({"X", "127.0.0.1", freePort()}, once).verify();
      },
      testing::ThrowsMessage<Error>(HasSubstr("does not answer")));
  const TemporaryFolder folder;
  std::ofstream(folder / "text.dcm") << "hello";
  EXPECT_THAT(
      [&] {
        DicomArchive({"X", "127.0.0.1", freePort()}, once).send({folder / "text.dcm"});
      },
      testing::ThrowsMessage<Error>(HasSubstr("not a DICOM file")));
}

}  // namespace
}  // namespace acuguide::interop
