#include "calibration/tools/pivot.h"

#include "calibration/interval.h"
#include "calibration/report/report.h"
#include "calibration/sentence.h"
#include "calibration/tools/rigid_poses.h"
#include "core/error.h"
#include "core/units.h"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace acuguide::calibration {
namespace {

using Poses = std::vector<Eigen::Matrix4d>;
using Matrix6 = Eigen::Matrix<double, 6, 6>;
using Vector6 = Eigen::Matrix<double, 6, 1>;
using Indices = std::vector<std::size_t>;

Eigen::Matrix3d rotationOf(const Eigen::Matrix4d& pose) { return pose.topLeftCorner<3, 3>(); }
Eigen::Vector3d positionOf(const Eigen::Matrix4d& pose) { return pose.topRightCorner<3, 1>(); }

struct Solution {
  Eigen::Vector3d tip = Eigen::Vector3d::Zero();
  Eigen::Vector3d pivot = Eigen::Vector3d::Zero();
  Matrix6 inverse = Matrix6::Zero();  ///< of the normal equations; the covariance when weights are 1/variance
  double condition = 0.0;
  bool determined = false;  ///< in every direction

  Eigen::Vector3d error(const Eigen::Matrix4d& pose) const {
    return rotationOf(pose) * tip + positionOf(pose) - pivot;
  }
};

/// Least squares on R tip - pivot = -t over the chosen poses. `weight` acts on errors in the tool's frame.
/// Directions the poses do not determine stay zero.
Solution solve(const Poses& poses, const Indices& chosen, const Eigen::Matrix3d& weight) {
  Matrix6 normal = Matrix6::Zero();
  Vector6 right = Vector6::Zero();
  for (const std::size_t i : chosen) {
    const Eigen::Matrix3d turn = rotationOf(poses[i]);
    const Eigen::Matrix3d across = weight * turn.transpose();  // the weight, met in the tracker's frame
    Eigen::Matrix<double, 3, 6> row;
    row << turn, -Eigen::Matrix3d::Identity();
    const Eigen::Matrix<double, 6, 3> weighted = row.transpose() * turn * across;
    normal += weighted * row;
    right -= weighted * positionOf(poses[i]);
  }
  const Eigen::SelfAdjointEigenSolver<Matrix6> eigen(normal);
  const Vector6 values = eigen.eigenvalues();
  const double smallest = 1e-10 * values[5];
  Vector6 inverse = Vector6::Zero();
  for (int k = 0; k < 6; ++k)
    if (values[k] > smallest) inverse[k] = 1.0 / values[k];
  Solution solution;
  solution.inverse = eigen.eigenvectors() * inverse.asDiagonal() * eigen.eigenvectors().transpose();
  const Vector6 answer = solution.inverse * right;
  solution.tip = answer.head<3>();
  solution.pivot = answer.tail<3>();
  solution.determined = values[0] > smallest;
  solution.condition = std::sqrt(values[5] / std::max(values[0], smallest));
  return solution;
}

Solution solve(const Poses& poses, const Indices& chosen) {
  return solve(poses, chosen, Eigen::Matrix3d::Identity());
}

std::vector<double> errorsOf(const Solution& solution, const Poses& poses) {
  std::vector<double> errors;
  errors.reserve(poses.size());
  for (const Eigen::Matrix4d& pose : poses) errors.push_back(solution.error(pose).norm());
  return errors;
}

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double rmsOf(const std::vector<double>& errors, const Indices& chosen) {
  double sum = 0.0;
  for (const std::size_t i : chosen) sum += errors[i] * errors[i];
  return chosen.empty() ? 0.0 : std::sqrt(sum / double(chosen.size()));
}

Indices within(const std::vector<double>& errors, const std::vector<bool>& rigid, double limit) {
  Indices chosen;
  for (std::size_t i = 0; i < errors.size(); ++i)
    if (rigid[i] && errors[i] <= limit) chosen.push_back(i);
  return chosen;
}

/// The solution of three poses that has the least median error over all of them.
Solution leastMedian(const Poses& poses, const Indices& rigid, const PivotOptions& options) {
  Solution best = solve(poses, rigid);
  double least = medianOf(errorsOf(best, poses));
  std::mt19937 random(options.seed);
  for (int trial = 0; trial < options.trials && rigid.size() > 3; ++trial) {
    // Drawn by hand: the standard's distributions differ between libraries.
    const Indices three = {rigid[random() % rigid.size()], rigid[random() % rigid.size()],
                           rigid[random() % rigid.size()]};
    if (three[0] == three[1] || three[1] == three[2] || three[0] == three[2]) continue;
    const Solution solution = solve(poses, three);
    const double median = medianOf(errorsOf(solution, poses));
    if (median < least) {
      least = median;
      best = solution;
    }
  }
  return best;
}

/// Covariance of the errors in the tool's frame.
Eigen::Matrix3d errorCovariance(const Solution& solution, const Poses& poses, const Indices& chosen) {
  Eigen::Matrix3d sum = Eigen::Matrix3d::Zero();
  for (const std::size_t i : chosen) {
    const Eigen::Vector3d error = rotationOf(poses[i]).transpose() * solution.error(poses[i]);
    sum += error * error.transpose();
  }
  const double freedom = std::max(1.0, double(chosen.size()) - 2.0);
  return sum / freedom + 1e-8 * Eigen::Matrix3d::Identity();
}

/// Least squares weighted by the covariance that the errors themselves show, in turn until both stay. Each
/// turn raises the likelihood of the poses, and the turns end where it is largest: with a long tool whose
/// orientation is noisy that is near the centre of the sphere on which its marker moves, which a few turns do
/// not reach.
Solution weighted(const Poses& poses, const Indices& chosen, Solution solution, Eigen::Matrix3d& covariance) {
  constexpr int mostTurns = 2000;
  constexpr double settledMm = 1e-5;
  for (int turn = 0; turn < mostTurns; ++turn) {
    const Eigen::Vector3d before = solution.tip;
    solution = solve(poses, chosen, covariance.inverse());
    covariance = errorCovariance(solution, poses, chosen);
    if (turn > 2 && (solution.tip - before).norm() < settledMm) break;
  }
  return solution;
}

/// Covariance of the tip from what the errors are, not from what the weights say of them (White, Econometrica
/// 1980), errors of neighbouring poses taken together, for they are alike (Liang and Zeger, Biometrika 1986).
Eigen::Matrix3d tipCovarianceOf(const Solution& solution, const Poses& poses, const Indices& chosen,
                                const Eigen::Matrix3d& covariance) {
  constexpr std::size_t mostBlocks = 40;
  const std::size_t block = (chosen.size() + mostBlocks - 1) / mostBlocks;
  const Eigen::Matrix3d weight = covariance.inverse();
  Matrix6 middle = Matrix6::Zero();
  Vector6 sum = Vector6::Zero();
  for (std::size_t k = 0; k < chosen.size(); ++k) {
    const Eigen::Matrix4d& pose = poses[chosen[k]];
    const Eigen::Vector3d pull = weight * (rotationOf(pose).transpose() * solution.error(pose));
    sum.head<3>() += pull;
    sum.tail<3>() -= rotationOf(pose) * pull;
    if ((k + 1) % block != 0 && k + 1 != chosen.size()) continue;
    middle += sum * sum.transpose();
    sum.setZero();
  }
  const double n = double(chosen.size());
  const Matrix6 shown = solution.inverse * middle * solution.inverse * (n / std::max(1.0, n - 6.0));
  return shown.topLeftCorner<3, 3>();
}

/// What the errors say of the tracker: scatter of the marker's distance from the resting point, mm, and of
/// the shaft's direction, degrees.
std::array<double, 2> noiseOf(const Solution& solution, const Poses& poses, const Indices& chosen) {
  const double length = std::max(solution.tip.norm(), 1e-9);
  const Eigen::Vector3d shaft = solution.tip / length;
  double along = 0.0, across = 0.0;
  for (const std::size_t i : chosen) {
    const Eigen::Vector3d error = rotationOf(poses[i]).transpose() * solution.error(poses[i]);
    along += std::pow(error.dot(shaft), 2);
    across += (error - shaft * shaft.dot(error)).squaredNorm() / 2.0;
  }
  const double n = std::max<double>(1.0, double(chosen.size()));
  return {std::sqrt(along / n), degrees(std::atan(std::sqrt(across / n) / length))};
}

struct Refined {
  Solution solution;
  Indices inliers;
};

/// Least squares and outlier rejection in turn until the same poses remain.
Refined refine(const Poses& poses, const std::vector<bool>& rigid, Solution start,
               const PivotOptions& options) {
  constexpr double medianOfUnitErrors = 1.538;  // of the length of a 3D normal vector
  constexpr double roundingMm = 1e-3;           // six digits in the files
  Refined refined{start, {}};
  double sigma = medianOf(errorsOf(start, poses)) / medianOfUnitErrors;
  for (int round = 0; round < 20; ++round) {
    const auto errors = errorsOf(refined.solution, poses);
    Indices inliers = within(errors, rigid, options.outlierSigmas * std::max(sigma, roundingMm));
    if (inliers.size() < 3 || inliers == refined.inliers) break;
    refined.inliers = std::move(inliers);
    refined.solution = solve(poses, refined.inliers);
    sigma = rmsOf(errorsOf(refined.solution, poses), refined.inliers) / std::sqrt(3.0);
  }
  return refined;
}

/// Half of what the shaft sweeps along its first and second principal direction, degrees.
std::array<double, 2> tilts(const Eigen::Vector3d& tip, const Poses& poses, const Indices& chosen) {
  const Eigen::Vector3d shaft =
      tip.norm() > 1e-9 ? Eigen::Vector3d(tip.normalized()) : Eigen::Vector3d::UnitZ();
  Eigen::Vector3d middle = Eigen::Vector3d::Zero();
  for (const std::size_t i : chosen) middle += rotationOf(poses[i]) * shaft;
  middle.normalize();
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  for (const std::size_t i : chosen) {
    const Eigen::Vector3d direction = rotationOf(poses[i]) * shaft;
    const Eigen::Vector3d across = direction - middle * middle.dot(direction);
    spread += across * across.transpose();
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> eigen(spread);
  std::array<double, 2> halves{};
  for (int k = 0; k < 2; ++k) {
    const Eigen::Vector3d axis = eigen.eigenvectors().col(2 - k);
    double lowest = std::numeric_limits<double>::infinity(), highest = -lowest;
    for (const std::size_t i : chosen) {
      const Eigen::Vector3d direction = rotationOf(poses[i]) * shaft;
      const double angle = std::atan2(direction.dot(axis), direction.dot(middle));
      lowest = std::min(lowest, angle);
      highest = std::max(highest, angle);
    }
    halves[std::size_t(k)] = degrees(highest - lowest) / 2.0;
  }
  return halves;
}

double slip(const Solution& solution, const Poses& poses, const Indices& chosen) {
  Eigen::Vector3d mean[2] = {Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()};
  const std::size_t half = chosen.size() / 2;
  for (std::size_t k = 0; k < 2 * half; ++k) mean[k / half] += solution.error(poses[chosen[k]]);
  return half == 0 ? 0.0 : (mean[1] - mean[0]).norm() / double(half);
}

void judgeMotion(PivotSummary& summary, const Poses& poses, const PivotOptions& options) {
  const double repeated = repeatedShare(poses);
  if (repeated > 0.5)
    summary.reasons.push_back(
        percent(repeated) +
        " of the poses are the same as the one before: the pose is static, so the tracker "
        "did not see the tool or repeats what it saw last; keep the marker in view");
  if (summary.tiltDeg < options.acceptTiltDeg)
    summary.reasons.push_back("the motion was too small: the shaft was tilted by only " +
                              fixed(summary.tiltDeg, 1) +
                              "° to either side; tilt it by 30° or more, in all "
                              "directions, with the tip at rest");
  else if (summary.secondTiltDeg < options.acceptSecondTiltDeg)
    summary.reasons.push_back("the tool was tilted in one plane only (" + fixed(summary.tiltDeg, 1) +
                              "° in it, " + fixed(summary.secondTiltDeg, 1) +
                              "° across it); tilt it in all directions, as if stirring");
  else if (summary.worstSigmaMm > options.acceptSigmaMm)
    summary.reasons.push_back("the tip is known to only " + fixed(summary.worstSigmaMm, 2) +
                              " mm (standard deviation) in its worst direction, limit " +
                              fixed(options.acceptSigmaMm, 2) + " mm; record more poses with more tilt");
}

void judgeFit(PivotSummary& summary, const PivotOptions& options) {
  const double share = summary.inliers / double(summary.total);
  if (share < options.acceptInlierShare)
    summary.reasons.push_back(
        "only " + percent(share) +
        " of the poses agree on one point: the tip did not rest in one place, or the pose "
        "is not that of the tool");
  if (summary.inlierRmsMm > options.acceptRmsMm) {
    const bool slipped = summary.slipMm > 1.2 * summary.inlierRmsMm;
    // A loose marker or a wandering tip changes the distance between them too.
    const bool turning = summary.distanceNoiseMm < 0.25 * summary.inlierRmsMm;
    summary.reasons.push_back(
        "the tip strays " + fixed(summary.inlierRmsMm, 2) + " mm (rms) from the pivot point, limit " +
        fixed(options.acceptRmsMm, 2) + " mm; " +
        (slipped ? "it slipped: the resting point of the second half lies " + fixed(summary.slipMm, 1) +
                       " mm from that of the first"
         : turning ? "the marker's orientations vary by " + fixed(summary.directionNoiseDeg, 1) +
                         "°, while its positions fit a sphere to " + fixed(summary.distanceNoiseMm, 2) +
                         " mm: bring the marker nearer to the tip, or take one whose orientation is steadier"
                   : "likely a loose marker, a tip that wanders in its rest, or a reference that moved"));
  }
}

/// Poses in metres give a tip within a few units of the marker and errors that look excellent.
void judgeUnits(PivotSummary& summary, const Poses& poses) {
  // A tracker that does not see the tool gives the identity, or repeats a pose: neither says anything of
  // units.
  std::vector<double> distances;
  for (std::size_t i = 0; i < poses.size(); ++i)
    if (!poses[i].isIdentity(1e-9) && (i == 0 || poses[i] != poses[i - 1]))
      distances.push_back(positionOf(poses[i]).norm());
  if (!distances.empty() && medianOf(distances) < 5.0 && summary.tipMm.norm() < 1.0)
    summary.reasons.push_back("tip and positions are below " + fixed(medianOf(distances) + 1.0, 0) +
                              " mm in size: the poses look like metres; give them in millimetres");
}

void describe(PivotSummary& summary, const Poses& poses, const PivotOptions& options) {
  if (summary.total < options.minimumPoses)
    summary.reasons.push_back("there are only " + std::to_string(summary.total) + " poses; " +
                              std::to_string(options.minimumPoses) + " are the least, 200 are good");
  judgeMotion(summary, poses, options);
  judgeFit(summary, options);
  judgeUnits(summary, poses);
  summary.usable = summary.reasons.empty();
  const int wild = summary.total - summary.inliers;
  if (wild > 0)
    summary.reasons.push_back(std::to_string(wild) + " of " + std::to_string(summary.total) +
                              " poses lie far from the others and were left out");
  if (summary.usable && summary.conditionNumber > 30.0)
    summary.reasons.push_back("the answer is poorly conditioned (" + fixed(summary.conditionNumber, 0) +
                              "); more tilt makes it surer");
}

Indices rigidOnes(const Poses& poses, const std::string& where) {
  if (poses.size() < 3)
    throw Error(where, "holds " + std::to_string(poses.size()) + " usable poses",
                "at least three are needed, 200 are good");
  if (const std::string fault = whyNotRigid(poses); !fault.empty())
    throw Error(where, "most of its matrices " + fault, "give poses of the tool, row by row, in millimetres");
  Indices rigid;
  for (std::size_t i = 0; i < poses.size(); ++i)
    if (isRigid(poses[i])) rigid.push_back(i);
  if (rigid.size() < 3)
    throw Error(where, "holds fewer than three matrices that are poses", "record at least 10");
  return rigid;
}

}  // namespace

PivotSummary calibratePivot(const Poses& poses, const std::string& where, const PivotOptions& options) {
  const Indices rigid = rigidOnes(poses, where);
  std::vector<bool> isRigidPose(poses.size(), false);
  for (const std::size_t i : rigid) isRigidPose[i] = true;

  const Refined robust = refine(poses, isRigidPose, leastMedian(poses, rigid, options), options);
  Solution solution = robust.solution;
  PivotSummary summary;
  summary.conditionNumber = solution.condition;
  // Errors swing across the shaft; with enough poses their covariance is known well enough to weigh by it.
  const bool enough = robust.inliers.size() >= 30;
  Eigen::Matrix3d covariance = errorCovariance(solution, poses, robust.inliers);
  if (!enough) covariance = Eigen::Matrix3d::Identity() * covariance.trace() / 3.0;
  if (enough)
    solution = weighted(poses, robust.inliers, solution, covariance);
  else
    solution = solve(poses, robust.inliers, covariance.inverse());

  summary.total = int(poses.size());
  summary.inliers = int(robust.inliers.size());
  summary.tipMm = solution.tip;
  summary.pivotMm = solution.pivot;
  const Eigen::Matrix3d byWeights = solution.inverse.topLeftCorner<3, 3>();
  const Eigen::Matrix3d byErrors =
      enough ? tipCovarianceOf(solution, poses, robust.inliers, covariance) : byWeights;
  summary.tipSigmaMm = byWeights.diagonal().cwiseMax(byErrors.diagonal()).cwiseSqrt();
  summary.tip95Mm = interval95(enough ? 40 : 3.0 * double(robust.inliers.size()) - 6.0) * summary.tipSigmaMm;
  const auto largest = [](const Eigen::Matrix3d& m) {
    return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(m).eigenvalues()[2];
  };
  const double worst = std::max(largest(byWeights), largest(byErrors));
  summary.worstSigmaMm =
      solution.determined ? std::sqrt(std::max(0.0, worst)) : std::numeric_limits<double>::infinity();
  summary.errorMm = errorsOf(solution, poses);
  Indices all(poses.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  summary.rmsMm = rmsOf(summary.errorMm, all);
  summary.inlierRmsMm = rmsOf(summary.errorMm, robust.inliers);
  summary.inlier.assign(poses.size(), false);
  for (const std::size_t i : robust.inliers) summary.inlier[i] = true;
  const auto [tilt, second] = tilts(solution.tip, poses, robust.inliers);
  summary.tiltDeg = tilt;
  summary.secondTiltDeg = second;
  summary.slipMm = slip(solution, poses, robust.inliers);
  const auto [distance, direction] = noiseOf(solution, poses, robust.inliers);
  summary.distanceNoiseMm = distance;
  summary.directionNoiseDeg = direction;
  describe(summary, poses, options);
  return summary;
}

SpinSummary calibrateSpin(const Poses& poses, const std::string& where) {
  const Indices rigid = rigidOnes(poses, where);
  Eigen::Matrix3d mean = Eigen::Matrix3d::Zero();
  for (const std::size_t i : rigid) mean += rotationOf(poses[i]);
  mean /= double(rigid.size());
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(mean, Eigen::ComputeFullU | Eigen::ComputeFullV);

  SpinSummary summary;
  summary.total = int(poses.size());
  summary.direction = svd.matrixV().col(0);
  const Eigen::Vector3d axis = (mean * summary.direction).normalized();
  // The point: the same equations as a pivot's; along the shaft they leave it open, and it stays the nearest.
  const Solution point = solve(poses, rigid);
  summary.pointMm = point.tip - summary.direction * summary.direction.dot(point.tip);

  double wobble = 0.0, across = 0.0;
  double lowest = 0.0, highest = 0.0, turn = 0.0;
  const Eigen::Vector3d side = svd.matrixV().col(1);
  Eigen::Vector3d centre = Eigen::Vector3d::Zero();
  for (const std::size_t i : rigid) centre += rotationOf(poses[i]) * summary.pointMm + positionOf(poses[i]);
  centre /= double(rigid.size());
  for (std::size_t k = 0; k < rigid.size(); ++k) {
    const Eigen::Matrix4d& pose = poses[rigid[k]];
    const double off = std::acos(std::clamp(axis.dot(rotationOf(pose) * summary.direction), -1.0, 1.0));
    wobble += off * off;
    Eigen::Vector3d stray = rotationOf(pose) * summary.pointMm + positionOf(pose) - centre;
    stray -= axis * axis.dot(stray);
    across += stray.squaredNorm();
    if (k == 0) continue;
    const Eigen::Vector3d before = rotationOf(poses[rigid[k - 1]]) * side, now = rotationOf(pose) * side;
    turn += std::atan2(axis.dot(before.cross(now)), before.dot(now));
    lowest = std::min(lowest, turn);
    highest = std::max(highest, turn);
  }
  summary.turnDeg = degrees(highest - lowest);
  summary.wobbleDeg = degrees(std::sqrt(wobble / double(rigid.size())));
  summary.rmsMm = std::sqrt(across / double(rigid.size()));
  if (summary.turnDeg < 90.0)
    summary.reasons.push_back("the tool was turned by only " + fixed(summary.turnDeg, 0) +
                              "° about its shaft; turn it by 180° or more");
  if (summary.wobbleDeg > 2.0)
    summary.reasons.push_back("the shaft wobbles by " + fixed(summary.wobbleDeg, 1) +
                              "° (rms), limit 2°; hold it in a sleeve while turning it");
  summary.usable = summary.reasons.empty();
  return summary;
}

}  // namespace acuguide::calibration
