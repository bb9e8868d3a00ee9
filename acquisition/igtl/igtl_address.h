#pragma once

#include <map>
#include <string>
#include <vector>

namespace acuguide::acquisition {

struct HostPort {
  std::string host;
  int port = 0;

  std::string text() const { return host + ":" + std::to_string(port); }
};

/// "HOST:PORT" ("[::1]:18944" for IPv6). Throws Error; `where` names it.
HostPort parseHostPort(const std::string& text, const std::string& where);

/// The parts of `igtl://HOST:PORT/DEVICE?tracker=HOST:PORT&map=NAME:POSE&start=TDATA`.
struct IgtlAddress {
  HostPort image;
  std::string device;  ///< the image device, also longer than what arrives of it; empty: the first heard
  std::vector<HostPort> trackers;                ///< further servers, for their poses only
  std::map<std::string, std::string> poseNames;  ///< device or tool name as sent -> "ProbeToTracker"
  std::vector<std::string> start;                ///< what to ask each server to begin sending: TDATA, QTDATA

  static bool claims(const std::string& source) { return source.starts_with("igtl://"); }
  /// Throws Error.
  static IgtlAddress parse(const std::string& source);
};

}  // namespace acuguide::acquisition
