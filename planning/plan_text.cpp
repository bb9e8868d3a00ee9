#include "core/units.h"
#include "planning/blade_direction.h"
#include "planning/plan.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace acuguide::planning {
namespace {

/// Millimetres with at most one decimal, degrees with none, as on the screen.
std::string mm(double value) {
  std::ostringstream out;
  out << std::round(value * 10) / 10 << " mm";
  return out.str();
}

std::string lateral(double lateralMm) {
  if (std::abs(lateralMm) < 0.05) return "on the centre line";
  return mm(std::abs(lateralMm)) + (lateralMm > 0 ? " right" : " left") + " of the centre line";
}

std::string planeWords(imaging::PlaneLabel label) {
  std::string words(imaging::nameOf(label));
  for (char& c : words) {
    if (c == '_') c = ' ';
  }
  return words;
}

std::string targetWords(const Target& target) {
  if (const auto* depth = std::get_if<TargetAtDepth>(&target)) {
    return mm(depth->point.depthMm) + " below the probe face, " + lateral(depth->point.lateralMm);
  }
  if (const auto* plane = std::get_if<TargetAtPlane>(&target)) {
    std::string words = "on the " + planeWords(plane->plane) + ", " + lateral(plane->lateralMm);
    if (std::abs(plane->offsetMm) >= 0.05)
      words += ", " + mm(std::abs(plane->offsetMm)) + (plane->offsetMm > 0 ? " below it" : " above it");
    return words;
  }
  const auto& pixel = std::get<TargetAtPixel>(target);
  std::ostringstream out;
  out << "at the pixel (" << std::round(pixel.px.x()) << ", " << std::round(pixel.px.y())
      << "), without a scale in a corridor of " << pixel.corridorWidthPx << " px to within "
      << pixel.tolerancePx << " px";
  return out.str();
}

std::string entryWords(const Plan& plan) {
  if (!plan.entryFromLeft && !plan.entryAngle) return "The entry is left open";
  std::string words = "The blade enters";
  if (plan.entryFromLeft)
    words += std::string(" from the picture's ") + (*plan.entryFromLeft ? "left" : "right");
  if (plan.entryAngle) {
    std::ostringstream angle;
    angle << " at " << std::round(degrees(*plan.entryAngle)) << " degrees to the probe face";
    words += angle.str();
  }
  return words;
}

std::string dangerWords(const std::vector<DangerZone>& dangers) {
  if (dangers.empty()) return "No danger zone is planned.";
  std::string words = dangers.size() == 1 ? "Danger: " : "Dangers: ";
  for (std::size_t i = 0; i < dangers.size(); ++i) {
    if (i > 0) words += ", ";
    words += dangers[i].name + (dangers[i].automatic ? "?" : "") + " (" +
             std::string(nameOf(dangers[i].kind)) + ", " + mm(dangers[i].marginMm) + " to stay free)";
  }
  return words + ".";
}

}  // namespace

std::string describe(const Plan& plan) {
  std::string text = plan.name.empty() ? std::string() : plan.name + ": ";
  text += plan.acupoint + ", " + std::string(nameOf(plan.side)) + " side";
  if (!plan.patientCode.empty()) text += ", patient " + plan.patientCode;
  text += ". The target lies " + targetWords(plan.target) + "; within " + mm(plan.targetToleranceMm) +
          " is reached. ";
  text += entryWords(plan) + ", in a corridor " + mm(plan.corridorWidthMm) + " wide";
  text += plan.maximumDepthMm ? ", never deeper than " + mm(*plan.maximumDepthMm) + ". "
                              : ", with no depth limit. ";
  const Instrument& blade = plan.instrument;
  text += "Instrument: " + (blade.name.empty() ? std::string("unnamed") : blade.name) + ", " +
          mm(blade.diameterMm) + " thick, blade " + mm(blade.bladeWidthMm) + ", " + mm(blade.lengthMm) +
          " long. ";
  text += std::to_string(plan.strokes);
  text += plan.strokes == 1 ? " stroke at the plane. " : " strokes at the plane. ";
  text += dangerWords(plan.dangers);
  text += ' ';
  text += describe(wantedBlade(plan, plannedNeedle(plan)));
  if (!plan.note.empty()) text += " " + plan.note;
  return text;
}

}  // namespace acuguide::planning
