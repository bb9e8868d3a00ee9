#pragma once

#include "rendering/pixels.h"

#include <memory>

class vtkRenderer;

namespace acuguide::rendering {

/// Lets VTK draw into memory, by an OpenGL context of Qt's that no window is tied to: a widget shows the
/// picture as it shows any other, and the window it stands in need not be composed by OpenGL at every change.
/// Construct and use on the thread of the QGuiApplication.
class OffscreenWindow {
 public:
  OffscreenWindow(vtkRenderer* renderer, int multiSamples);
  ~OffscreenWindow();
  OffscreenWindow(const OffscreenWindow&) = delete;
  OffscreenWindow& operator=(const OffscreenWindow&) = delete;

  /// Draws the renderer's scene. False when there is no OpenGL 3.2 here.
  bool render(cv::Size size, Pixels& into);

 private:
  struct Window;
  std::unique_ptr<Window> window_;
};

}  // namespace acuguide::rendering
