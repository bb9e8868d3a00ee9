#pragma once

#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace acuguide::apps {

/// An option that names what the command writes (a file or a folder). Every option that does is made by this
/// function: all others that name a file count as input, which requireOutputsApart() protects.
CLI::Option* addOutput(CLI::App& command, const std::string& name, std::string& path,
                       const std::string& help);

/// Throws Error when an output of the chosen subcommand is one of its inputs (the same file by whatever name:
/// relative, by a link, a folder's files counted with it), or the same as another output. What may be
/// replaced at all is WholeFile's and WholeFolder's to say (core/whole_file.h).
void requireOutputsApart(const CLI::App& app);

}  // namespace acuguide::apps
