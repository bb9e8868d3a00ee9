#include "tracking/tissue_anchor.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include <algorithm>
#include <cmath>

namespace acuguide::tracking {
namespace {

constexpr int kLevels = 3;
constexpr std::size_t kLeastPatches = 8;
constexpr double kBack = 0.7;   // reduced px: a patch that does not come back so near has lost its tissue
constexpr double kAgree = 1.2;  // reduced px: from the common motion
constexpr double kLeastTexture = 3;   // grey levels: deviation within a patch that can be followed
constexpr double kFloor = 0.25;       // reduced px: no match is better than this
constexpr double kAlike = 0.6;        // correlation below which a patch shows other tissue
constexpr double kShared = 3;         // neighbouring patches share speckle: so many count as one
constexpr double kUnknownGrowth = 1;  // reduced px a frame while the tissue is not recognised
constexpr double kMostStrain = 0.35;  // an affine motion that stretches more than this is no tissue

Eigen::Affine2d affineOf(const cv::Mat& m) {
  Eigen::Affine2d a = Eigen::Affine2d::Identity();
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) a.matrix()(i, j) = m.at<double>(i, j);
  return a;
}

bool isTissueLike(const Eigen::Affine2d& motion) {
  return (motion.linear() - Eigen::Matrix2d::Identity()).norm() < kMostStrain;
}

cv::Point2f moved(const Eigen::Affine2d& motion, const cv::Point2f& p) {
  const Eigen::Vector2d q = motion * Eigen::Vector2d(p.x, p.y);
  return {static_cast<float>(q.x()), static_cast<float>(q.y())};
}

double distance(const cv::Point2f& a, const cv::Point2f& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Correlation of the patch round a in one picture with that round b in the other.
double alike(const cv::Mat& one, const cv::Point2f& a, const cv::Mat& other, const cv::Point2f& b,
             int patch) {
  cv::Mat first, second, score;
  cv::getRectSubPix(one, {patch, patch}, a, first);
  cv::getRectSubPix(other, {patch, patch}, b, second);
  cv::matchTemplate(first, second, score, cv::TM_CCOEFF_NORMED);
  return score.at<float>(0, 0);
}

/// Standard deviation of the fitted motion at a point, from the scatter and the spread of the patches that
/// agree.
double sigmaAt(const Eigen::Vector2d& point, const std::vector<cv::Point2f>& from, double scatter) {
  Eigen::Matrix3d normal = Eigen::Matrix3d::Identity() * 1e-9;
  for (const cv::Point2f& p : from) {
    const Eigen::Vector3d x(p.x - point.x(), p.y - point.y(), 1);
    normal += x * x.transpose();
  }
  const double leverage = normal.inverse()(2, 2);
  return std::hypot(kFloor, scatter * std::sqrt(kShared * leverage));
}

}  // namespace

TissueAnchor::TissueAnchor(TissueAnchorOptions options) : options_(options) {}

void TissueAnchor::reset() { references_.clear(); }

/// Pixel centres: the middle of reduced pixel 0 is (scale - 1) / 2 in the full picture.
Eigen::Affine2d TissueAnchor::toFull() const {
  const Eigen::Vector2d half(0.5, 0.5);
  return Eigen::Translation2d(Eigen::Vector2d(bounds_.x, bounds_.y) - half) * Eigen::Scaling(scale_) *
         Eigen::Translation2d(half);
}

Eigen::Vector2d TissueAnchor::reducedOf(const Eigen::Vector2d& px) const { return toFull().inverse() * px; }

void TissueAnchor::reduce(const cv::Mat& grey, const imaging::ImagingRegion& region) {
  const cv::Rect bounds = region.bounds & cv::Rect(0, 0, grey.cols, grey.rows);
  // The region found may change by a pixel or two; the reduced picture must not jump with it.
  if (references_.empty()) bounds_ = bounds;
  bounds_ &= cv::Rect(0, 0, grey.cols, grey.rows);
  if (bounds_.width < 32 || bounds_.height < 32) {
    pyramid_.clear();
    return;
  }
  scale_ = std::max(1.0, bounds_.width / options_.workingWidth);
  const cv::Size size(static_cast<int>(std::lround(bounds_.width / scale_)),
                      static_cast<int>(std::lround(bounds_.height / scale_)));
  cv::resize(grey(bounds_), reduced_, size, 0, 0, cv::INTER_AREA);
  cv::buildOpticalFlowPyramid(reduced_, pyramid_, cv::Size(options_.patch, options_.patch), kLevels);
}

bool TissueAnchor::onNeedle(const cv::Point2f& reduced, const NeedleTrack& needle) const {
  if (needle.state == NeedleState::None) return false;
  const Eigen::Vector2d tip = reducedOf(needle.tipPx), tail = reducedOf(needle.tailPx);
  const Eigen::Vector2d p(reduced.x, reduced.y), way = tip - tail;
  const double along = std::clamp((p - tail).dot(way) / std::max(way.squaredNorm(), 1e-9), 0.0, 1.0);
  return (p - tail - along * way).norm() < 0.7 * options_.patch;
}

TissueAnchor::Reference TissueAnchor::reference(const Eigen::Vector2d& point, double sigma,
                                                const NeedleTrack& needle) const {
  Reference made;
  made.picture = reduced_.clone();
  cv::buildOpticalFlowPyramid(made.picture, made.pyramid, cv::Size(options_.patch, options_.patch), kLevels);
  made.point = point;
  made.sigma = sigma;
  const double across = options_.reachAcross * reduced_.cols, along = options_.reachAlong * reduced_.cols;
  const int half = options_.patch / 2;
  const cv::Rect inside(half, half, reduced_.cols - 2 * half, reduced_.rows - 2 * half);
  for (int i = 0; i < options_.points; ++i) {
    for (int j = 0; j < options_.points; ++j) {
      const double u = 2.0 * i / (options_.points - 1) - 1, v = 2.0 * j / (options_.points - 1) - 1;
      const cv::Point2f p(static_cast<float>(point.x() + across * u),
                          static_cast<float>(point.y() + along * v));
      if (!inside.contains(cv::Point(p)) || onNeedle(p, needle)) continue;
      cv::Scalar mean, deviation;
      cv::meanStdDev(
          reduced_(cv::Rect(cv::Point(p) - cv::Point(half, half), cv::Size(options_.patch, options_.patch))),
          mean, deviation);
      if (deviation[0] >= kLeastTexture) made.patches.push_back(p);
    }
  }
  return made;
}

std::optional<TissueAnchor::Match> TissueAnchor::match(const Reference& from,
                                                       const NeedleTrack& needle) const {
  if (from.patches.size() < kLeastPatches) return std::nullopt;
  std::vector<cv::Point2f> there, back;
  for (const cv::Point2f& p : from.patches) there.push_back(moved(from.motion, p));
  back = from.patches;
  std::vector<unsigned char> found, returned;
  std::vector<float> error;
  const cv::Size window(options_.patch, options_.patch);
  const cv::TermCriteria stop(cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 15, 0.02);
  cv::calcOpticalFlowPyrLK(from.pyramid, pyramid_, from.patches, there, found, error, window, kLevels, stop,
                           cv::OPTFLOW_USE_INITIAL_FLOW);
  cv::calcOpticalFlowPyrLK(pyramid_, from.pyramid, there, back, returned, error, window, kLevels, stop,
                           cv::OPTFLOW_USE_INITIAL_FLOW);
  std::vector<cv::Point2f> a, b;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (!found[i] || !returned[i] || distance(back[i], from.patches[i]) > kBack || onNeedle(there[i], needle))
      continue;
    if (alike(from.picture, from.patches[i], reduced_, there[i], options_.patch) < kAlike) continue;
    a.push_back(from.patches[i]);
    b.push_back(there[i]);
  }
  if (a.size() < 6) return std::nullopt;
  std::vector<unsigned char> agrees;
  const cv::Mat fitted = cv::estimateAffine2D(a, b, agrees, cv::RANSAC, kAgree, 500, 0.99, 5);
  if (fitted.empty() || !isTissueLike(affineOf(fitted))) return std::nullopt;
  Match match;
  match.motion = affineOf(fitted);
  std::vector<cv::Point2f> kept;
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!agrees[i]) continue;
    kept.push_back(a[i]);
    squares += std::pow(distance(moved(match.motion, a[i]), b[i]), 2) / 2;
  }
  match.inliers = static_cast<double>(kept.size()) / static_cast<double>(from.patches.size());
  match.point = match.motion * from.point;
  const double scatter = std::sqrt(squares / std::max<double>(1, static_cast<double>(kept.size()) - 3));
  match.sigma = std::hypot(from.sigma, sigmaAt(from.point, kept, scatter));
  return match;
}

