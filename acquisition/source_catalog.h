#pragma once

#include "acquisition/frame_source.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// Opens a SOURCE text; throws Error.
using SourceOpener = std::function<std::unique_ptr<FrameSource>(const std::string& source)>;

/// The kinds of source the program knows, asked in order: the first kind that claims a SOURCE text opens it.
/// To add a source: write its FrameSource and add its kind in `standardSources()` (or, from a room below this
/// one, in apps/sources.cpp).
class SourceCatalog {
 public:
  struct Kind {
    std::string form;         ///< for help and error texts: "gst:PIPELINE"
    std::string description;  ///< "a GStreamer pipeline without its sink"
    std::function<bool(const std::string& source)> claims;
    SourceOpener open;
  };

  void add(Kind kind) { kinds_.push_back(std::move(kind)); }
  const std::vector<Kind>& kinds() const { return kinds_; }

  /// The same kinds, each source they open put into what `wrap` makes of it.
  using Wrap = std::function<std::unique_ptr<FrameSource>(std::unique_ptr<FrameSource>)>;
  SourceCatalog wrapped(const Wrap& wrap) const;

  /// The source, behind the gate that every frame passes (gated_source.h). Throws Error when no kind claims
  /// the text or opening fails.
  std::unique_ptr<FrameSource> open(const std::string& source) const;

 private:
  std::vector<Kind> kinds_;
};

/// Capture device, GStreamer pipeline, OpenIGTLink server, video file, image folder, MetaImage and NRRD
/// sequence.
SourceCatalog standardSources();

}  // namespace acuguide::acquisition
