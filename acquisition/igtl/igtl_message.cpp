#include "acquisition/igtl/igtl_message.h"

#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/pose.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <igtl_util.h>

namespace acuguide::acquisition {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kImageHeaderSize = 72;
constexpr std::size_t kExtendedHeaderSize = 12;
constexpr std::size_t kTransformSize = 48;
constexpr std::size_t kTrackingElementSize = 70;
constexpr std::size_t kQuaternionElementSize = 50;
constexpr std::size_t kStatusHeaderSize = 30;
constexpr std::uint64_t kMostTools = 1024;
constexpr std::uint64_t kLongestMetadata = 64u << 10;
constexpr std::uint64_t kLargestImage = 64u << 20;
constexpr std::uint64_t kLargestOther = 1u << 20;
constexpr int kWidestImage = 8192;

/// Reads big-endian numbers one after the other; past the end it gives zeros and remembers.
class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  template <class T>
  T number() {
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | byte());
    return value;
  }
  std::uint8_t byte() {
    if (at_ >= bytes_.size()) {
      good_ = false;
      return 0;
    }
    return bytes_[at_++];
  }
  double real() { return static_cast<double>(std::bit_cast<float>(number<std::uint32_t>())); }
  Bytes bytes(std::size_t count) {
    if (count > bytes_.size() - at_) {
      good_ = false;
      return {};
    }
    at_ += count;
    return bytes_.subspan(at_ - count, count);
  }
  std::size_t left() const { return bytes_.size() - at_; }
  bool good() const { return good_; }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

/// ASCII that is no control character, or a byte of a name in another script.
bool isPrintable(std::uint8_t c) { return c >= 0x20 && c != 0x7f; }

/// Printable letters, then zeros. nullopt for anything else.
std::optional<std::string> paddedName(Bytes bytes) {
  const auto end = std::ranges::find(bytes, 0);
  if (!std::all_of(bytes.begin(), end, isPrintable)) return std::nullopt;
  return std::string(bytes.begin(), end);
}

std::string lenientText(Bytes bytes) {
  std::string text(bytes.begin(), std::ranges::find(bytes, 0));
  return text;
}

