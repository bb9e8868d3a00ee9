#include "acquisition/igtl/igtl_source.h"

#include "acquisition/grey_range.h"
#include "acquisition/igtl/igtl_peer.h"
#include "acquisition/pose_history.h"
#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/text_numbers.h"
#include "acquisition/wake_up.h"
#include "core/clock.h"
#include "core/pose.h"
#include "core/utf8_text.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <limits>
#include <map>
#include <poll.h>
#include <set>
#include <string_view>
#include <utility>

namespace acuguide::acquisition {
namespace {

constexpr double kConnectSeconds = 3.0;
constexpr double kSilenceSeconds = 5.0;
constexpr double kPosePatienceSeconds = 0.02;
constexpr std::size_t kMostNamesTold = 8;
constexpr double kCausePatienceSeconds = 1.0;  // for an image of the right kind beside one of the wrong one

std::optional<Eigen::Vector2d> spacingOf(const std::vector<NamedPose>& poses) {
  const auto scale = findPose(poses, "ImageToPicture");
  if (!scale) return std::nullopt;
  return knownSpacing(scale->col(0).head<3>().norm(), scale->col(1).head<3>().norm());
}

}  // namespace

struct IgtlSource::Listener {
  struct Picture {
    IgtlImage image;
    std::optional<double> stamp;
    double time, arrival;
  };

  struct Placed {
    std::optional<double> stamp;
    double arrival;
    Eigen::Matrix4d matrix;
  };

  explicit Listener(const std::string& source) : address(IgtlAddress::parse(source)) {
    info.name = source;
    info.live = true;
    peers.push_back(std::make_unique<IgtlPeer>(address.image, address.start));
    for (const HostPort& tracker : address.trackers)
      peers.push_back(std::make_unique<IgtlPeer>(tracker, address.start));
  }

  IgtlPeer& imagePeer() { return *peers.front(); }

  NamedPose named(const IgtlPose& pose) const {
    const auto mapped = address.poseNames.find(pose.name);
    const std::string& name = mapped == address.poseNames.end() ? pose.name : mapped->second;
    const auto parts = splitTransformName(name).value_or(std::pair(name, std::string("Tracker")));
    NamedPose made{parts.first, parts.second, pose.matrix, pose.valid};
    admitPose(made);
    return made;
  }

  /// Names arrive cut off after so many bytes.
  bool isAskedFor(const std::string& device) const {
    return device == address.device || (device.size() == IgtlHeader::kLongestName &&
                                        std::string_view(address.device).starts_with(device));
  }

  void take(IgtlPeer::Received&& received, bool fromImagePeer) {
    if (auto* image = std::get_if<IgtlImage>(&received.content)) {
      if (!fromImagePeer) return;
      if (address.device.empty()) address.device = received.header.device;
      if (isAskedFor(received.header.device)) {
        pictures.push_back({std::move(*image), received.header.stamp, received.time, received.arrival});
      } else if (others.size() < kMostNamesTold) {
        others.insert(utf8Text(received.header.device));
      }
    } else if (const auto* sent = std::get_if<std::vector<IgtlPose>>(&received.content)) {
      for (IgtlPose pose : *sent) {
        if (pose.name.empty()) continue;
        pose.valid = pose.valid && isUnambiguous(pose, received);
        poses.add(named(pose), received.time);
      }
    } else if (fromImagePeer && received.header.type == "VIDEO") {
      video = utf8Text(received.header.device);
    } else if (const auto* status = std::get_if<IgtlStatus>(&received.content)) {
      lastStatus = status->text;
    } else if (const auto* text = std::get_if<IgtlText>(&received.content)) {
      lastText = text->text;
    }
  }

  /// False from the moment on at which a name that may have been cut off stands for two places.
  bool isUnambiguous(const IgtlPose& pose, const IgtlPeer::Received& received) {
    if (pose.name.size() < IgtlHeader::kLongestName) return true;
    constexpr std::size_t kMostNames = 64;
    if (ambiguous.contains(pose.name)) return false;
    if (placed.size() >= kMostNames && !placed.contains(pose.name)) return true;
    const Placed now{received.header.stamp, received.arrival, pose.matrix};
    const auto [known, isNew] = placed.try_emplace(pose.name, now);
    const Placed before = std::exchange(known->second, now);
    const bool sameMoment = now.stamp ? now.stamp == before.stamp : now.arrival == before.arrival;
    if (isNew || !sameMoment || now.matrix.isApprox(before.matrix, 1e-5)) return true;
    ambiguous.insert(pose.name);
    return false;
  }

