#include "calibration/temporal/video_motion.h"

namespace acuguide::calibration {

void VideoMotionMeter::learn(const cv::Mat& grey) { part_.add(grey); }

void VideoMotionMeter::measure(double seconds, const cv::Mat& grey) {
  if (line_.frames == 0) area_ = part_.area();
  ++line_.frames;
  seconds_.push_back(seconds);
  whole_.add(grey);
  const cv::Mat moving = part_.moving(grey);
  const auto line = moving.empty() ? std::nullopt : findBottomLine(moving, area_);
  if (!line) return;
  ++line_.framesWithLine;
  const double width = area_.width - 1;
  line_.middle.add(seconds, line->yAt(area_.x + 0.5 * width));
  line_.left.add(seconds, line->yAt(area_.x + 0.25 * width));
  line_.right.add(seconds, line->yAt(area_.x + 0.75 * width));
}

VideoMotion VideoMotionMeter::result() const {
  VideoMotion motion = line_;
  motion.area = area_;
  if (2 * motion.framesWithLine >= motion.frames) return motion;
  motion.isLine = false;
  motion.middle = {seconds_, whole_.values()};
  motion.left = motion.right = {};
  return motion;
}

}  // namespace acuguide::calibration
