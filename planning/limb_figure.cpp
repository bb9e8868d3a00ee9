#include "planning/limb_figure.h"

#include "planning/atlas_data.h"
#include "planning/locate.h"

namespace acuguide::planning {

const std::vector<FigurePoint>& figurePoints() {
  static const std::vector<FigurePoint> points = [] {
    const std::string where = "atlas/figure.json";
    const PatientLandmarks figure = parseLandmarks(figureText, where);
    std::vector<FigurePoint> found;
    for (const LocatedPoint& point : locatePoints(atlas(), figure, BodySide::Right, where).located) {
      if (point.mm) found.push_back({point.code, atlas().point(point.code)->limb, *point.mm});
    }
    return found;
  }();
  return points;
}

}  // namespace acuguide::planning
