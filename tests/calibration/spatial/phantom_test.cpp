#include "calibration/spatial/phantom.h"

#include "core/error.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path configs = fs::path(ACUGUIDE_SOURCE_DIR) / "../shared/data/plus/configs";

std::string errorOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

const std::string deviceSet = R"(<?xml version="1.0"?>
<PlusConfiguration version="2.1">
  <CoordinateDefinitions>
    <Transform From="Phantom" To="Reference" Matrix="1 0 0 5  0 1 0 6  0 0 1 7  0 0 0 1" />
    <Transform From="Image" To="Reference" Matrix="2 0 0 5  0 2 0 6  0 0 2 7  0 0 0 1" />
    <Transform From="StylusTip" To="Stylus" Matrix="1 0 0 1  0 1 0 1  0 0 1 1  0 0 0 1" />
  </CoordinateDefinitions>
  <Segmentation ApproximateSpacingMmPerPixel="0.078" ClipRectangleOrigin="27 30" ClipRectangleSize="766 562" />
  <PhantomDefinition>
    <Description Name="fCAL" Version="2.0" />
    <Geometry>
      <Pattern Type="NWire">
        <Wire Name="a" EndPointFront="30.0 0.0 20.0" EndPointBack="30.0 40.0 20.0" />
        <Wire Name="b" EndPointFront="55.0 0.0 20.0" EndPointBack="35.0 40.0 20.0" />
        <Wire Name="c" EndPointFront="60.0 0.0 20.0" EndPointBack="60.0 40.0 20.0" />
      </Pattern>
      <Pattern Type="NWire">
        <Wire Name="d" EndPointFront="30.0 0.0 10.0" EndPointBack="30.0 40.0 10.0" />
        <Wire Name="e" EndPointFront="35.0 0.0 10.0" EndPointBack="55.0 40.0 10.0" />
        <Wire Name="f" EndPointFront="60.0 0.0 10.0" EndPointBack="60.0 40.0 10.0" />
      </Pattern>
    </Geometry>
  </PhantomDefinition>
  <vtkPlusProbeCalibrationAlgo ProbeCoordinateFrame="Tool" />
</PlusConfiguration>
)";

std::string with(const std::string& from, const std::string& to) {
  std::string text = deviceSet;
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
  return errorOf([&] { checkPhantom(parsePlusDeviceSet(text, "set.xml"), "set.xml"); });
}

TEST(PlusDeviceSet, GivesGeometryNamesAndThePhantomsPose) {
  const Phantom phantom = parsePlusDeviceSet(deviceSet, "set.xml");
  checkPhantom(phantom, "set.xml");
  EXPECT_EQ(phantom.name, "fCAL");
  EXPECT_EQ(phantom.patternCount(), 2u);
  EXPECT_EQ(phantom.wires[4].name, "e");
  EXPECT_EQ(phantom.wires[4].back, Eigen::Vector3d(55, 40, 10));
  EXPECT_EQ(phantom.frames.probe, "Tool");
  EXPECT_EQ(phantom.frames.reference, "Reference");
  EXPECT_EQ(phantom.clip, cv::Rect(27, 30, 766, 562));
  // Never a pose of the image: it may hold the answer of an earlier calibration.
  ASSERT_EQ(phantom.fixedPoses.size(), 1u);
  EXPECT_EQ(phantom.fixedPoses[0].name(), "PhantomToReference");
}

