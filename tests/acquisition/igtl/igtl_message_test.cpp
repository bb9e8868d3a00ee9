#include "acquisition/igtl/igtl_message.h"

#include "acquisition/igtl_messages.h"
#include "acquisition/test_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;

struct Parsed {
  IgtlHeader header;
  std::optional<IgtlContent> content;
  std::string reason;
};

Parsed parse(const MessageBytes& bytes) {
  const auto header = parseIgtlHeader(bytes);
  if (!header) return {};
  const auto body = std::span(bytes).subspan(IgtlHeader::kSize);
  EXPECT_EQ(header->bodySize, body.size());
  EXPECT_EQ(header->crc, igtlCrc(body));
  EXPECT_TRUE(igtlSizeIsPlausible(*header, body));
  Parsed parsed{*header, {}, {}};
  parsed.content = parseIgtlBody(*header, body, parsed.reason);
  return parsed;
}

template <class T>
T contentOf(const MessageBytes& bytes) {
  const Parsed parsed = parse(bytes);
  const T* content = parsed.content ? std::get_if<T>(&*parsed.content) : nullptr;
  EXPECT_NE(content, nullptr) << parsed.header.type << " " << parsed.reason;
  return content != nullptr ? *content : T{};
}

cv::Mat noise(int type) {
  cv::Mat pixels(17, 23, type);
  cv::RNG random(5);
  random.fill(pixels, cv::RNG::UNIFORM, 0, pixels.depth() == CV_8U ? 256 : 32768);
  return pixels;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

TEST(IgtlMessage, HeaderNamesTypeDeviceAndTime) {
  const Parsed parsed = parse(transformMessage("ProbeToTracker", 1, 2, 3, 1234.5));
  EXPECT_EQ(parsed.header.type, "TRANSFORM");
  EXPECT_EQ(parsed.header.device, "ProbeToTracker");
  ASSERT_TRUE(parsed.header.stamp);
  EXPECT_DOUBLE_EQ(*parsed.header.stamp, 1234.5);
  EXPECT_FALSE(parse(transformMessage("ProbeToTracker", 1, 2, 3)).header.stamp);
}

TEST(IgtlMessage, GreyPictureOf8Bit) {
  const cv::Mat pixels = noise(CV_8UC1);
  const auto image = contentOf<IgtlImage>(imageMessage("Image", pixels));
  EXPECT_TRUE(same(image.pixels, pixels));
  ASSERT_TRUE(image.spacingMm);
  EXPECT_NEAR(image.spacingMm->x(), 0.1, 1e-6);
  EXPECT_NEAR(image.spacingMm->y(), 0.2, 1e-6);
}

TEST(IgtlMessage, SpacingOfOneIsUnknown) {
  auto message = igtl::ImageMessage::New();
  message->SetDimensions(4, 4, 1);
  message->SetScalarTypeToUint8();
  message->AllocateScalars();
  std::memset(message->GetScalarPointer(), 0, 16);
  EXPECT_FALSE(contentOf<IgtlImage>(packed(*message)).spacingMm);
}

TEST(IgtlMessage, ColourBecomesBgr) {
  cv::Mat rgb(3, 5, CV_8UC3, cv::Scalar(10, 20, 30));
  const auto image = contentOf<IgtlImage>(imageMessage("Image", rgb));
  ASSERT_EQ(image.pixels.type(), CV_8UC3);
  EXPECT_EQ(image.pixels.at<cv::Vec3b>(1, 1), cv::Vec3b(30, 20, 10));
}

class IgtlWidePictures : public testing::TestWithParam<std::tuple<int, bool>> {};

TEST_P(IgtlWidePictures, ComeAsSent) {
  const auto [type, bigEndian] = GetParam();
  const cv::Mat pixels = noise(type);
  cv::Mat expected = pixels.clone();
  if (expected.channels() == 3)
    for (auto& pixel : cv::Mat_<cv::Vec3w>(expected)) std::swap(pixel[0], pixel[2]);
  const auto image = contentOf<IgtlImage>(imageMessage("Image", pixels, 0, bigEndian));
  EXPECT_TRUE(same(image.pixels, expected));
}

INSTANTIATE_TEST_SUITE_P(Types, IgtlWidePictures,
                         testing::Combine(testing::Values(CV_16UC1, CV_16SC1, CV_16UC3), testing::Bool()));

TEST(IgtlMessage, AlphaIsLeftOut) {
  const auto image =
      contentOf<IgtlImage>(imageMessage("Image", cv::Mat(3, 5, CV_8UC4, cv::Scalar(10, 20, 30, 99))));
  ASSERT_EQ(image.pixels.type(), CV_8UC3);
  EXPECT_EQ(image.pixels.at<cv::Vec3b>(2, 4), cv::Vec3b(30, 20, 10));
}

TEST(IgtlMessage, NamesInOtherScriptsAndNewerHeadersAreKnown) {
  EXPECT_EQ(parse(imageMessage("超声图像", noise(CV_8UC1))).header.device, "超声图像");
  MessageBytes newer = imageMessage("Image", noise(CV_8UC1));
  newer[1] = 3;
  EXPECT_FALSE(parseIgtlHeader(newer));
  EXPECT_EQ(unreadIgtlVersion(newer), 3);
  newer[1] = 2;
  EXPECT_EQ(unreadIgtlVersion(newer), 0);
  const std::string other = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\nand more of that kind";
  EXPECT_EQ(unreadIgtlVersion(MessageBytes(other.begin(), other.end())), 0);
}

TEST(IgtlMessage, WhatIsNoPictureIsRefusedWithItsReason) {
  EXPECT_THAT(parse(imageMessage("Image", noise(CV_32FC1))).reason, HasSubstr("8 or 16 bits"));
  EXPECT_THAT(parse(imageMessage("Image", noise(CV_8UC2))).reason, HasSubstr("neither grey nor RGB"));
  auto volume = igtl::ImageMessage::New();
  volume->SetDimensions(4, 4, 3);
  volume->SetScalarTypeToUint8();
  volume->AllocateScalars();
  EXPECT_THAT(parse(packed(*volume)).reason, HasSubstr("volume"));
}

TEST(IgtlMessage, TransformKeepsRowsAndColumnsApart) {
  const auto poses = contentOf<std::vector<IgtlPose>>(transformMessage("ProbeToTracker", 1, 2, 3));
  ASSERT_EQ(poses.size(), 1u);
  Eigen::Matrix4d expected;
  expected << 0, -1, 0, 1, 1, 0, 0, 2, 0, 0, 1, 3, 0, 0, 0, 1;
  EXPECT_TRUE(poses[0].matrix.isApprox(expected, 1e-6));
  EXPECT_TRUE(poses[0].valid);
}

TEST(IgtlMessage, DegenerateOrInfiniteTransformIsNotValid) {
  auto message = igtl::TransformMessage::New();
  igtl::Matrix4x4 matrix = {};
  message->SetMatrix(matrix);
  EXPECT_FALSE(contentOf<std::vector<IgtlPose>>(packed(*message))[0].valid);
  setMatrix(matrix, std::numeric_limits<float>::quiet_NaN(), 0, 0);
  message->SetMatrix(matrix);
  EXPECT_FALSE(contentOf<std::vector<IgtlPose>>(packed(*message))[0].valid);
}

TEST(IgtlMessage, PositionWithAndWithoutRotation) {
  auto message = igtl::PositionMessage::New();
  message->SetDeviceName("Stylus");
  message->SetPosition(1, 2, 3);
  const float half = std::sqrt(0.5f);
  message->SetQuaternion(0, 0, half, half);
  const MessageBytes whole = packed(*message);
  // The library overruns its own buffer when it packs the shorter forms: they are cut here.
  for (const std::size_t size : {28u, 24u, 12u}) {
    const auto header = parseIgtlHeader(whole);
    ASSERT_TRUE(header);
    std::string reason;
    const auto content = parseIgtlBody(*header, std::span(whole).subspan(IgtlHeader::kSize, size), reason);
    ASSERT_TRUE(content) << size;
    const auto& poses = std::get<std::vector<IgtlPose>>(*content);
    ASSERT_EQ(poses.size(), 1u);
    EXPECT_TRUE(poses[0].valid);
    EXPECT_NEAR(poses[0].matrix(2, 3), 3, 1e-6);
    EXPECT_NEAR(poses[0].matrix(1, 0), size == 12 ? 0 : 1, 1e-5);
  }
}

TEST(IgtlMessage, TrackingDataHoldsEveryTool) {
  auto message = igtl::TrackingDataMessage::New();
  message->SetDeviceName("Tracker");
  for (const char* name : {"Probe", "Needle"}) {
    auto element = igtl::TrackingDataElement::New();
    element->SetName(name);
    element->SetType(igtl::TrackingDataElement::TYPE_6D);
    igtl::Matrix4x4 matrix;
    setMatrix(matrix, 4, 5, 6);
    element->SetMatrix(matrix);
    message->AddTrackingDataElement(element);
  }
  const auto poses = contentOf<std::vector<IgtlPose>>(packed(*message));
  ASSERT_EQ(poses.size(), 2u);
  EXPECT_EQ(poses[1].name, "Needle");
  EXPECT_NEAR(poses[1].matrix(0, 3), 4, 1e-6);
  EXPECT_NEAR(poses[1].matrix(0, 1), -1, 1e-6);
}

TEST(IgtlMessage, QuaternionTrackingDataHoldsEveryTool) {
  auto message = igtl::QuaternionTrackingDataMessage::New();
  auto element = igtl::QuaternionTrackingDataElement::New();
  element->SetName("Probe");
  element->SetPosition(7, 8, 9);
  const float half = std::sqrt(0.5f);
  element->SetQuaternion(0, 0, half, half);
  message->AddQuaternionTrackingDataElement(element);
  const auto poses = contentOf<std::vector<IgtlPose>>(packed(*message));
  ASSERT_EQ(poses.size(), 1u);
  EXPECT_NEAR(poses[0].matrix(2, 3), 9, 1e-6);
  EXPECT_NEAR(poses[0].matrix(1, 0), 1, 1e-5);
}

TEST(IgtlMessage, TextAndStatus) {
  EXPECT_EQ(contentOf<IgtlText>(textMessage("Guidance", "{\"a\":1}")).text, "{\"a\":1}");
  auto message = igtl::StatusMessage::New();
  message->SetCode(igtl::StatusMessage::STATUS_NOT_READY);
  message->SetErrorName("WARMING");
  message->SetStatusString("in a minute");
  const auto status = contentOf<IgtlStatus>(packed(*message));
  EXPECT_EQ(status.code, igtl::StatusMessage::STATUS_NOT_READY);
  EXPECT_EQ(status.text, "WARMING: in a minute");
}

TEST(IgtlMessage, HeaderVersion2WithMetadata) {
  const cv::Mat pixels = noise(CV_8UC1);
  EXPECT_TRUE(
      same(contentOf<IgtlImage>(withMetadata(imageMessage("Image", pixels), "a", "b")).pixels, pixels));
  const MessageBytes transform = transformMessage("ProbeToTracker", 1, 2, 3);
  EXPECT_TRUE(contentOf<std::vector<IgtlPose>>(withMetadata(transform, "Status", "OK"))[0].valid);
  EXPECT_FALSE(contentOf<std::vector<IgtlPose>>(withMetadata(transform, "Status", "INVALID"))[0].valid);
}

TEST(IgtlMessage, TypesOfNoUseAreNoError) {
  MessageBytes message = textMessage("Slicer", "text");
  std::memcpy(message.data() + 2, "COMMAND\0\0\0\0\0", 12);
  const Parsed parsed = parse(message);
  ASSERT_TRUE(parsed.content);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(*parsed.content));
}

TEST(IgtlMessage, AnyBytesAreReadWithoutHarm) {
  const std::vector<MessageBytes> messages = {
      imageMessage("Image", noise(CV_16UC1)), transformMessage("ProbeToTracker", 1, 2, 3),
      textMessage("Guidance", "text"), withMetadata(transformMessage("P", 1, 2, 3), "Status", "OK")};
  std::mt19937 random(3);
  for (int i = 0; i < 4000; ++i) {
    MessageBytes message = messages[random() % messages.size()];
    for (int k = 0; k < 4; ++k)
      message[random() % std::min<std::size_t>(message.size(), 160)] = static_cast<std::uint8_t>(random());
    message.resize(message.size() - random() % 30);
    const auto header = parseIgtlHeader(message);
    if (!header) continue;
    std::string reason;
    const auto body = std::span(message).subspan(IgtlHeader::kSize);
    const auto content = parseIgtlBody(*header, body, reason);
    EXPECT_TRUE(content || !reason.empty());
  }
}

}  // namespace
}  // namespace acuguide::acquisition
