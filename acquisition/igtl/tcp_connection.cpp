#include "acquisition/igtl/tcp_connection.h"

#include "acquisition/frame_source.h"

#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace acuguide::acquisition {
namespace {

void set(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

/// Dead machines and cables show within a few seconds instead of hours.
void watchPeer(int socket) {
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPCNT, 2);
}

}  // namespace

TcpConnection::TcpConnection(HostPort peer) : peer_(std::move(peer)) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(peer_.port);
  const int failed = getaddrinfo(peer_.host.c_str(), port.c_str(), &hints, &found);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, freeaddrinfo);
  if (failed != 0 || found == nullptr)
    throw SourceUnavailable(peer_.text(), std::string("the host is not known (") + gai_strerror(failed) + ")",
                            "check its name and the network");
  // IPv4 first: servers in the field listen on nothing else.
  const addrinfo* chosen = found;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next)
    if (one->ai_family == AF_INET && chosen->ai_family != AF_INET) chosen = one;
  family_ = chosen->ai_family;
  address_.resize(chosen->ai_addrlen);
  std::memcpy(address_.data(), chosen->ai_addr, chosen->ai_addrlen);
}

void TcpConnection::fail(const std::string& what) {
  close();
  reason_ = what;
}

void TcpConnection::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  state_ = State::Closed;
}

void TcpConnection::connect() {
  close();
  reason_.clear();
  socket_ = socket(family_, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return fail(std::strerror(errno));
  watchPeer(socket_);
  const auto* to = reinterpret_cast<const sockaddr*>(address_.data());
  state_ = State::Connecting;
  if (::connect(socket_, to, static_cast<socklen_t>(address_.size())) == 0) {
    state_ = State::Open;
  } else if (errno != EINPROGRESS) {
    fail(std::strerror(errno));
  }
}

void TcpConnection::finishConnecting() {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) return fail(std::strerror(error));
  state_ = State::Open;
}

short TcpConnection::events() const { return state_ == State::Connecting ? POLLOUT : POLLIN; }

std::size_t TcpConnection::receive(std::span<std::uint8_t> to) {
  const ssize_t got = recv(socket_, to.data(), to.size(), 0);
  if (got > 0) return static_cast<std::size_t>(got);
  if (got == 0) {
    fail("its sender closed the connection");
  } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
    fail(std::string("the connection failed (") + std::strerror(errno) + ")");
  }
  return 0;
}

bool TcpConnection::send(std::span<const std::uint8_t> message) {
  return ::send(socket_, message.data(), message.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(message.size());
}

}  // namespace acuguide::acquisition
