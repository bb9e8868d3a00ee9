#pragma once

#include "imaging/area_shrink.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_network.h"

#include <opencv2/core.hpp>

#include <array>
#include <optional>
#include <string>

namespace acuguide::imaging {

/// What the plane network sees in the pictures of one stream, in the coordinates of the working picture
/// (plane_picture.h): where in each column a plane or bone may lie, and how the fibres run.
class PlaneSegmenter {
 public:
  static constexpr int columns = PlaneNetwork::cells;

  /// `file`: see PlaneNetwork.
  explicit PlaneSegmenter(const std::string& file = {}) : network_(file) {}

  /// Looks at `upright` (CV_8UC1, probe side up) at `time`, seconds. `working`: size of the working picture,
  /// upright. What was seen less than `holds` seconds ago in a picture of this size still holds: planes stay
  /// where they are for a while, and a look costs more than all else.
  void process(const cv::Mat& upright, cv::Size working, double time, double holds = usuallyHolds);
  static constexpr double usuallyHolds = 0.1, mostHolds = 0.2;  ///< s

  /// Working column in the middle of one of the answer's.
  double columnAt(int column) const { return (column + 0.5) * working_.width / PlaneNetwork::cells - 0.5; }

  /// Probability that the plane (Superficial: its lower edge, Deep: its upper edge, Bone: its surface) lies
  /// between two working depths in one of the answer's columns.
  double probability(PlaneNetwork::Channel plane, int column, double from, double to) const;

  /// The likeliest working depth of a column, given that the plane is there at all.
  struct Place {
    double depth = 0;
    double probability = 0;  ///< of it being there, at any depth
  };
  Place likeliest(PlaneNetwork::Channel plane, int column) const;

  /// The parabolas along which the network sees the two aponeuroses, where it sees them over enough of the
  /// width; about the middle of the band, whose thickness is not known.
  const std::vector<PlaneCurve>& curves();

  /// The direction that most of the surest cells between two working depths of each column have: where
  /// speckle is smeared sideways the others lie flatter than the fibres.
  struct Fibres {
    double angleDeg =
        0;  ///< rising to the right is positive, in the working picture, whose pixels are square
    double certainty = 0;  ///< 0..1
  };
  template <class DepthsAt>  // (int column) -> std::optional<std::pair<double, double>>
  std::optional<Fibres> fibres(const DepthsAt& depthsAt) const;

  /// Forgets the picture before.
  void reset() { seen_ = false; }

 private:
  std::optional<PlaneCurve> curveOf(PlaneNetwork::Channel plane) const;
  double depthOfCell(double cell) const { return (cell + 0.5) * working_.height / PlaneNetwork::cells - 0.5; }
  double cellOfDepth(double depth) const {
    return (depth + 0.5) * PlaneNetwork::cells / working_.height - 0.5;
  }

  static constexpr int kDirections = 90;  ///< of 2 degrees
  struct Directions {
    std::array<double, kDirections> weight{};
    double lengths = 0;
    int cells = 0;
  };
  void addFibre(int column, int cell, Directions& directions) const;
  static Fibres strongest(const Directions& directions);

  PlaneNetwork network_;
  AreaShrink shrink_;
  cv::Mat square_, answer_;
  cv::Size working_;
  std::vector<PlaneCurve> curves_;
  bool seen_ = false;
  double lookedAt_ = 0;
  /// Of the planes' channels and each column: probability above each cell's upper border; the last one is
  /// that of the plane being there.
  std::array<std::array<std::array<float, PlaneNetwork::cells + 1>, PlaneNetwork::cells>, 3> above_{};
};

template <class DepthsAt>
std::optional<PlaneSegmenter::Fibres> PlaneSegmenter::fibres(const DepthsAt& depthsAt) const {
  Directions directions;
  for (int x = 0; x < PlaneNetwork::cells; ++x) {
    const auto depths = depthsAt(x);
    if (!depths) continue;
    const int from = std::max(0, static_cast<int>(std::ceil(cellOfDepth(depths->first)))),
              to = std::min(PlaneNetwork::cells - 1, static_cast<int>(cellOfDepth(depths->second)));
    for (int y = from; y <= to; ++y) addFibre(x, y, directions);
  }
  constexpr int least = 8;
  if (directions.cells < least) return std::nullopt;
  return strongest(directions);
}

}  // namespace acuguide::imaging
