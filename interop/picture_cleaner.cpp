#include "interop/picture_cleaner.h"

#include "core/error.h"
#include "core/grey.h"
#include "interop/text_reader.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace acuguide::interop {
namespace {

constexpr std::int64_t mostLookedAt = 200, leastRead = 3, mostRead = 12, framesARead = 300;
constexpr int mostRounds = 5;
constexpr double nearlyAll = 0.9;  // of the image: a region that large excludes no text
constexpr int readMargin = 4;      // px about what was read

/// `count` frames spread over a stream, with its first and last.
std::set<std::int64_t> spread(std::int64_t frames, std::int64_t count) {
  std::set<std::int64_t> chosen;
  for (std::int64_t i = 0; i < count; ++i) chosen.insert(count > 1 ? i * (frames - 1) / (count - 1) : 0);
  return chosen;
}

Frame frameAt(acquisition::FrameSource& source, std::int64_t index) {
  source.seek(index);
  std::optional<Frame> frame = source.read();
  if (!frame)
    throw Error(source.info().name, "its frame " + std::to_string(index) + " cannot be read",
                "check the file");
  return std::move(*frame);
}

double shareOf(const std::vector<cv::Rect>& boxes, const cv::Size& image) {
  double area = 0;
  for (const cv::Rect& box : boxes) area += (box & cv::Rect({0, 0}, image)).area();
  return area / image.area();
}

}  // namespace

cv::Mat insideOf(const imaging::ImagingRegion& region, const cv::Mat& pixels) {
  cv::Mat kept = cv::Mat::zeros(pixels.size(), pixels.type());
  const cv::Rect box = region.bounds & cv::Rect({0, 0}, pixels.size());
  if (box.empty()) return kept;
  cv::Mat inside = kept(box);
  if (region.mask.size() == region.bounds.size()) {
    pixels(box).copyTo(inside, region.mask(box - region.bounds.tl()));
  } else {
    pixels(box).copyTo(inside);
  }
  return kept;
}

void blackenText(cv::Mat& pixels) {
  for (const cv::Rect& line : TextFinder().process(pixels)) pixels(line).setTo(cv::Scalar::all(0));
}

PictureCleaner::PictureCleaner(std::vector<cv::Rect> stated) : stated_(std::move(stated)) {}

imaging::ImagingRegion PictureCleaner::regionOf(const cv::Mat& pixels) {
  const double share = shareOf(stated_, pixels.size());
  imaging::ImagingRegion found;
  if (share < nearlyAll && !stated_.empty()) {
    for (const cv::Rect& box : stated_) found.bounds |= box & cv::Rect({0, 0}, pixels.size());
    found.mask = cv::Mat::zeros(found.bounds.size(), CV_8U);
    for (const cv::Rect& box : stated_) found.mask((box & found.bounds) - found.bounds.tl()).setTo(255);
    return found;
  }
  found = finder_.process(greyOf(pixels, grey_));
  if (found.bounds.empty() && !stated_.empty()) found.bounds = {{0, 0}, pixels.size()};
  return found;
}

cv::Mat PictureCleaner::process(const cv::Mat& pixels) {
  imaging::ImagingRegion found = regionOf(pixels);
  if (!found.bounds.empty()) region_ = std::move(found);
  cv::Mat kept = insideOf(region_, pixels);
  // In the whole image: the border of the region would be taken for strokes.
  for (const cv::Rect& line : text_.process(pixels)) kept(line).setTo(cv::Scalar::all(0));
  if (always_.size() == kept.size()) kept.setTo(cv::Scalar::all(0), always_);
  return kept;
}

void PictureCleaner::survey(acquisition::FrameSource& source) {
  const acquisition::SourceInfo& info = source.info();
  if (info.live || !info.seekable || !info.frameCount)
    throw Error(info.name, "cannot be read twice, so that its text cannot be looked for beforehand",
                "record it, then export the recording");
  if (*info.frameCount < 1) throw Error(info.name, "holds no frame", "record a new one");
  lookThrough(source, *info.frameCount);
  readThrough(source, *info.frameCount);
  finder_.reset();
  source.seek(0);
}

/// Where text stands again and again.
void PictureCleaner::lookThrough(acquisition::FrameSource& source, std::int64_t frames) {
  const std::set<std::int64_t> chosen = spread(frames, std::min(frames, mostLookedAt));
  cv::Mat times, once;
  for (const std::int64_t index : chosen) {
    const Frame frame = frameAt(source, index);
    if (times.empty()) times = cv::Mat::zeros(frame.pixels.size(), CV_16U);
    if (times.size() != frame.pixels.size())
      throw Error(source.info().name, "its image changes its size at frame " + std::to_string(index),
                  "export the parts on their own");
    once = cv::Mat::zeros(times.size(), CV_16U);
    for (const cv::Rect& line : text_.process(frame.pixels)) once(line).setTo(1);
    times += once;
  }
  const auto least = std::max<std::int64_t>(2, static_cast<std::int64_t>(chosen.size()) / 5);
  always_ = times >= static_cast<double>(least);
}

/// Reads what is left, and makes that black too.
void PictureCleaner::readThrough(acquisition::FrameSource& source, std::int64_t frames) {
  TextReader reader;
  const std::set<std::int64_t> chosen =
      spread(frames, std::min(frames, std::clamp(frames / framesARead, leastRead, mostRead)));
  for (const std::int64_t index : chosen) {
    const Frame frame = frameAt(source, index);
    for (int round = 1;; ++round) {
      const std::vector<ReadText> left = reader.read(process(frame.pixels));
      if (left.empty()) break;
      if (round == mostRounds)
        throw Error(source.info().name,
                    "text stays readable in its image at frame " + std::to_string(index) +
                        ", so that it cannot be called de-identified",
                    "crop the images first, or export it without de-identification");
      for (const ReadText& text : left)
        always_(cv::Rect(text.box.x - readMargin, text.box.y - readMargin, text.box.width + 2 * readMargin,
                         text.box.height + 2 * readMargin) &
                cv::Rect({0, 0}, always_.size()))
            .setTo(255);
    }
    ++framesRead_;
  }
  if (region().empty()) {
    framesRead_ = 0;
    throw Error(source.info().name,
                "no ultrasound image was found in it, so that its text cannot be told from it",
                "export it without de-identification, or crop the images first");
  }
}

}  // namespace acuguide::interop
