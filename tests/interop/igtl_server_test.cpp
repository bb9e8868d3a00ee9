#include "interop/igtl_server.h"

#include "acquisition/igtl/igtl_source.h"
#include "core/clock.h"
#include "core/error.h"
#include "interop/guidance_text.h"
#include "interop/igtl_messages.h"
#include "recording/session_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <arpa/inet.h>
#include <atomic>
#include <cstring>
#include <igtlClientSocket.h>
#include <igtlImageMessage.h>
#include <igtlMessageHeader.h>
#include <igtlStatusMessage.h>
#include <igtlStringMessage.h>
#include <igtlTransformMessage.h>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace acuguide::interop {
namespace {

using namespace std::chrono_literals;
using navigation::GuidanceSnapshot;
namespace samples = recording::samples;

/// Stands where the navigator would: the newest snapshot, for whoever asks.
class Stage {
 public:
  void show(std::shared_ptr<GuidanceSnapshot> snapshot) {
    snapshot->sequence = ++sequence_;
    const std::scoped_lock lock(mutex_);
    now_ = std::move(snapshot);
  }
  IgtlServer::Current current() {
    return [this] {
      const std::scoped_lock lock(mutex_);
      return now_;
    };
  }

 private:
  std::mutex mutex_;
  std::uint64_t sequence_ = 0;
  std::shared_ptr<const GuidanceSnapshot> now_ = std::make_shared<GuidanceSnapshot>();
};

std::shared_ptr<GuidanceSnapshot> live(std::int64_t index, bool colour = false) {
  auto snapshot = samples::snapshot(index, colour);
  auto frame = std::make_shared<Frame>(*snapshot->frame);
  frame->arrival = monotonicSeconds();
  snapshot->frame = frame;
  snapshot->picture = navigation::PictureState::Live;
  snapshot->guidance = samples::guidance();
  return snapshot;
}

IgtlServerOptions anyPort() {
  IgtlServerOptions options;
  options.port = 0;
  return options;
}

/// One message as libopenigtlink's own classes receive it.
struct Message {
  igtl::MessageHeader::Pointer header;
  std::vector<std::uint8_t> body;
  std::string type() const { return header->GetDeviceType(); }
  std::string device() const { return header->GetDeviceName(); }

  template <class Kind>
  typename Kind::Pointer as() const {
    auto message = Kind::New();
    message->SetMessageHeader(header);
    message->AllocatePack();
    std::memcpy(message->GetPackBodyPointer(), body.data(), body.size());
    EXPECT_TRUE(message->Unpack(1) & igtl::MessageHeader::UNPACK_BODY) << "checksum of " << device();
    return message;
  }
};

class Receiver {
 public:
  Receiver() = default;
  explicit Receiver(int port) { connect(port); }
  void connect(int port) {
    EXPECT_EQ(socket_->ConnectToServer("127.0.0.1", port), 0);
    socket_->SetReceiveTimeout(5000);
  }
  std::optional<Message> next() {
    Message message{igtl::MessageHeader::New(), {}};
    message.header->InitPack();
    if (socket_->Receive(message.header->GetPackPointer(), message.header->GetPackSize()) !=
        message.header->GetPackSize())
      return std::nullopt;
    message.header->Unpack();
    message.body.resize(static_cast<std::size_t>(message.header->GetBodySizeToRead()));
    const int size = static_cast<int>(message.body.size());
    if (socket_->Receive(message.body.data(), size) != size) return std::nullopt;
    return message;
  }
  /// Everything up to and with the next STATUS: one snapshot's messages.
  std::map<std::string, Message> bundle() {
    std::map<std::string, Message> messages;
    for (;;) {
      auto message = next();
      if (!message) return messages;
      const bool last = message->type() == "STATUS";
      messages.insert_or_assign(message->device(), std::move(*message));
      if (last) return messages;
    }
  }
  /// Bundles until one has a picture.
  std::map<std::string, Message> pictureBundle() {
    for (int i = 0; i < 20; ++i)
      if (auto messages = bundle(); messages.contains("Image")) return messages;
    ADD_FAILURE() << "no picture came";
    return {};
  }
  igtl::ClientSocket::Pointer socket() { return socket_; }

