#include "recording/session_samples.h"

#include "core/clock.h"
#include "core/units.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace acuguide::recording::samples {

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "acuguide-session-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
  std::filesystem::remove_all(path_, ignored);
}

cv::Mat picture(std::int64_t index, cv::Size size, bool colour) {
  cv::Mat pixels(size, colour ? CV_8UC3 : CV_8UC1);
  cv::RNG random(static_cast<std::uint64_t>(index) + 1);
  random.fill(pixels, cv::RNG::UNIFORM, 0, 200);
  pixels.col(static_cast<int>(index % size.width)).setTo(cv::Scalar(255, 240, 220));
  return pixels;
}

double timeOf(std::int64_t index) {
  const auto i = static_cast<double>(index);
  return 12.5 + i / 30.0 + 0.004 * std::sin(i);
}

std::shared_ptr<const Frame> frame(std::int64_t index, bool colour) {
  auto made = std::make_shared<Frame>();
  made->pixels = picture(index, {96, 64}, colour);
  made->index = index;
  made->time = timeOf(index);
  made->arrival = monotonicSeconds();
  made->geometry.spacingMm = Eigen::Vector2d(0.0712, 0.0698);
  NamedPose probe{"Probe", "Tracker", Eigen::Matrix4d::Identity(), true};
  probe.matrix(0, 3) = 0.1 * static_cast<double>(index);
  NamedPose needle{"Needle", "Tracker", Eigen::Matrix4d::Identity(), index % 3 != 0};
  needle.matrix(1, 3) = 1.0 / 3.0 + static_cast<double>(index);
  made->poses = {probe, needle};
  return made;
}

std::shared_ptr<navigation::GuidanceSnapshot> snapshot(std::int64_t index, bool colour) {
  auto made = std::make_shared<navigation::GuidanceSnapshot>();
  made->sequence = static_cast<std::uint64_t>(index) + 1;
  made->frame = frame(index, colour);
  imaging::FrameAnalysis& analysis = made->ownAnalysis();
  analysis.region.bounds = {4, 2, 80, 60};
  analysis.planes = {
      {imaging::PlaneLabel::SuperficialAponeurosis, 0.9, {{8, 20, 18, 22}, {16, 20.5F, 18.25F, 22.75F}}},
      {imaging::PlaneLabel::DeepAponeurosis, 0.75, {{8, 40, 39, 41}}}};
  analysis.fibres = imaging::FibreDirection{radians(12.5), 0.6};
  made->needle.state = tracking::NeedleState::Observed;
  made->needle.confidence = 0.93;
  made->needle.tipPx = {50, 30};
  made->needle.tailPx = {10, 10};
  made->needle.tipCovariancePx = Eigen::Vector2d(4, 1).asDiagonal();
  made->durations = {0.002, 0.0105, 0.0005, 0.00025};
  return made;
}

guidance::Guidance guidance() {
  guidance::Guidance made;
  made.state = guidance::GuidanceState::OnCourse;
  made.target = guidance::TargetInPicture{{60, 40}, 2.792, "deep_aponeurosis"};
  made.tipToTarget = ImageLength{14.1, 1.0};
  made.lateralError = ImageLength{-3, -0.21};
  made.angleError = radians(-2.5);
  made.tipDepth = ImageLength{28, 1.95};
  made.nearestDanger = guidance::DangerInPicture{0, "deep peroneal nerve, left", {80, 5.6}, false};
  return made;
}

bool samePixels(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

std::vector<std::string> linesOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace acuguide::recording::samples
