#pragma once

#include "rendering/palette.h"

#include <vtkActor.h>
#include <vtkNew.h>
#include <vtkPolyDataMapper.h>
#include <vtkSmartPointer.h>

class vtkPolyData;
class vtkRenderer;

namespace acuguide::rendering {

/// One surface of the 3D view in one colour; hidden until it is shown. (Of the scene only: it shows VTK.)
class Solid {
 public:
  Solid(vtkRenderer* renderer, palette::Colour colour);
  ~Solid();
  Solid(const Solid&) = delete;
  Solid& operator=(const Solid&) = delete;

  void show(vtkPolyData* surface, double opacity = 1.0);
  void hide();
  /// Its colour as it is, whatever the light: lines and marks.
  void setUnlit();

 private:
  vtkSmartPointer<vtkRenderer> renderer_;
  vtkNew<vtkPolyDataMapper> mapper_;
  vtkNew<vtkActor> actor_;
};

}  // namespace acuguide::rendering
