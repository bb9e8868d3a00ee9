// A room's network by libopenigtlink's own classes, on loopback: igtl_peer SEND_PORT READ_PORT SECONDS
// Sends numbered 640x480 pictures and a probe pose at 30 a second from SEND_PORT (for acuguide's igtl://),
// and reads what acuguide --serve sends from READ_PORT: how many pictures and poses came, which numbers were
// missing, wrong checksums, and the age of a picture from sent here to back here. scripts/soak runs both.

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <igtlClientSocket.h>
#include <igtlImageMessage.h>
#include <igtlMessageHeader.h>
#include <igtlServerSocket.h>
#include <igtlTransformMessage.h>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int width = 640, height = 480, bits = 20, blockPx = 8;
constexpr auto period = std::chrono::microseconds(33333);

/// When each picture was sent, by its number.
class SentTimes {
 public:
  void set(std::uint32_t number) {
    const std::scoped_lock lock(mutex_);
    times_[number % kept] = Clock::now();
  }
  double since(std::uint32_t number) const {
    const std::scoped_lock lock(mutex_);
    return std::chrono::duration<double, std::milli>(Clock::now() - times_[number % kept]).count();
  }

 private:
  static constexpr std::uint32_t kept = 1024;
  mutable std::mutex mutex_;
  std::array<Clock::time_point, kept> times_{};
};

void drawNumber(std::uint8_t* pixels, std::uint32_t number) {
  for (int y = 0; y < blockPx; ++y)
    for (int x = 0; x < bits * blockPx; ++x) pixels[y * width + x] = (number >> (x / blockPx)) & 1 ? 255 : 0;
}

std::uint32_t numberIn(const std::uint8_t* pixels, int rowBytes, int pixelBytes) {
  std::uint32_t number = 0;
  for (int bit = 0; bit < bits; ++bit)
    if (pixels[blockPx / 2 * rowBytes + (bit * blockPx + blockPx / 2) * pixelBytes] > 127)
      number |= std::uint32_t{1} << bit;
  return number;
}

/// Speckle-like noise: what compresses and looks like nothing, so that analysis has its full work.
std::vector<std::uint8_t> noise() {
  std::vector<std::uint8_t> made(width * height);
  std::uint32_t state = 1;
  for (std::uint8_t& value : made) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(state >> 26);
  }
  return made;
}

void send(int port, Clock::time_point end, SentTimes& sent, std::atomic<std::uint32_t>& count) {
  auto server = igtl::ServerSocket::New();
  if (server->CreateServer(port) != 0) {
    std::fprintf(stderr, "igtl_peer: port %d is taken\n", port);
    std::exit(2);
  }
  auto image = igtl::ImageMessage::New();
  image->SetDimensions(width, height, 1);
  image->SetSpacing(0.1F, 0.1F, 1.0F);
  image->SetScalarTypeToUint8();
  image->SetDeviceName("Image");
  image->AllocateScalars();
  auto* pixels = static_cast<std::uint8_t*>(image->GetScalarPointer());
  const auto background = noise();
  std::copy(background.begin(), background.end(), pixels);
  auto pose = igtl::TransformMessage::New();
  pose->SetDeviceName("ProbeToTracker");

  while (Clock::now() < end) {
    auto client = server->WaitForConnection(500);
    if (client.IsNull()) continue;
    for (auto next = Clock::now(); Clock::now() < end; next += period) {
      std::this_thread::sleep_until(next);
      const std::uint32_t number = ++count;
      igtl::Matrix4x4 matrix;
      igtl::IdentityMatrix(matrix);
      matrix[0][3] = static_cast<float>(number % 100);
      pose->SetMatrix(matrix);
      auto stamp = igtl::TimeStamp::New();
      stamp->GetTime();
      pose->SetTimeStamp(stamp);
      pose->Pack();
      drawNumber(pixels, number);
      image->SetTimeStamp(stamp);
      image->Pack();
      sent.set(number);
      if (!client->Send(pose->GetPackPointer(), pose->GetPackSize()) ||
          !client->Send(image->GetPackPointer(), image->GetPackSize()))
        break;
    }
    client->CloseSocket();
  }
}