AnchoredPoint TissueAnchor::anchored(bool sure) const {
  const Eigen::Affine2d full = toFull();
  return {full * last_, lastSigma_ * scale_, full * references_.front().motion * full.inverse(), sure};
}

bool TissueAnchor::set(const cv::Mat& grey, const imaging::ImagingRegion& region, const Eigen::Vector2d& px,
                       const NeedleTrack& needle) {
  references_.clear();
  if (grey.type() != CV_8UC1 || region.bounds.empty()) return false;
  reduce(grey, region);
  if (pyramid_.empty()) return false;
  Reference first = reference(reducedOf(px), 0, needle);
  if (first.patches.size() < kLeastPatches) return false;
  last_ = first.point;
  lastSigma_ = kFloor;
  references_.push_back(std::move(first));
  return true;
}

std::optional<AnchoredPoint> TissueAnchor::process(const cv::Mat& grey, const imaging::ImagingRegion& region,
                                                   const NeedleTrack& needle) {
  if (!isSet()) return std::nullopt;
  if (grey.type() == CV_8UC1 && !region.bounds.empty()) reduce(grey, region);
  const auto unsure = [this] {
    lastSigma_ += kUnknownGrowth;
    return anchored(false);
  };
  if (grey.type() != CV_8UC1 || pyramid_.empty()) return unsure();

  // The first reference whenever it is recognised: it carries no error of its own.
  std::optional<Match> best;
  std::size_t used = 0;
  for (std::size_t i = 0; i < references_.size(); ++i) {
    const auto match = this->match(references_[i], needle);
    if (!match || match->inliers < options_.leastInliers) continue;
    best = match;
    used = i;
    if (match->inliers >= options_.renewInliers) break;
  }
  if (!best || best->sigma > options_.mostSigma * reduced_.cols) return unsure();

  // All references are kept up to date through the motion of the one in use.
  const Eigen::Affine2d step = best->motion * references_[used].motion.inverse();
  for (std::size_t i = 0; i < references_.size(); ++i)
    references_[i].motion = i == used ? best->motion : step * references_[i].motion;
  last_ = best->point;
  lastSigma_ = best->sigma;
  if (best->inliers < options_.renewInliers) {
    references_.resize(1);
    references_.push_back(reference(last_, lastSigma_, needle));
  }
  return anchored(true);
}

}  // namespace acuguide::tracking
