#include "rendering/space_floor.h"

#include "rendering/palette.h"
#include "rendering/solid.h"

#include <vtkCellArray.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

constexpr double kGapShare = 0.06;   // between the picture and the floor, of the picture's height
constexpr double kDepthShare = 0.7;  // half the floor's depth, of the picture's width

}  // namespace

struct SpaceFloor::Grid {
  explicit Grid(vtkRenderer* renderer) : lines(renderer, palette::kGrid) { lines.setUnlit(); }
  Solid lines;
};

SpaceFloor::SpaceFloor(vtkRenderer* renderer) : grid_(std::make_unique<Grid>(renderer)) {}

SpaceFloor::~SpaceFloor() = default;

double SpaceFloor::spacing(const SpaceFrame& frame) {
  const double least = frame.millimetres ? 10 : 100;
  return least * std::max(1.0, std::round(frame.width() / (8 * least)));
}

void SpaceFloor::place(const SpaceFrame& frame) {
  const double step = spacing(frame);
  const double low = std::min(frame.toSpace({0, frame.region.y + frame.region.height - 0.5}).y(),
                              frame.toSpace({0, frame.region.y - 0.5}).y());
  // With the probe below the picture there is no room for a floor: it is a ceiling then.
  const double y =
      frame.faceAtBottom ? low + frame.height() * (1 + kGapShare) : low - frame.height() * kGapShare;
  const int across = std::max(2, static_cast<int>(std::ceil(frame.width() * 0.65 / step)));
  const int deep = std::max(2, static_cast<int>(std::ceil(frame.width() * kDepthShare / step)));
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> lines;
  const auto line = [&](double x0, double z0, double x1, double z1) {
    const vtkIdType ends[2] = {points->InsertNextPoint(x0, y, z0), points->InsertNextPoint(x1, y, z1)};
    lines->InsertNextCell(2, ends);
  };
  for (int i = -across; i <= across; ++i) line(i * step, -deep * step, i * step, deep * step);
  for (int i = -deep; i <= deep; ++i) line(-across * step, i * step, across * step, i * step);
  vtkNew<vtkPolyData> grid;
  grid->SetPoints(points);
  grid->SetLines(lines);
  grid_->lines.show(grid);
}

}  // namespace acuguide::rendering
