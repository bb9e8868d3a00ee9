#pragma once

#include <opencv2/core.hpp>

#include <memory>

class QOpenGLWidget;
class vtkRenderer;

namespace acuguide::ui {

/// Lets VTK draw into a QOpenGLWidget: a VTK render window that uses the widget's OpenGL context. Survives
/// the widget being moved to another window (Qt then makes a new context).
class QtRenderWindow {
 public:
  /// Asks for an OpenGL 3.2 core context; construct before the widget is shown.
  QtRenderWindow(QOpenGLWidget& widget, vtkRenderer* renderer, int multiSamples);
  ~QtRenderWindow();
  QtRenderWindow(const QtRenderWindow&) = delete;
  QtRenderWindow& operator=(const QtRenderWindow&) = delete;

  void initialize();  ///< from initializeGL()
  void render();      ///< from paintGL()

  cv::Size sizePx() const;  ///< device pixels

 private:
  struct Window;
  void release();

  std::unique_ptr<Window> window_;
};

}  // namespace acuguide::ui
