#pragma once

#include "rendering/space_frame.h"

#include <memory>

class vtkRenderer;

namespace acuguide::rendering {

/// A linear transducer standing on the picture: lens, housing, grip and the start of its cable, as wide as
/// the picture.
class ProbeModel {
 public:
  explicit ProbeModel(vtkRenderer* renderer);
  ~ProbeModel();

  void place(const SpaceFrame& frame);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::rendering
