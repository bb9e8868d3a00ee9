#pragma once

#include "rendering/pixels.h"

#include <Eigen/Core>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class vtkRenderer;

namespace acuguide::rendering {

/// A patient's points and landmarks in space: millimetres, seen from +z, y up.
struct PointsInSpace {
  struct Place {
    std::string name;  ///< as it stands beside it
    Eigen::Vector3d mm = Eigen::Vector3d::Zero();
    double radius95Mm = 0;  ///< the true place lies within, with 95 %
    bool chosen = false;
    bool inHand = false;
    bool operator==(const Place&) const = default;
  };
  std::vector<Place> landmarks, points;
  std::vector<std::pair<Eigen::Vector3d, Eigen::Vector3d>> rulers;  ///< what cun were measured along
  std::string note;  ///< one line below: what is missing, or why there is nothing
  bool operator==(const PointsInSpace&) const = default;
};

/// Where a patient's points lie: each as a ball within the sphere of its error, the landmarks they were found
/// from, and the lines along which cun were measured. What PointsView shows.
class PointsScene {
 public:
  PointsScene();
  ~PointsScene();

  vtkRenderer* renderer() const;

  /// Other places than before are looked at from the front again; another point in hand changes no view.
  void show(const PointsInSpace& points, cv::Size view);
  /// Names, onto what the renderer has drawn. `unit`: device pixels per device-independent one.
  void drawLabels(double unit, Pixels& onto);
  /// The point that is drawn nearest to a place in the view (device pixels), within `reach`.
  std::optional<std::string> pointAt(const Eigen::Vector2d& px, double reach) const;

  void turn(double right, double up);
  void approach(double factor);
  void resetView();

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace acuguide::rendering
