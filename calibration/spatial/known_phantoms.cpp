#include "calibration/spatial/phantom.h"

#include <array>

namespace acuguide::calibration {
namespace {

/// Ends of one wire across the phantom (x) at its front and back, and its height (z).
struct Across {
  double front, back, height;
};

/// Wires that run from y = 0 to y = 40 mm, as in PLUS's fCal phantoms.
Phantom fCal(const std::string& version, const std::vector<Across>& wires) {
  Phantom phantom;
  phantom.name = "fCAL";
  phantom.version = version;
  for (const Across& wire : wires)
    phantom.wires.push_back({std::to_string(phantom.wires.size() + 1),
                             {wire.front, 0, wire.height},
                             {wire.back, 40, wire.height}});
  return phantom;
}

/// Wires that run along z, as in PLUS's iCal phantoms.
Phantom iCal(const std::string& version, const std::vector<Across>& wires) {
  Phantom phantom;
  phantom.name = "iCAL";
  phantom.version = version;
  for (const Across& wire : wires)
    phantom.wires.push_back({std::to_string(phantom.wires.size() + 1),
                             {wire.front, wire.height, 62.05},
                             {wire.back, wire.height, 142.05}});
  return phantom;
}

}  // namespace

const std::vector<Phantom>& knownPhantoms() {
  // From the PhantomDefinition elements of PLUS's device sets (PlusLibData, BSD licence).
  static const std::vector<Phantom> phantoms{
      fCal("2.0", {{30, 30, 20},
                   {55, 35, 20},
                   {60, 60, 20},
                   {30, 30, 10},
                   {35, 55, 10},
                   {60, 60, 10},
                   {35, 35, 0},
                   {55, 40, 0},
                   {60, 60, 0}}),
      fCal("1.2", {{20, 20, 10},
                   {40, 25, 10},
                   {45, 45, 10},
                   {20, 20, 5},
                   {25, 45, 5},
                   {50, 50, 5},
                   {20, 20, 0},
                   {45, 25, 0},
                   {50, 50, 0}}),
      fCal("1.0", {{20, 20, 5}, {25, 45, 5}, {50, 50, 5}, {20, 20, 0}, {45, 25, 0}, {50, 50, 0}}),
      iCal("1.1", {{49.86, 49.86, 54.385},
                   {39.86, 19.86, 54.385},
                   {9.86, 9.86, 54.385},
                   {49.86, 49.86, 34.385},
                   {19.86, 39.86, 34.385},
                   {9.86, 9.86, 34.385},
                   {39.86, 39.86, 14.385},
                   {29.86, 19.86, 14.385},
                   {9.86, 9.86, 14.385}}),
      iCal("1.0", {{49.86, 49.86, 54.385},
                   {39.86, 19.86, 54.385},
                   {9.86, 9.86, 54.385},
                   {49.86, 49.86, 34.385},
                   {19.86, 39.86, 34.385},
                   {9.86, 9.86, 34.385}})};
  return phantoms;
}

}  // namespace acuguide::calibration
