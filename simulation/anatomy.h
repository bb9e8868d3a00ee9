#pragma once

#include <Eigen/Core>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide::simulation {

// What a limb is made of, as data. Positions are mm in the picture plane with the tissue at rest: x to the
// right of the centre line, depth below the transducer face. Echo levels are dB below the brightest grey.

/// As in planes.csv.
enum class PlaneLabel { Skin, SuperficialAponeurosis, DeepAponeurosis, Fascia, Bone };
std::string_view nameOf(PlaneLabel label);

enum class LayerKind { Gel, Dermis, Fat, Muscle };

/// Tissue between one boundary and the next.
struct Layer {
  LayerKind kind = LayerKind::Muscle;
  double echoDb = -44.0;       ///< mean speckle
  double streakDb = -24.0;     ///< brightest perimysium (muscle) or septum (fat)
  double fibreAngleDeg = 0.0;  ///< positive when the fibres rise to the right
  double streakLength = 9.0;   ///< mm seen of one streak; short where the section crosses the fibres
  double streakSpacing = 1.3;  ///< mm between streaks
};

/// The upper limit of a layer: a curve across the picture, and the membrane on it where there is one.
struct Boundary {
  double depth = 0.0;     ///< mm on the centre line
  double slopeDeg = 0.0;  ///< positive when it rises to the right
  double bulge = 0.0;     ///< mm it lies deeper 25 mm beside the centre line than on it
  double wave = 0.2;      ///< mm, amplitude of its irregular undulation
  std::optional<PlaneLabel> membrane;
  double thickness = 0.6;  ///< mm
  double echoDb = -9.0;
};

enum class StructureKind { Artery, Vein, Nerve, Tendon };
std::string_view nameOf(StructureKind kind);

/// An elliptical cross-section.
struct Structure {
  StructureKind kind = StructureKind::Artery;
  std::string name;
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();
  Eigen::Vector2d radii = Eigen::Vector2d::Ones();  ///< half axes; the first lies along `angleDeg`
  double angleDeg = 0.0;                            ///< positive when the first axis rises to the right
};

/// A bone's surface: the upper part of a circle. Nothing below it is reached by sound.
struct Bone {
  std::string name;
  Eigen::Vector2d top = Eigen::Vector2d::Zero();
  double radius = 8.0;
  double halfWidth = 7.0;  ///< mm of surface on either side of the top
};

struct Anatomy {
  std::vector<Boundary> boundaries;  ///< by growing depth; the first is the skin
  std::vector<Layer> layers;         ///< layers[i] lies below boundaries[i]
  std::vector<Structure> structures;
  std::vector<Bone> bones;
};

}  // namespace acuguide::simulation
