#pragma once

#include "ui/scene/ink.h"

#include <memory>

class vtkRenderer;

namespace acuguide::ui {

/// Puts ink on the screen: one actor, one draw call, whatever is drawn.
class InkLayer {
 public:
  explicit InkLayer(vtkRenderer* renderer);
  ~InkLayer();

  void update(const Ink& ink, int viewHeight);

 private:
  struct Mesh;
  std::unique_ptr<Mesh> mesh_;
};

}  // namespace acuguide::ui
