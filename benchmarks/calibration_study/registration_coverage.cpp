#include "benchmarks/calibration_study/coverage.h"
#include "calibration/interval.h"
#include "calibration/scale/pixel_scale.h"
#include "calibration/tools/landmarks.h"

#include <Eigen/Geometry>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <random>

namespace acuguide::benchmarks {
namespace {

using calibration::Landmark;

struct LandmarkCondition {
  const char* name;
  int count;
  Eigen::Vector3d noiseMm;
};

/// A row of ticks beside an image, anywhere between whole pixels, as screens draw them.
cv::Mat ruler(double firstPx, double periodPx, int ticks, bool smooth) {
  cv::Mat grey(600, 800, CV_8UC1, cv::Scalar(0));
  for (int i = 0; i < ticks; ++i) {
    const double y = firstPx + i * periodPx;
    if (!smooth) {
      cv::line(grey, {702, cvRound(y)}, {712, cvRound(y)}, 220);
      continue;
    }
    const int above = int(std::floor(y));
    grey(cv::Rect(702, above, 11, 1)).setTo(220 * (1 - (y - above)));
    grey(cv::Rect(702, above + 1, 11, 1)).setTo(220 * (y - above));
  }
  return grey;
}

}  // namespace

std::vector<Coverage> landmarksCoverage(int runs) {
  const Eigen::Vector3d even(0.5, 0.5, 0.5), deep(0.2, 0.2, 1.0);
  const std::vector<LandmarkCondition> conditions{{"3 landmarks, 0.5 mm", 3, even},
                                                  {"4 landmarks, 0.5 mm", 4, even},
                                                  {"6 landmarks, 0.5 mm", 6, even},
                                                  {"12 landmarks, 0.5 mm", 12, even},
                                                  {"6 landmarks, 1 mm in depth, 0.2 mm across", 6, deep},
                                                  {"12 landmarks, 1 mm in depth, 0.2 mm across", 12, deep}};
  std::vector<Coverage> rows;
  for (const LandmarkCondition& condition : conditions) {
    Coverage& row = rows.emplace_back("landmarks, at a target", condition.name, "mm");
    for (int run = 0; run < runs; ++run) {
      std::mt19937 random(static_cast<std::uint32_t>(run + 1));
      std::normal_distribution<double> normal;
      std::uniform_real_distribution<double> uniform(-1.0, 1.0);
      Eigen::Affine3d truth = Eigen::Affine3d::Identity();
      truth.rotate(Eigen::AngleAxisd(3 * uniform(random),
                                     Eigen::Vector3d(uniform(random), uniform(random), 1).normalized()));
      truth.pretranslate(Eigen::Vector3d(10, -200, 85));
      std::vector<Landmark> from, to;
      for (int i = 0; i < condition.count; ++i) {
        const double turn = 2 * M_PI * i / condition.count;
        const Eigen::Vector3d at(60 * std::cos(turn) + 10 * uniform(random),
                                 45 * std::sin(turn) + 10 * uniform(random), 20 * uniform(random));
        from.push_back({"", at});
        const Eigen::Vector3d off =
            condition.noiseMm.cwiseProduct(Eigen::Vector3d(normal(random), normal(random), normal(random)));
        to.push_back({"", truth * Eigen::Vector3d(at + off)});
      }
      calibration::LandmarkOptions options;
      options.targetMm = Eigen::Vector3d(15, 10, -30);
      options.acceptFreMm = options.acceptTreMm = 50;
      const auto found = calibration::registerLandmarks(from, to, options);
      const Eigen::Vector3d error =
          (found.fromToTo * options.targetMm->homogeneous()).head<3>() - truth * *options.targetMm;
      if (found.usable)
        row.usable(error, found.target95Mm);
      else
        row.refused();
    }
  }
  return rows;
}

std::vector<Coverage> scaleCoverage(int runs) {
  Coverage clicks("pixel scale", "two clicks 400 px apart, good to a pixel", "%");
  Coverage whole("pixel scale", "ruler of 4 to 16 ticks, on whole pixels", "%");
  Coverage between("pixel scale", "ruler of 4 to 16 ticks, between pixels", "%");
  for (int run = 0; run < runs; ++run) {
    std::mt19937 random(static_cast<std::uint32_t>(run + 1));
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    const cv::Point2d a(100 + normal(random), 80 + normal(random)),
        b(100 + normal(random), 480 + normal(random));
    const auto clicked = calibration::scaleFromClicks(a, b, 40, {800, 600});
    clicks.usable(Eigen::VectorXd::Constant(1, 100 * ((*clicked.spacingMm)[1] / 0.1 - 1)),
                  Eigen::VectorXd::Constant(1, 100 * calibration::interval95() * clicked.sigmaShare));
    for (const bool smooth : {false, true}) {
      const int ticks = 4 + int(12 * uniform(random));
      const double period = 420.0 / ticks + 5 * uniform(random), first = 50 + uniform(random);
      const auto combs = calibration::findTickCombs(ruler(first, period, ticks, smooth), {100, 40, 560, 500});
      Coverage& row = smooth ? between : whole;
      if (combs.size() != 1)
        row.refused();
      else
        row.usable(Eigen::VectorXd::Constant(1, 100 * (combs[0].periodPx / period - 1)),
                   Eigen::VectorXd::Constant(1, 100 * combs[0].period95Px() / period));
    }
  }
  return {clicks, whole, between};
}

}  // namespace acuguide::benchmarks
