#include "calibration/tools/landmarks.h"

#include "calibration/interval.h"
#include "calibration/report/report.h"
#include "core/error.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace acuguide::calibration {
namespace {

using Points = Eigen::Matrix3Xd;

struct Pairs {
  Points from, to;
  std::vector<std::string> names;
  std::vector<std::string> onlyFrom, onlyTo;
};

bool named(const std::vector<Landmark>& landmarks) {
  return std::all_of(landmarks.begin(), landmarks.end(), [](const auto& mark) { return !mark.name.empty(); });
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// "; patella is in the first list only"; empty when every landmark has its partner.
std::string unpaired(const Pairs& pairs) {
  std::string text;
  const auto add = [&text](const std::vector<std::string>& names, const char* list) {
    if (!names.empty())
      text += "; " + joined(names) + (names.size() == 1 ? " is" : " are") + " in the " + list + " list only";
  };
  add(pairs.onlyFrom, "first");
  add(pairs.onlyTo, "second");
  return text;
}

Pairs matched(const std::vector<Landmark>& from, const std::vector<Landmark>& to) {
  const bool byName = named(from) && named(to);
  if (from.size() != to.size() && !byName)
    throw Error(
        "landmarks",
        "the lists hold " + std::to_string(from.size()) + " and " + std::to_string(to.size()) + " points",
        "give the same points in both, or name them in both");
  std::map<std::string, Eigen::Vector3d> partners;
  if (byName) {
    for (const Landmark& mark : to)
      if (!partners.emplace(mark.name, mark.mm).second)
        throw Error("landmarks", "the name " + mark.name + " is given twice", "name every point once");
  }
  Pairs pairs;
  std::vector<Eigen::Vector3d> left, right;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (byName && !partners.count(from[i].name)) {
      pairs.onlyFrom.push_back(from[i].name);
      continue;
    }
    if (byName && std::count(pairs.names.begin(), pairs.names.end(), from[i].name))
      throw Error("landmarks", "the name " + from[i].name + " is given twice", "name every point once");
    left.push_back(from[i].mm);
    right.push_back(byName ? partners.at(from[i].name) : to[i].mm);
    pairs.names.push_back(from[i].name.empty() ? std::to_string(i + 1) : from[i].name);
  }
  for (const Landmark& mark : to)
    if (byName && std::ranges::find(pairs.names, mark.name) == pairs.names.end())
      pairs.onlyTo.push_back(mark.name);
  if (left.size() < 3)
    throw Error("landmarks", std::to_string(left.size()) + " points are in both lists" + unpaired(pairs),
                "at least three are needed, four or more tell how good the fit is");
  pairs.from.resize(3, Eigen::Index(left.size()));
  pairs.to.resize(3, Eigen::Index(left.size()));
  for (std::size_t i = 0; i < left.size(); ++i) {
    pairs.from.col(Eigen::Index(i)) = left[i];
    pairs.to.col(Eigen::Index(i)) = right[i];
  }
  return pairs;
}

Points centred(const Points& points) { return points.colwise() - points.rowwise().mean(); }

double rms(const Points& difference) { return std::sqrt(difference.colwise().squaredNorm().mean()); }

Points mapped(const Eigen::Matrix4d& pose, const Points& points) {
  return (pose.topLeftCorner<3, 3>() * points).colwise() + Eigen::Vector3d(pose.topRightCorner<3, 1>());
}

Eigen::Matrix4d rigidFit(const Points& from, const Points& to) { return Eigen::umeyama(from, to, false); }

double fitError(const Points& from, const Points& to) { return rms(mapped(rigidFit(from, to), from) - to); }

void refuseLine(const Points& points, const std::string& where) {
  const Eigen::JacobiSVD<Points> svd(centred(points));
  const auto sizes = svd.singularValues();
  if (!points.allFinite()) throw Error(where, "holds numbers that are not finite", "measure them again");
  if (sizes[1] < 0.02 * sizes[0] || sizes[0] < 1e-9)
    throw Error(where, "the landmarks lie on one line (or in one point)",
                "a turn about that line stays open; spread them over the body");
}

/// Fitzpatrick's expected squared error at `target`, for landmarks with localisation error `fle`.
double expectedError(const Points& landmarks, double fle, const Eigen::Vector3d& target) {
  const Eigen::Vector3d centroid = landmarks.rowwise().mean();
  const Points around = centred(landmarks);
  const Eigen::JacobiSVD<Points> svd(around, Eigen::ComputeFullU);
  double sum = 0.0;
  for (int k = 0; k < 3; ++k) {
    const Eigen::Vector3d axis = svd.matrixU().col(k);
    const auto squaredDistance = [&axis](const Eigen::Vector3d& point) {
      return (point - axis * axis.dot(point)).squaredNorm();
    };
    double meanSquare = 0.0;
    for (Eigen::Index i = 0; i < around.cols(); ++i) meanSquare += squaredDistance(around.col(i));
    sum += squaredDistance(target - centroid) / (meanSquare / double(around.cols()));
  }
  return std::sqrt(fle * fle / double(landmarks.cols()) * (1.0 + sum / 3.0));
}

/// Half the 95 % intervals at `target`: the registration's own error, landmarks erring alike in all
/// directions, from the residuals' 3 N - 6 degrees of freedom.
Eigen::Vector3d targetInterval(const Points& landmarks, const Eigen::Matrix4d& fromToTo, double freMm,
                               const Eigen::Vector3d& target) {
  const Points around = centred(mapped(fromToTo, landmarks));
  const auto crossed = [](const Eigen::Vector3d& at) {
    Eigen::Matrix3d matrix;
    matrix << 0, -at.z(), at.y(), at.z(), 0, -at.x(), -at.y(), at.x(), 0;
    return matrix;
  };
  Eigen::Matrix3d turning = Eigen::Matrix3d::Zero();
  for (Eigen::Index i = 0; i < around.cols(); ++i)
    turning += crossed(around.col(i)).transpose() * crossed(around.col(i));
  const double count = double(landmarks.cols()), freedom = 3 * count - 6;
  const double variance = freMm * freMm * count / freedom;  // along one axis
  const Eigen::Matrix3d arm = crossed(fromToTo.topLeftCorner<3, 3>() * (target - landmarks.rowwise().mean()));
  const Eigen::Matrix3d covariance =
      variance * (Eigen::Matrix3d::Identity() / count + arm * turning.inverse() * arm.transpose());
  return interval95(freedom) * covariance.diagonal().cwiseSqrt();
}

/// Two landmarks whose exchange makes a bad fit a good one.
std::string exchangedPair(const Pairs& pairs, double fre) {
  std::string found;
  double best = fre / 4.0;
  for (Eigen::Index a = 0; a < pairs.to.cols(); ++a) {
    for (Eigen::Index b = a + 1; b < pairs.to.cols(); ++b) {
      Points to = pairs.to;
      to.col(a).swap(to.col(b));
      const double error = fitError(pairs.from, to);
      if (error >= best) continue;
      best = error;
      found = "landmarks " + pairs.names[std::size_t(a)] + " and " + pairs.names[std::size_t(b)] +
              " look exchanged: the other way round the error is " + fixed(error, 2) + " mm";
    }
  }
  return found;
}

/// One landmark without which a bad fit is a good one; needs four others to tell.
std::string wrongLandmark(const Pairs& pairs, double fre) {
  if (pairs.from.cols() < 5) return {};
  std::string found;
  double best = fre / 3.0;
  for (Eigen::Index out = 0; out < pairs.from.cols(); ++out) {
    Points from(3, pairs.from.cols() - 1), to(3, pairs.from.cols() - 1);
    for (Eigen::Index i = 0, k = 0; i < pairs.from.cols(); ++i) {
      if (i == out) continue;
      from.col(k) = pairs.from.col(i);
      to.col(k++) = pairs.to.col(i);
    }
    const double error = fitError(from, to);
    if (error >= best) continue;
    best = error;
    found = "landmark " + pairs.names[std::size_t(out)] +
            " was probably touched wrongly: without it the error is " + fixed(error, 2) + " mm";
  }
  return found;
}

std::string likelyCause(const Pairs& pairs, double fre) {
  const double ratio = rms(centred(pairs.to)) / rms(centred(pairs.from));
  if (ratio > 1.2 || ratio < 1 / 1.2) {
    const double scaled = fitError(pairs.from * ratio, pairs.to);
    if (scaled < fre / 4.0) {
      for (const auto& [factor, units] : std::initializer_list<std::pair<double, const char*>>{
               {1000.0, "metres"}, {10.0, "centimetres"}, {25.4, "inches"}}) {
        if (std::abs(ratio / factor - 1.0) < 0.05) return std::string("the first list looks like ") + units;
        if (std::abs(ratio * factor - 1.0) < 0.05) return std::string("the second list looks like ") + units;
      }
      return "the two lists differ by a scale of " + fixed(ratio, 3) + "; give both in millimetres";
    }
  }
  Points mirrored = pairs.from;
  mirrored.row(0) *= -1.0;
  const double asMirror = fitError(mirrored, pairs.to);
  if (asMirror < fre / 4.0)
    return "one list is mirrored (a left-handed frame): with one axis turned round the error is " +
           fixed(asMirror, 2) + " mm";
  if (std::string cause = exchangedPair(pairs, fre); !cause.empty()) return cause;
  if (std::string cause = wrongLandmark(pairs, fre); !cause.empty()) return cause;
  return "the landmarks were touched inexactly, or the body moved between them";
}

}  // namespace