bool isTypeName(std::string_view type) {
  return !type.empty() && std::ranges::all_of(type, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The parts of a body; in version 1 all of it is content.
struct Parts {
  Bytes content, metadataHeader, metadata;
};

std::optional<Parts> partsOf(const IgtlHeader& header, Bytes body) {
  if (header.version == 1) return Parts{body, {}, {}};
  Reader reader(body);
  const std::size_t extended = reader.number<std::uint16_t>();
  const std::size_t metadataHeader = reader.number<std::uint16_t>();
  const std::size_t metadata = reader.number<std::uint32_t>();
  if (!reader.good() || extended < kExtendedHeaderSize) return std::nullopt;
  if (extended + metadataHeader + metadata > body.size()) return std::nullopt;
  const std::size_t content = body.size() - extended - metadataHeader - metadata;
  return Parts{body.subspan(extended, content), body.subspan(extended + content, metadataHeader),
               body.subspan(extended + content + metadataHeader, metadata)};
}

/// PLUS sends the status of a pose beside it: any key that ends in "status" with a value other than OK.
bool metadataSaysInvalid(const Parts& parts) {
  Reader index(parts.metadataHeader), text(parts.metadata);
  const int entries = index.number<std::uint16_t>();
  for (int i = 0; i < entries && index.good() && text.good(); ++i) {
    const std::size_t keySize = index.number<std::uint16_t>();
    index.number<std::uint16_t>();  // the value's encoding
    const std::size_t valueSize = index.number<std::uint32_t>();
    if (!index.good()) break;
    const Bytes key = text.bytes(keySize), value = text.bytes(valueSize);
    if (!text.good()) break;
    const std::string name = lowerCase(std::string(key.begin(), key.end()));
    if (name.ends_with("status") && lowerCase(std::string(value.begin(), value.end())) != "ok") return true;
  }
  return false;
}

/// Twelve numbers, column by column.
Eigen::Matrix4d matrixFrom(Reader& reader) {
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  for (int column = 0; column < 4; ++column)
    for (int row = 0; row < 3; ++row) matrix(row, column) = reader.real();
  return matrix;
}

/// False when it is no rotation.
bool setRotation(Eigen::Matrix4d& matrix, double x, double y, double z, double w) {
  const Eigen::Quaterniond rotation(w, x, y, z);
  const double norm = rotation.norm();
  if (!std::isfinite(norm) || std::abs(norm - 1.0) > 0.01) return false;
  matrix.topLeftCorner<3, 3>() = rotation.normalized().toRotationMatrix();
  return true;
}

IgtlPose pose(std::string name, const Eigen::Matrix4d& matrix, bool valid) {
  return {std::move(name), matrix, valid && spansSpace(matrix)};
}

std::optional<std::vector<IgtlPose>> readTransform(const IgtlHeader& header, const Parts& parts) {
  if (parts.content.size() != kTransformSize) return std::nullopt;
  Reader reader(parts.content);
  return std::vector{pose(header.device, matrixFrom(reader), !metadataSaysInvalid(parts))};
}

std::optional<std::vector<IgtlPose>> readPosition(const IgtlHeader& header, const Parts& parts) {
  Reader reader(parts.content);
  const std::size_t size = parts.content.size();
  if (size != 12 && size != 24 && size != 28) return std::nullopt;
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  for (int row = 0; row < 3; ++row) matrix(row, 3) = reader.real();
  bool valid = !metadataSaysInvalid(parts);
  if (size > 12) {
    const double x = reader.real(), y = reader.real(), z = reader.real();
    const double w = size == 28 ? reader.real() : std::sqrt(std::max(0.0, 1.0 - x * x - y * y - z * z));
    valid = setRotation(matrix, x, y, z, w) && valid;
  }
  return std::vector{pose(header.device, matrix, valid)};
}

std::optional<std::vector<IgtlPose>> readTools(const Parts& parts, bool quaternions) {
  const std::size_t element = quaternions ? kQuaternionElementSize : kTrackingElementSize;
  const std::size_t count = parts.content.size() / element;
  if (count * element != parts.content.size() || count > kMostTools) return std::nullopt;
  const bool valid = !metadataSaysInvalid(parts);
  std::vector<IgtlPose> poses;
  Reader reader(parts.content);
  for (std::size_t i = 0; i < count; ++i) {
    const std::optional<std::string> name = paddedName(reader.bytes(20));
    reader.number<std::uint16_t>();  // kind of tool, reserved
    Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
    bool rotates = true;
    if (quaternions) {
      for (int row = 0; row < 3; ++row) matrix(row, 3) = reader.real();
      const double x = reader.real(), y = reader.real(), z = reader.real(), w = reader.real();
      rotates = setRotation(matrix, x, y, z, w);
    } else {
      matrix = matrixFrom(reader);
    }
    if (name && !name->empty()) poses.push_back(pose(*name, matrix, valid && rotates));
  }
  return poses;
}

std::optional<IgtlText> readText(const Parts& parts) {
  Reader reader(parts.content);
  reader.number<std::uint16_t>();  // encoding: ASCII or UTF-8 in practice
  const std::size_t length = reader.number<std::uint16_t>();
  const Bytes text = reader.bytes(length);
  if (!reader.good()) return std::nullopt;
  return IgtlText{lenientText(text)};
}

std::optional<IgtlStatus> readStatus(const Parts& parts) {
  Reader reader(parts.content);
  IgtlStatus status;
  status.code = reader.number<std::uint16_t>();
  reader.number<std::uint64_t>();  // a subcode of the sender's own
  const std::string name = lenientText(reader.bytes(20));
  if (!reader.good()) return std::nullopt;
  const std::string message = lenientText(reader.bytes(reader.left()));
  status.text = name + (name.empty() || message.empty() ? "" : ": ") + message;
  return status;
}

/// What stands before the pixels of an IMAGE.
struct ImageHeader {
  int components = 0, scalarType = 0, endian = 0;
  int size[3] = {}, offset[3] = {}, part[3] = {};
  Eigen::Vector3d axisI, axisJ;  ///< mm a pixel

  int bytesPerScalar() const {
    switch (scalarType) {
      case 2:
      case 3:
        return 1;
      case 4:
      case 5:
        return 2;
      case 6:
      case 7:
      case 10:
        return 4;
      case 11:
        return 8;
      default:
        return 0;
    }
  }
  std::uint64_t pixelBytes() const {
    return static_cast<std::uint64_t>(part[0]) * static_cast<std::uint64_t>(part[1]) *
           static_cast<std::uint64_t>(part[2]) * static_cast<std::uint64_t>(components) *
           static_cast<std::uint64_t>(bytesPerScalar());
  }
};

std::optional<ImageHeader> readImageHeader(Bytes content) {
  if (content.size() < kImageHeaderSize) return std::nullopt;
  Reader reader(content);
  ImageHeader image;
  const int version = reader.number<std::uint16_t>();
  image.components = reader.byte();
  image.scalarType = reader.byte();
  image.endian = reader.byte();
  reader.byte();  // RAS or LPS: the spacing is the same
  for (int& size : image.size) size = reader.number<std::uint16_t>();
  for (int i = 0; i < 3; ++i) image.axisI(i) = reader.real();
  for (int i = 0; i < 3; ++i) image.axisJ(i) = reader.real();
  for (int i = 0; i < 6; ++i) reader.real();
  for (int& offset : image.offset) offset = reader.number<std::uint16_t>();
  for (int& part : image.part) part = reader.number<std::uint16_t>();
  if (version < 1 || version > 2 || image.components == 0 || image.bytesPerScalar() == 0) return std::nullopt;
  for (int i = 0; i < 3; ++i)
    if (image.part[i] == 0 || image.offset[i] + image.part[i] > image.size[i]) return std::nullopt;
  return image;
}

/// Why the picture is none that acuguide can show; empty when it is one.
std::string unsuitable(const ImageHeader& image) {
  if (image.size[2] != 1) return "is a volume, not a picture";
  for (int i = 0; i < 3; ++i)
    if (image.offset[i] != 0 || image.part[i] != image.size[i]) return "is only a part of a picture";
  if (image.size[0] > kWidestImage || image.size[1] > kWidestImage) return "is larger than 8192 pixels";
  if (image.components == 2 || image.components > 4) return "is neither grey nor RGB";
  if (image.bytesPerScalar() > 2) return "has pixels that are not of 8 or 16 bits";
  if (image.endian != 1 && image.endian != 2) return "does not say its byte order";
  return {};
}

std::optional<Eigen::Vector2d> spacingOf(const ImageHeader& image) {
  const double x = image.axisI.norm(), y = image.axisJ.norm();
  if (!(x < 100.0) || !(y < 100.0)) return std::nullopt;
  return knownSpacing(x, y);
}

/// The pixels with their bytes and channels in order.
cv::Mat pixelsOf(const ImageHeader& image, Bytes bytes) {
  constexpr int kDepths[] = {0, 0, CV_8S, CV_8U, CV_16S, CV_16U};
  const int type = CV_MAKETYPE(kDepths[image.scalarType], image.components);
  cv::Mat stored(image.size[1], image.size[0], type);
  std::memcpy(stored.data, bytes.data(), bytes.size());
  if (image.bytesPerScalar() == 2 && (image.endian == 1) != (std::endian::native == std::endian::big)) {
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(stored.data[i], stored.data[i + 1]);
  }
  if (stored.depth() == CV_8S) stored.convertTo(stored, CV_8U, 255.0 / 127.0);
  if (image.components == 1) return stored;
  cv::Mat bgr(stored.size(), CV_MAKETYPE(stored.depth(), 3));
  constexpr int kBgrFromRgb[] = {0, 2, 1, 1, 2, 0};  // alpha is left out
  cv::mixChannels(&stored, 1, &bgr, 1, kBgrFromRgb, 3);
  return bgr;
}

std::optional<IgtlImage> readImage(const Parts& parts, std::string& reason) {
  const std::optional<ImageHeader> image = readImageHeader(parts.content);
  if (!image || image->pixelBytes() != parts.content.size() - kImageHeaderSize) return std::nullopt;
  reason = unsuitable(*image);
  if (!reason.empty()) return std::nullopt;
  return IgtlImage{pixelsOf(*image, parts.content.subspan(kImageHeaderSize)), spacingOf(*image)};
}

template <class T>
std::optional<IgtlContent> asContent(std::optional<T> read) {
  if (!read) return std::nullopt;
  return IgtlContent(std::move(*read));
}

bool imageSizeIsPlausible(const IgtlHeader& header, Bytes body) {
  if (header.bodySize > kLargestImage) return false;
  std::size_t before = 0;
  std::uint64_t after = 0;
  if (header.version == 2) {
    if (body.size() < kExtendedHeaderSize) return true;
    Reader reader(body);
    before = reader.number<std::uint16_t>();
    after = reader.number<std::uint16_t>();
    after += reader.number<std::uint32_t>();
  }
  if (body.size() < before + kImageHeaderSize) return true;
  const std::optional<ImageHeader> image = readImageHeader(body.subspan(before));
  return image && before + kImageHeaderSize + image->pixelBytes() + after == header.bodySize;
}

}  // namespace

std::optional<IgtlHeader> parseIgtlHeader(Bytes bytes) {
  if (bytes.size() < IgtlHeader::kSize) return std::nullopt;
  Reader reader(bytes);
  IgtlHeader header;
  header.version = reader.number<std::uint16_t>();
  const std::optional<std::string> type = paddedName(reader.bytes(12));
  const std::optional<std::string> device = paddedName(reader.bytes(20));
  if (header.version < 1 || header.version > 2 || !type || !isTypeName(*type) || !device) return std::nullopt;
  header.type = *type;
  header.device = *device;
  const auto seconds = reader.number<std::uint32_t>(), fraction = reader.number<std::uint32_t>();
  if (seconds != 0 || fraction != 0)
    header.stamp = static_cast<double>(seconds) + std::ldexp(static_cast<double>(fraction), -32);
  header.bodySize = reader.number<std::uint64_t>();
  header.crc = reader.number<std::uint64_t>();
  return header;
}

int unreadIgtlVersion(Bytes bytes) {
  constexpr int kNewest = 9;
  if (bytes.size() < IgtlHeader::kSize || parseIgtlHeader(bytes)) return 0;
  Reader reader(bytes);
  const int version = reader.number<std::uint16_t>();
  const std::optional<std::string> type = paddedName(reader.bytes(12));
  const bool plausible = version > 2 && version <= kNewest && type && isTypeName(*type) &&
                         paddedName(reader.bytes(IgtlHeader::kLongestName));
  return plausible ? version : 0;
}

std::uint64_t igtlCrc(Bytes body) {
  // The library takes a pointer to what it only reads.
  return crc64(const_cast<std::uint8_t*>(body.data()), body.size(), 0);
}

bool igtlSizeIsPlausible(const IgtlHeader& header, Bytes body) {
  const std::uint64_t extra =
      header.version == 2 ? kExtendedHeaderSize + 2 * kLongestMetadata : std::uint64_t{0};
  const std::uint64_t size = header.bodySize;
  if (header.version == 2 && size != 0 && size < kExtendedHeaderSize) return false;
  if (header.type == "IMAGE") return imageSizeIsPlausible(header, body);
  if (header.type == "TRANSFORM") return size >= kTransformSize && size <= kTransformSize + extra;
  if (header.type == "POSITION") return size >= 12 && size <= 28 + extra;
  if (header.type == "TDATA") return size <= kMostTools * kTrackingElementSize + extra;
  if (header.type == "QTDATA") return size <= kMostTools * kQuaternionElementSize + extra;
  if (header.type == "STRING") return size >= 4 && size <= 4 + 65535 + extra;
  if (header.type == "STATUS") return size >= kStatusHeaderSize && size <= kLargestOther;
  // Read by nobody, but who sends it must be told: an image compressed as video may be as large as others.
  if (header.type == "VIDEO") return size <= kLargestImage;
  return size <= kLargestOther;
}

std::optional<IgtlContent> parseIgtlBody(const IgtlHeader& header, Bytes body, std::string& reason) {
  reason = "is damaged";
  const std::optional<Parts> split = partsOf(header, body);
  if (!split && !body.empty()) return std::nullopt;
  const Parts parts = split.value_or(Parts{});
  if (header.type == "IMAGE") return asContent(readImage(parts, reason));
  if (header.type == "TRANSFORM") return asContent(readTransform(header, parts));
  if (header.type == "POSITION") return asContent(readPosition(header, parts));
  if (header.type == "TDATA") return asContent(readTools(parts, false));
  if (header.type == "QTDATA") return asContent(readTools(parts, true));
  if (header.type == "STRING") return asContent(readText(parts));
  if (header.type == "STATUS") return asContent(readStatus(parts));
  return IgtlContent{};
}

}  // namespace acuguide::acquisition
