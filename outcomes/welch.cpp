#include "outcomes/welch.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace acuguide::outcomes {
namespace {

/// J of Hedges (1981): what takes the bias of a small sample out of a standardised difference.
double smallSampleFactor(double df) {
  return boost::math::tgamma_ratio(df / 2, (df - 1) / 2) / std::sqrt(df / 2);
}

void addEffectSize(WelchResult& result, const GroupSummary& first, const GroupSummary& second,
                   double confidence) {
  const double n1 = static_cast<double>(first.n), n2 = static_cast<double>(second.n);
  const double df = n1 + n2 - 2;
  const double pooled = std::sqrt(((n1 - 1) * first.sd * first.sd + (n2 - 1) * second.sd * second.sd) / df);
  const double d = result.difference / pooled;
  const double factor = smallSampleFactor(df);
  const double deviation = factor * std::sqrt((n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2)));
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
  result.hedgesG = factor * d;
  result.hedgesLow = result.hedgesG - z * deviation;
  result.hedgesHigh = result.hedgesG + z * deviation;
}

}  // namespace

GroupSummary summarise(std::span<const double> values) {
  GroupSummary summary;
  summary.n = static_cast<std::int64_t>(values.size());
  if (values.empty()) return summary;
  for (const double value : values) summary.mean += value / static_cast<double>(values.size());
  if (values.size() < 2) return summary;
  double squares = 0;
  for (const double value : values) squares += (value - summary.mean) * (value - summary.mean);
  summary.sd = std::sqrt(squares / static_cast<double>(values.size() - 1));
  return summary;
}

std::optional<std::string> obstacle(const GroupSummary& first, const GroupSummary& second,
                                    const std::string& firstName, const std::string& secondName) {
  for (const auto& [group, name] : {std::pair(first, firstName), std::pair(second, secondName)}) {
    if (group.n < 1) return name + " has no values";
    if (group.n == 1) return name + " has only 1 value, and so no spread";
  }
  // Spread that is only rounding counts as none, as in R's t.test.
  const double error = std::sqrt(first.sd * first.sd / static_cast<double>(first.n) +
                                 second.sd * second.sd / static_cast<double>(second.n));
  const double size = std::max(std::abs(first.mean), std::abs(second.mean));
  if (error <= 10 * std::numeric_limits<double>::epsilon() * size)
    return "all values of " + firstName + " are alike and all of " + secondName +
           " too, and without spread there is no t";
  return std::nullopt;
}

WelchResult welch(const GroupSummary& first, const GroupSummary& second, double confidence) {
  const double n1 = static_cast<double>(first.n), n2 = static_cast<double>(second.n);
  const double v1 = first.sd * first.sd / n1, v2 = second.sd * second.sd / n2;
  WelchResult result;
  result.difference = first.mean - second.mean;
  const double error = std::sqrt(v1 + v2);
  result.t = result.difference / error;
  result.df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
  const boost::math::students_t distribution(result.df);
  const double half = boost::math::quantile(distribution, 0.5 + confidence / 2) * error;
  result.low = result.difference - half;
  result.high = result.difference + half;
  result.p = 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(result.t)));
  addEffectSize(result, first, second, confidence);
  return result;
}

double meanHalfWidth(const GroupSummary& group, double confidence) {
  if (group.n < 2) return 0;
  const double n = static_cast<double>(group.n);
  return boost::math::quantile(boost::math::students_t(n - 1), 0.5 + confidence / 2) * group.sd /
         std::sqrt(n);
}

}  // namespace acuguide::outcomes
