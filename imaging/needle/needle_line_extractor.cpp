#include "imaging/needle/needle_line_extractor.h"

#include "imaging/needle/needle_network.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace acuguide::imaging {

namespace {

constexpr int kCells = NeedleNetwork::cells;
constexpr double kLeast = 0.05;      // likelihood of a cell that is looked at
constexpr double kNear = 1.6;        // cells beside a line that belong to it
constexpr double kBeside = 5;        // cells beside a line in which the middle of what is seen is sought
constexpr double kAgree = 0.7;       // least cosine of twice the angle between them and the line
constexpr double kTollLeast = 0.08;  // a cell, likelihood
constexpr double kTollMost = 0.3;
constexpr double kTollShare =
    0.45;                    // of the line's own likelihood: a faint line is read as whole as a clear one
constexpr int kReach = 140;  // places along a line, from 70 before the picture's corner to 70 after it
constexpr int kBehind = 70;

double agreement(double turn, double angle) { return std::cos(2 * (turn - angle)); }

double logistic(double score) { return 1 / (1 + std::exp(-score)); }

}  // namespace

void NeedleLineExtractor::setAnswer(const cv::Mat& answer) {
  CV_Assert(answer.dims == 4 && answer.size[1] == 4 && answer.size[2] == kCells && answer.size[3] == kCells);
  const auto* shaft = answer.ptr<float>(0, 0);
  const auto* cosine = answer.ptr<float>(0, 1);
  const auto* sine = answer.ptr<float>(0, 2);
  const auto* tip = answer.ptr<float>(0, 3);
  tip_.assign(tip, tip + std::ptrdiff_t{kCells} * kCells);
  cells_.clear();
  read_ = 0;
  for (int i = 0; i < kCells * kCells; ++i) {
    const double likelihood = logistic(shaft[i]);
    if (!(likelihood > kLeast)) continue;
    const int row = i / kCells;
    cells_.push_back({static_cast<float>(i % kCells), static_cast<float>(row), static_cast<float>(likelihood),
                      0.5F * std::atan2(sine[i], cosine[i])});
  }
}