TEST(PlusDeviceSet, BrokenOnesAreRefusedWithTheReason) {
  EXPECT_THAT(refusal("<a><b></a>"), HasSubstr("is not XML"));
  EXPECT_THAT(refusal("<svg></svg>"), HasSubstr("XML of another kind (<svg>)"));
  EXPECT_THAT(refusal("<PlusConfiguration/>"), HasSubstr("no PhantomDefinition"));
  EXPECT_THAT(refusal(with("Type=\"NWire\"", "Type=\"CoplanarParallelWires\"")),
              HasSubstr("CoplanarParallelWires"));
  EXPECT_THAT(refusal(with("EndPointBack=\"35.0 40.0 20.0\"", "EndPointBack=\"35.0 40.0\"")),
              HasSubstr("3 numbers"));
  EXPECT_THAT(refusal(with("EndPointBack=\"35.0 40.0 20.0\"", "EndPointBack=\"55.0 40.0 20.0\"")),
              HasSubstr("all parallel"));
  EXPECT_THAT(refusal(with("EndPointBack=\"35.0 40.0 20.0\"", "EndPointBack=\"25.0 40.0 20.0\"")),
              HasSubstr("wires a and b cross"));
  EXPECT_THAT(refusal(with("EndPointBack=\"60.0 40.0 20.0\"", "EndPointBack=\"70.0 40.0 20.0\"")),
              HasSubstr("not parallel"));
  EXPECT_THAT(refusal(with("EndPointBack=\"30.0 40.0 20.0\"", "EndPointBack=\"30.0 0.0 20.0\"")),
              HasSubstr("mm long"));
  EXPECT_THAT(refusal(with("1 0 0 5  0 1 0 6", "3 0 0 5  0 1 0 6")), HasSubstr("not a rigid transform"));
}

TEST(PlusDeviceSet, EveryOneOfPlusIsReadOrRefusedWithAReason) {
  if (!fs::exists(configs)) GTEST_SKIP() << configs << " is not there";
  int read = 0, files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(configs)) {
    if (entry.path().extension() != ".xml") continue;
    ++files;
    const std::string what = errorOf([&] {
      const Phantom phantom = readPhantom(entry.path());
      EXPECT_GE(phantom.patternCount(), 2u);
      for (const NamedPose& pose : phantom.fixedPoses) {
        EXPECT_NE(pose.from, phantom.frames.image) << entry.path();
        EXPECT_NE(pose.to, phantom.frames.image) << entry.path();
      }
      ++read;
    });
    EXPECT_TRUE(what == "no error" || what.find("PhantomDefinition") != std::string::npos ||
                what.find("CoplanarParallelWires") != std::string::npos)
        << what;
  }
  EXPECT_EQ(files, 85);
  EXPECT_EQ(read, 19);
}

TEST(PhantomJson, SaysTheSameAsADeviceSet) {
  const Phantom phantom = parsePhantomJson(R"({
    "format": "acuguide.phantom/1", "name": "mine",
    "nWires": [
      [ { "name": "a", "frontMm": [30, 0, 20], "backMm": [30, 40, 20] },
        { "name": "b", "frontMm": [55, 0, 20], "backMm": [35, 40, 20] },
        { "name": "c", "frontMm": [60, 0, 20], "backMm": [60, 40, 20] } ],
      [ { "name": "d", "frontMm": [30, 0, 10], "backMm": [30, 40, 10] },
        { "name": "e", "frontMm": [35, 0, 10], "backMm": [55, 40, 10] },
        { "name": "f", "frontMm": [60, 0, 10], "backMm": [60, 40, 10] } ] ],
    "frames": { "probe": "Tool" },
    "poses": [ { "from": "Phantom", "to": "Reference", "matrix": [[1,0,0,5],[0,1,0,6],[0,0,1,7],[0,0,0,1]] } ],
    "clipPx": [27, 30, 766, 562] })",
                                           "mine.json");
  const Phantom plus = parsePlusDeviceSet(deviceSet, "set.xml");
  checkPhantom(phantom, "mine.json");
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(phantom.wires[i].front, plus.wires[i].front);
    EXPECT_EQ(phantom.wires[i].back, plus.wires[i].back);
  }
  EXPECT_EQ(phantom.fixedPoses[0].matrix, plus.fixedPoses[0].matrix);
  EXPECT_EQ(phantom.frames.probe, "Tool");
  EXPECT_EQ(phantom.clip, plus.clip);
}

TEST(PhantomJson, UnknownKeysAreRefusedByPath) {
  EXPECT_THAT(errorOf([] {
                parsePhantomJson(R"({"format": "acuguide.phantom/1", "name": "x", "wires": []})", "p.json");
              }),
              HasSubstr("p.json"));
}

TEST(KnownPhantoms, AreSound) {
  for (const Phantom& phantom : knownPhantoms()) EXPECT_NO_THROW(checkPhantom(phantom, phantom.version));
}

}  // namespace
}  // namespace acuguide::calibration
