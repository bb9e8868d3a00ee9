#include "acquisition/igtl/igtl_framer.h"

#include "acquisition/igtl_messages.h"
#include "acquisition/test_frames.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

namespace acuguide::acquisition {
namespace {

MessageBytes operator+(MessageBytes a, const MessageBytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::vector<std::string> devicesIn(IgtlFramer& framer, const MessageBytes& stream, std::size_t chunk = 1000) {
  std::vector<std::string> devices;
  for (std::size_t at = 0; at < stream.size(); at += chunk) {
    framer.append(std::span(stream).subspan(at, std::min(chunk, stream.size() - at)));
    while (const auto message = framer.next()) devices.push_back(message->header.device);
  }
  return devices;
}

const MessageBytes kA = transformMessage("A", 1, 2, 3), kB = transformMessage("B", 1, 2, 3),
                   kPicture = imageMessage("Picture", noisePicture(1));
const std::vector<std::string> kAB = {"A", "B"};

TEST(IgtlFramer, CutsAStreamHoweverItComes) {
  for (const std::size_t chunk : {1u, 7u, 58u, 100000u}) {
    IgtlFramer framer;
    EXPECT_EQ(devicesIn(framer, kA + kPicture + kB, chunk), (std::vector<std::string>{"A", "Picture", "B"}));
    EXPECT_EQ(framer.damaged(), 0);
    EXPECT_EQ(framer.buffered(), 0u);
  }
}

TEST(IgtlFramer, PassesOverGarbage) {
  MessageBytes garbage(5000);
  for (std::size_t i = 0; i < garbage.size(); ++i) garbage[i] = static_cast<std::uint8_t>(i * 31 % 7);
  IgtlFramer framer;
  EXPECT_EQ(devicesIn(framer, kA + garbage + kB), kAB);
  EXPECT_EQ(framer.damaged(), 1);
}

TEST(IgtlFramer, DropsAWrongChecksum) {
  MessageBytes wrong = kPicture;
  wrong[wrong.size() / 2] ^= 1;
  IgtlFramer framer;
  EXPECT_EQ(devicesIn(framer, kA + wrong + kB), kAB);
  EXPECT_EQ(framer.damaged(), 1);
}

TEST(IgtlFramer, FindsTheMessageBehindHalfOfOne) {
  const MessageBytes half(kPicture.begin(),
                          kPicture.begin() + static_cast<std::ptrdiff_t>(kPicture.size() / 2));
  IgtlFramer framer;
  // What follows fills the half one up; only then can it be known for what it is.
  MessageBytes stream = half + kA;
  for (int i = 0; i < 200; ++i) stream = stream + kB;
  const auto devices = devicesIn(framer, stream);
  ASSERT_EQ(devices.size(), 201u);
  EXPECT_EQ(devices[0], "A");
  EXPECT_EQ(framer.damaged(), 1);
}

TEST(IgtlFramer, NeitherBelievesNorStoresAnAbsurdSize) {
  for (const char* type : {"IMAGE", "TRANSFORM", "STRING", "POLYDATA"}) {
    const std::string name = std::string(type) + std::string(12 - std::strlen(type), '\0');
    const MessageBytes size = {0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff};  // 4 GB
    MessageBytes absurd = kA;
    std::ranges::copy(name, absurd.begin() + 2);
    std::ranges::copy(size, absurd.begin() + 42);
    IgtlFramer framer;
    EXPECT_EQ(devicesIn(framer, absurd + kA + kB), kAB) << type;
    EXPECT_EQ(framer.damaged(), 1);
    EXPECT_EQ(framer.buffered(), 0u);
  }
}

TEST(IgtlFramer, GivesUpOnAPictureThatContradictsItsHeader) {
  MessageBytes lying = kPicture;
  lying[46] = 0x01;  // 16 MB more than the picture's own size says
  lying.resize(58 + 72);
  IgtlFramer framer;
  EXPECT_EQ(devicesIn(framer, lying + kA + kB), kAB);
}

// Each of these claims all that follows, and each fails its checksum: summed one by one that is n * n.
TEST(IgtlFramer, NestedLiesCostNoMoreThanTheirLength) {
  MessageBytes lie = textMessage("Lie", std::string(60000, 'x'));
  lie.resize(58);
  lie[57] ^= 1;
  MessageBytes stream;
  while (stream.size() < (4u << 20)) stream.insert(stream.end(), lie.begin(), lie.end());
  IgtlFramer framer;
  devicesIn(framer, stream + MessageBytes(70000, 0) + kA + kB, 65536);
  EXPECT_GT(framer.damaged(), 10);
  EXPECT_EQ(devicesIn(framer, kA + kB), kAB);
}

}  // namespace
}  // namespace acuguide::acquisition
