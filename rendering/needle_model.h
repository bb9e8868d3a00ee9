#pragma once

#include "planning/plan.h"
#include "rendering/space_frame.h"
#include "tracking/needle_track.h"

#include <memory>

class vtkRenderer;

namespace acuguide::rendering {

/// The needle in space: the shaft as seen in the picture, solid when observed, see-through when predicted;
/// the part outside the picture up to the grip see-through always, and only where the plan gives the
/// instrument and the picture its scale. The blade is drawn round: how it is turned about the shaft is not
/// measured.
class NeedleModel {
 public:
  explicit NeedleModel(vtkRenderer* renderer);
  ~NeedleModel();

  void place(const tracking::NeedleTrack& needle, const planning::Plan* plan, const SpaceFrame& frame);
  void hide();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace acuguide::rendering
