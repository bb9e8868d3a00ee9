#include "interop/igtl_server.h"

#include "acquisition/wake_up.h"
#include "core/clock.h"
#include "core/error.h"
#include "interop/igtl_messages.h"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace acuguide::interop {
namespace {

/// A socket, closed with the object.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  int get() const { return number_; }

 private:
  int number_;
};

void set(int socket, int level, int option, int value) {
  setsockopt(socket, level, option, &value, sizeof value);
}

/// One snapshot's messages, shared by all who get them.
struct Parcel {
  std::vector<std::uint8_t> bytes;
  bool picture = false;
};
using SharedParcel = std::shared_ptr<const Parcel>;

Descriptor listenOn(const IgtlServerOptions& options) {
  const std::string where = options.address + ":" + std::to_string(options.port);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options.port));
  if (inet_pton(AF_INET, options.address.c_str(), &address.sin_addr) != 1)
    throw Error(where, "is not an address to listen on",
                "give a port, or ADDRESS:PORT such as 0.0.0.0:18944");
  Descriptor listening(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  set(listening.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (bind(listening.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listening.get(), 8) != 0)
    throw Error(where, std::string("cannot be listened on (") + std::strerror(errno) + ")",
                "choose another port, or end the program that has it");
  return listening;
}

int portOf(const Descriptor& listening) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listening.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

/// Whoever listens to us. Has at most one parcel on its way and one waiting.
struct Client {
  Descriptor socket;
  SharedParcel sending, waiting;
  std::size_t sent = 0;  ///< bytes of `sending`
  double begun = 0;      ///< monotonicSeconds() when `sending` became what it is
  bool gone = false;
};

}  // namespace

struct IgtlServer::Running {
  Running(Current currentSnapshot, IgtlServerOptions chosen)
      : current(std::move(currentSnapshot)), options(std::move(chosen)), listening(listenOn(options)) {
    port = portOf(listening);
    thread = std::thread([this] { run(); });
  }
  ~Running() {
    stopping = true;
    wake.call();
    thread.join();
  }

  void run() {
    while (!stopping) {
      wait();
      wake.clear();
      try {
        serve();
      } catch (const std::exception& failure) {  // no more memory, or a snapshot that cannot be told
        giveUp(failure.what());
      } catch (...) {
        giveUp("unknown failure");
      }
    }
  }

  /// Nobody is served half a message: all are let go, and may come again.
  void giveUp(const std::string& why) {
    clients.clear();
    letGo();
    noteFailure(why);
  }

  void noteFailure(const std::string& why) {
    const std::scoped_lock lock(mutex);
    ++status.failures;
    status.lastFailure = why;
  }

  void serve() {
    acceptClients();
    for (Client& client : clients) hear(client);
    if (!clients.empty()) say();
    for (Client& client : clients) send(client);
    letGo();
  }

  void wait() {
    // Whom nobody can take stays at the door, and would wake this thread without end.
    const bool atTheDoor = monotonicSeconds() >= listenAgain;
    std::vector<pollfd> waits{{wake.descriptor(), POLLIN, 0},
                              {listening.get(), static_cast<short>(atTheDoor ? POLLIN : 0), 0}};
    for (const Client& client : clients)
      waits.push_back(
          {client.socket.get(), static_cast<short>(client.sending ? POLLIN | POLLOUT : POLLIN), 0});
    // Also without any news: a picture grows stale by itself.
    if (poll(waits.data(), waits.size(), clients.empty() ? 1000 : 50) >= 0 || errno == EINTR) return;
    noteFailure(std::string("cannot wait for clients: ") + std::strerror(errno));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }

