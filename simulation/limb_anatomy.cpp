#include "simulation/limb_anatomy.h"

namespace acuguide::simulation {

namespace {

Boundary skin(double depth = 0.9) { return {depth, 0.0, 0.0, 0.08, PlaneLabel::Skin, 0.45, -13.0}; }
Boundary dermisEnd(double depth) { return {depth, 0.0, 0.0, 0.15, std::nullopt, 0.0, 0.0}; }
Boundary membrane(double depth, PlaneLabel label, double slopeDeg, double thickness, double echoDb,
                  double wave = 0.5, double bulge = 0.0) {
  return {depth, slopeDeg, bulge, wave, label, thickness, echoDb};
}

const Layer kDermis{LayerKind::Dermis, -32.0, 0.0, 0.0, 1.0, 1.0};
const Layer kFat{LayerKind::Fat, -42.0, -20.0, 0.0, 1.0, 1.0};

Layer muscle(double fibreAngleDeg, double echoDb = -44.0, double streakDb = -18.0, double streakLength = 9.0,
             double streakSpacing = 1.4) {
  return {LayerKind::Muscle, echoDb, streakDb, fibreAngleDeg, streakLength, streakSpacing};
}

/// Muscle cut across its fibres: short speckles, the "starry night".
Layer muscleAcross(double echoDb = -46.0) { return {LayerKind::Muscle, echoDb, -22.0, 8.0, 2.2, 1.1}; }

}  // namespace

Anatomy st36Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(),
                        dermisEnd(2.3),
                        membrane(4.6, PlaneLabel::Fascia, 0.5, 0.28, -20.0, 0.5),
                        membrane(7.0, PlaneLabel::SuperficialAponeurosis, 1.2, 0.8, -7.0),
                        membrane(17.5, PlaneLabel::DeepAponeurosis, -2.0, 0.9, -8.0, 0.45),
                        membrane(24.5, PlaneLabel::Fascia, -1.0, 1.0, -10.0, 0.4)};
  anatomy.layers = {kDermis, kFat, kFat, muscle(12.0), muscle(-9.0, -44.0, -22.0), muscle(5.0, -44.0, -25.0)};
  anatomy.structures = {{StructureKind::Artery, "anterior tibial artery", {9.0, 22.2}, {1.5, 1.4}, 0.0},
                        {StructureKind::Vein, "anterior tibial vein", {5.6, 22.7}, {1.5, 1.0}, 10.0},
                        {StructureKind::Nerve, "deep peroneal nerve", {13.2, 21.6}, {1.9, 1.2}, 5.0}};
  return anatomy;
}

Anatomy li10Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(), dermisEnd(2.1),
                        membrane(4.8, PlaneLabel::SuperficialAponeurosis, -1.0, 0.65, -8.0),
                        membrane(12.5, PlaneLabel::DeepAponeurosis, 1.5, 0.75, -8.0, 0.4)};
  anatomy.layers = {kDermis, kFat, muscle(7.0, -44.0, -21.0), muscle(-14.0, -44.0, -23.0)};
  anatomy.structures = {{StructureKind::Nerve, "deep radial nerve", {5.5, 16.2}, {1.5, 0.9}, 10.0},
                        {StructureKind::Artery, "radial recurrent artery", {9.5, 9.3}, {1.0, 0.9}, 0.0}};
  anatomy.bones = {{"radius", {3.5, 21.0}, 8.5, 7.3}};
  return anatomy;
}

Anatomy gb34Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(), dermisEnd(2.2),
                        membrane(6.2, PlaneLabel::SuperficialAponeurosis, -1.5, 0.75, -7.5),
                        membrane(15.0, PlaneLabel::DeepAponeurosis, 1.0, 0.8, -8.5, 0.4)};
  anatomy.layers = {kDermis, kFat, muscle(9.0, -44.0, -21.0, 6.0), muscle(-10.0, -44.0, -23.0)};
  anatomy.structures = {
      {StructureKind::Nerve, "common peroneal nerve", {8.2, 12.4}, {2.5, 1.5}, 12.0},
      {StructureKind::Artery, "anterior tibial recurrent artery", {15.0, 18.5}, {1.1, 1.0}, 0.0}};
  anatomy.bones = {{"fibula", {-9.0, 22.5}, 9.5, 7.5}};
  return anatomy;
}

