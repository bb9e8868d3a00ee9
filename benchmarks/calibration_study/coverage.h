#pragma once

#include <Eigen/Core>

#include <string>
#include <utility>
#include <vector>

namespace acuguide::benchmarks {

/// One condition of the study: the same calibration made many times from data simulated with a known truth.
class Coverage {
 public:
  Coverage(std::string calibration, std::string condition, std::string unit)
      : calibration_(std::move(calibration)), condition_(std::move(condition)), unit_(std::move(unit)) {}

  /// A run that said it is not usable: it states nothing that could hold.
  void refused() { ++runs_, ++refused_; }
  /// A usable run: what it is off by in each direction it states an interval for, and half the interval's
  /// width.
  void usable(const Eigen::VectorXd& error, const Eigen::VectorXd& half);
  /// The error of another's algorithm on the same data.
  void peer(const std::string& name, double error);

  /// Share of the intervals that hold the truth; NaN without any.
  double share() const;
  bool refusedAll() const { return refused_ == runs_; }
  std::string row() const;  ///< of the table, Markdown
  static std::string head();

 private:
  struct Peer {
    std::string name;
    double squares = 0;
    int runs = 0;
  };
  std::string calibration_, condition_, unit_;
  int runs_ = 0, refused_ = 0, intervals_ = 0, held_ = 0;
  double squares_ = 0;
  std::vector<Peer> peers_;
};

// The study, a kind of calibration each; `runs` a condition. Each returns its conditions in order.
std::vector<Coverage> pivotCoverage(int runs);
std::vector<Coverage> landmarksCoverage(int runs);
std::vector<Coverage> scaleCoverage(int runs);
std::vector<Coverage> temporalCoverage(int runs);
std::vector<Coverage> nWireCoverage(int runs);
std::vector<Coverage> featureCoverage(int runs);

}  // namespace acuguide::benchmarks