const std::vector<SegmentedLine>& NeedleLineExtractor::lines(std::size_t most) {
  if (read_ == most) return lines_;
  read_ = most;
  lines_.clear();
  for (Cell& cell : cells_) cell.free = true;
  for (std::size_t tried = 0; tried < most; ++tried) {
    double angle = 0, offset = 0;
    if (!bestVote(angle, offset)) break;
    const bool laid = layThrough(angle, offset);
    if (laid) lines_.push_back(read(angle, offset, true));
    const double near = laid ? 3 : 2;
    for (Cell& cell : cells_)
      if (std::abs(cell.y * std::cos(angle) - cell.x * std::sin(angle) - offset) < near) cell.free = false;
  }
  std::sort(lines_.begin(), lines_.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  return lines_;
}

/// The angle, and offset along its normal (-sine, cosine), that the free cells vote for most.
bool NeedleLineExtractor::bestVote(double& angle, double& offset) {
  votes_.assign(static_cast<std::size_t>(kTurns) * kOffsets, 0.0F);
  double likelihood = 0;
  for (const Cell& cell : cells_) {
    if (!cell.free) continue;
    likelihood += cell.likelihood;
    const double share = cell.turn / std::numbers::pi;
    const int turn = static_cast<int>(std::floor((share - std::floor(share)) * kTurns)) % kTurns;
    for (int aside = -1; aside <= 1; ++aside) {
      const int row = (turn + aside + kTurns) % kTurns;
      const double a = (row + 0.5) / kTurns * std::numbers::pi;
      const int at = static_cast<int>(std::lround(cell.y * std::cos(a) - cell.x * std::sin(a))) + kMiddle;
      float* votes =
          votes_.data() + static_cast<std::ptrdiff_t>(row) * kOffsets + std::clamp(at, 1, kOffsets - 2);
      const float weight = cell.likelihood * (aside == 0 ? 1.0F : 0.6F);
      votes[-1] += 0.5F * weight;
      votes[0] += weight;
      votes[1] += 0.5F * weight;
    }
  }
  if (likelihood < 1) return false;
  const auto best = static_cast<int>(std::max_element(votes_.begin(), votes_.end()) - votes_.begin());
  const int row = best / kOffsets;
  angle = (row + 0.5) / kTurns * std::numbers::pi;
  offset = best - row * kOffsets - kMiddle;
  return true;
}

/// Total least squares through the free cells near the line, thrice; the weight is the square of the
/// likelihood.
bool NeedleLineExtractor::layThrough(double& angle, double& offset) const {
  for (const double wide : {2.5, kNear, kNear}) {
    double w0 = 0, wx = 0, wy = 0, wxx = 0, wxy = 0, wyy = 0;
    int count = 0;
    const double c = std::cos(angle), s = std::sin(angle);
    for (const Cell& cell : cells_) {
      if (!cell.free || std::abs(cell.y * c - cell.x * s - offset) >= wide ||
          agreement(cell.turn, angle) <= kAgree)
        continue;
      const double w = cell.likelihood * cell.likelihood, x = cell.x, y = cell.y;
      w0 += w, wx += w * x, wy += w * y, wxx += w * x * x, wxy += w * x * y, wyy += w * y * y;
      ++count;
    }
    if (count < 3) return false;
    const double mx = wx / w0, my = wy / w0;
    angle = 0.5 * std::atan2(2 * (wxy - w0 * mx * my), (wxx - w0 * mx * mx) - (wyy - w0 * my * my));
    offset = my * std::cos(angle) - mx * std::sin(angle);
  }
  return true;
}

SegmentedLine NeedleLineExtractor::along(const Eigen::Vector2d& point, double angle) const {
  return read(angle, point.y() * std::cos(angle) - point.x() * std::sin(angle), false);
}

SegmentedLine NeedleLineExtractor::read(double angle, double offset, bool freeOnly) const {
  const Eigen::Vector2d axis(std::cos(angle), std::sin(angle)), normal(-axis.y(), axis.x());
  std::array<double, kReach + 60> profile{};
  const int last = static_cast<int>(profile.size()) - 1;
  for (const Cell& cell : cells_) {
    if ((freeOnly && !cell.free) ||
        std::abs(cell.x * normal.x() + cell.y * normal.y() - offset) >= kNear + 0.4)
      continue;
    const int at =
        std::clamp(static_cast<int>(std::lround(cell.x * axis.x() + cell.y * axis.y())) + kBehind, 0, last);
    double& most = profile[static_cast<std::size_t>(at)];
    most = std::max(most, cell.likelihood * std::clamp(agreement(cell.turn, angle), 0.0, 1.0));
  }
  std::array<double, kReach + 60> sorted{};
  const auto shown =
      std::copy_if(profile.begin(), profile.end(), sorted.begin(), [](double v) { return v > 0; });
  if (shown == sorted.begin()) return {};
  const auto quartile = [](auto from, auto to, double share) {
    const auto place = from + static_cast<std::ptrdiff_t>(share * static_cast<double>(to - from - 1));
    std::nth_element(from, place, to);
    return *place;
  };
  const double toll = std::clamp(kTollShare * quartile(sorted.begin(), shown, 0.75), kTollLeast, kTollMost);
  SegmentedLine line;
  double run = 0;
  int from = 0, first = 0, end = -1;
  for (int i = 0; i <= last; ++i) {
    if (run <= 0) run = 0, from = i;
    run += profile[static_cast<std::size_t>(i)] - toll;
    if (run > line.score) line.score = run, first = from, end = i;
  }
  if (end < first) return {};
  line.length = end - first + 1;
  line.begin = normal * offset + axis * (first - kBehind - 0.5);
  line.end = normal * offset + axis * (end - kBehind + 0.5);
  const auto inside = std::copy(profile.begin() + first, profile.begin() + end + 1, sorted.begin());
  for (auto v = sorted.begin(); v != inside; ++v) line.mean += *v / line.length;
  line.low = quartile(sorted.begin(), inside, 0.25);
  line.aside = std::abs(asideOf(angle, offset, first - kBehind, end - kBehind));
  line.tipAtBegin = tipNear(line.begin);
  line.tipAtEnd = tipNear(line.end);
  return line;
}

/// Of a wide shaft each edge is a ridge of its own, and the network sees its middle.
double NeedleLineExtractor::asideOf(double angle, double offset, double from, double to) const {
  const double c = std::cos(angle), s = std::sin(angle);
  double weight = 0, sum = 0;
  for (const Cell& cell : cells_) {
    const double across = cell.y * c - cell.x * s - offset, along = cell.x * c + cell.y * s;
    if (std::abs(across) > kBeside || along < from || along > to || agreement(cell.turn, angle) < kAgree)
      continue;
    const double w = cell.likelihood * cell.likelihood;
    weight += w, sum += w * across;
  }
  return weight > 0 ? sum / weight : 0;
}

double NeedleLineExtractor::tipNear(const Eigen::Vector2d& place) const {
  constexpr int reach = 3;
  const int cx = static_cast<int>(std::lround(place.x())), cy = static_cast<int>(std::lround(place.y()));
  double most = SegmentedLine::kNoTip;
  for (int y = std::max(0, cy - reach); y <= std::min(kCells - 1, cy + reach); ++y)
    for (int x = std::max(0, cx - reach); x <= std::min(kCells - 1, cx + reach); ++x)
      most = std::max(most, static_cast<double>(
                                tip_[static_cast<std::size_t>(y) * kCells + static_cast<std::size_t>(x)]));
  return most;
}

}  // namespace acuguide::imaging
