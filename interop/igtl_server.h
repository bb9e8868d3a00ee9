#pragma once

#include "navigation/guidance_snapshot.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace acuguide::interop {

struct IgtlServerOptions {
  std::string address = "127.0.0.1";  ///< to listen on; "0.0.0.0" lets the whole network look
  int port = 18944;                   ///< 0: any free one
  int mostClients = 16;
  double stalledSeconds = 10.0;  ///< a client that takes no whole bundle of messages in so long is let go
  double slowSeconds = 1.0;      ///< when all places are taken, one that needs longer than this makes room
  double beatSeconds = 1.0;      ///< without a new picture, guidance and status are said again this often
};

struct IgtlServerStatus {
  int clients = 0;
  std::int64_t accepted = 0;      ///< clients ever
  std::int64_t refused = 0;       ///< of those who came, because all places were taken
  std::int64_t letGo = 0;         ///< of the clients, because they took too long
  std::string lastRefused;        ///< address of the last one refused
  std::int64_t picturesSent = 0;  ///< over all clients
  std::int64_t skipped = 0;       ///< pictures a slow client did not get, because a newer one came
  std::int64_t bytesIgnored = 0;  ///< sent by clients: nobody commands anything over this port
  std::int64_t failures = 0;      ///< times that nobody could be served, or a client not be taken
  std::string lastFailure;        ///< why, the last time
};

/// The OpenIGTLink server: says what igtlMessagesOf() lists to whoever connects, on one thread of its own
/// that never waits for a client. A slow client gets every so many pictures, whole and the newest; it slows
/// neither the others nor the guidance, and does not keep a place that another wants. Memory: two bundles of
/// messages a client. What clients send is read and thrown away unseen.
class IgtlServer {
 public:
  using Current = std::function<std::shared_ptr<const navigation::GuidanceSnapshot>()>;

  /// `current`: what may be shown at this moment (navigation::Navigator::snapshot); called on the server's
  /// thread, often. Throws Error when the port cannot be had.
  IgtlServer(Current current, IgtlServerOptions options = {});
  ~IgtlServer();
  IgtlServer(const IgtlServer&) = delete;
  IgtlServer& operator=(const IgtlServer&) = delete;

  /// There is a new snapshot. Returns at once; from any thread.
  void announce() noexcept;

  int port() const;
  IgtlServerStatus status() const;

 private:
  struct Running;
  std::unique_ptr<Running> running_;
};

}  // namespace acuguide::interop