 private:
  igtl::ClientSocket::Pointer socket_ = igtl::ClientSocket::New();
};

cv::Mat pixelsOf(igtl::ImageMessage::Pointer image) {
  int x = 0, y = 0, z = 0;
  image->GetDimensions(x, y, z);
  EXPECT_EQ(z, 1);
  return cv::Mat(y, x, CV_8UC(image->GetNumComponents()), image->GetScalarPointer()).clone();
}

TEST(IgtlServer, SaysEverythingOfASnapshot) {
  Stage stage;
  stage.show(live(3));
  IgtlServer server(stage.current(), anyPort());
  Receiver receiver(server.port());
  const auto messages = receiver.pictureBundle();
  const auto original = live(3);

  EXPECT_TRUE(
      samples::samePixels(pixelsOf(messages.at("Image").as<igtl::ImageMessage>()), original->frame->pixels));
  for (const NamedPose& pose : original->frame->poses) {
    if (pose.name() != "ProbeToTracker" && pose.name() != "ImageToProbe") continue;
    ASSERT_EQ(messages.contains(pose.name()), pose.valid) << pose.name();
    if (!pose.valid) continue;
    igtl::Matrix4x4 matrix;
    messages.at(pose.name()).as<igtl::TransformMessage>()->GetMatrix(matrix);
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 4; ++column)
        EXPECT_NEAR(matrix[row][column], pose.matrix(row, column), 1e-4);
  }
  igtl::Matrix4x4 needle, target;
  messages.at("NeedleToImage").as<igtl::TransformMessage>()->GetMatrix(needle);
  EXPECT_NEAR(needle[0][3], original->needle.tipPx.x(), 1e-3);
  EXPECT_NEAR(needle[1][3], original->needle.tipPx.y(), 1e-3);
  // A millimetre along the needle's x axis leads from the tip away from the tail.
  const Eigen::Vector2d ahead = original->needle.tipPx - original->needle.tailPx;
  EXPECT_GT(needle[0][0] * ahead.x() + needle[1][0] * ahead.y(), 0.0);
  const Eigen::Vector2d step =
      Eigen::Vector2d(needle[0][0], needle[1][0]).cwiseProduct(*original->frame->geometry.spacingMm);
  EXPECT_NEAR(step.norm(), 1.0, 1e-4);
  messages.at("TargetToImage").as<igtl::TransformMessage>()->GetMatrix(target);
  EXPECT_NEAR(target[0][3], original->guidance->target->px.x(), 1e-3);

  const auto text = nlohmann::json::parse(messages.at("Guidance").as<igtl::StringMessage>()->GetString());
  EXPECT_EQ(text.at("format"), "acuguide.guidance/1");
  EXPECT_EQ(text.at("guidance").at("state"), guidance::nameOf(original->guidance->state));
  EXPECT_EQ(text.at("needle").at("state"), "observed");
  EXPECT_EQ(messages.at("acuguide").as<igtl::StatusMessage>()->GetCode(), igtl::StatusMessage::STATUS_OK);
}

TEST(IgtlServer, SaysWhatMayBeANerveOrVesselAndWhetherNoneMeansNone) {
  auto with = live(1);
  with->structures.state = navigation::StructuresState::On;
  with->structures.doubt = navigation::StructuresDoubt::None;
  with->structures.zones = {
      {.id = 1,
       .kind = imaging::StructureKind::Nerve,
       .confidence = 0.75,
       .outlinePx = {{3, 4}, {9, 4}, {6, 8}}},
      {.id = 2, .kind = imaging::StructureKind::Vessel, .outlinePx = {{20, 4}, {29, 4}, {29, 8}, {20, 8}}}};
  Stage stage;
  stage.show(with);
  IgtlServer server(stage.current(), anyPort());
  Receiver receiver(server.port());
  auto messages = receiver.pictureBundle();
  auto text = nlohmann::json::parse(messages.at("Guidance").as<igtl::StringMessage>()->GetString());
  EXPECT_EQ(text.at("structures").at("state"), "on");
  EXPECT_EQ(text.at("structures").at("possible").at(0).at("kind"), "nerve");
  EXPECT_EQ(text.at("structures").at("possible").at(0).at("confidence"), 0.75);
  EXPECT_EQ(text.at("structures").at("possible").at(1).at("outlinePx").size(), 4u);

  auto unsure = live(2);
  unsure->structures.state = navigation::StructuresState::NotSure;
  unsure->structures.doubt = navigation::StructuresDoubt::Strange;
  stage.show(unsure);
  server.announce();
  messages = receiver.pictureBundle();
  text = nlohmann::json::parse(messages.at("Guidance").as<igtl::StringMessage>()->GetString());
  EXPECT_TRUE(text.at("structures").at("possible").empty());
  EXPECT_EQ(text.at("structures").at("state"), "not_sure");
  EXPECT_EQ(text.at("structures").at("doubt"), "strange");
}

