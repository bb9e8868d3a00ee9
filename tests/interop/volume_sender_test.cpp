#include "interop/volume_sender.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <future>
#include <igtlImageMessage.h>
#include <igtlMessageHeader.h>
#include <igtlServerSocket.h>

namespace acuguide::interop {
namespace {

volume::Volume someVolume() {
  volume::Volume volume;
  volume.grid.originMm = {-12.5, 40.25, 7};
  volume.grid.spacingMm = {0.3, 0.4, 0.5};
  volume.grid.size = {64, 50, 41};
  for (std::size_t i = 0; i < volume.grid.voxels(); ++i)
    volume.grey.push_back(static_cast<std::uint8_t>((i * 2654435761U) >> 24));
  return volume;
}

// Received by libopenigtlink's own classes, as 3D Slicer does.
TEST(VolumeSender, ArrivesWholeAndAtItsPlace) {
  const volume::Volume volume = someVolume();
  auto server = igtl::ServerSocket::New();
  ASSERT_EQ(server->CreateServer(0), 0);
  auto sending = std::async(std::launch::async, [&] {
    sendVolume(volume, "leg", {"127.0.0.1", server->GetServerPort()});
  });
  auto client = server->WaitForConnection(10000);
  ASSERT_TRUE(client.IsNotNull());
  auto header = igtl::MessageHeader::New();
  header->InitPack();
  ASSERT_EQ(client->Receive(header->GetPackPointer(), header->GetPackSize()), header->GetPackSize());
  header->Unpack();
  EXPECT_STREQ(header->GetDeviceType(), "IMAGE");
  EXPECT_STREQ(header->GetDeviceName(), "leg");
  auto image = igtl::ImageMessage::New();
  image->SetMessageHeader(header);
  image->AllocatePack();
  ASSERT_EQ(client->Receive(image->GetPackBodyPointer(), image->GetPackBodySize()), image->GetPackBodySize());
  sending.get();
  ASSERT_NE(image->Unpack(1) & igtl::MessageHeader::UNPACK_BODY, 0);  // the CRC is right
  int size[3];
  image->GetDimensions(size);
  EXPECT_THAT(size, ::testing::ElementsAre(64, 50, 41));
  ASSERT_EQ(image->GetImageSize(), static_cast<int>(volume.grey.size()));
  EXPECT_EQ(std::memcmp(image->GetScalarPointer(), volume.grey.data(), volume.grey.size()), 0);
  igtl::Matrix4x4 place;
  image->GetMatrix(place);
  EXPECT_FLOAT_EQ(place[0][0], -1);
  EXPECT_FLOAT_EQ(place[1][1], -1);
  EXPECT_FLOAT_EQ(place[2][2], 1);
  // RAS of the first voxel, from the middle back.
  float spacing[3];
  image->GetSpacing(spacing);
  EXPECT_NEAR(place[0][3] + 0.5F * 63 * spacing[0], 12.5F, 1e-4);
  EXPECT_NEAR(place[1][3] + 0.5F * 49 * spacing[1], -40.25F, 1e-4);
  EXPECT_NEAR(place[2][3] - 0.5F * 40 * spacing[2], 7.0F, 1e-4);
}

TEST(VolumeSender, SaysThatNobodyListens) {
  auto server = igtl::ServerSocket::New();
  ASSERT_EQ(server->CreateServer(0), 0);
  const int port = server->GetServerPort();
  server->CloseSocket();
  EXPECT_THROW(sendVolume(someVolume(), "leg", {"127.0.0.1", port}), Error);
}

}  // namespace
}  // namespace acuguide::interop
