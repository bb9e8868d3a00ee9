#include "rendering/lofted_body.h"

#include <Eigen/Geometry>
#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataNormals.h>

#include <cmath>
#include <numbers>

namespace acuguide::rendering {
namespace {

constexpr vtkIdType kCorners = 48;
constexpr double kFeatureAngleDeg = 50;  // sharper edges stay edges

double signedPower(double value, double exponent) {
  return std::copysign(std::pow(std::abs(value), exponent), value);
}

}  // namespace

vtkSmartPointer<vtkPolyData> loftedBody(const std::vector<BodySection>& sections,
                                        const Eigen::Vector3d& origin, const Eigen::Vector3d& axis,
                                        const Eigen::Vector3d& across) {
  const Eigen::Vector3d deep = axis.cross(across);
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> faces;
  for (const BodySection& section : sections) {
    for (vtkIdType i = 0; i < kCorners; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / kCorners;
      const double u = section.halfWidth * signedPower(std::cos(angle), 2 / section.squareness);
      const double v = section.halfDepth * signedPower(std::sin(angle), 2 / section.squareness);
      const Eigen::Vector3d point = origin + axis * section.along + across * u + deep * v;
      points->InsertNextPoint(point.data());
    }
  }
  const auto rings = static_cast<vtkIdType>(sections.size());
  for (vtkIdType ring = 0; ring + 1 < rings; ++ring) {
    for (vtkIdType i = 0; i < kCorners; ++i) {
      const vtkIdType next = (i + 1) % kCorners;
      const vtkIdType quad[4] = {ring * kCorners + i, ring * kCorners + next, (ring + 1) * kCorners + next,
                                 (ring + 1) * kCorners + i};
      faces->InsertNextCell(4, quad);
    }
  }
  for (const vtkIdType ring : {vtkIdType{0}, rings - 1}) {
    faces->InsertNextCell(static_cast<int>(kCorners));
    for (vtkIdType i = 0; i < kCorners; ++i) faces->InsertCellPoint(ring * kCorners + i);
  }
  vtkNew<vtkPolyData> surface;
  surface->SetPoints(points);
  surface->SetPolys(faces);
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputData(surface);
  normals->SetFeatureAngle(kFeatureAngleDeg);
  normals->ConsistencyOn();
  normals->AutoOrientNormalsOn();
  normals->Update();
  return normals->GetOutput();
}

}  // namespace acuguide::rendering
