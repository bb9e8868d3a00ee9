#include "acquisition/frame_writer.h"
#include "apps/output_options.h"
#include "apps/progress.h"
#include "apps/session_command.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "interop/dicom_export.h"
#include "interop/picture_cleaner.h"
#include "recording/analysis_csv.h"
#include "recording/clip_writer.h"
#include "recording/recorded_analysis.h"
#include "recording/session_record.h"
#include "recording/session_source.h"
#include "rendering/overlay_image.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string session, out, key;
  std::optional<double> from, to;
  bool overlay = false, deidentify = false;
};

/// First and last frame asked for.
struct Range {
  std::int64_t first = 0, last = 0;
};

std::string endingOf(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

/// Seconds from the session's first frame to frames.
Range rangeOf(const Arguments& arguments, const recording::SessionRecord& record, std::int64_t frames) {
  const auto seconds = [&](std::int64_t frame) {
    const auto& rows = record.frames;
    return static_cast<double>(rows[static_cast<std::size_t>(frame)].videoMs - rows.front().videoMs) * 1e-3;
  };
  Range range{0, frames - 1};
  if (arguments.from)
    while (range.first < frames && seconds(range.first) < *arguments.from) ++range.first;
  if (arguments.to)
    while (range.last >= 0 && seconds(range.last) > *arguments.to) --range.last;
  if (range.first > range.last)
    throw Error("--from and --to",
                "hold no frame of the session, which is " + std::to_string(seconds(frames - 1)) + " s long",
                "give seconds from its beginning, --from before --to");
  return range;
}

void eachFrame(recording::SessionSource& source, const Range& range, const std::function<void(Frame)>& take) {
  Progress progress("Exporting", range.last - range.first + 1);
  source.seek(range.first);
  for (std::int64_t i = range.first; i <= range.last; ++i) {
    std::optional<Frame> frame = source.read();
    if (!frame) break;
    take(std::move(*frame));
    progress.update(i - range.first + 1);
  }
}

class Exporter {
 public:
  explicit Exporter(const Arguments& arguments)
      : arguments_(arguments),
        record_(recording::readSessionRecord(arguments.session)),
        source_(arguments.session, arguments.session),
        range_(rangeOf(arguments, record_, *source_.info().frameCount)) {}

  std::int64_t run() {
    const std::string ending = endingOf(arguments_.out);
    if (ending == ".mp4") {
      clip();
    } else if (ending == ".mha" || ending == ".mkv") {
      sequence();
    } else if (ending.empty()) {
      tables();
    } else {
      throw Error(arguments_.out, "has an ending that sessions are not exported to",
                  "give .igs.mha, .mp4, .mkv or .dcm, or a folder without ending for CSV tables");
    }
    return range_.last - range_.first + 1;
  }

 private:
  void prepare(Frame& frame) {
    if (arguments_.deidentify) frame.pixels = cleaner_.process(frame.pixels);
  }

  double rate() const { return source_.info().nominalFramesPerSecond.value_or(30.0); }

  void refuseOverlay() const {
    if (arguments_.overlay)
      throw Error("--overlay", "draws into clips only", "export to .mp4, or without --overlay");
  }

  /// Before anything is written: what cannot be cleaned is refused.
  void survey() {
    if (!arguments_.deidentify) return;
    cleaner_.survey(source_);
    std::cout << "In " << cleaner_.framesRead() << " frames read after cleaning no text was left\n";
  }

  void sequence() {
    refuseOverlay();
    survey();
    const auto writer = acquisition::openFrameWriter(arguments_.out, rate());
    eachFrame(source_, range_, [&](Frame frame) {
      prepare(frame);
      frame.index -= range_.first;
      writer->write(frame);
    });
    writer->finish();
  }

  void clip() {
    recording::RecordedAnalysis recorded(arguments_.session);
    if (arguments_.overlay && !recorded.any())
      throw Error(arguments_.session, "was recorded without analysis, so there is nothing to draw",
                  "export without --overlay");
    survey();
    rendering::OverlayImageRenderer renderer;
    std::unique_ptr<recording::ClipWriter> writer;
    double start = 0;
    eachFrame(source_, range_, [&](Frame frame) {
      prepare(frame);
      const double seconds =
          static_cast<double>(record_.frames[static_cast<std::size_t>(frame.index)].videoMs) * 1e-3;
      auto shared = std::make_shared<const Frame>(std::move(frame));
      cv::Mat picture = shared->pixels;
      if (arguments_.overlay) {
        auto snapshot = recorded.at(shared);
        snapshot.picture = navigation::PictureState::Paused;
        picture = renderer.render(snapshot);
      }
      if (!writer) {
        writer = std::make_unique<recording::ClipWriter>(arguments_.out, picture.size(), rate());
        start = seconds;
      }
      writer->write(picture, seconds - start);
    });
    if (writer) writer->finish();
  }

  void tables() {
    refuseOverlay();
    recording::RecordedAnalysis recorded(arguments_.session);
    const bool guided = std::any_of(record_.frames.begin(), record_.frames.end(),
                                    [](const auto& frame) { return frame.guidance.has_value(); });
    WholeFolder out(arguments_.out, recording::isResultOfProcess);
    recording::AnalysisCsvWriter writer(out.part(), guided);
    eachFrame(source_, range_, [&](Frame frame) {
      writer.write(recorded.at(std::make_shared<const Frame>(std::move(frame))));
    });
    writer.finish();
    out.commit();
  }

  const Arguments& arguments_;
  const recording::SessionRecord record_;
  recording::SessionSource source_;
  const Range range_;
  interop::PictureCleaner cleaner_;
};

int toDicom(const Arguments& arguments) {
  if (arguments.from || arguments.to || arguments.overlay)
    throw Error(arguments.out, "DICOM takes the whole session as it was recorded",
                "leave out --from, --to and --overlay");
  const recording::SessionRecord record = recording::readSessionRecord(arguments.session);
  interop::DicomExportOptions options;
  options.startedUtc = record.metaOr("started_utc", "");
  // As `dicom export` makes it: the same session gets the same UIDs by either way.
  options.identity = record.metaOr("started_s", "") + "\n" + options.startedUtc + "\n";
  options.deidentify = arguments.deidentify;
  options.key = arguments.key;
  recording::SessionSource source(arguments.session, arguments.session);
  const auto summary = interop::exportDicom(source, arguments.out, options);
  std::cout << "Exported " << summary.frames << " frames into " << arguments.out << "\n";
  return 0;
}

int exportSession(const Arguments& arguments) {
  if (endingOf(arguments.out) == ".dcm") return toDicom(arguments);
  const std::int64_t frames = Exporter(arguments).run();
  std::cout << "Exported " << frames << " frames into " << arguments.out << "\n";
  return 0;
}

}  // namespace

void addSessionExport(CLI::App& session, Run& run) {
  auto* command = session.add_subcommand("export", "Writes a session, or a part of it, in another format");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("SESSION", arguments->session, "recorded session")->required();
  addOutput(*command, "--out", arguments->out,
            ".igs.mha (with times and poses as PLUS names them), .mp4, .mkv, .dcm, or a folder for CSV")
      ->required();
  command->add_option("--from", arguments->from, "seconds from the beginning");
  command->add_option("--to", arguments->to, "seconds from the beginning");
  command->add_flag("--overlay", arguments->overlay, "draw into the clip what was seen when it was recorded");
  command->add_flag("--deidentify", arguments->deidentify,
                    "blacken everything outside the ultrasound image and text inside it");
  command->add_option("--key", arguments->key, "DICOM: secret that replaced UIDs and dates are made with");
  command->callback([&run, arguments] { run = [arguments] { return exportSession(*arguments); }; });
}

}  // namespace acuguide::apps