struct Received {
  std::map<std::string, int> messages;
  std::vector<double> ages;  ///< ms
  int wrongChecksums = 0, repeated = 0, backwards = 0, connections = 0;
  std::uint32_t last = 0, missing = 0;
};

bool receiveAll(igtl::ClientSocket& socket, void* into, igtlUint64 size) {
  return socket.Receive(into, static_cast<int>(size)) == static_cast<int>(size);
}

void takePicture(igtl::ImageMessage& image, const SentTimes& sent, Received& got) {
  int columns = 0, rows = 0, slices = 0;
  image.GetDimensions(columns, rows, slices);
  const int pixelBytes = image.GetNumComponents() * image.GetScalarSize();
  const std::uint32_t number =
      numberIn(static_cast<const std::uint8_t*>(image.GetScalarPointer()), columns * pixelBytes, pixelBytes);
  if (number == got.last) {
    ++got.repeated;
    return;
  }
  if (number < got.last) ++got.backwards;
  if (got.last != 0 && number > got.last) got.missing += number - got.last - 1;
  got.last = number;
  got.ages.push_back(sent.since(number));
}

void read(int port, Clock::time_point end, const SentTimes& sent, Received& got) {
  while (Clock::now() < end) {
    auto socket = igtl::ClientSocket::New();
    if (socket->ConnectToServer("127.0.0.1", port) != 0) {
      std::this_thread::sleep_for(100ms);
      continue;
    }
    ++got.connections;
    socket->SetReceiveTimeout(2000);
    while (Clock::now() < end) {
      auto header = igtl::MessageHeader::New();
      header->InitPack();
      if (!receiveAll(*socket, header->GetPackPointer(), header->GetPackSize())) break;
      header->Unpack();
      ++got.messages[std::string(header->GetDeviceType()) + " " + header->GetDeviceName()];
      if (std::string(header->GetDeviceType()) != "IMAGE") {
        std::vector<std::uint8_t> body(header->GetBodySizeToRead());
        if (!receiveAll(*socket, body.data(), body.size())) break;
        continue;
      }
      auto image = igtl::ImageMessage::New();
      image->SetMessageHeader(header);
      image->AllocatePack();
      if (!receiveAll(*socket, image->GetPackBodyPointer(), image->GetPackBodySize())) break;
      if (image->Unpack(1) & igtl::MessageHeader::UNPACK_BODY)
        takePicture(*image, sent, got);
      else
        ++got.wrongChecksums;
    }
    socket->CloseSocket();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: igtl_peer SEND_PORT READ_PORT SECONDS\n");
    return 2;
  }
  const auto end = Clock::now() + std::chrono::seconds(std::atoi(argv[3]));
  SentTimes sent;
  std::atomic<std::uint32_t> count = 0;
  Received got;
  std::thread sender([&] { send(std::atoi(argv[1]), end, sent, count); });
  read(std::atoi(argv[2]), end, sent, got);
  sender.join();

  std::printf("peer sent %u pictures and as many poses\n", count.load());
  for (const auto& [name, messages] : got.messages)
    std::printf("peer received %d of %s\n", messages, name.c_str());
  std::printf(
      "peer received %zu different pictures, %u numbers between them missing, %d sent again, %d out of "
      "order, "
      "%d wrong checksums, %d connections\n",
      got.ages.size(), got.missing, got.repeated, got.backwards, got.wrongChecksums, got.connections);
  if (got.ages.empty()) return 1;
  std::sort(got.ages.begin(), got.ages.end());
  std::printf("from sent to back: median %.1f ms, p95 %.1f ms\n", got.ages[got.ages.size() / 2],
              got.ages[got.ages.size() * 95 / 100]);
  return got.wrongChecksums == 0 && got.backwards == 0 ? 0 : 1;
}
