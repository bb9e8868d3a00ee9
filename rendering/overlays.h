#pragma once

namespace acuguide::rendering {

/// What is drawn over the ultrasound picture. Everything can be switched off.
struct Overlays {
  bool planes = true;
  bool needle = true;
  bool target = true;
  bool corridor = true;
  bool dangers = true;
  bool ruler = true;
  bool orientation = true;
  bool muscle = false;  ///< measured on demand: in none of the three below

  static Overlays all() { return {}; }
  static Overlays essential() { return {false, true, true, false, true, true, true}; }
  static Overlays none() { return {false, false, false, false, false, false, false}; }
  Overlays withoutMeasures() const {
    Overlays overlays = *this;
    overlays.muscle = false;
    return overlays;
  }
  bool operator==(const Overlays&) const = default;
};

}  // namespace acuguide::rendering