Anatomy bl57Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(1.0),
                        dermisEnd(2.6),
                        membrane(4.8, PlaneLabel::Fascia, 0.0, 0.3, -19.0, 0.5),
                        membrane(7.5, PlaneLabel::SuperficialAponeurosis, -1.0, 1.0, -6.0, 0.3),
                        membrane(23.0, PlaneLabel::DeepAponeurosis, 2.5, 1.2, -6.5, 0.4),
                        membrane(37.0, PlaneLabel::Fascia, 1.0, 1.1, -9.0, 0.5)};
  anatomy.layers = {kDermis,
                    kFat,
                    kFat,
                    muscle(19.0, -44.0, -17.0, 11.0, 1.5),
                    muscle(-16.0, -44.0, -20.0),
                    muscle(4.0, -44.0, -25.0)};
  anatomy.structures = {{StructureKind::Vein, "small saphenous vein", {-15.0, 5.9}, {1.5, 0.8}, 0.0},
                        {StructureKind::Artery, "posterior tibial artery", {-8.0, 40.3}, {1.5, 1.4}, 0.0},
                        {StructureKind::Nerve, "tibial nerve", {-13.5, 40.8}, {2.4, 1.6}, 0.0}};
  return anatomy;
}

Anatomy pc6Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(0.7), dermisEnd(1.7),
                        membrane(3.3, PlaneLabel::SuperficialAponeurosis, 0.5, 0.5, -8.5, 0.25),
                        membrane(10.4, PlaneLabel::DeepAponeurosis, -1.0, 0.55, -11.0, 0.35),
                        membrane(16.6, PlaneLabel::Fascia, 0.5, 0.6, -12.0, 0.3)};
  anatomy.layers = {kDermis, kFat, muscleAcross(-44.0), muscleAcross(-46.0), muscleAcross(-47.0)};
  anatomy.structures = {
      {StructureKind::Nerve, "median nerve", {2.2, 8.2}, {2.7, 1.45}, 4.0},
      {StructureKind::Tendon, "palmaris longus tendon", {-0.6, 4.2}, {1.7, 0.65}, 0.0},
      {StructureKind::Tendon, "flexor carpi radialis tendon", {8.2, 5.0}, {2.1, 1.0}, -5.0},
      {StructureKind::Artery, "radial artery", {14.3, 5.8}, {1.25, 1.15}, 0.0},
      {StructureKind::Artery, "anterior interosseous artery", {0.5, 18.2}, {0.7, 0.65}, 0.0}};
  anatomy.bones = {{"radius", {12.0, 19.3}, 8.5, 6.3}, {"ulna", {-14.0, 19.8}, 8.0, 5.5}};
  return anatomy;
}

Anatomy gb30Anatomy() {
  Anatomy anatomy;
  anatomy.boundaries = {skin(1.0),
                        dermisEnd(3.2),
                        membrane(9.0, PlaneLabel::Fascia, 0.0, 0.5, -20.0, 0.8),
                        membrane(17.0, PlaneLabel::SuperficialAponeurosis, 0.0, 1.2, -8.0, 0.6),
                        membrane(40.0, PlaneLabel::DeepAponeurosis, -2.0, 1.4, -8.0, 0.8),
                        membrane(55.0, PlaneLabel::Fascia, -1.0, 1.3, -12.0, 0.6)};
  anatomy.layers = {kDermis,
                    kFat,
                    kFat,
                    muscle(14.0, -45.0, -19.0, 16.0, 2.6),
                    muscle(-10.0, -45.0, -22.0, 14.0, 2.6),
                    muscle(0.0, -44.0, -25.0, 12.0, 2.6)};
  anatomy.structures = {{StructureKind::Nerve, "sciatic nerve", {15.0, 47.5}, {5.5, 3.0}, -4.0},
                        {StructureKind::Artery, "inferior gluteal artery", {26.0, 45.5}, {1.9, 1.8}, 0.0}};
  anatomy.bones = {{"ischium", {-17.0, 61.0}, 26.0, 19.0}};
  return anatomy;
}

Anatomy underGel(Anatomy anatomy, double thickness) {
  for (Boundary& boundary : anatomy.boundaries) boundary.depth += thickness;
  for (Structure& structure : anatomy.structures) structure.centre.y() += thickness;
  for (Bone& bone : anatomy.bones) bone.top.y() += thickness;
  // Under gel nothing presses the skin flat, and it is the first echo.
  anatomy.boundaries.front().bulge = 1.8;
  anatomy.boundaries.front().echoDb = -6.0;
  return anatomy;
}

}  // namespace acuguide::simulation