TEST(IgtlServer, ColourComesAsRgb) {
  Stage stage;
  stage.show(live(1, true));
  IgtlServer server(stage.current(), anyPort());
  Receiver receiver(server.port());
  const auto messages = receiver.pictureBundle();
  const cv::Mat rgb = pixelsOf(messages.at("Image").as<igtl::ImageMessage>());
  const cv::Vec3b sent = live(1, true)->frame->pixels.at<cv::Vec3b>(5, 7), got = rgb.at<cv::Vec3b>(5, 7);
  EXPECT_EQ(got, cv::Vec3b(sent[2], sent[1], sent[0]));
}

TEST(IgtlServer, WithdrawsWhatIsStale) {
  Stage stage;
  stage.show(live(0));
  IgtlServer server(stage.current(), anyPort());
  Receiver receiver(server.port());
  receiver.pictureBundle();
  auto stale = live(0);
  stale->picture = navigation::PictureState::Stale;
  stale->needle = {};
  stale->guidance.reset();
  stage.show(stale);
  server.announce();
  std::string code;
  for (int i = 0; i < 10 && code != "stale"; ++i) {
    const auto messages = receiver.bundle();
    ASSERT_TRUE(messages.contains("acuguide"));
    const auto status = messages.at("acuguide").as<igtl::StatusMessage>();
    code = status->GetErrorName();
    if (code != "stale") continue;
    EXPECT_EQ(status->GetCode(), igtl::StatusMessage::STATUS_NOT_READY);
    EXPECT_FALSE(messages.contains("NeedleToImage"));
    const auto text = nlohmann::json::parse(messages.at("Guidance").as<igtl::StringMessage>()->GetString());
    EXPECT_TRUE(text.at("guidance").is_null());
  }
  EXPECT_EQ(code, "stale");
}

// Three read, one never does: the three get every picture's worth, and who announces is never held up.
TEST(IgtlServer, AStalledClientHoldsUpNobody) {
  Stage stage;
  stage.show(live(0));
  IgtlServerOptions options = anyPort();
  options.stalledSeconds = 0.8;
  IgtlServer server(stage.current(), options);
  Receiver stalled(server.port());
  std::atomic<bool> done = false;
  std::array<std::atomic<int>, 3> pictures{};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&, i] {
      Receiver receiver(server.port());
      while (!done)
        if (receiver.bundle().contains("Image")) ++pictures[static_cast<std::size_t>(i)];
    });
  const auto big = [](std::int64_t index) {
    auto snapshot = live(index);
    auto frame = std::make_shared<Frame>(*snapshot->frame);
    frame->pixels = samples::picture(index, {640, 480});
    snapshot->frame = frame;
    return snapshot;
  };
  bool allThere = false, letGo = false;
  for (int i = 0; i < 1500 && !(letGo && pictures[0] > 30 && pictures[1] > 30 && pictures[2] > 30); ++i) {
    stage.show(big(i % 7));
    server.announce();
    std::this_thread::sleep_for(10ms);
    allThere = allThere || server.status().clients == 4;
    letGo = letGo || (allThere && server.status().clients == 3);
  }
  const IgtlServerStatus status = server.status();
  EXPECT_TRUE(letGo) << "a client that takes nothing is let go in the end";
  EXPECT_EQ(status.clients, 3);
  EXPECT_GT(status.skipped, 0);
  for (const auto& count : pictures) EXPECT_GT(count, 30);
  done = true;
  for (auto& reader : readers) reader.join();
}

TEST(IgtlServer, ListensToNoCommand) {
  Stage stage;
  stage.show(live(0));
  IgtlServer server(stage.current(), anyPort());
  Receiver receiver(server.port());
  const std::vector<std::uint8_t> garbage(100000, 0x5a);
  receiver.socket()->Send(garbage.data(), static_cast<int>(garbage.size()));
  receiver.pictureBundle();
  for (int i = 0; i < 500 && server.status().bytesIgnored < 100000; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server.status().bytesIgnored, 100000);
  stage.show(live(1));
  server.announce();
  EXPECT_TRUE(receiver.pictureBundle().contains("Image"));
}

TEST(IgtlServer, TurnsAwayMoreClientsThanItServes) {
  Stage stage;
  stage.show(live(0));
  IgtlServerOptions options = anyPort();
  options.mostClients = 1;
  IgtlServer server(stage.current(), options);
  Receiver first(server.port());
  first.pictureBundle();
  Receiver second(server.port());
  EXPECT_FALSE(second.next());
  EXPECT_EQ(server.status().clients, 1);
  EXPECT_EQ(server.status().refused, 1);
  EXPECT_EQ(server.status().lastRefused, "127.0.0.1");
}

