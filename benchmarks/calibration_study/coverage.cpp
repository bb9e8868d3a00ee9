#include "benchmarks/calibration_study/coverage.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace acuguide::benchmarks {
namespace {

std::string text(const char* format, double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, format, value);
  return buffer;
}

}  // namespace

void Coverage::usable(const Eigen::VectorXd& error, const Eigen::VectorXd& half) {
  ++runs_;
  squares_ += error.squaredNorm();
  for (Eigen::Index i = 0; i < error.size(); ++i) {
    ++intervals_;
    if (std::abs(error[i]) <= half[i]) ++held_;
  }
}

void Coverage::peer(const std::string& name, double error) {
  auto known = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& one) { return one.name == name; });
  if (known == peers_.end()) known = peers_.insert(peers_.end(), Peer{name});
  known->squares += error * error;
  ++known->runs;
}

double Coverage::share() const {
  return intervals_ > 0 ? double(held_) / intervals_ : std::numeric_limits<double>::quiet_NaN();
}

std::string Coverage::head() {
  return "| calibration | condition | runs, refused | 95 % interval holds | error, rms | others' on the same "
         "data, rms |\n|---|---|---|---|---|---|\n";
}

std::string Coverage::row() const {
  const int usableRuns = runs_ - refused_;
  std::string row = "| " + calibration_ + " | " + condition_ + " | " + std::to_string(runs_) + ", " +
                    std::to_string(refused_) + " | " +
                    (intervals_ > 0 ? text("%.1f %%", 100 * share()) : "-") + " | " +
                    (usableRuns > 0 ? text("%.3g ", std::sqrt(squares_ / usableRuns)) + unit_ : "-") + " | ";
  for (std::size_t i = 0; i < peers_.size(); ++i)
    row += (i > 0 ? ", " : "") + peers_[i].name + " " +
           text("%.3g", std::sqrt(peers_[i].squares / peers_[i].runs));
  return row + " |\n";
}

}  // namespace acuguide::benchmarks
