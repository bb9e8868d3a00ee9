#include "volume/anatomy.h"

#include "simulation/limb_sweep.h"
#include "volume/given_sweep.h"
#include "volume/height_surface.h"
#include "volume/mesh_distance.h"
#include "volume/segment_file.h"
#include "volume/tube_finder.h"
#include "volume/volume_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <tuple>
#include <unistd.h>

namespace acuguide::volume {
namespace {

using ::testing::HasSubstr;

/// A bowed ridge, depth along y, as frames 0.3 mm apart along z see it.
double ridge(double x, double z) { return 20.0 + 0.03 * x * x + 1.5 * std::sin(z / 15.0); }

std::vector<SurfacePoint> seenRidge(double noise, double strayShare) {
  std::mt19937 random(1);
  std::normal_distribution<double> off(0.0, 1.0);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  std::vector<SurfacePoint> points;
  for (int frame = 0; frame < 100; ++frame) {
    const double shift = noise * off(random);  // of the whole frame: the pose's
    for (double x = -8; x <= 8; x += 0.5) {
      const double z = 0.3 * frame;
      double y = ridge(x, z) + shift + 0.1 * off(random);
      if (share(random) < strayShare) y -= 3.0 + 4.0 * share(random);
      points.push_back({{x, y, z}, 0.9, frame});
    }
  }
  return points;
}

double worstOf(const TriangleMesh& mesh) {
  double worst = 0;
  for (std::uint32_t i = 0; i < mesh.vertices.size(); ++i) {
    const Eigen::Vector3d v = vertexOf(mesh, i);
    worst = std::max(worst, std::abs(v.y() - ridge(v.x(), v.z())));
  }
  return worst;
}

TEST(HeightSurface, AveragesTheNoiseOfPosesAndLeavesStrayPointsOut) {
  const TriangleMesh exact = heightSurface(seenRidge(0.0, 0.0), {});
  ASSERT_GT(exact.vertices.size(), 1500u);
  EXPECT_LT(worstOf(exact), 0.2);
  const TriangleMesh noisy = heightSurface(seenRidge(0.2, 0.1), {});
  EXPECT_LT(worstOf(noisy), 0.6);
  double sure = 0;
  for (const float confidence : noisy.confidence) {
    EXPECT_GE(confidence, 0.0F);
    EXPECT_LE(confidence, 0.9F);
    sure += static_cast<double>(confidence) / static_cast<double>(noisy.confidence.size());
  }
  EXPECT_GT(sure, 0.5);
}

TEST(HeightSurface, FacesTheProbeAndHasNoGapsClosedThatNobodySaw) {
  auto points = seenRidge(0.0, 0.0);
  std::erase_if(points, [](const SurfacePoint& point) { return std::abs(point.place.z() - 15.0) < 4.0; });
  const TriangleMesh mesh = heightSurface(points, {});
  for (const auto& [a, b, c] : mesh.triangles) {
    const Eigen::Vector3d normal =
        (vertexOf(mesh, b) - vertexOf(mesh, a)).cross(vertexOf(mesh, c) - vertexOf(mesh, a));
    EXPECT_LT(normal.y(), 0.0);  // the probe is above, at less depth
  }
  for (std::uint32_t i = 0; i < mesh.vertices.size(); ++i)
    EXPECT_GT(std::abs(vertexOf(mesh, i).z() - 15.0), 2.0);
  EXPECT_TRUE(heightSurface({}, {}).triangles.empty());
  EXPECT_TRUE(heightSurface({points.begin(), points.begin() + 20}, {}).triangles.empty());
}

TEST(TubeFinder, FollowsATubeOverGapsAndLeavesSpecksOut) {
  std::mt19937 random(2);
  std::normal_distribution<double> off(0.0, 0.2);
  std::vector<TubeSection> sections;
  std::vector<std::int32_t> frames;
  for (std::int32_t frame = 0; frame < 80; ++frame) {
    frames.push_back(frame);
    const double z = 0.5 * frame;
    if (frame < 30 || frame > 34)
      sections.push_back({{-9 + 0.1 * z + off(random), 17 + off(random), z}, 1.8, 0.8, frame});
    if (frame % 3 == 0)
      sections.push_back({{12 + off(random), 5.0, z}, 1.0, 0.5, frame});  // seen now and then
    if (frame == 40) sections.push_back({{0, 10, z}, 1.0, 0.9, frame});
  }
  const auto tubes = findTubes(sections, frames);
  ASSERT_EQ(tubes.size(), 2u);
  const Tube& tube = tubes.front();
  EXPECT_NEAR(tube.confidence, 0.8 * 75 / 80, 0.01);
  EXPECT_LT(tubes.back().confidence, 0.2);
  for (std::size_t i = 0; i < tube.centreline.size(); ++i) {
    EXPECT_NEAR(tube.centreline[i].x(), -9 + 0.1 * tube.centreline[i].z(), 0.3);
    EXPECT_NEAR(tube.radius[i], 1.8, 1e-6);
  }
  const TriangleMesh mesh = tubeMesh(tube);
  EXPECT_EQ(mesh.vertices.size(), 24 * tube.centreline.size());
}

TEST(Anatomy, BoneFasciaVesselOfASweepLieWhereTheyAre) {
  simulation::SweepOptions options;
  options.frames = 70;
  options.toMm = 30.0;
  std::vector<Frame> frames;
  simulation::LimbSweep limb(options);
  for (int i = 0; i < 70; ++i) frames.push_back(limb.render(i).frame);
  const OpenSweep open = opening(std::move(frames));
  const Sweep sweep = surveySweep(open, {}, nobody, {});
  EXPECT_NEAR(sweep.clip.bounds().width, 480, 8);  // the imaging region was found
  EXPECT_NEAR(sweep.clip.bounds().height, 400, 8);
  const auto segments = findAnatomy(open, sweep, {}, nobody, {});
  const auto truth = limb.surfaces();
  for (const auto& [kind, name, mean, p95] :
       {std::tuple(Segment::Kind::Bone, "bone", 0.3, 0.8), {Segment::Kind::Fascia, "fascia", 0.4, 0.9}}) {
    const auto found = std::find_if(segments.begin(), segments.end(),
                                    [kind = kind](const Segment& segment) { return segment.kind == kind; });
    ASSERT_NE(found, segments.end()) << name;
    const auto known = std::find_if(truth.begin(), truth.end(),
                                    [name = name](const auto& surface) { return surface.first == name; });
    const Distances off = distances(found->mesh, known->second, 3);
    RecordProperty(std::string(name) + "_mean_mm", std::to_string(off.mean));
    RecordProperty(std::string(name) + "_p95_mm", std::to_string(off.p95));
    EXPECT_LT(off.mean, mean) << name;
    EXPECT_LT(off.p95, p95) << name;
    EXPECT_GT(off.count, 200u) << name;
    EXPECT_GT(found->confidence, 0.2) << name;
  }
}

TEST(SegmentFile, IsASegmentationThatSlicerReads) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("acuguide_segments_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  TriangleMesh bone = heightSurface(seenRidge(0.0, 0.0), {});
  Tube tube;
  for (int z = 0; z < 20; ++z) {
    tube.centreline.emplace_back(5, 10, z);
    tube.radius.push_back(2.0);
  }
  tube.confidence = 0.7;
  const std::vector<Segment> segments{{Segment::Kind::Bone, "bone", 0.9, std::move(bone)},
                                      {Segment::Kind::Vessel, "vessel 1", 0.7, tubeMesh(tube)}};
  VolumeGrid grid;
  grid.originMm = {-10, 0, 0};
  grid.spacingMm = {0.5, 0.5, 0.5};
  grid.size = {41, 61, 61};
  const auto written = writeSegments(segments, grid, {}, folder / "leg.nii.gz");
  std::vector<std::string> names;
  for (const auto& path : written) names.push_back(path.filename().string());
  EXPECT_THAT(names, ::testing::ElementsAre("leg.bone.stl", "leg.bone.vtp", "leg.vessel1.stl",
                                            "leg.vessel1.vtp", "leg.seg.nrrd"));
  std::ifstream file(folder / "leg.seg.nrrd", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_THAT(text, HasSubstr("Segment0_Name:=possible bone (90 %)"));
  EXPECT_THAT(text, HasSubstr("Segment1_LabelValue:=2"));
  EXPECT_THAT(text, HasSubstr("Segment0_Color:=0.945098 0.839216 0.568627"));
  EXPECT_THAT(text, HasSubstr("Segmentation_MasterRepresentation:=Binary labelmap"));
  EXPECT_THAT(text, HasSubstr("space: left-posterior-superior"));
  const Volume labels = readVolume(folder / "leg.seg.nrrd");
  EXPECT_EQ(labels.grey[grid.index(30, 20, 20)], 2);  // in the middle of the tube
  EXPECT_EQ(labels.grey[grid.index(30, 27, 20)], 0);  // beside it
  EXPECT_EQ(labels.grey[grid.index(20, 2 * 21 + 1, 20)], 1);
  const auto entries = segmentsOf(labels);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].id, "vessel1");
  EXPECT_EQ(entries[1].name, "possible vessel 1 (70 %)");
  EXPECT_EQ(entries[1].label, 2);
  EXPECT_DOUBLE_EQ(entries[1].confidence, 0.7);
  EXPECT_NEAR(entries[0].colour[0], 241 / 255.0, 1e-5);
  EXPECT_NEAR(entries[0].colour[2], 145 / 255.0, 1e-5);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace acuguide::volume
