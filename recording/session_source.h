#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/source_catalog.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace acuguide::recording {

/// A recorded session as a source: the frames as they were, with the times, poses and scale recorded with
/// them. Seekable; frame i is the session's i-th. A session whose recording was killed opens with what was
/// committed.
class SessionSource : public acquisition::FrameSource {
 public:
  /// `name`: as the user gave it. Throws Error when the folder is no session, or a damaged one.
  SessionSource(const std::filesystem::path& folder, std::string name);
  ~SessionSource() override;

  const acquisition::SourceInfo& info() const override;
  std::optional<Frame> read() override;
  void seek(std::int64_t index) override;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// For the catalogue; claims folders that hold session.sqlite. To be asked before folders of images.
acquisition::SourceCatalog::Kind sessionKind();

}  // namespace acuguide::recording
