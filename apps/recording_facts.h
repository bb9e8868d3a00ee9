#pragma once

#include "apps/analysis_arguments.h"
#include "recording/session_writer.h"

#include <string>

namespace acuguide::apps {

/// For the record of a session: the source, the options as typed, and the calibrations in force. Throws
/// Error.
recording::SessionWriterOptions recordingFacts(const AnalysisArguments& arguments, const std::string& source);

}  // namespace acuguide::apps