  void acceptClients() {
    if (monotonicSeconds() < listenAgain) return;
    for (;;) {
      sockaddr_in from{};
      socklen_t size = sizeof from;
      Descriptor socket(
          accept4(listening.get(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (socket.get() < 0) {
        const bool nobodyElse = errno == EAGAIN || errno == EWOULDBLOCK;
        const bool gone = errno == ECONNABORTED || errno == EINTR;
        if (nobodyElse || gone) return;
        noteFailure(std::string("a client cannot be taken: ") + std::strerror(errno));
        listenAgain = monotonicSeconds() + 1.0;
        return;
      }
      if (static_cast<int>(clients.size()) >= options.mostClients && !makeRoom()) {  // closed again
        char address[INET_ADDRSTRLEN] = "";
        inet_ntop(AF_INET, &from.sin_addr, address, sizeof address);
        const std::scoped_lock lock(mutex);
        ++status.refused;
        status.lastRefused = address;
        continue;
      }
      set(socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
      // What waits in the kernel grows old there: little more than one picture.
      set(socket.get(), SOL_SOCKET, SO_SNDBUF, 512 << 10);
      clients.emplace_back().socket = std::move(socket);
      lastSequence = 0;  // the newcomer gets the picture there is
      lastBeat = 0;
      const std::scoped_lock lock(mutex);
      ++status.accepted;
    }
  }

  /// Lets the slowest client go, where there is one that is slow.
  bool makeRoom() {
    const double now = monotonicSeconds();
    const auto slowest = std::max_element(
        clients.begin(), clients.end(),
        [&](const Client& a, const Client& b) { return secondsOf(a, now) < secondsOf(b, now); });
    if (slowest == clients.end() || secondsOf(*slowest, now) <= options.slowSeconds) return false;
    clients.erase(slowest);
    const std::scoped_lock lock(mutex);
    ++status.letGo;
    return true;
  }

  /// How long a client has been at the bundle it gets; 0: it waits for one.
  static double secondsOf(const Client& client, double now) {
    return client.sending ? now - client.begun : 0.0;
  }

  /// Reads and forgets, so that a talkative client's connection stays open.
  void hear(Client& client) {
    constexpr int kReads = 16;
    std::uint8_t buffer[4096];
    for (int i = 0; i < kReads; ++i) {
      const ssize_t got = recv(client.socket.get(), buffer, sizeof buffer, 0);
      if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
        client.gone = true;
      if (got <= 0) return;
      const std::scoped_lock lock(mutex);
      status.bytesIgnored += got;
    }
  }

  /// Makes the next parcel when there is something new to say, and hands it to every client.
  void say() {
    const auto snapshot = current();
    const double now = monotonicSeconds();
    const bool newPicture =
        snapshot->frame && (snapshot->sequence != lastSequence || snapshot->frame != lastFrame);
    if (!newPicture && snapshot->picture == lastState && now - lastBeat < options.beatSeconds) return;
    lastSequence = snapshot->sequence;
    lastFrame = snapshot->frame;
    lastState = snapshot->picture;
    lastBeat = now;
    const auto parcel =
        std::make_shared<const Parcel>(Parcel{igtlMessagesOf(*snapshot, newPicture), newPicture});
    for (Client& client : clients) {
      if (!client.sending) {
        client.sending = parcel;
        client.begun = now;
        continue;
      }
      // A word of the same picture must not push the picture itself out.
      if (client.waiting && client.waiting->picture && !parcel->picture && snapshot->picture == lastState)
        continue;
      if (client.waiting && client.waiting->picture) {
        const std::scoped_lock lock(mutex);
        ++status.skipped;
      }
      client.waiting = parcel;
    }
  }

  void send(Client& client) {
    while (client.sending && !client.gone) {
      const auto& bytes = client.sending->bytes;
      const ssize_t gone = ::send(client.socket.get(), bytes.data() + client.sent, bytes.size() - client.sent,
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
      if (gone < 0) {
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) client.gone = true;
        return;
      }
      client.sent += static_cast<std::size_t>(gone);
      if (client.sent < bytes.size()) continue;
      if (client.sending->picture) {
        const std::scoped_lock lock(mutex);
        ++status.picturesSent;
      }
      client.sending = std::exchange(client.waiting, nullptr);
      client.sent = 0;
      client.begun = monotonicSeconds();
    }
  }

  void letGo() {
    const double now = monotonicSeconds();
    clients.remove_if([](const Client& client) { return client.gone; });
    const auto tooLong = clients.remove_if(
        [&](const Client& client) { return secondsOf(client, now) > options.stalledSeconds; });
    const std::scoped_lock lock(mutex);
    status.letGo += static_cast<std::int64_t>(tooLong);
    status.clients = static_cast<int>(clients.size());
  }

  const Current current;
  const IgtlServerOptions options;
  Descriptor listening;
  int port = 0;
  acquisition::WakeUp wake;
  std::atomic<bool> stopping = false;

  mutable std::mutex mutex;
  IgtlServerStatus status;

  // The thread's own.
  std::list<Client> clients;
  std::uint64_t lastSequence = 0;
  std::shared_ptr<const Frame> lastFrame;
  navigation::PictureState lastState = navigation::PictureState::None;
  double lastBeat = 0;
  double listenAgain = 0;  ///< monotonicSeconds(): nobody is taken before

  std::thread thread;
};

IgtlServer::IgtlServer(Current current, IgtlServerOptions options)
    : running_(std::make_unique<Running>(std::move(current), std::move(options))) {}
IgtlServer::~IgtlServer() = default;

void IgtlServer::announce() noexcept { running_->wake.call(); }
int IgtlServer::port() const { return running_->port; }

IgtlServerStatus IgtlServer::status() const {
  const std::scoped_lock lock(running_->mutex);
  return running_->status;
}

}  // namespace acuguide::interop
