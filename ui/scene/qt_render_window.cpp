#include "ui/scene/qt_render_window.h"

#include <QtGui/QOpenGLContext>
#include <QtGui/QSurfaceFormat>
#include <QtOpenGLWidgets/QOpenGLWidget>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <cmath>

namespace acuguide::ui {
namespace {

void copyToWidget(vtkGenericOpenGLRenderWindow& vtk, cv::Size size) {
  vtkOpenGLState* state = vtk.GetState();
  const vtkOpenGLState::ScopedglEnableDisable scissor(state, GL_SCISSOR_TEST);
  state->vtkglDisable(GL_SCISSOR_TEST);
  state->PushReadFramebufferBinding();
  vtk.GetRenderFramebuffer()->Bind(GL_READ_FRAMEBUFFER);
  vtk.GetRenderFramebuffer()->ActivateReadBuffer(0);
  state->vtkglBlitFramebuffer(0, 0, size.width, size.height, 0, 0, size.width, size.height,
                              GL_COLOR_BUFFER_BIT, GL_NEAREST);
  state->PopReadFramebufferBinding();
}

}  // namespace

struct QtRenderWindow::Window {
  QOpenGLWidget& widget;
  vtkNew<vtkGenericOpenGLRenderWindow> vtk;
  vtkNew<vtkCallbackCommand> answers;
  QMetaObject::Connection contextEnds;

  explicit Window(QOpenGLWidget& owner) : widget(owner) {}

  static bool current(const QOpenGLWidget& widget) {
    return widget.context() != nullptr && QOpenGLContext::currentContext() == widget.context();
  }

  /// What VTK asks of the window it does not own.
  static void answer(vtkObject*, unsigned long event, void* self, void* data) {
    QOpenGLWidget& widget = static_cast<Window*>(self)->widget;
    switch (event) {
      case vtkCommand::WindowMakeCurrentEvent:
        // Only when needed: it also binds the widget's framebuffer, and VTK asks while it draws into its own.
        if (!current(widget)) widget.makeCurrent();
        break;
      case vtkCommand::WindowIsCurrentEvent:
        *static_cast<bool*>(data) = current(widget);
        break;
      case vtkCommand::WindowSupportsOpenGLEvent:
      case vtkCommand::WindowIsDirectEvent:
        *static_cast<int*>(data) = 1;
        break;
      default:
        break;
    }
  }
};

namespace {}  // namespace

QtRenderWindow::QtRenderWindow(QOpenGLWidget& widget, vtkRenderer* renderer, int multiSamples)
    : window_(std::make_unique<Window>(widget)) {
  QSurfaceFormat format = QSurfaceFormat::defaultFormat();
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setSamples(0);
  format.setDepthBufferSize(24);
  widget.setFormat(format);

  vtkGenericOpenGLRenderWindow* vtk = window_->vtk;
  window_->answers->SetCallback(&Window::answer);
  window_->answers->SetClientData(window_.get());
  for (const vtkCommand::EventIds event :
       {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
        vtkCommand::WindowSupportsOpenGLEvent, vtkCommand::WindowIsDirectEvent})
    vtk->AddObserver(event, window_->answers);
  vtk->SetOwnContext(0);
  vtk->SetMultiSamples(multiSamples);
  // VTK would copy its picture, depth and all, to a second buffer before it is copied to the widget: without
  // samples to be merged that is waste, and copyToWidget() takes the picture where it was drawn.
  vtk->SetSwapBuffers(multiSamples > 1 ? 1 : 0);
  vtk->SetFrameBlitModeToBlitToCurrent();
  vtk->AddRenderer(renderer);
}

QtRenderWindow::~QtRenderWindow() { release(); }

void QtRenderWindow::initialize() {
  QOpenGLWidget& widget = window_->widget;
  QObject::disconnect(window_->contextEnds);
  window_->contextEnds =
      QObject::connect(widget.context(), &QOpenGLContext::aboutToBeDestroyed, &widget, [this] { release(); });
  window_->vtk->SetMapped(1);
  window_->vtk->SetReadyForRendering(true);
  window_->vtk->OpenGLInit();
}

void QtRenderWindow::render() {
  vtkGenericOpenGLRenderWindow* vtk = window_->vtk;
  const cv::Size size = sizePx();
  vtk->SetSize(size.width, size.height);
  vtkOpenGLState* state = vtk->GetState();
  state->Reset();
  state->Push();
  state->vtkglDepthFunc(GL_LEQUAL);  // Qt leaves GL_LESS, which hides what VTK draws at the same depth
  vtk->Render();
  if (vtk->GetSwapBuffers() == 0) copyToWidget(*vtk, size);
  state->Pop();
}

cv::Size QtRenderWindow::sizePx() const {
  const double ratio = window_->widget.devicePixelRatioF();
  return {std::max(1, static_cast<int>(std::lround(window_->widget.width() * ratio))),
          std::max(1, static_cast<int>(std::lround(window_->widget.height() * ratio)))};
}

void QtRenderWindow::release() {
  QObject::disconnect(window_->contextEnds);
  if (window_->widget.context() == nullptr) return;
  window_->widget.makeCurrent();
  window_->vtk->Finalize();
  window_->vtk->SetReadyForRendering(false);
  window_->widget.doneCurrent();
}

}  // namespace acuguide::ui
