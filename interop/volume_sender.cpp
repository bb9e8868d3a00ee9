#include "interop/volume_sender.h"

#include "core/error.h"

#include <cstring>
#include <igtlClientSocket.h>
#include <igtlImageMessage.h>
#include <igtlTimeStamp.h>
#include <limits>

namespace acuguide::interop {
namespace {

constexpr int kPatienceMs = 10000;

igtl::ImageMessage::Pointer messageOf(const volume::Volume& volume, const std::string& device) {
  const volume::VolumeGrid& grid = volume.grid;
  auto message = igtl::ImageMessage::New();
  message->SetDimensions(grid.size[0], grid.size[1], grid.size[2]);
  igtl::Matrix4x4 place{};
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double sign = axis < 2 ? -1.0 : 1.0;  // LPS to RAS
    place[axis][axis] = static_cast<float>(sign);
    // OpenIGTLink states where the middle of the volume is.
    place[axis][3] =
        static_cast<float>(sign * (grid.originMm[a] + 0.5 * (grid.size[a] - 1) * grid.spacingMm[a]));
  }
  place[3][3] = 1;
  message->SetSpacing(static_cast<float>(grid.spacingMm[0]), static_cast<float>(grid.spacingMm[1]),
                      static_cast<float>(grid.spacingMm[2]));
  message->SetMatrix(place);
  message->SetCoordinateSystem(igtl::ImageMessage::COORDINATE_RAS);
  message->SetScalarTypeToUint8();
  message->SetNumComponents(1);
  message->AllocateScalars();
  std::memcpy(message->GetScalarPointer(), volume.grey.data(), volume.grey.size());
  message->SetDeviceName(device.c_str());
  auto stamp = igtl::TimeStamp::New();
  stamp->GetTime();
  message->SetTimeStamp(stamp);
  message->Pack();
  return message;
}

}  // namespace

std::vector<std::uint8_t> igtlImageOf(const volume::Volume& volume, const std::string& device) {
  const auto message = messageOf(volume, device);
  const auto* begin = static_cast<const std::uint8_t*>(message->GetPackPointer());
  return {begin, begin + message->GetPackSize()};
}

void sendVolume(const volume::Volume& volume, const std::string& device, const acquisition::HostPort& peer) {
  const std::string where = "igtl://" + peer.text();
  if (volume.grey.size() > std::numeric_limits<std::int32_t>::max() - 1000)
    throw Error(where, "the volume is larger than one OpenIGTLink message (2 GB)", "make it coarser");
  const auto message = messageOf(volume, device);
  auto socket = igtl::ClientSocket::New();
  if (socket->ConnectToServer(peer.host.c_str(), peer.port) != 0)
    throw Error(where, "nobody listens there",
                "in 3D Slicer open OpenIGTLinkIF with an active connector of type Server");
  socket->SetTimeout(kPatienceMs);
  const bool sent = socket->Send(message->GetPackPointer(), message->GetPackSize()) != 0;
  socket->CloseSocket();
  if (!sent) throw Error(where, "the connection broke before the whole volume was sent", "send it again");
}

}  // namespace acuguide::interop
