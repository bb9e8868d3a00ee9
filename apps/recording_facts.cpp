#include "apps/recording_facts.h"

#include "calibration/report/result.h"

#include <fstream>
#include <iterator>

namespace acuguide::apps {
namespace {

std::string textOf(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

recording::SessionWriterOptions recordingFacts(const AnalysisArguments& arguments,
                                               const std::string& source) {
  recording::SessionWriterOptions record;
  record.source = source;
  record.options = {{"plan", arguments.planFile},
                    {"spacing-mm", arguments.spacing},
                    {"probe", arguments.probe},
                    {"entry", arguments.entry},
                    {"threads", std::to_string(arguments.threads)}};
  for (std::size_t i = 0; i < arguments.trackers.size(); ++i)
    record.options["tracker." + std::to_string(i + 1)] = arguments.trackers[i];
  for (const std::string& file : arguments.calibrations)
    record.calibrations.push_back({file, calibration::readResult(file).kind, textOf(file)});
  return record;
}

}  // namespace acuguide::apps
