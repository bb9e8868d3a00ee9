#include "report/key_pictures.h"

#include "interop/picture_cleaner.h"
#include "outcomes/number_text.h"
#include "recording/recorded_analysis.h"
#include "recording/session_source.h"
#include "rendering/overlay_image.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace acuguide::report {
namespace {

using outcomes::fixedText;
using recording::FrameRecord;
using recording::SessionRecord;

/// Nearer in time than this two frames show the same.
constexpr std::int64_t kSameFrames = 3;

const FrameRecord& frameOf(const SessionRecord& record, std::int64_t index) {
  return record.frames[static_cast<std::size_t>(index)];
}

std::string timeText(const SessionRecord& record, std::int64_t index) {
  return fixedText(frameOf(record, index).time - record.frames.front().time, 1) + " s";
}

/// The frames chosen so far; a frame that shows what is there already adds its words to that one.
class Choice {
 public:
  Choice(const SessionRecord& record, std::size_t most) : record_(record), most_(most) {}

  void add(std::int64_t frame, const std::string& why) {
    if (frame < 0 || frame >= static_cast<std::int64_t>(record_.frames.size())) return;
    for (KeyFrame& known : frames_)
      if (std::abs(known.frame - frame) < kSameFrames) {
        known.caption += "; " + why;
        return;
      }
    if (frames_.size() < most_) frames_.push_back({frame, timeText(record_, frame) + ": " + why});
  }

  std::vector<KeyFrame> inOrder() {
    std::ranges::sort(frames_, {}, &KeyFrame::frame);
    return frames_;
  }

 private:
  const SessionRecord& record_;
  std::size_t most_;
  std::vector<KeyFrame> frames_;
};

/// The frame in [first, last] with the needle seen and the smallest value; -1 without one.
template <class Value>
std::int64_t smallest(const SessionRecord& record, std::int64_t first, std::int64_t last,
                      const Value& value) {
  std::int64_t best = -1;
  double least = 0;
  for (std::int64_t i = first; i <= last; ++i) {
    const FrameRecord& frame = frameOf(record, i);
    if (frame.needle != tracking::NeedleState::Observed) continue;
    const std::optional<double> here = value(frame);
    if (!here || (best >= 0 && *here >= least)) continue;
    best = i;
    least = *here;
  }
  return best;
}

std::optional<double> toTarget(const FrameRecord& frame) {
  return frame.guidance ? frame.guidance->tipToTargetMm : std::nullopt;
}

std::optional<double> toDanger(const FrameRecord& frame) {
  return frame.guidance ? frame.guidance->dangerMm : std::nullopt;
}

std::optional<double> height(const FrameRecord& frame) { return -frame.tipPx.y(); }

void addInsertion(const SessionRecord& record, const assessment::InsertionMetrics& one, Choice& choice) {
  const auto& insertion = one.insertion;
  const std::string name = "insertion " + std::to_string(one.number);
  const std::int64_t near = smallest(record, insertion.firstFrame, insertion.lastFrame, toTarget);
  if (near >= 0)
    choice.add(near, name + " closest to the target (" + fixedText(*toTarget(frameOf(record, near)), 1) +
                         " mm on the screen)");
  else
    choice.add(smallest(record, insertion.firstFrame, insertion.lastFrame, height), name + " deepest");
}

void addDanger(const SessionRecord& record, std::int64_t last, Choice& choice) {
  const std::int64_t near = smallest(record, 0, last, toDanger);
  if (near < 0) return;
  const auto& guidance = *frameOf(record, near).guidance;
  const std::string name =
      guidance.danger >= 0 ? record.dangers[static_cast<std::size_t>(guidance.danger)] : "a danger zone";
  choice.add(near, "closest to " + name + " (" + fixedText(*guidance.dangerMm, 1) + " mm)");
}

cv::Mat cleaned(const FrameRecord& row, const cv::Mat& pixels) {
  if (row.region.empty()) return interop::PictureCleaner().process(pixels);
  imaging::ImagingRegion region;
  region.bounds = row.region;
  cv::Mat withoutText =
      pixels.clone();  // before the region is cut out: its border would be taken for strokes
  interop::blackenText(withoutText);
  return interop::insideOf(region, withoutText);
}

}  // namespace

std::vector<KeyFrame> keyFrames(const SessionRecord& record, const assessment::SessionMetrics& metrics,
                                std::size_t most) {
  Choice choice(record, most);
  if (record.frames.empty()) return {};
  const auto last = static_cast<std::int64_t>(record.frames.size()) - 1;
  for (const recording::EventRecord& event : record.events)
    if (event.frame && (event.kind == "snapshot" || event.kind == "bookmark"))
      choice.add(*event.frame, event.kind + (event.detail.empty() ? "" : " (" + event.detail + ")"));
  for (const assessment::InsertionMetrics& one : metrics.insertions) addInsertion(record, one, choice);
  addDanger(record, last, choice);
  choice.add(smallest(record, 0, last, [](const FrameRecord&) { return std::optional(0.0); }),
             "first sight of the blade");
  auto frames = choice.inOrder();
  if (!frames.empty()) return frames;
  choice.add(0, "the first picture");
  choice.add(last / 2, "halfway");
  return choice.inOrder();
}

std::vector<KeyPicture> drawKeyFrames(const SessionRecord& record, const std::vector<KeyFrame>& frames) {
  std::vector<KeyPicture> pictures;
  recording::SessionSource source(record.folder, record.folder.string());
  recording::RecordedAnalysis recorded(record.folder);
  rendering::OverlayImageRenderer renderer;
  for (const KeyFrame& key : frames) {
    source.seek(key.frame);
    auto frame = source.read();
    if (!frame) continue;  // its picture was lost; the others stand
    frame->index = key.frame;
    frame->pixels = cleaned(frameOf(record, key.frame), frame->pixels);
    auto snapshot = recorded.at(std::make_shared<const Frame>(std::move(*frame)));
    snapshot.picture = navigation::PictureState::Live;  // no notice over it
    pictures.push_back({renderer.render(snapshot), key.caption});
  }
  return pictures;
}

}  // namespace acuguide::report
