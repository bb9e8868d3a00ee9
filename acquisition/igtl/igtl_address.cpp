#include "acquisition/igtl/igtl_address.h"

#include "acquisition/sequence/sequence_fields.h"
#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <string_view>

namespace acuguide::acquisition {
namespace {

constexpr std::string_view kExample =
    "give igtl://HOST:PORT/DEVICE, for example igtl://localhost:18944/Image";

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

void takeOption(IgtlAddress& address, const std::string& option, const std::string& source) {
  const std::size_t equals = option.find('=');
  const std::string key = option.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : option.substr(equals + 1);
  if (key == "tracker") {
    address.trackers.push_back(parseHostPort(value, source));
  } else if (key == "map") {
    const std::size_t colon = value.find(':');
    if (colon == std::string::npos || colon == 0 || !splitTransformName(value.substr(colon + 1)))
      throw Error(source, "has map=" + value, "give map=NAME:POSE, for example map=Tool1:ProbeToTracker");
    address.poseNames[value.substr(0, colon)] = value.substr(colon + 1);
  } else if (key == "start" && (value == "TDATA" || value == "QTDATA")) {
    address.start.push_back(value);
  } else {
    throw Error(source, "has the option \"" + option + "\", which is none",
                "options are tracker=HOST:PORT, map=NAME:POSE and start=TDATA or QTDATA");
  }
}

}  // namespace

HostPort parseHostPort(const std::string& text, const std::string& where) {
  const std::size_t colon = text.rfind(':');
  HostPort result;
  result.host = text.substr(0, colon);
  if (result.host.size() > 2 && result.host.front() == '[' && result.host.back() == ']')
    result.host = result.host.substr(1, result.host.size() - 2);
  const auto port = colon == std::string::npos ? std::nullopt : wholeNumberIn(text.substr(colon + 1));
  if (result.host.empty() || !port || *port < 1 || *port > 65535)
    throw Error(where, "\"" + text + "\" is not a host and a port",
                "give HOST:PORT with a port of 1 to 65535");
  result.port = static_cast<int>(*port);
  return result;
}

IgtlAddress IgtlAddress::parse(const std::string& source) {
  if (!claims(source)) throw Error(source, "is not an OpenIGTLink address", std::string(kExample));
  const std::string rest = source.substr(std::string_view("igtl://").size());
  const std::size_t question = rest.find('?');
  const std::string path = rest.substr(0, question);
  const std::size_t slash = path.find('/');
  IgtlAddress address;
  address.image = parseHostPort(path.substr(0, slash), source);
  if (slash != std::string::npos) address.device = path.substr(slash + 1);
  if (question != std::string::npos)
    for (const std::string& option : split(rest.substr(question + 1), '&'))
      takeOption(address, option, source);
  return address;
}

}  // namespace acuguide::acquisition
