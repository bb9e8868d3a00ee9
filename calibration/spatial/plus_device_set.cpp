#include "calibration/spatial/phantom.h"
#include "core/error.h"

#include <pugixml.hpp>
#include <sstream>

namespace acuguide::calibration {
namespace {

/// `count` numbers parted by white space, and nothing else.
std::vector<double> numbers(const char* text, std::size_t count, const std::string& what,
                            const std::string& where) {
  std::istringstream stream(text);
  std::vector<double> values;
  for (double value = 0; stream >> value;) values.push_back(value);
  if (values.size() != count || !stream.eof())
    throw Error(where, what + " should be " + std::to_string(count) + " numbers but is \"" + text + "\"",
                "correct it");
  return values;
}

Eigen::Vector3d point(const pugi::xml_node& wire, const char* attribute, const std::string& where) {
  const std::string what = "Wire " + std::string(wire.attribute("Name").value()) + " " + attribute;
  const auto v = numbers(wire.attribute(attribute).value(), 3, what, where);
  return {v[0], v[1], v[2]};
}

void readWires(const pugi::xml_node& geometry, Phantom& phantom, const std::string& where) {
  for (const pugi::xml_node& pattern : geometry.children("Pattern")) {
    const std::string type = pattern.attribute("Type").value();
    if (type != "NWire")
      throw Error(where, "the phantom's pattern is of type \"" + type + "\"",
                  "only N-wire phantoms (Type=\"NWire\") tell the position across the image plane");
    for (const pugi::xml_node& wire : pattern.children("Wire"))
      phantom.wires.push_back({wire.attribute("Name").value(), point(wire, "EndPointFront", where),
                               point(wire, "EndPointBack", where)});
  }
}

void readFrames(const pugi::xml_node& algorithm, FrameNames& names) {
  const auto set = [&](const char* attribute, std::string& name) {
    if (const pugi::xml_attribute value = algorithm.attribute(attribute)) name = value.value();
  };
  set("ImageCoordinateFrame", names.image);
  set("ProbeCoordinateFrame", names.probe);
  set("PhantomCoordinateFrame", names.phantom);
  set("ReferenceCoordinateFrame", names.reference);
}

/// All fixed transforms but those of the image: a result must never become its own starting value.
void readPoses(const pugi::xml_node& definitions, Phantom& phantom, const std::string& where) {
  for (const pugi::xml_node& transform : definitions.children("Transform")) {
    NamedPose pose;
    pose.from = transform.attribute("From").value();
    pose.to = transform.attribute("To").value();
    if (pose.from != phantom.frames.phantom && pose.to != phantom.frames.phantom &&
        pose.from != phantom.frames.reference && pose.to != phantom.frames.reference)
      continue;
    if (pose.from == phantom.frames.image || pose.to == phantom.frames.image) continue;
    const auto v = numbers(transform.attribute("Matrix").value(), 16, pose.name() + "'s Matrix", where);
    pose.matrix = Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(v.data());
    pose.valid = true;
    phantom.fixedPoses.push_back(pose);
  }
}

void readSegmentation(const pugi::xml_node& segmentation, Phantom& phantom, const std::string& where) {
  if (const auto spacing = segmentation.attribute("ApproximateSpacingMmPerPixel"))
    phantom.approximateSpacingMm = numbers(spacing.value(), 1, spacing.name(), where)[0];
  const auto origin = segmentation.attribute("ClipRectangleOrigin");
  const auto size = segmentation.attribute("ClipRectangleSize");
  if (!origin || !size) return;
  const auto at = numbers(origin.value(), 2, origin.name(), where);
  const auto extent = numbers(size.value(), 2, size.name(), where);
  if (extent[0] > 0 && extent[1] > 0)
    phantom.clip = cv::Rect(cvRound(at[0]), cvRound(at[1]), cvRound(extent[0]), cvRound(extent[1]));
}

}  // namespace

Phantom parsePlusDeviceSet(std::string_view text, const std::string& where) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size());
  if (!parsed)
    throw Error(where, std::string("is not XML (") + parsed.description() + ")", "give a PLUS device set");
  const pugi::xml_node root = document.child("PlusConfiguration");
  if (!root)
    throw Error(where, "is XML of another kind (<" + std::string(document.document_element().name()) + ">)",
                "give a PLUS device set, which begins with <PlusConfiguration>");
  const pugi::xml_node definition = root.child("PhantomDefinition");
  const pugi::xml_node geometry = definition.child("Geometry");
  if (!geometry.child("Pattern"))
    throw Error(where, "has no PhantomDefinition with wires",
                "give the device set that describes the phantom");
  Phantom phantom;
  const pugi::xml_node description = definition.child("Description");
  phantom.name = description.attribute("Name").value();
  phantom.version = description.attribute("Version").value();
  readWires(geometry, phantom, where);
  readFrames(root.child("vtkPlusProbeCalibrationAlgo"), phantom.frames);
  readPoses(root.child("CoordinateDefinitions"), phantom, where);
  readSegmentation(root.child("Segmentation"), phantom, where);
  return phantom;
}

}  // namespace acuguide::calibration
