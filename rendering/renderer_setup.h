#pragma once

#include "rendering/pixels.h"

class vtkRenderer;

namespace acuguide::rendering {

/// Background and lights of every view in space. (Of the scene only: it shows VTK.)
void setUpRenderer(vtkRenderer* renderer);

/// What stands in a view's place where there is no OpenGL.
Pixels blankPixels(cv::Size size);

}  // namespace acuguide::rendering
