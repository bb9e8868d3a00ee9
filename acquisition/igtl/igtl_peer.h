#pragma once

#include "acquisition/igtl/clock_offset.h"
#include "acquisition/igtl/igtl_framer.h"
#include "acquisition/igtl/tcp_connection.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// One OpenIGTLink server that acuguide listens to: its connection, its messages, its clock. Driven by
/// poll(), never blocks.
class IgtlPeer {
 public:
  struct Received {
    IgtlHeader header;  ///< without its stamp when the sender's clock cannot be used
    IgtlContent content;
    double time = 0.0;     ///< when it was made, on our clock
    double arrival = 0.0;  ///< monotonicSeconds()
  };

  /// `start`: message types to ask for (STT_TDATA, …) once connected.
  IgtlPeer(HostPort address, std::vector<std::string> start);

  TcpConnection& connection() { return connection_; }
  const TcpConnection& connection() const { return connection_; }

  /// Begins to connect, and at most once a second again while closed.
  void keepConnected(double now);

  /// After poll() reported something: reads what is there, up to a limit, and hands every message on.
  void serve(const std::function<void(Received&&)>& take);

  std::int64_t damaged() const { return damaged_ + framer_.damaged(); }
  const ClockOffset& clock() const { return clock_; }
  double lastHeard() const { return lastHeard_; }  ///< monotonicSeconds() of the last bytes, or of connecting
  /// Why the last message with a right CRC was of no use; empty when none was.
  const std::string& lastComplaint() const { return lastComplaint_; }
  /// Type and device of the last such message.
  const IgtlHeader& lastUseless() const { return lastUseless_; }
  /// Why nothing this server says can be understood, as the rest of a sentence: another protocol, or another
  /// version of it; empty while it may still be.
  std::string misunderstood() const;

 private:
  void greet();
  void handle(const IgtlFramer::Message& message, double arrival,
              const std::function<void(Received&&)>& take);

  TcpConnection connection_;
  std::vector<std::string> start_;
  IgtlFramer framer_;
  ClockOffset clock_;
  std::vector<std::uint8_t> chunk_;
  std::int64_t damaged_ = 0;  ///< of earlier connections, and unusable bodies
  double lastHeard_ = 0.0;
  double nextAttempt_ = 0.0;
  std::string lastComplaint_;
  IgtlHeader lastUseless_;
  std::int64_t heard_ = 0;   ///< bytes of this connection
  double firstHeard_ = 0.0;  ///< monotonicSeconds()
};

}  // namespace acuguide::acquisition
