#pragma once

#include "acquisition/igtl/igtl_address.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// A TCP connection to a server, never blocking: for use with poll(). A peer whose machine or cable is gone
/// is noticed by the kernel's keep-alive within about 3 s; one that merely says nothing is for the caller to
/// judge.
class TcpConnection {
 public:
  enum class State { Closed, Connecting, Open };

  /// Looks the name up, which may take as long as the resolver does. Throws SourceUnavailable.
  explicit TcpConnection(HostPort peer);
  ~TcpConnection() { close(); }
  TcpConnection(const TcpConnection&) = delete;
  TcpConnection& operator=(const TcpConnection&) = delete;

  /// Begins to connect; state() is then Connecting, or Closed when that failed at once.
  void connect();
  void close();

  State state() const { return state_; }
  int descriptor() const { return socket_; }
  const HostPort& peer() const { return peer_; }
  /// What to wait for in poll().
  short events() const;

  /// After poll() reported something while Connecting: state() is then Open or Closed.
  void finishConnecting();

  /// Up to `to.size()` bytes; 0 when none are there now. The connection is Closed when the peer has closed it
  /// or it failed: `reason()` says how.
  std::size_t receive(std::span<std::uint8_t> to);

  /// Sends a short message; false when it could not be sent whole.
  bool send(std::span<const std::uint8_t> message);

  const std::string& reason() const { return reason_; }

 private:
  void fail(const std::string& what);

  HostPort peer_;
  std::vector<std::uint8_t> address_;  ///< a sockaddr
  int family_ = 0;
  int socket_ = -1;
  State state_ = State::Closed;
  std::string reason_;
};

}  // namespace acuguide::acquisition
