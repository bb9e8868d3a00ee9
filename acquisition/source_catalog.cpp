#include "acquisition/source_catalog.h"

#include "acquisition/gated_source.h"
#include "core/error.h"
#include "core/input_file.h"

#include <filesystem>

namespace acuguide::acquisition {
namespace {

[[noreturn]] void refuse(const std::string& source, const std::vector<SourceCatalog::Kind>& kinds) {
  if (source.empty()) throw Error("source", "is empty", "name a device, a pipeline or a file");
  std::string forms;
  for (const auto& kind : kinds) forms += (forms.empty() ? "" : ", ") + kind.form;
  std::error_code ignored;
  if (source.find("://") == std::string::npos && !std::filesystem::exists(source, ignored)) {
    throw Error(source, "there is no such file or folder", "check the path, or give one of: " + forms);
  }
  throw Error(source, "is not a kind of source this program reads", "give one of: " + forms);
}

}  // namespace

SourceCatalog SourceCatalog::wrapped(const Wrap& wrap) const {
  SourceCatalog made;
  for (Kind kind : kinds_) {
    kind.open = [open = kind.open, wrap](const std::string& source) { return wrap(gated(open(source))); };
    made.add(std::move(kind));
  }
  return made;
}

std::unique_ptr<FrameSource> SourceCatalog::open(const std::string& source) const {
  refuseSpecialFile(source);
  for (const Kind& kind : kinds_) {
    if (kind.claims(source)) return gated(kind.open(source));
  }
  refuse(source, kinds_);
}

}  // namespace acuguide::acquisition
