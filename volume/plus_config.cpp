#include "volume/plus_config.h"

#include "core/error.h"
#include "core/input_file.h"
#include "core/pose.h"

#include <cmath>
#include <map>
#include <pugixml.hpp>
#include <sstream>

namespace acuguide::volume {
namespace {

/// `count` numbers of an attribute; nothing where it is not there.
std::optional<std::vector<double>> numbers(const pugi::xml_node& node, const char* name, std::size_t count,
                                           const std::string& where) {
  const auto attribute = node.attribute(name);
  if (!attribute) return std::nullopt;
  std::istringstream stream(attribute.value());
  std::vector<double> values;
  for (double value = 0; stream >> value;) values.push_back(value);
  if (values.size() != count || !stream.eof())
    throw Error(where,
                std::string(name) + " should be " + std::to_string(count) + " numbers but is \"" +
                    attribute.value() + "\"",
                "correct it");
  return values;
}

template <class Choice>
std::optional<Choice> choice(const pugi::xml_node& node, const char* name,
                             const std::map<std::string, Choice>& known, const std::string& where) {
  const std::string text = node.attribute(name).value();
  if (text.empty()) return std::nullopt;
  const auto found = known.find(text);
  if (found == known.end())
    throw Error(where, std::string(name) + "=\"" + text + "\" is not known here",
                "give it on the command line");
  return found->second;
}

void readFan(const pugi::xml_node& node, PlusConfig& config, const std::string& where) {
  const auto angles = numbers(node, "FanAnglesDeg", 2, where),
             origin = numbers(node, "FanOriginPixel", 2, where);
  if (!angles || !origin || ((*angles)[0] == 0 && (*angles)[1] == 0)) return;
  PlusFan fan{{(*origin)[0], (*origin)[1]}, (*angles)[0], (*angles)[1]};
  if (const auto start = numbers(node, "FanRadiusStartPixel", 1, where)) fan.startPx = start->front();
  if (const auto stop = numbers(node, "FanRadiusStopPixel", 1, where)) fan.stopPx = stop->front();
  config.fan = fan;
}

void readPoses(const pugi::xml_node& definitions, PlusConfig& config, const std::string& where) {
  for (const pugi::xml_node& transform : definitions.children("Transform")) {
    NamedPose pose;
    pose.from = transform.attribute("From").value();
    pose.to = transform.attribute("To").value();
    const auto matrix = numbers(transform, "Matrix", 16, where);
    if (!matrix) continue;
    pose.matrix = Eigen::Map<const Eigen::Matrix<double, 4, 4, Eigen::RowMajor>>(matrix->data());
    pose.valid = true;
    admitPose(pose);
    if (!pose.valid) throw Error(where, pose.name() + " " + pose.fault, "calibrate again");
    config.poses.push_back(pose);
  }
}

}  // namespace

PlusConfig readPlusConfig(const std::filesystem::path& path) {
  const std::string where = path.string(), text = readInputFile(path, std::size_t{64} << 20);
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size());
  const pugi::xml_node root = document.child("PlusConfiguration");
  if (!parsed || !root)
    throw Error(where, "is no PLUS configuration", "give an XML file that begins with <PlusConfiguration>");
  PlusConfig config;
  readPoses(root.child("CoordinateDefinitions"), config, where);
  pugi::xml_node node = root.child("VolumeReconstruction");
  if (!node)
    node = root.find_node(
        [](const pugi::xml_node& any) { return std::string_view(any.name()) == "VolumeReconstruction"; });
  config.reference = node.attribute("ReferenceCoordinateFrame").value();
  config.image = node.attribute("ImageCoordinateFrame").value();
  if (const auto spacing = numbers(node, "OutputSpacing", 3, where)) {
    if ((*spacing)[0] != (*spacing)[1] || (*spacing)[0] != (*spacing)[2])
      throw Error(where, "OutputSpacing differs by its axis",
                  "make the three the same, or give --spacing-mm");
    config.spacingMm = spacing->front();
  }
  const auto origin = numbers(node, "ClipRectangleOrigin", 2, where);
  const auto size = numbers(node, "ClipRectangleSize", 2, where);
  if (origin && size && (*size)[0] > 0 && (*size)[1] > 0)
    config.clip =
        cv::Rect(cvRound((*origin)[0]), cvRound((*origin)[1]), cvRound((*size)[0]), cvRound((*size)[1]));
  readFan(node, config, where);
  config.interpolation = choice<Interpolation>(
      node, "Interpolation",
      {{"LINEAR", Interpolation::Linear}, {"NEAREST_NEIGHBOR", Interpolation::Nearest}}, where);
  config.compounding = choice<Compounding>(
      node, "CompoundingMode",
      {{"MEAN", Compounding::Mean}, {"MAXIMUM", Compounding::Maximum}, {"LATEST", Compounding::Latest}},
      where);
  config.fillHoles = std::string_view(node.attribute("FillHoles").value()) == "ON";
  return config;
}

}  // namespace acuguide::volume