  /// Waits until something comes, at most `seconds`; takes what has come.
  void listen(double seconds) {
    const double now = monotonicSeconds();
    std::vector<pollfd> waits{{wake.descriptor(), POLLIN, 0}};
    for (std::size_t i = 0; i < peers.size(); ++i) {
      if (i > 0) peers[i]->keepConnected(now);
      const TcpConnection& connection = peers[i]->connection();
      waits.push_back({connection.descriptor(), connection.events(), 0});  // -1 is passed over by poll()
    }
    const timespec limit{static_cast<time_t>(seconds),
                         static_cast<long>((seconds - std::floor(seconds)) * 1e9)};
    if (ppoll(waits.data(), waits.size(), &limit, nullptr) <= 0) return;
    for (std::size_t i = 0; i < peers.size(); ++i)
      if (waits[i + 1].revents != 0)
        peers[i]->serve([&](IgtlPeer::Received&& received) { take(std::move(received), i == 0); });
  }

  void connect() {
    imagePeer().keepConnected(monotonicSeconds());
    const double start = monotonicSeconds();
    TcpConnection& connection = imagePeer().connection();
    while (connection.state() == TcpConnection::State::Connecting && !interrupted &&
           monotonicSeconds() - start < kConnectSeconds)
      listen(0.1);
    if (connection.state() == TcpConnection::State::Open) return;
    const std::string why = connection.reason().empty() ? "no answer" : connection.reason();
    throw SourceUnavailable(info.name, "no OpenIGTLink server answers there (" + why + ")",
                            "start the server, or correct host and port");
  }

  void requireSender() {
    if (const std::string why = imagePeer().misunderstood(); !why.empty())
      throw SourceUnavailable(info.name, why,
                              "check host and port, or set the sender to OpenIGTLink version 1 or 2");
    if (imagePeer().connection().state() == TcpConnection::State::Closed)
      throw SourceUnavailable(info.name, imagePeer().connection().reason(), "waiting for it to come back");
    if (monotonicSeconds() - imagePeer().lastHeard() > kSilenceSeconds)
      throw SourceUnavailable(info.name, "its sender says nothing any more", "waiting for it to come back");
  }

  [[noreturn]] void refuseWithoutPicture() {
    std::string heard;
    for (const std::string& name : others) heard += (heard.empty() ? "" : ", ") + name;
    std::string why =
        "sends no picture" + (address.device.empty() ? "" : " named " + utf8Text(address.device));
    if (!heard.empty()) why += ", only " + heard;
    if (!imagePeer().lastComplaint().empty()) why += " (" + imagePeer().lastComplaint() + ")";
    throw SourceUnavailable(info.name, why, "choose one it sends, or start the picture there");
  }

  /// What the sender sends in place of an image that can be shown; empty when nothing of that kind.
  std::string wrongKind() {
    if (!video.empty()) return "sends its images as VIDEO (compressed), named " + video;
    const IgtlHeader& useless = imagePeer().lastUseless();
    const bool ours = address.device.empty() || isAskedFor(useless.device);
    return useless.type == "IMAGE" && ours ? "sends what cannot be shown: " + imagePeer().lastComplaint()
                                           : "";
  }

  /// Throws once it is known that no image of the right kind comes.
  void refuseWrongKind() {
    const std::string kind = wrongKind();
    const double now = monotonicSeconds();
    if (kind.empty()) return;
    if (!kindKnownSince) kindKnownSince = now;
    if (now - *kindKnownSince < kCausePatienceSeconds) return;
    throw SourceUnavailable(info.name, kind, "set its sender to IMAGE, grey or RGB, of 8 or 16 bits");
  }

  void waitForFirst(double seconds) {
    const double start = monotonicSeconds();
    while (pictures.empty() && !interrupted) {
      const double left = start + seconds - monotonicSeconds();
      requireSender();
      refuseWrongKind();
      if (left <= 0) refuseWithoutPicture();
      listen(std::min(left, 0.1));
    }
    if (!pictures.empty()) describe();
  }

  /// A slow sender's silences are longer than a Feed would take for a failure.
  void learnRate() {
    constexpr double kPatience = 1.5, kSlow = 0.2;
    const double start = monotonicSeconds();
    while (pictures.size() == 1 && !interrupted && monotonicSeconds() - start < kPatience &&
           imagePeer().connection().state() == TcpConnection::State::Open)
      listen(0.1);
    if (pictures.size() < 2) return;
    const double gap = pictures[1].arrival - pictures[0].arrival;
    if (gap > kSlow) info.nominalFramesPerSecond = 1.0 / gap;
  }

