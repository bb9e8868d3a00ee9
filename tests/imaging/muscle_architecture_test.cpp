#include "imaging/muscle_architecture.h"

#include <gtest/gtest.h>

#include <cmath>

namespace acuguide::imaging {
namespace {

/// A muscle of known make, in millimetres of the tissue, drawn into pixels of any shape: superficial edge at
/// 10 mm and level but for `tiltDeg`, the deep one 20 mm below it and `closingDeg` steeper, fibres at
/// `fibreDeg` to the horizontal.
struct Muscle {
  double tiltDeg = 0, closingDeg = 0, fibreDeg = 15, widthMm = 50;
  double bendMm = 0;  // of the deep edge: how much deeper its middle is

  double superficialMm(double x) const { return 10 - std::tan(radians(tiltDeg)) * (x - widthMm / 2); }
  double deepMm(double x) const {
    const double u = 2 * x / widthMm - 1;
    return 30 - std::tan(radians(tiltDeg + closingDeg)) * (x - widthMm / 2) + bendMm * (1 - u * u);
  }
  FrameAnalysis seen(const Eigen::Vector2d& spacing, double fromMm = 0, double toMm = 50) const {
    FrameAnalysis analysis;
    analysis.region.bounds = {0, 0, static_cast<int>(widthMm / spacing.x()),
                              static_cast<int>(45 / spacing.y())};
    TissuePlane superficial{PlaneLabel::SuperficialAponeurosis, 1.0, {}},
        deep{PlaneLabel::DeepAponeurosis, 1.0, {}};
    for (double x = fromMm / spacing.x(); x <= toMm / spacing.x(); x += 4) {
      const double mm = x * spacing.x();
      const auto row = [&](double y) { return static_cast<float>(y / spacing.y()); };
      superficial.vertices.push_back({static_cast<float>(x), row(superficialMm(mm) - 0.5),
                                      row(superficialMm(mm) - 1), row(superficialMm(mm))});
      deep.vertices.push_back(
          {static_cast<float>(x), row(deepMm(mm) + 0.5), row(deepMm(mm)), row(deepMm(mm) + 1)});
    }
    analysis.planes = {superficial, deep};
    analysis.fibres = FibreDirection{std::atan(std::tan(radians(fibreDeg)) * spacing.x() / spacing.y()), 0.9};
    return analysis;
  }
};

const Eigen::Vector2d kSquare(0.1, 0.1);

TEST(MuscleArchitecture, MeasuresAParallelMuscleExactly) {
  const auto muscle = muscleArchitecture(Muscle().seen(kSquare), kSquare);
  ASSERT_TRUE(muscle && muscle->pennation && muscle->fascicle);
  EXPECT_NEAR(*muscle->thickness.mm, 20.0, 1e-3);
  EXPECT_NEAR(muscle->thickness.px, 200.0, 1e-2);
  EXPECT_NEAR(degrees(*muscle->pennation), 15.0, 1e-3);
  EXPECT_NEAR(*muscle->fascicle->mm, 20.0 / std::sin(radians(15)), 0.01);
  EXPECT_NEAR(muscle->fascicleSeen, 50.0 / (20.0 / std::tan(radians(15))), 0.01) << "the rest is drawn on";
}

TEST(MuscleArchitecture, IsTheTissuesWhateverThePixelsAre) {
  const Muscle tilted{.tiltDeg = 6, .closingDeg = -4, .fibreDeg = 21};
  const auto square = muscleArchitecture(tilted.seen(kSquare), kSquare);
  const Eigen::Vector2d oblong(0.1, 0.055);
  const auto other = muscleArchitecture(tilted.seen(oblong), oblong);
  ASSERT_TRUE(square && other && square->fascicle && other->fascicle);
  EXPECT_NEAR(*square->thickness.mm, *other->thickness.mm, 0.02);
  EXPECT_NEAR(degrees(*square->pennation), 21 - 2, 0.01)
      << "to the deep aponeurosis, which lies at 2 degrees";
  EXPECT_NEAR(degrees(*other->pennation), 21 - 2, 0.01);
  EXPECT_NEAR(*square->fascicle->mm, *other->fascicle->mm, 0.1);
}

// Tilting the probe tilts the whole picture and changes nothing of the muscle.
TEST(MuscleArchitecture, ATiltedPictureIsTheSameMuscle) {
  const auto level = muscleArchitecture(Muscle{.fibreDeg = 18}.seen(kSquare), kSquare);
  const auto tilted = muscleArchitecture(Muscle{.tiltDeg = 8, .fibreDeg = 26}.seen(kSquare), kSquare);
  ASSERT_TRUE(level && tilted);
  EXPECT_NEAR(*tilted->thickness.mm, *level->thickness.mm * std::cos(radians(8)), 0.02);
  EXPECT_NEAR(*tilted->pennation, *level->pennation, 1e-4);
}

TEST(MuscleArchitecture, FibresThatFallToTheRightAreTheSame) {
  const auto rising = muscleArchitecture(Muscle{.fibreDeg = 17}.seen(kSquare), kSquare);
  const auto falling = muscleArchitecture(Muscle{.fibreDeg = -17}.seen(kSquare), kSquare);
  ASSERT_TRUE(rising->fascicle && falling->fascicle);
  EXPECT_NEAR(*rising->fascicle->mm, *falling->fascicle->mm, 1e-6);
  EXPECT_LT(rising->fascicleAt.fromPx.y(), rising->fascicleAt.toPx.y()) << "from the superficial side";
  EXPECT_LT(falling->fascicleAt.fromPx.y(), falling->fascicleAt.toPx.y());
}

TEST(MuscleArchitecture, ABentDeepAponeurosisIsMeasuredWhereItIs) {
  const auto muscle = muscleArchitecture(Muscle{.bendMm = 3}.seen(kSquare), kSquare);
  ASSERT_TRUE(muscle);
  EXPECT_NEAR(*muscle->thickness.mm, 23.0, 0.1) << "not where the line through all of it is";
}

// A plane may be broken just where the muscle is measured: the line through the rest of it stands for it, not
// depth 0.
TEST(MuscleArchitecture, AGapInTheMiddleIsBridged) {
  for (const std::size_t broken : {0u, 1u}) {
    FrameAnalysis analysis = Muscle{.tiltDeg = 3}.seen(kSquare);
    const auto whole = muscleArchitecture(analysis, kSquare);
    std::erase_if(analysis.planes[broken].vertices,
                  [](const PlaneVertex& v) { return v.x > 200 && v.x < 300; });
    const auto bridged = muscleArchitecture(analysis, kSquare);
    ASSERT_TRUE(whole && bridged);
    EXPECT_NEAR(*bridged->thickness.mm, *whole->thickness.mm, 0.01) << broken;
    EXPECT_NEAR(*bridged->fascicle->mm, *whole->fascicle->mm, 0.1) << broken;
  }
}

TEST(MuscleArchitecture, WhatIsNotSeenIsNotMeasured) {
  const Muscle muscle;
  FrameAnalysis analysis = muscle.seen(kSquare);
  analysis.planes.pop_back();
  EXPECT_FALSE(muscleArchitecture(analysis, kSquare)) << "one aponeurosis";
  EXPECT_FALSE(muscleArchitecture(muscle.seen(kSquare, 0, 14), kSquare)) << "too short a piece";
  EXPECT_FALSE(muscleArchitecture(FrameAnalysis(), kSquare));

  analysis = muscle.seen(kSquare);
  analysis.fibres->confidence = 0.3;
  const auto withoutFibres = muscleArchitecture(analysis, kSquare);
  ASSERT_TRUE(withoutFibres);
  EXPECT_FALSE(withoutFibres->pennation);
  EXPECT_FALSE(withoutFibres->fascicle);

  const auto flat = muscleArchitecture(Muscle{.fibreDeg = 2}.seen(kSquare), kSquare);
  EXPECT_TRUE(flat->pennation);
  EXPECT_FALSE(flat->fascicle) << "half a metre long, or any other length";

  const auto withoutScale = muscleArchitecture(muscle.seen(kSquare), std::nullopt);
  EXPECT_FALSE(withoutScale->thickness.mm);
  EXPECT_NEAR(withoutScale->thickness.px, 200.0, 1e-2);
}

}  // namespace
}  // namespace acuguide::imaging
