#pragma once

#include <opencv2/core.hpp>

#include <cstdint>
#include <cstring>
#include <igtlImageMessage.h>
#include <igtlPositionMessage.h>
#include <igtlQuaternionTrackingDataMessage.h>
#include <igtlServerSocket.h>
#include <igtlStatusMessage.h>
#include <igtlStringMessage.h>
#include <igtlTrackingDataMessage.h>
#include <igtlTransformMessage.h>
#include <igtl_util.h>
#include <string>
#include <utility>
#include <vector>

namespace acuguide::acquisition {

// Messages as libopenigtlink packs them: what peers in the field send.

using MessageBytes = std::vector<std::uint8_t>;

template <class Message>
MessageBytes packed(Message& message, double stamp = 0.0) {
  const auto seconds = static_cast<unsigned>(stamp);
  const auto fraction = static_cast<unsigned>((stamp - seconds) * 4294967296.0);
  message.SetTimeStamp(seconds, fraction);
  message.Pack();
  const auto* bytes = static_cast<const std::uint8_t*>(message.GetPackPointer());
  return {bytes, bytes + message.GetPackSize()};
}

inline MessageBytes imageMessage(const std::string& device, const cv::Mat& pixels, double stamp = 0.0,
                                 bool bigEndian = false, float spacing = 0.1f) {
  auto message = igtl::ImageMessage::New();
  message->SetDeviceName(device.c_str());
  message->SetDimensions(pixels.cols, pixels.rows, 1);
  message->SetSpacing(spacing, 2 * spacing, 1.0f);
  const int depth = pixels.depth();
  message->SetScalarType(depth == CV_8U    ? igtl::ImageMessage::TYPE_UINT8
                         : depth == CV_16U ? igtl::ImageMessage::TYPE_UINT16
                         : depth == CV_16S ? igtl::ImageMessage::TYPE_INT16
                                           : igtl::ImageMessage::TYPE_FLOAT32);
  message->SetNumComponents(pixels.channels());
  message->SetEndian(bigEndian ? igtl::ImageMessage::ENDIAN_BIG : igtl::ImageMessage::ENDIAN_LITTLE);
  message->AllocateScalars();
  auto* to = static_cast<std::uint8_t*>(message->GetScalarPointer());
  const std::size_t size = pixels.total() * pixels.elemSize();
  std::memcpy(to, pixels.data, size);
  if (bigEndian && pixels.elemSize1() == 2)
    for (std::size_t i = 0; i < size; i += 2) std::swap(to[i], to[i + 1]);
  return packed(*message, stamp);
}

inline void setMatrix(igtl::Matrix4x4& matrix, float x, float y, float z) {
  igtl::IdentityMatrix(matrix);
  // A quarter turn about z, so that rows and columns cannot be confused.
  matrix[0][0] = 0, matrix[0][1] = -1, matrix[1][0] = 1, matrix[1][1] = 0;
  matrix[0][3] = x, matrix[1][3] = y, matrix[2][3] = z;
}

inline MessageBytes transformMessage(const std::string& device, float x, float y, float z,
                                     double stamp = 0.0) {
  auto message = igtl::TransformMessage::New();
  message->SetDeviceName(device.c_str());
  igtl::Matrix4x4 matrix;
  setMatrix(matrix, x, y, z);
  message->SetMatrix(matrix);
  return packed(*message, stamp);
}

inline MessageBytes textMessage(const std::string& device, const std::string& text) {
  auto message = igtl::StringMessage::New();
  message->SetDeviceName(device.c_str());
  message->SetString(text.c_str());
  return packed(*message);
}

/// The same message with header version 2: extended header, content, metadata of one key.
inline MessageBytes withMetadata(const MessageBytes& version1, const std::string& key,
                                 const std::string& value) {
  MessageBytes body;
  const auto put = [&body](std::uint64_t number, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) body.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  };
  put(12, 2), put(2 + 8, 2), put(key.size() + value.size(), 4), put(77, 4);
  body.insert(body.end(), version1.begin() + 58, version1.end());
  put(1, 2), put(key.size(), 2), put(3, 2), put(value.size(), 4);
  body.insert(body.end(), key.begin(), key.end());
  body.insert(body.end(), value.begin(), value.end());
  const std::uint64_t crc = crc64(body.data(), body.size(), 0), size = body.size();
  MessageBytes message(version1.begin(), version1.begin() + 42);
  message[1] = 2;
  std::swap(body, message);
  put(size, 8), put(crc, 8);
  body.insert(body.end(), message.begin(), message.end());
  return body;
}

}  // namespace acuguide::acquisition
