#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace acuguide::planning {

// What the program knows of acupoints: data in planning/atlas/*.json, compiled in and checked against
// docs/schemas/atlas_*.schema.json. Source: WHO Standard Acupuncture Point Locations in the Western Pacific
// Region (2008); what is from general knowledge is marked in the data and stays marked here. Every point is
// bilateral.

enum class Limb { Upper, Lower };

/// A place on the body that a finger finds. Points and landmarks share one space of names; a point's WHO code
/// ("ST41") may stand wherever a landmark's name ("lateral_malleolus") may.
struct Landmark {
  std::string name;
  Limb limb = Limb::Upper;
  std::string where;
};

/// A part of the limb that is a known number of bone-proportional cun (B-cun) long. Each segment of each
/// patient has its own cun. Measured between either of the pairs of landmarks, the first given one first.
struct Segment {
  std::string name;
  double cun = 1;
  std::string where;
  std::vector<std::pair<std::string, std::string>> between;
};

/// Pairs of landmarks that run distally, laterally and anteriorly on one limb: they tell left from right.
struct Handedness {
  Limb limb = Limb::Upper;
  std::pair<std::string, std::string> distal, lateral, anterior;
};

/// The landmark is the point.
struct AtLandmark {
  std::string landmark;
};
/// At a share of the way from one landmark to another.
struct BetweenLandmarks {
  std::string from, to;
  double share = 0.5;
};
/// So many cun of a segment from a landmark, towards another or in the direction of a pair.
struct AlongSegment {
  std::string from;
  std::pair<std::string, std::string> direction;
  double cun = 0;
  std::string segment;
};
/// Where a line between two landmarks reaches the height of a third, heights measured along an axis.
struct AtLevel {
  std::pair<std::string, std::string> line;
  std::string levelOf;
  std::pair<std::string, std::string> axis;
};
using Locus = std::variant<AtLandmark, BetweenLandmarks, AlongSegment, AtLevel>;

/// How muscle fibres, a nerve or a vessel run at a point, to the limb's long axis. A nerve or vessel of
/// which the data say nothing runs along it, as nearly all on a limb do. All of it is general knowledge; the
/// picture decides.
enum class Run { AlongLimb, AcrossLimb, Oblique };

/// A layer the blade goes through, from the deep fascia down (skin, subcutis and deep fascia come before).
struct Layer {
  std::string name;
  bool general = false;       ///< from general knowledge, no source at hand
  std::optional<Run> fibres;  ///< of a muscle
};
struct Avoid {
  std::string name;
  std::string kind;  ///< "nerve", "vessel", "pleura"
  bool general = false;
  Run course = Run::AlongLimb;
};
struct CunRange {
  double from = 0;
  double to = 0;
};

struct PointNames {
  std::string pinyin, chinese, korean, english;
};

struct Acupoint {
  std::string code;  ///< WHO: "ST36"
  PointNames names;
  Limb limb = Limb::Upper;
  std::string where;
  Locus locus;
  std::vector<Layer> stack;
  std::vector<Avoid> avoid;
  std::vector<CunRange> depths;  ///< one a textbook, filiform needle, perpendicular: reference only
  std::vector<std::string> warnings;
  std::vector<std::string> uncertain;
  bool oblique = false;  ///< textbooks needle it obliquely only
  bool forbiddenInPregnancy() const;

  /// The careful reading of the textbooks: from the shallowest start to the shallowest end.
  CunRange referenceDepth() const;
};

struct Protocol {
  std::string name, title;
  std::vector<std::string> points;
};

struct Atlas {
  std::vector<Acupoint> points;
  std::vector<std::string> sources;
  std::vector<Landmark> landmarks;
  std::vector<Segment> segments;
  std::vector<Handedness> handedness;
  std::vector<Protocol> protocols;
  std::string protocolNote;
  int mostPointsASession = 5;

  const Acupoint* point(std::string_view code) const;
  const Landmark* landmark(std::string_view name) const;
  const Segment* segment(std::string_view name) const;
  const Protocol* protocol(std::string_view name) const;
};

/// The atlas that is compiled in; read once, never changed.
const Atlas& atlas();

/// Careful length of a cun for depths, mm. 1 cun as textbooks print needle lengths is 25 mm; measured on
/// segments (12 cun of forearm, 16 cun of leg) it is 20 to 25 mm, and ST36's 1-1.5 cun against 22.2 +- 3.1 mm
/// from the skin to the interosseous membrane in 80 cadaver legs asks for the shorter one.
inline constexpr double referenceCunMm = 20.0;

/// A page on one point for a person, every doubt and source with it.
std::string describe(const Acupoint& point);

}  // namespace acuguide::planning