/// A client that takes a byte now and then, and never a whole picture.
class Trickle {
 public:
  explicit Trickle(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int little = 2048;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ~Trickle() { close(socket_); }
  Trickle(const Trickle&) = delete;
  Trickle& operator=(const Trickle&) = delete;

  void sip() const {
    char byte = 0;
    (void)recv(socket_, &byte, 1, MSG_DONTWAIT);
  }

 private:
  int socket_;
};

/// A picture of several MiB, which no socket's buffers hold.
std::shared_ptr<GuidanceSnapshot> large(std::int64_t index) {
  auto snapshot = live(index);
  auto frame = std::make_shared<Frame>(*snapshot->frame);
  frame->pixels = cv::Mat(2000, 4000, CV_8UC1, cv::Scalar(7));
  snapshot->frame = frame;
  return snapshot;
}

TEST(IgtlServer, SlowClientsDoNotKeepThePlacesThatOthersWant) {
  Stage stage;
  IgtlServerOptions options = anyPort();
  options.mostClients = 4;
  options.slowSeconds = 0.2;
  stage.show(large(0));
  IgtlServer server(stage.current(), options);
  std::vector<std::unique_ptr<Trickle>> slow;
  for (int i = 0; i < 4; ++i) slow.push_back(std::make_unique<Trickle>(server.port()));
  const auto sip = [&](double seconds) {
    const double end = monotonicSeconds() + seconds;
    for (std::int64_t i = 1; monotonicSeconds() < end; ++i) {
      for (const auto& one : slow) one->sip();
      stage.show(large(i));
      server.announce();
      std::this_thread::sleep_for(20ms);
    }
  };
  sip(0.6);
  EXPECT_EQ(server.status().clients, 4);
  Receiver newcomer(server.port());
  std::atomic<bool> got = false;
  std::thread reading([&] { got = newcomer.bundle().contains("Image"); });
  sip(1.0);
  stage.show(live(1));
  server.announce();
  reading.join();
  EXPECT_TRUE(got) << "one of the slow ones made room";
  EXPECT_GE(server.status().letGo, 1);
  EXPECT_EQ(server.status().refused, 0);
}

TEST(IgtlServer, SaysThatItCouldNotServeAndServesAgain) {
  Stage stage;
  stage.show(live(0));
  std::atomic<bool> fails = true;
  IgtlServer server(
      [&, current = stage.current()] {
        if (fails) throw std::runtime_error("no memory");
        return current();
      },
      anyPort());
  EXPECT_EQ(server.status().failures, 0);
  EXPECT_TRUE(Receiver(server.port()).bundle().empty()) << "let go without half a message";
  const double start = monotonicSeconds();
  while (server.status().failures == 0 && monotonicSeconds() - start < 20) std::this_thread::sleep_for(5ms);
  EXPECT_GE(server.status().failures, 1);
  EXPECT_EQ(server.status().lastFailure, "no memory");
  fails = false;
  EXPECT_TRUE(Receiver(server.port()).bundle().contains("Image"));
}

/// Takes all but one of the descriptors that the process may open.
class OneDescriptor {
 public:
  OneDescriptor() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = 256;
    setrlimit(RLIMIT_NOFILE, &few);
    for (int taken = dup(0); taken >= 0; taken = dup(0)) taken_.push_back(taken);
    close(taken_.back());
    taken_.pop_back();
  }
  ~OneDescriptor() {
    for (const int taken : taken_) close(taken);
    setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(IgtlServer, AClientThatCannotBeTakenIsSaidAndDoesNotKeepItBusy) {
  Stage stage;
  stage.show(live(0));
  std::atomic<int> asked = 0;
  IgtlServer server(
      [&, current = stage.current()] {
        ++asked;
        return current();
      },
      anyPort());
  Receiver first(server.port());
  ASSERT_TRUE(first.bundle().contains("Image"));
  Receiver second;
  {
    const OneDescriptor forTheClient;
    second.connect(server.port());
    const double start = monotonicSeconds();
    while (server.status().failures == 0 && monotonicSeconds() - start < 20) std::this_thread::sleep_for(5ms);
    EXPECT_EQ(server.status().failures, 1);
    EXPECT_NE(server.status().lastFailure.find("cannot be taken"), std::string::npos);
    const int before = asked;
    std::this_thread::sleep_for(500ms);
    EXPECT_LT(asked - before, 100) << "it waits instead of trying without end";
  }
  EXPECT_TRUE(second.bundle().contains("Image")) << "taken as soon as that is possible";
}

TEST(IgtlServer, ATrickleIsLetGoInTheEnd) {
  Stage stage;
  IgtlServerOptions options = anyPort();
  options.stalledSeconds = 0.5;
  stage.show(large(0));
  IgtlServer server(stage.current(), options);
  const Trickle trickle(server.port());
  const double start = monotonicSeconds();
  for (std::int64_t i = 1; server.status().letGo == 0 && monotonicSeconds() - start < 20; ++i) {
    trickle.sip();
    stage.show(large(i));
    server.announce();
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(server.status().letGo, 1);
  EXPECT_GT(monotonicSeconds() - start, 0.5);
}

TEST(IgtlServer, APortThatIsTakenIsAnError) {
  Stage stage;
  IgtlServer server(stage.current(), anyPort());
  IgtlServerOptions same;
  same.port = server.port();
  EXPECT_THAT([&] { IgtlServer second(stage.current(), same); },
              testing::ThrowsMessage<Error>(testing::HasSubstr("cannot be listened on")));
}

// Our own source reads our own server: pixels, poses and scale come through.
TEST(IgtlServer, IsReadByIgtlSource) {
  Stage stage;
  stage.show(live(0));
  IgtlServer server(stage.current(), anyPort());
  std::atomic<bool> done = false;
  std::thread showing([&] {
    for (int i = 1; !done; ++i) {
      stage.show(live(i % 3));
      server.announce();
      std::this_thread::sleep_for(20ms);
    }
  });
  acquisition::IgtlSource source("igtl://127.0.0.1:" + std::to_string(server.port()) + "/Image");
  for (int i = 0; i < 10; ++i) {
    const auto frame = source.read();
    ASSERT_TRUE(frame);
    bool one = false;
    for (int k = 0; k < 3; ++k) one = one || samples::samePixels(frame->pixels, live(k)->frame->pixels);
    EXPECT_TRUE(one);
    ASSERT_TRUE(frame->geometry.spacingMm);
    EXPECT_TRUE(frame->geometry.spacingMm->isApprox(*live(0)->frame->geometry.spacingMm, 1e-5));
    EXPECT_LT(monotonicSeconds() - frame->arrival, 60.0);
  }
  EXPECT_EQ(source.damaged(), 0);
  EXPECT_THAT(source.lastText(), testing::HasSubstr("acuguide.guidance/1"));
  done = true;
  showing.join();
}

TEST(GuidanceText, EveryKeyIsThereWithoutAnImageToo) {
  const auto empty = nlohmann::json::parse(guidanceText(GuidanceSnapshot()));
  const auto full = nlohmann::json::parse(guidanceText(*live(3)));
  for (const auto& [key, value] : full.items()) EXPECT_TRUE(empty.contains(key)) << key;
  for (const char* key : {"frame", "timeSeconds", "spacingMm", "guidance"})
    EXPECT_TRUE(empty[key].is_null()) << key;
  for (const char* key : {"confidence", "tipPx", "tailPx", "angleDeg", "tipSigmaPx"}) {
    EXPECT_TRUE(empty["needle"].contains(key)) << key;
    EXPECT_TRUE(full["needle"].contains(key)) << key;
  }
  GuidanceSnapshot untargeted = *live(3);
  untargeted.guidance.emplace();
  const auto open = nlohmann::json::parse(guidanceText(untargeted))["guidance"];
  for (const char* key : {"targetPx", "targetSource", "targetDepthMm", "tipToTarget", "nearestDanger"})
    EXPECT_TRUE(open.contains(key) && open[key].is_null()) << key;
}

TEST(IgtlServer, TheStatusHasNoByteThatNobodyWrote) {
  for (int i = 0; i < 3; ++i) {
    const auto bytes = igtlMessagesOf(*live(1), false);
    // The last message: code (2 bytes), subcode (8 bytes) after its header of 58.
    std::size_t at = 0, last = 0;
    while (at + 58 <= bytes.size()) {
      last = at;
      std::uint64_t size = 0;
      for (std::size_t k = 42; k < 50; ++k) size = size << 8 | bytes[at + k];
      at += 58 + static_cast<std::size_t>(size);
    }
    ASSERT_EQ(std::string(reinterpret_cast<const char*>(&bytes[last + 2])), "STATUS");
    for (std::size_t k = 2; k < 10; ++k) EXPECT_EQ(bytes[last + 58 + k], 0) << k;
  }
}

}  // namespace
}  // namespace acuguide::interop
