#pragma once

#include "rendering/points_scene.h"
#include "ui/plan/plan_draft.h"

namespace acuguide::ui {

/// The points of the limb in hand where the patient's landmarks put them, the limb lying as a supine
/// patient's seen from its outer side (front up; a right limb's far end to the right), as far as the
/// landmarks tell: turned, never mirrored. Points of which only the distance along the skin is known have no
/// place in space and are only counted.
rendering::PointsInSpace pointsInSpace(const PlanDraft& draft);

}  // namespace acuguide::ui
