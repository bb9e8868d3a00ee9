#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

struct AVSHA;

namespace acuguide::acquisition {

/// SHA-256 over compressed pictures, one after the other: the same for the same pictures, whatever the
/// container round them.
class PacketDigest {
 public:
  PacketDigest();
  ~PacketDigest();
  PacketDigest(const PacketDigest&) = delete;
  PacketDigest& operator=(const PacketDigest&) = delete;

  void add(std::span<const std::uint8_t> packet);
  /// Of all since the last take(), in hexadecimal; begins anew.
  std::string take();

 private:
  struct Free {
    void operator()(AVSHA* context) const;
  };
  std::unique_ptr<AVSHA, Free> context_;
};

}  // namespace acuguide::acquisition
