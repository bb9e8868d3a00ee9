#include "acquisition/grey_range.h"

#include <algorithm>
#include <cmath>

namespace acuguide::acquisition {
namespace {

/// The fewest bits that hold 0..value.
int bitsFor(double value) {
  int bits = 0;
  while (std::ldexp(1.0, bits) - 1.0 < value) ++bits;
  return bits;
}

}  // namespace

bool GreyRange::add(const cv::Mat& stored) {
  if (stored.depth() != CV_16U && stored.depth() != CV_16S) return false;
  const double black = this->black(), white = this->white();
  double low = 0.0, high = 0.0;
  cv::minMaxIdx(stored.reshape(1), &low, &high);
  lowest_ = empty() ? low : std::min(lowest_, low);
  highest_ = std::max(highest_, high);
  signed_ = stored.depth() == CV_16S;
  return black != this->black() || white != this->white();
}

bool GreyRange::belowZero() const { return !empty() && lowest_ < 0.0 && -4.0 * lowest_ > highest_; }

int GreyRange::bits() const {
  if (belowZero()) return 1 + std::max(bitsFor(highest_), bitsFor(-lowest_ - 1.0));
  return std::max(8, bitsFor(highest_));
}

double GreyRange::black() const { return belowZero() ? -std::ldexp(1.0, bits() - 1) : 0.0; }

double GreyRange::white() const {
  if (!belowZero()) return std::ldexp(1.0, bits()) - 1.0;
  return highest_ > 0.0 ? std::ldexp(1.0, bits() - 1) - 1.0 : 0.0;
}

std::string GreyRange::words() const {
  const int used = bits(), full = signed_ && !belowZero() ? 15 : 16;
  return empty() || used >= full ? std::string() : std::to_string(used) + " of 16 bits";
}

cv::Mat GreyRange::toEightBit(const cv::Mat& stored) const {
  if (stored.depth() == CV_8U) return stored;
  return acquisition::toEightBit(stored, black(), white());
}

cv::Mat toEightBit(const cv::Mat& stored, double black, double white) {
  cv::Mat mapped;
  const double scale = 255.0 / (white - black);
  stored.convertTo(mapped, CV_8U, scale, -black * scale);
  return mapped;
}

}  // namespace acuguide::acquisition