LandmarkSummary registerLandmarks(const std::vector<Landmark>& from, const std::vector<Landmark>& to,
                                  const LandmarkOptions& options) {
  const Pairs pairs = matched(from, to);
  refuseLine(pairs.from, "the first list");
  refuseLine(pairs.to, "the second list");

  LandmarkSummary summary;
  summary.names = pairs.names;
  summary.fromToTo = rigidFit(pairs.from, pairs.to);
  const Points difference = mapped(summary.fromToTo, pairs.from) - pairs.to;
  for (Eigen::Index i = 0; i < difference.cols(); ++i) summary.errorMm.push_back(difference.col(i).norm());
  summary.freMm = rms(difference);
  const double count = double(pairs.from.cols());
  summary.fleMm = summary.freMm * std::sqrt(count / (count - 2.0));
  const Eigen::Vector3d centroid = pairs.from.rowwise().mean();
  summary.treAtCentroidMm = expectedError(pairs.from, summary.fleMm, centroid);
  if (options.targetMm) {
    summary.treEstimateMm = expectedError(pairs.from, summary.fleMm, *options.targetMm);
  } else {
    double sum = 0.0;
    for (Eigen::Index i = 0; i < pairs.from.cols(); ++i)
      sum += std::pow(expectedError(pairs.from, summary.fleMm, pairs.from.col(i)), 2);
    summary.treEstimateMm = std::sqrt(sum / count);
  }

  summary.target95Mm =
      targetInterval(pairs.from, summary.fromToTo, summary.freMm, options.targetMm.value_or(centroid));

  if (summary.freMm > options.acceptFreMm)
    summary.reasons.push_back("the landmarks lie " + fixed(summary.freMm, 2) +
                              " mm (rms) from their partners, limit " + fixed(options.acceptFreMm, 2) +
                              " mm; " + likelyCause(pairs, summary.freMm));
  else if (summary.treEstimateMm > options.acceptTreMm)
    summary.reasons.push_back("the expected error at the target is " + fixed(summary.treEstimateMm, 2) +
                              " mm, limit " + fixed(options.acceptTreMm, 2) +
                              " mm; spread the landmarks wider, or choose some nearer to the target");
  summary.usable = summary.reasons.empty();
  summary.onlyFrom = pairs.onlyFrom;
  summary.onlyTo = pairs.onlyTo;
  if (const std::string alone = unpaired(pairs); !alone.empty())
    summary.reasons.push_back(std::to_string(pairs.from.cols()) + " landmarks were paired by name" + alone +
                              " and left out");
  if (pairs.from.cols() == 3)
    summary.reasons.push_back("three landmarks leave little to check the fit by; four or more are better");
  return summary;
}

}  // namespace acuguide::calibration
