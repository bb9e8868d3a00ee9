#include "planning/atlas.h"

#include "planning/atlas_json.h"

#include <algorithm>

namespace acuguide::planning {
namespace {

template <class T, class Key>
const T* find(const std::vector<T>& items, Key key, std::string_view wanted) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.*key == wanted; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

bool Acupoint::forbiddenInPregnancy() const {
  return std::find(warnings.begin(), warnings.end(), "pregnancy") != warnings.end();
}

CunRange Acupoint::referenceDepth() const {
  CunRange careful = depths.front();
  for (const CunRange& depth : depths) {
    careful.from = std::min(careful.from, depth.from);
    careful.to = std::min(careful.to, depth.to);
  }
  return careful;
}

const Acupoint* Atlas::point(std::string_view code) const { return find(points, &Acupoint::code, code); }
const Landmark* Atlas::landmark(std::string_view name) const {
  return find(landmarks, &Landmark::name, name);
}
const Segment* Atlas::segment(std::string_view name) const { return find(segments, &Segment::name, name); }
const Protocol* Atlas::protocol(std::string_view name) const {
  return find(protocols, &Protocol::name, name);
}

const Atlas& atlas() {
  static const Atlas builtIn = readBuiltInAtlas();
  return builtIn;
}

}  // namespace acuguide::planning
