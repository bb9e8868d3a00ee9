#include "imaging/structures/structure_segmenter.h"

#include "imaging/structures/structure_calibration.h"
#include "imaging/structures/structure_network.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace acuguide::imaging {
namespace {

/// Smaller than this share of the region is a speck, no structure.
constexpr double leastArea = 0.0004;
/// An outline may cut corners by this many pixels.
constexpr double outlineTolerancePx = 1.0;
/// Regions smaller than this show nothing.
constexpr int leastSidePx = 32;

/// Probability of vessel and nerve, and which of none, vessel, nerve is likeliest, at the region's own size.
struct Maps {
  cv::Mat scores[3];
  cv::Mat kind;      // CV_8UC1
  cv::Mat likeness;  // CV_32FC1: probability of that kind

  void fill(const cv::Mat (&small)[3], cv::Size size) {
    for (int c = 0; c < 3; ++c) cv::resize(small[c], scores[c], size, 0, 0, cv::INTER_LINEAR);
    kind.create(size, CV_8UC1);
    likeness.create(size, CV_32FC1);
    for (int y = 0; y < size.height; ++y) {
      const float* s[3] = {scores[0].ptr<float>(y), scores[1].ptr<float>(y), scores[2].ptr<float>(y)};
      auto* k = kind.ptr<uchar>(y);
      auto* p = likeness.ptr<float>(y);
      for (int x = 0; x < size.width; ++x) {
        const int best = s[1][x] > s[2][x] ? 1 : 2;
        const float most = s[best][x];
        k[x] = 0;
        if (most <= s[0][x]) continue;
        k[x] = static_cast<uchar>(best);
        p[x] = 1.0F / (1.0F + std::exp(s[0][x] - most) + std::exp(s[3 - best][x] - most));
      }
    }
  }
};

/// What a connected piece of one kind looks like to the calibration.
struct Piece {
  double area = 0;      // px
  double mean = 0;      // probability over it
  double most = 0;      // and its greatest
  bool atEdge = false;  // cut by the region's rim
};

double confidenceOf(StructureKind kind, const Piece& piece, double regionArea) {
  const auto& w =
      kind == StructureKind::Vessel ? structure_calibration::vessel : structure_calibration::nerve;
  const double score = w[0] + w[1] * piece.mean + w[2] * piece.most +
                       w[3] * std::log(piece.area / regionArea) + w[4] * (piece.atEdge ? 1 : 0);
  return 1.0 / (1.0 + std::exp(-score));
}

std::vector<Eigen::Vector2d> outlineOf(const cv::Mat& piece, cv::Point offset) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(piece, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE, offset);
  const auto longest = std::max_element(contours.begin(), contours.end(),
                                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  std::vector<Eigen::Vector2d> outline;
  if (longest == contours.end()) return outline;
  std::vector<cv::Point> simple;
  cv::approxPolyDP(*longest, simple, outlineTolerancePx, true);
  for (const cv::Point& p : simple.size() >= 3 ? simple : *longest) outline.emplace_back(p.x, p.y);
  return outline;
}

}  // namespace

std::string_view nameOf(StructureKind kind) { return kind == StructureKind::Vessel ? "vessel" : "nerve"; }

struct StructureSegmenter::Parts {
  explicit Parts(StructureSegmenterOptions given) : options(given) {}

  void look(const cv::Mat& grey, const ImagingRegion& region, Structures& result);
  void collect(StructureKind kind, const cv::Rect& bounds, Structures& result);
  Piece measure(int label, const cv::Rect& box) const;

  StructureSegmenterOptions options;
  std::optional<StructureNetwork> network;
  cv::Mat masked, picture, ofKind, labels, stats, centroids;
  Maps maps;
};

void StructureSegmenter::Parts::look(const cv::Mat& grey, const ImagingRegion& region, Structures& result) {
  const cv::Rect bounds = region.bounds & cv::Rect(0, 0, grey.cols, grey.rows);
  result.mask = cv::Mat::zeros(grey.size(), CV_8UC1);
  if (bounds.width < leastSidePx || bounds.height < leastSidePx) return;
  cv::Mat part = grey(bounds);
  if (region.mask.size() == bounds.size()) {
    masked = cv::Mat::zeros(bounds.size(), CV_8UC1);
    part.copyTo(masked, region.mask);
    part = masked;
  }
  cv::resize(part, picture, {StructureNetwork::side, StructureNetwork::side}, 0, 0, cv::INTER_AREA);
  const bool upsideDown = region.probe == ProbeSide::Bottom;
  if (upsideDown) cv::flip(picture, picture, 0);
  if (!network) network.emplace();
  StructureNetwork::Answer answer = network->process(picture);
  result.strangeness = answer.strangeness;
  result.sure = std::isfinite(answer.strangeness) && answer.strangeness <= options.mostStrangeness;
  if (!result.sure) return;
  if (upsideDown)
    for (cv::Mat& scores : answer.scores) cv::flip(scores, scores, 0);
  maps.fill(answer.scores, bounds.size());
  for (const StructureKind kind : {StructureKind::Vessel, StructureKind::Nerve})
    collect(kind, bounds, result);
  std::stable_sort(result.found.begin(), result.found.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
}

Piece StructureSegmenter::Parts::measure(int label, const cv::Rect& box) const {
  Piece piece;
  for (int y = box.y; y < box.y + box.height; ++y) {
    const int* l = labels.ptr<int>(y);
    const float* p = maps.likeness.ptr<float>(y);
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (l[x] != label) continue;
      piece.area += 1;
      piece.mean += p[x];
      piece.most = std::max(piece.most, static_cast<double>(p[x]));
    }
  }
  piece.mean /= std::max(1.0, piece.area);
  piece.atEdge =
      box.x == 0 || box.y == 0 || box.x + box.width == labels.cols || box.y + box.height == labels.rows;
  return piece;
}

void StructureSegmenter::Parts::collect(StructureKind kind, const cv::Rect& bounds, Structures& result) {
  cv::compare(maps.kind, static_cast<int>(kind), ofKind, cv::CMP_EQ);
  const int count = cv::connectedComponentsWithStats(ofKind, labels, stats, centroids, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const int* s = stats.ptr<int>(i);
    if (s[cv::CC_STAT_AREA] < leastArea * bounds.area()) continue;
    const cv::Rect box(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
    PossibleStructure one;
    one.kind = kind;
    one.confidence = confidenceOf(kind, measure(i, box), bounds.area());
    if (!(one.confidence >= options.leastConfidence)) continue;
    const cv::Mat piece = labels(box) == i;
    result.mask(box + bounds.tl()).setTo(static_cast<int>(kind), piece);
    one.outlinePx = outlineOf(piece, box.tl() + bounds.tl());
    result.found.push_back(std::move(one));
  }
}

StructureSegmenter::StructureSegmenter(StructureSegmenterOptions options)
    : parts_(std::make_unique<Parts>(options)) {}
StructureSegmenter::~StructureSegmenter() = default;
StructureSegmenter::StructureSegmenter(StructureSegmenter&&) noexcept = default;
StructureSegmenter& StructureSegmenter::operator=(StructureSegmenter&&) noexcept = default;

Structures StructureSegmenter::process(const cv::Mat& grey, const ImagingRegion& region) {
  Structures result;
  if (grey.empty() || grey.type() != CV_8UC1) return result;
  try {
    parts_->look(grey, region, result);
  } catch (const cv::Exception&) {  // no answer is better than a broken picture path
    result.sure = false;
    result.found.clear();
    if (!result.mask.empty()) result.mask.setTo(0);
  }
  return result;
}

}  // namespace acuguide::imaging