  void describe() {
    const cv::Mat& pixels = pictures.front().image.pixels;
    info.description = "OpenIGTLink " + utf8Text(address.device) + " " + std::to_string(pixels.cols) + "x" +
                       std::to_string(pixels.rows) + (pixels.channels() == 1 ? " grey" : " colour");
  }

  /// The first picture is ready when its poses have come, a further picture has, or time is up.
  double secondsUntilReady() const {
    const Picture& first = pictures.front();
    if (pictures.size() > 1 || poses.completeAt(first.time)) return 0.0;
    return first.arrival + kPosePatienceSeconds - monotonicSeconds();
  }

  Frame frameOf(Picture picture) {
    Frame frame;
    range.add(picture.image.pixels);
    frame.pixels = range.toEightBit(picture.image.pixels);
    frame.index = next++;
    // A sender that repeats one stamp has no clock to speak of.
    const bool stamped = picture.stamp && (!lastStamp || *picture.stamp != *lastStamp);
    lastStamp = picture.stamp;
    frame.arrival = stamped ? picture.time : picture.arrival;
    frame.time = picture.stamp.value_or(std::numeric_limits<double>::quiet_NaN());
    frame.poses = poses.at(frame.arrival);
    frame.geometry.spacingMm = picture.image.spacingMm ? picture.image.spacingMm : spacingOf(frame.poses);
    frame.decodeSeconds = std::max(0.0, monotonicSeconds() - picture.arrival);
    return frame;
  }

  IgtlAddress address;
  SourceInfo info;
  std::vector<std::unique_ptr<IgtlPeer>> peers;  ///< the first has the pictures
  PoseHistory poses;
  std::deque<Picture> pictures;  ///< not yet handed over
  GreyRange range;               ///< of 16-bit images so far
  std::set<std::string> others;  ///< image devices that were not asked for
  std::string video;             ///< a device that sends VIDEO
  std::optional<double> kindKnownSince;
  std::map<std::string, Placed> placed;  ///< poses whose names may have been cut off, as last sent
  std::set<std::string> ambiguous;
  std::string lastStatus, lastText;
  WakeUp wake;
  std::atomic<bool> interrupted = false;
  std::int64_t next = 0;
  std::optional<double> lastStamp;
};

IgtlSource::IgtlSource(const std::string& source, double firstFrameSeconds)
    : listener_(std::make_unique<Listener>(source)) {
  listener_->connect();
  listener_->waitForFirst(firstFrameSeconds);
  listener_->learnRate();
}

IgtlSource::~IgtlSource() = default;

const SourceInfo& IgtlSource::info() const { return listener_->info; }

std::optional<Frame> IgtlSource::read() {
  Listener& listener = *listener_;
  while (!listener.interrupted) {
    double patience = 0.1;
    if (!listener.pictures.empty()) {
      const double wait = listener.secondsUntilReady();
      if (wait <= 0) {
        Listener::Picture picture = std::move(listener.pictures.front());
        listener.pictures.pop_front();
        return listener.frameOf(std::move(picture));
      }
      patience = wait;
    } else {
      listener.requireSender();
    }
    listener.listen(patience);
    if (!listener.pictures.empty() &&
        listener.imagePeer().connection().state() == TcpConnection::State::Closed) {
      Listener::Picture last = std::move(listener.pictures.front());
      listener.pictures.pop_front();
      return listener.frameOf(std::move(last));
    }
  }
  return std::nullopt;
}

void IgtlSource::interrupt() noexcept {
  listener_->interrupted = true;
  listener_->wake.call();
}

std::int64_t IgtlSource::damaged() const {
  std::int64_t sum = 0;
  for (const auto& peer : listener_->peers) sum += peer->damaged();
  return sum;
}

std::string IgtlSource::remark() const {
  std::string text;
  const auto add = [&text](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  for (const std::string& name : listener_->ambiguous)
    add("the pose " + utf8Text(name) +
        " is not used: names are cut off after 20 letters, and two begin with these");
  return text;
}

std::optional<double> IgtlSource::clockOffsetSeconds() const {
  return listener_->peers.front()->clock().seconds();
}
std::string IgtlSource::lastStatus() const { return listener_->lastStatus; }
std::string IgtlSource::lastText() const { return listener_->lastText; }

}  // namespace acuguide::acquisition
