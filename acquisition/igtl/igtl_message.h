#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace acuguide::acquisition {

/// The 58 bytes before every OpenIGTLink message (protocol versions 1 to 3; version field 1 or 2).
struct IgtlHeader {
  static constexpr std::size_t kSize = 58;
  static constexpr std::size_t kLongestName = 20;  ///< bytes of a device name; longer ones arrive cut off

  int version = 1;     ///< 2: the body starts with an extended header and ends with metadata (protocol 3)
  std::string type;    ///< "IMAGE"
  std::string device;  ///< "Image", "ProbeToTracker"; bytes as sent, UTF-8 from most; cut off at kLongestName
  std::optional<double> stamp;  ///< seconds on the sender's clock; nullopt: not stamped (all zero)
  std::uint64_t bodySize = 0;   ///< bytes, as claimed
  std::uint64_t crc = 0;        ///< CRC-64 (ECMA-182) of the body, as claimed
};

/// `bytes` holds at least IgtlHeader::kSize. nullopt: no such header (version, letters of type and device).
std::optional<IgtlHeader> parseIgtlHeader(std::span<const std::uint8_t> bytes);

/// The version of a header that would be one, were it of version 1 or 2; 0 for anything else. `bytes` holds
/// at least IgtlHeader::kSize.
int unreadIgtlVersion(std::span<const std::uint8_t> bytes);

/// CRC-64 as OpenIGTLink computes it.
std::uint64_t igtlCrc(std::span<const std::uint8_t> body);

struct IgtlImage {
  cv::Mat pixels;  ///< of one channel, or three (BGR); CV_8U, or CV_16U, CV_16S as sent (GreyRange)
  std::optional<Eigen::Vector2d> spacingMm;  ///< none for "1 1", which senders write when they do not know
};

struct IgtlPose {
  std::string name;                                      ///< as sent
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();  ///< mm
  bool valid = false;  ///< numbers finite, axes not degenerate, and no metadata says otherwise
};

struct IgtlText {
  std::string text;
};

struct IgtlStatus {
  int code = 0;      ///< 1 is OK
  std::string text;  ///< error name and message
};

/// What acuguide reads of a message; monostate for types it has no use for.
using IgtlContent = std::variant<std::monostate, IgtlImage, std::vector<IgtlPose>, IgtlText, IgtlStatus>;

/// Reads the body of IMAGE, TRANSFORM, TDATA, POSITION, QTDATA, STRING and STATUS. Never reads outside
/// `body`, never allocates more than a small multiple of it. nullopt: damaged, or of a kind that cannot be a
/// picture here (volumes, partial updates, floating point): `reason` then says so. RGBA comes without its
/// alpha.
///
/// Written against the OpenIGTLink protocol description (openigtlink.org/developers/spec) and
/// not with the library's Unpack(), which trusts the sizes it is told.
std::optional<IgtlContent> parseIgtlBody(const IgtlHeader& header, std::span<const std::uint8_t> body,
                                         std::string& reason);

/// False when no message of this type can be that long, or when an IMAGE's own header contradicts it. `body`:
/// what has arrived of it so far. Lets a reader give up on a lying header before it waits for, or stores,
/// what that header claims.
bool igtlSizeIsPlausible(const IgtlHeader& header, std::span<const std::uint8_t> body);

}  // namespace acuguide::acquisition
