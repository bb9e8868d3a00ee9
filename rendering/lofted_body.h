#pragma once

#include <Eigen/Core>
#include <vtkSmartPointer.h>

#include <vector>

class vtkPolyData;

namespace acuguide::rendering {

/// One cross-section of a body along its axis: a superellipse.
struct BodySection {
  double along = 0.0;       ///< position on the axis
  double halfWidth = 0.0;   ///< half axis along the first cross direction
  double halfDepth = 0.0;   ///< and along the second
  double squareness = 2.0;  ///< 2: ellipse; larger: a rectangle with rounder or sharper corners
};

/// The closed surface through the sections, with normals. The axis starts at `origin` and runs along `axis`;
/// `across` is the first cross direction (both unit vectors, at right angles). (Of the scene only: it shows
/// VTK.)
vtkSmartPointer<vtkPolyData> loftedBody(const std::vector<BodySection>& sections,
                                        const Eigen::Vector3d& origin, const Eigen::Vector3d& axis,
                                        const Eigen::Vector3d& across);

}  // namespace acuguide::rendering
