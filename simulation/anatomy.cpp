#include "simulation/anatomy.h"

namespace acuguide::simulation {

std::string_view nameOf(PlaneLabel label) {
  switch (label) {
    case PlaneLabel::Skin:
      return "skin";
    case PlaneLabel::SuperficialAponeurosis:
      return "superficial_aponeurosis";
    case PlaneLabel::DeepAponeurosis:
      return "deep_aponeurosis";
    case PlaneLabel::Fascia:
      return "fascia";
    case PlaneLabel::Bone:
      return "bone";
  }
  return "fascia";
}

std::string_view nameOf(StructureKind kind) {
  switch (kind) {
    case StructureKind::Artery:
      return "artery";
    case StructureKind::Vein:
      return "vein";
    case StructureKind::Nerve:
      return "nerve";
    case StructureKind::Tendon:
      return "tendon";
  }
  return "nerve";
}

}  // namespace acuguide::simulation
