#include "planning/limb_figure.h"

#include <gtest/gtest.h>

#include <set>

namespace acuguide::planning {
namespace {

TEST(LimbFigure, ShowsEveryPointOfTheAtlasOnItsLimb) {
  std::set<std::string> shown;
  for (const FigurePoint& point : figurePoints()) {
    shown.insert(point.code);
    EXPECT_LE(std::abs(point.mm.x()), 100) << point.code;
    EXPECT_GE(point.mm.z(), -60) << point.code;
    EXPECT_LE(point.mm.z(), point.limb == Limb::Upper ? 620 : 920) << point.code;
  }
  for (const Acupoint& point : atlas().points) EXPECT_TRUE(shown.contains(point.code)) << point.code;
}

TEST(LimbFigure, FrontAndBackAreWhereAnatomyHasThem) {
  const auto at = [](const std::string& code) {
    for (const FigurePoint& point : figurePoints()) {
      if (point.code == code) return point.mm;
    }
    return Eigen::Vector3d(0, 0, 0);
  };
  for (const char* front : {"PC6", "LU5", "ST36", "ST32", "ST41"}) EXPECT_GT(at(front).y(), 0) << front;
  for (const char* back : {"TE5", "SI9", "BL40", "BL57", "GB30"}) EXPECT_LT(at(back).y(), 0) << back;
  EXPECT_GT(at("GB34").x(), 0) << "lateral";
  EXPECT_LT(at("SP6").x(), 0) << "medial";
}

}  // namespace
}  // namespace acuguide::planning
