#include "apps/output_options.h"

#include "core/error.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <system_error>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

constexpr const char* outputType = "OUTPUT";

/// A path that an option was given.
struct Named {
  std::string option;
  fs::path path;
};

struct Paths {
  std::vector<Named> inputs, outputs;
};

/// The files that a text names: itself, and the parts of a source or an address ("sqlite:FILE",
/// "camera:FOLDER?markers=FILE", "gst:filesrc location=FILE ! …").
void addInputs(const std::string& option, const std::string& text, std::vector<Named>& inputs) {
  const auto add = [&](const std::string& part) {
    std::error_code ignored;
    if (!part.empty() && fs::exists(part, ignored)) inputs.push_back({option, part});
  };
  add(text);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find_first_of(":?&=,;!\"' \t\n", start), text.size());
    if (start > 0) add(text.substr(start));  // a name may hold any of these itself
    if (end - start < text.size()) add(text.substr(start, end - start));
    start = end + 1;
  }
}

void gather(const CLI::App& command, Paths& paths) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() == 0 || option->get_items_expected_max() == 0) continue;  // not given, or a flag
    const bool output = option->get_type_name() == outputType;
    for (const std::string& text : option->results()) {
      if (output)
        paths.outputs.push_back({option->get_name(), text});
      else
        addInputs(option->get_name(), text, paths.inputs);
    }
  }
  for (const CLI::App* chosen : command.get_subcommands()) gather(*chosen, paths);
}

fs::path real(const fs::path& path) {
  std::error_code ignored;
  fs::path found = fs::weakly_canonical(fs::absolute(path), ignored);
  if (!found.has_filename()) found = found.parent_path();
  return found;
}

/// The same place, also where nothing is there yet.
bool same(const fs::path& a, const fs::path& b) {
  std::error_code ignored;
  return real(a) == real(b) ||
         (fs::exists(a, ignored) && fs::exists(b, ignored) && fs::equivalent(a, b, ignored));
}

}  // namespace

CLI::Option* addOutput(CLI::App& command, const std::string& name, std::string& path,
                       const std::string& help) {
  return command.add_option(name, path, help)->type_name(outputType);
}

void requireOutputsApart(const CLI::App& app) {
  Paths paths;
  gather(app, paths);
  for (std::size_t i = 0; i < paths.outputs.size(); ++i) {
    const auto& [option, path] = paths.outputs[i];
    for (const Named& input : paths.inputs) {
      const std::string what = input.path.string() + ", which is read (" + input.option + ")";
      if (same(path, input.path))
        throw Error(option + " " + path.string(), "is " + what, "name another file");
    }
    for (std::size_t other = 0; other < i; ++other)
      if (same(path, paths.outputs[other].path))
        throw Error(option + " " + path.string(), "is the same as " + paths.outputs[other].option,
                    "name two files");
  }
}

}  // namespace acuguide::apps
