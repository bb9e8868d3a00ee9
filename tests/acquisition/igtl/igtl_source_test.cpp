#include "acquisition/igtl/igtl_source.h"

#include "acquisition/igtl/igtl_message.h"
#include "acquisition/igtl_messages.h"
#include "acquisition/stream/feed.h"
#include "acquisition/test_frames.h"
#include "core/clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

/// A server of libopenigtlink's own, on a port of its own.
class Server {
 public:
  Server() {
    EXPECT_EQ(socket_->CreateServer(0), 0);
    port_ = socket_->GetServerPort();
  }
  ~Server() { socket_->CloseSocket(); }

  std::string address(const std::string& rest = "/Image") const {
    return "igtl://127.0.0.1:" + std::to_string(port_) + rest;
  }
  int port() const { return port_; }

  igtl::ClientSocket::Pointer accept() { return socket_->WaitForConnection(5000); }

 private:
  igtl::ServerSocket::Pointer socket_ = igtl::ServerSocket::New();
  int port_ = 0;
};

void send(igtl::ClientSocket::Pointer& client, const MessageBytes& message) {
  client->Send(message.data(), static_cast<int>(message.size()));
}

/// Opens the source while `serve` runs with the first client.
std::unique_ptr<IgtlSource> openWith(Server& server, const std::string& rest,
                                     const std::function<void(igtl::ClientSocket::Pointer&)>& serve,
                                     igtl::ClientSocket::Pointer* keep = nullptr) {
  auto opening =
      std::async(std::launch::async, [&] { return std::make_unique<IgtlSource>(server.address(rest), 5.0); });
  igtl::ClientSocket::Pointer client = server.accept();
  EXPECT_TRUE(client.IsNotNull());
  if (client.IsNotNull()) serve(client);
  if (keep != nullptr) *keep = client;
  return opening.get();
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

TEST(IgtlSource, PicturesComeWithTheirPoses) {
  Server server;
  const auto source = openWith(server, "/Image", [](auto& client) {
    for (int i = 0; i < 3; ++i) {
      const double stamp = 1.7e9 + i / 30.0;
      send(client, imageMessage("Other", noisePicture(99), stamp));
      send(client, imageMessage("Image", noisePicture(i), stamp));
      send(client, transformMessage("ProbeToTracker", static_cast<float>(i), 0, 0, stamp));
    }
  });
  EXPECT_TRUE(source->info().live);
  for (int i = 0; i < 3; ++i) {
    const auto frame = source->read();
    ASSERT_TRUE(frame);
    EXPECT_TRUE(same(frame->pixels, noisePicture(i)));
    EXPECT_EQ(frame->index, i);
    EXPECT_NEAR(frame->time, 1.7e9 + i / 30.0, 1e-6);
    EXPECT_LE(frame->arrival, monotonicSeconds());
    ASSERT_EQ(frame->poses.size(), 1u);
    EXPECT_EQ(frame->poses[0].name(), "ProbeToTracker");
    EXPECT_TRUE(frame->poses[0].valid);
    ASSERT_TRUE(frame->geometry.spacingMm);
    EXPECT_NEAR(frame->geometry.spacingMm->y(), 0.2, 1e-6);
  }
  EXPECT_TRUE(source->clockOffsetSeconds());
  EXPECT_EQ(source->damaged(), 0);
}

TEST(IgtlSource, ThePoseIsThatOfThePicturesMoment) {
  Server server;
  const auto source = openWith(server, "", [](auto& client) {
    send(client, transformMessage("ProbeToTracker", 10, 0, 0, 1000.00));
    send(client, imageMessage("Image", noisePicture(0), 1000.01));
    send(client, transformMessage("ProbeToTracker", 20, 0, 0, 1000.02));
  });
  const auto frame = source->read();
  ASSERT_TRUE(frame);
  ASSERT_EQ(frame->poses.size(), 1u);
  EXPECT_TRUE(frame->poses[0].valid);
  // Clocks are told apart by the least delayed message; within a burst that is good to a millisecond or two.
  EXPECT_NEAR(frame->poses[0].matrix(0, 3), 15.0, 5.0);
}

TEST(IgtlSource, NamesOfToolsBecomeNamesOfPoses) {
  Server server;
  const auto source =
      openWith(server, "/Image?map=Tool7:NeedleToTracker&map=Base:ReferenceToTracker", [](auto& client) {
        for (const char* name : {"Tool7", "Base", "Stylus"}) send(client, transformMessage(name, 1, 2, 3));
        send(client, imageMessage("Image", noisePicture(0)));
      });
  const auto frame = source->read();
  ASSERT_TRUE(frame);
  for (const char* name : {"NeedleToTracker", "ReferenceToTracker", "StylusToTracker"})
    EXPECT_TRUE(findPose(frame->poses, name)) << name;
}

TEST(IgtlSource, PosesComeFromASecondServer) {
  Server scanner, tracker;
  igtl::ClientSocket::Pointer toTracker;
  std::atomic<bool> done = false;
  std::thread tracking([&] {
    igtl::ClientSocket::Pointer client = tracker.accept();
    while (!done && client.IsNotNull()) {
      send(client, transformMessage("ProbeToTracker", 4, 5, 6));
      std::this_thread::sleep_for(5ms);
    }
  });
  igtl::ClientSocket::Pointer client;
  const auto source = openWith(
      scanner, "/Image?tracker=127.0.0.1:" + std::to_string(tracker.port()),
      [](auto& c) { send(c, imageMessage("Image", noisePicture(0))); }, &client);
  bool found = false;
  for (int i = 1; i < 100 && !found; ++i) {
    send(client, imageMessage("Image", noisePicture(i)));
    const auto frame = source->read();
    ASSERT_TRUE(frame);
    found = findPose(frame->poses, "ProbeToTracker").has_value();
  }
  EXPECT_TRUE(found);
  done = true;
  tracking.join();
}

TEST(IgtlSource, DamagedMessagesAreCountedAndNothingElse) {
  Server server;
  const auto source = openWith(server, "/Image", [](auto& client) {
    MessageBytes wrong = imageMessage("Image", noisePicture(5));
    wrong.back() ^= 1;
    send(client, imageMessage("Image", noisePicture(0), 1000.0));
    send(client, wrong);
    send(client, transformMessage("ProbeToTracker", 1, 2, 3, 1000.01));
    send(client, MessageBytes(1000, 0xaa));
    MessageBytes absurd = wrong;
    absurd.resize(58);
    absurd[45] = 0xff;
    send(client, absurd);
    send(client, imageMessage("Image", cv::Mat(4, 4, CV_32FC1, cv::Scalar(0)), 1000.02));
    send(client, imageMessage("Image", noisePicture(1), 1000.03));
  });
  EXPECT_TRUE(same(source->read()->pixels, noisePicture(0)));
  EXPECT_TRUE(same(source->read()->pixels, noisePicture(1)));
  EXPECT_EQ(source->damaged(), 4);
}

TEST(IgtlSource, SaysWhatIsWrongWithTheAddress) {
  const auto messageOf = [](const std::string& source) {
    try {
      IgtlSource opened(source, 0.3);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("opened");
  };
  EXPECT_THAT(messageOf("igtl://localhost"), HasSubstr("not a host and a port"));
  EXPECT_THAT(messageOf("igtl://localhost:99999/Image"), HasSubstr("port of 1 to 65535"));
  EXPECT_THAT(messageOf("igtl://localhost:18944/Image?speed=3"), HasSubstr("speed=3"));
  EXPECT_THAT(messageOf("igtl://127.0.0.1:1/Image"), HasSubstr("no OpenIGTLink server answers"));
}

TEST(IgtlSource, NamesTheDevicesThereAreWhenTheOneAskedForIsNot) {
  Server server;
  auto opening = std::async(std::launch::async, [&]() -> std::string {
    try {
      IgtlSource source(server.address("/Image"), 0.5);
    } catch (const SourceUnavailable& error) {
      return error.what();
    }
    return "opened";
  });
  igtl::ClientSocket::Pointer client = server.accept();
  send(client, imageMessage("Video", noisePicture(0)));
  EXPECT_THAT(opening.get(), HasSubstr("only Video"));
}

/// What is said of a server that sends these bytes again and again; with the seconds that it took.
std::pair<std::string, double> refusalOf(const MessageBytes& sent, const std::string& device = "/Image") {
  Server server;
  const double start = monotonicSeconds();
  auto opening = std::async(std::launch::async, [&]() -> std::string {
    try {
      IgtlSource source(server.address(device), 8.0);
    } catch (const SourceUnavailable& error) {
      return error.what();
    }
    return "opened";
  });
  igtl::ClientSocket::Pointer client = server.accept();
  while (opening.wait_for(30ms) != std::future_status::ready) send(client, sent);
  return {opening.get(), monotonicSeconds() - start};
}

TEST(IgtlSource, SaysWhatASenderSendsAsSoonAsItIsKnown) {
  MessageBytes video = transformMessage("Image", 1, 2, 3), newer = imageMessage("Image", noisePicture(0));
  std::memset(&video[2], 0, 12);
  std::memcpy(&video[2], "VIDEO", 5);
  newer[1] = 3;
  const std::string http = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  const std::vector<std::pair<MessageBytes, std::string>> senders = {
      {video, "sends its images as VIDEO (compressed)"},
      {newer, "header version 3"},
      {MessageBytes(http.begin(), http.end()), "is not an OpenIGTLink server"},
      {imageMessage("Image", cv::Mat(4, 4, CV_32FC1, cv::Scalar(0))), "not of 8 or 16 bits"}};
  for (const auto& [bytes, said] : senders) {
    const auto [sentence, seconds] = refusalOf(bytes);
    EXPECT_THAT(sentence, HasSubstr(said));
    EXPECT_LT(seconds, 5.0) << said;
  }
}

TEST(IgtlSource, NamesInAnyScriptAndLongerThanWhatArrives) {
  Server server;
  EXPECT_TRUE(openWith(server, "/超声图像", [](auto& client) {
                send(client, imageMessage("超声图像", noisePicture(0), 1000.0));
              })->read());
  Server second;
  EXPECT_TRUE(openWith(second, "/UltrasoundLinearProbe_Reference", [](auto& client) {
                send(client, imageMessage("UltrasoundLinearProb", noisePicture(0), 1000.0));
              })->read());
}

TEST(IgtlSource, SixteenBitImagesAreShownByTheBitsTheyUse) {
  Server server;
  const auto source = openWith(server, "/Image", [](auto& client) {
    send(client, imageMessage("Image", cv::Mat(4, 4, CV_16UC1, cv::Scalar(4080)), 1000.0));
    send(client, imageMessage("Image", cv::Mat(4, 4, CV_16UC1, cv::Scalar(160)), 1000.1));
  });
  EXPECT_EQ(source->read()->pixels.at<std::uint8_t>(0), 254);
  EXPECT_EQ(source->read()->pixels.at<std::uint8_t>(0), 10);
}

TEST(IgtlSource, TwoNamesCutOffAlikeAreNotOnePose) {
  Server server;
  const auto source = openWith(server, "/Image", [](auto& client) {
    for (int i = 0; i < 3; ++i) {
      const double stamp = 1000.0 + i * 0.05;
      send(client, transformMessage("NeedleTipToReference", 0, 0, 0, stamp));
      send(client, transformMessage("NeedleTipToReference", 50, 0, 0, stamp));
      send(client, transformMessage("ProbeToTracker", 1, 0, 0, stamp));
      send(client, imageMessage("Image", noisePicture(i), stamp));
    }
  });
  for (int i = 0; i < 3; ++i) {
    const auto frame = source->read();
    ASSERT_TRUE(frame);
    EXPECT_FALSE(findPose(frame->poses, "NeedleTipToReference")) << i;
    EXPECT_TRUE(findPose(frame->poses, "ProbeToTracker")) << i;
  }
  EXPECT_THAT(source->remark(), HasSubstr("NeedleTipToReference"));
}

TEST(IgtlSource, EndsWhenItsSenderClosesAndWhenInterrupted) {
  Server server;
  igtl::ClientSocket::Pointer client;
  const auto source = openWith(
      server, "/Image", [](auto& c) { send(c, imageMessage("Image", noisePicture(0))); }, &client);
  ASSERT_TRUE(source->read());
  auto reading = std::async(std::launch::async, [&] { return source->read(); });
  source->interrupt();
  EXPECT_FALSE(reading.get());

  const auto second = openWith(
      server, "/Image", [](auto& c) { send(c, imageMessage("Image", noisePicture(0))); }, &client);
  client->CloseSocket();
  EXPECT_TRUE(second->read());
  EXPECT_THROW(second->read(), SourceUnavailable);
}

// The cable is pulled: no FIN, nothing. The feed notices, connects again, and the stream goes on.
TEST(IgtlSource, APeerThatFallsSilentIsLeftAndFoundAgain) {
  Server server;
  std::atomic<int> clients = 0;
  std::atomic<bool> silent = false, done = false;
  std::thread serving([&] {
    std::vector<igtl::ClientSocket::Pointer> kept;  // never closed: there is no FIN
    while (!done) {
      igtl::ClientSocket::Pointer client = server.accept();
      if (client.IsNull()) continue;
      kept.push_back(client);
      const int mine = ++clients;
      for (int i = 0; !done && mine == clients && !(silent && mine == 1); ++i) {
        send(client, imageMessage("Image", noisePicture(i % 50), 1000.0 + i * 0.02));
        std::this_thread::sleep_for(20ms);
      }
    }
  });
  {
    Feed feed(server.address(), [](const std::string& text) { return std::make_unique<IgtlSource>(text); });
    std::int64_t last = -1;
    const auto takeUntil = [&](const auto& reached) {
      for (int i = 0; i < 1000 && !reached(); ++i)
        if (const auto frame = feed.take(10ms)) {
          EXPECT_GT(frame->index, last);
          last = frame->index;
        }
      return reached();
    };
    ASSERT_TRUE(takeUntil([&] { return last >= 10; }));
    silent = true;
    const double since = monotonicSeconds();
    ASSERT_TRUE(takeUntil([&] { return feed.status().connection == Connection::Lost; }));
    RecordProperty("noticedAfterMs", static_cast<int>(1000 * (monotonicSeconds() - since)));
    EXPECT_TRUE(takeUntil([&] { return feed.status().reconnections == 1; }));
    EXPECT_GE(clients, 2);
    done = true;
  }
  serving.join();
}

/// As PLUS and 3D Slicer, which keep to version 1, in which a pose bears no status, until they hear
/// version 2.
TEST(IgtlSource, AsksForTheStatusOfPosesByAMessageOfHeaderVersionTwo) {
  Server server;
  std::vector<std::uint8_t> heard(58);
  openWith(server, "/Image", [&](auto& client) {
    client->SetReceiveTimeout(5000);
    EXPECT_EQ(client->Receive(heard.data(), static_cast<int>(heard.size())), 58);
    send(client, imageMessage("Image", noisePicture(0)));
  });
  const auto header = parseIgtlHeader(heard);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->version, 2);
  EXPECT_EQ(header->type, "STATUS");
}

}  // namespace
}  // namespace acuguide::acquisition
