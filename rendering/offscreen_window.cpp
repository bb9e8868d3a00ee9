#include "rendering/offscreen_window.h"

#include <QtGui/QOffscreenSurface>
#include <QtGui/QOpenGLContext>
#include <QtGui/QOpenGLFunctions>
#include <QtGui/QSurfaceFormat>
#include <opencv2/imgproc.hpp>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <string_view>

namespace acuguide::rendering {
namespace {

QSurfaceFormat contextFormat() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setSamples(0);  // VTK's own framebuffer has them
  return format;
}

/// Mesa's processor-drawn OpenGL. The context must be current.
bool drawnByTheProcessor(QOpenGLContext& context) {
  const auto* name = reinterpret_cast<const char*>(context.functions()->glGetString(GL_RENDERER));
  const std::string_view renderer = name != nullptr ? name : "";
  return renderer.starts_with("llvmpipe") || renderer.starts_with("softpipe");
}

}  // namespace

struct OffscreenWindow::Window {
  QOffscreenSurface surface;
  QOpenGLContext context;
  vtkNew<vtkGenericOpenGLRenderWindow> vtk;
  vtkNew<vtkCallbackCommand> answers;
  vtkNew<vtkUnsignedCharArray> read;
  bool usable = false;

  bool isCurrent() const { return QOpenGLContext::currentContext() == &context; }
  bool makeCurrent() { return isCurrent() || context.makeCurrent(&surface); }

  /// What VTK asks of the context it does not own.
  static void answer(vtkObject*, unsigned long event, void* self, void* data) {
    auto* window = static_cast<Window*>(self);
    switch (event) {
      case vtkCommand::WindowMakeCurrentEvent:
        window->makeCurrent();
        break;
      case vtkCommand::WindowIsCurrentEvent:
        *static_cast<bool*>(data) = window->isCurrent();
        break;
      case vtkCommand::WindowSupportsOpenGLEvent:
      case vtkCommand::WindowIsDirectEvent:
        *static_cast<int*>(data) = 1;
        break;
      default:
        break;
    }
  }

  void observe() {
    answers->SetCallback(&Window::answer);
    answers->SetClientData(this);
    for (const vtkCommand::EventIds event :
         {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
          vtkCommand::WindowSupportsOpenGLEvent, vtkCommand::WindowIsDirectEvent})
      vtk->AddObserver(event, answers);
  }
};

OffscreenWindow::OffscreenWindow(vtkRenderer* renderer, int multiSamples)
    : window_(std::make_unique<Window>()) {
  Window& window = *window_;
  window.surface.setFormat(contextFormat());
  window.surface.create();
  window.context.setFormat(contextFormat());
  window.usable = window.context.create() && window.makeCurrent();
  window.observe();
  vtkGenericOpenGLRenderWindow* vtk = window.vtk;
  vtk->SetOwnContext(0);
  // Several samples a pixel are several times the work for a processor: it smooths the finished picture
  // instead.
  const bool slow = window.usable && drawnByTheProcessor(window.context);
  vtk->SetMultiSamples(slow ? 0 : multiSamples);
  renderer->SetUseFXAA(slow);
  vtk->SetSwapBuffers(0);
  vtk->SetFrameBlitModeToNoBlit();
  vtk->AddRenderer(renderer);
  if (!window.usable) return;
  vtk->SetMapped(1);
  vtk->SetReadyForRendering(true);
  vtk->OpenGLInit();
  window.context.doneCurrent();
}

OffscreenWindow::~OffscreenWindow() {
  if (!window_->usable || !window_->makeCurrent()) return;
  window_->vtk->Finalize();
  window_->vtk->SetReadyForRendering(false);
  window_->context.doneCurrent();
}

bool OffscreenWindow::render(cv::Size size, Pixels& into) {
  Window& window = *window_;
  if (!window.usable || !window.makeCurrent()) return false;
  vtkGenericOpenGLRenderWindow* vtk = window.vtk;
  vtk->SetSize(size.width, size.height);
  vtk->Render();
  vtk->GetRGBACharPixelData(0, 0, size.width - 1, size.height - 1, 0, window.read);
  window.context.doneCurrent();
  if (window.read->GetNumberOfValues() < 4 * static_cast<vtkIdType>(size.area())) return false;
  const cv::Mat rgba(size, CV_8UC4, window.read->GetPointer(0));
  cv::flip(rgba, into, 0);  // VTK counts rows from the bottom
  cv::cvtColor(into, into, cv::COLOR_RGBA2BGRA);
  return true;
}

}  // namespace acuguide::rendering
