#include "simulation/simulated_source.h"

#include "core/error.h"

#include <charconv>
#include <string_view>

namespace acuguide::simulation {

namespace {

constexpr std::string_view kPrefix = "sim:";

struct Request {
  std::string scenario;
  SimulatorOptions options;
};

template <class Number>
Number parse(const std::string& source, const std::string& key, std::string_view text) {
  Number value{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size())
    throw Error(source, key + " is \"" + std::string(text) + "\"", "give a number");
  return value;
}

Request parseSource(const std::string& source) {
  std::string_view rest(source);
  if (!rest.starts_with(kPrefix))
    throw Error(source, "this is no simulator source", "write sim:SCENARIO?seed=N");
  rest.remove_prefix(kPrefix.size());
  Request request;
  const std::size_t question = rest.find('?');
  request.scenario = rest.substr(0, question);
  rest = question == std::string_view::npos ? std::string_view{} : rest.substr(question + 1);
  while (!rest.empty()) {
    const std::size_t end = rest.find('&');
    const std::string_view option = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const std::size_t equals = option.find('=');
    const std::string key(option.substr(0, equals));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : option.substr(equals + 1);
    if (key == "seed") {
      request.options.seed = parse<std::uint64_t>(source, key, value);
    } else if (key == "frames") {
      request.options.frames = parse<std::int64_t>(source, key, value);
    } else if (key == "fps") {
      request.options.framesPerSecond = parse<double>(source, key, value);
    } else {
      throw Error(source, "there is no option \"" + key + "\"", "known are seed, frames and fps");
    }
  }
  return request;
}

}  // namespace

SimulatedSource::SimulatedSource(const std::string& source)
    : simulator_(parseSource(source).scenario, parseSource(source).options) {
  info_.name = source;
  info_.description = "Simulator, " + simulator_.info().description;
  info_.live = false;
  info_.frameCount = simulator_.options().frames;
  info_.nominalFramesPerSecond = simulator_.options().framesPerSecond;
  info_.seekable = true;
}

std::optional<Frame> SimulatedSource::read() {
  if (next_ >= simulator_.options().frames) return std::nullopt;
  return simulator_.picture(next_++);
}

void SimulatedSource::seek(std::int64_t index) {
  if (index < 0 || index >= simulator_.options().frames)
    throw Error(info_.name, "there is no frame " + std::to_string(index),
                "give 0 to " + std::to_string(simulator_.options().frames - 1));
  next_ = index;
}

acquisition::SourceCatalog::Kind simulatorKind() {
  return {"sim:SCENARIO?seed=N", "the simulator; `acuguide simulate --list` names the scenarios",
          [](const std::string& source) { return source.starts_with(kPrefix); },
          [](const std::string& source) { return std::make_unique<SimulatedSource>(source); }};
}

}  // namespace acuguide::simulation
