#include "core/error.h"
#include "volume/given_sweep.h"
#include "volume/slice_paster.h"
#include "volume/sweep.h"

#include <Eigen/Geometry>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

namespace acuguide::volume {
namespace {

using ::testing::HasSubstr;

/// Frames of noise with a bright dot, along a way that turns, as px to mm in Reference by ImageToReference.
std::vector<Frame> turningSweep(int count, unsigned seed = 3) {
  std::mt19937 random(seed);
  std::vector<Frame> frames;
  for (int i = 0; i < count; ++i) {
    Frame frame;
    frame.index = i;
    frame.time = 0.1 * i;
    frame.pixels.create(70, 90, CV_8UC1);
    for (int row = 0; row < 70; ++row)
      for (int column = 0; column < 90; ++column)
        frame.pixels.at<std::uint8_t>(row, column) = static_cast<std::uint8_t>(random() % 256);
    Eigen::Affine3d pose = Eigen::Affine3d::Identity();
    pose.linear() = (Eigen::AngleAxisd(0.4 + 0.01 * i, Eigen::Vector3d::UnitX()) *
                     Eigen::AngleAxisd(0.2 - 0.02 * i, Eigen::Vector3d::UnitY()))
                        .toRotationMatrix() *
                    0.1;
    // Nothing lies just half way between two voxels, where rounding would decide.
    pose.translation() = Eigen::Vector3d(-20 + 0.0513 * i, 7, 100 + 0.1717 * i);
    frame.poses = {{"Image", "Reference", pose.matrix(), true}};
    frames.push_back(std::move(frame));
  }
  return frames;
}

SweepOptions wholeImage(double spacing = 0.3) {
  SweepOptions options;
  options.clip = cv::Rect(0, 0, 90, 70);
  options.spacingMm = spacing;
  return options;
}

/// A reconstruction written down from PLUS's definitions alone (vtkPlusVolumeReconstructor's extent,
/// vtkPlusPasteSliceIntoVolume's nearest neighbour with mean, maximum and latest), slow and plain.
struct PlainReconstruction {
  double origin[3]{}, spacing = 0;
  int size[3]{};
  std::vector<int> grey, accumulated;

  PlainReconstruction(const std::vector<Frame>& frames, double voxel, Compounding compounding)
      : spacing(voxel) {
    double low[3] = {1e300, 1e300, 1e300}, high[3] = {-1e300, -1e300, -1e300};
    for (const Frame& frame : frames) {
      const Eigen::Matrix4d m = frame.poses[0].matrix;
      for (const double u : {0.0, frame.pixels.cols - 1.0})
        for (const double v : {0.0, frame.pixels.rows - 1.0})
          for (int a = 0; a < 3; ++a) {
            const double at = m(a, 0) * u + m(a, 1) * v + m(a, 3);
            low[a] = std::min(low[a], at);
            high[a] = std::max(high[a], at);
          }
    }
    for (int a = 0; a < 3; ++a) {
      origin[a] = low[a];
      size[a] = static_cast<int>(std::ceil((high[a] - low[a]) / spacing)) + 1;
    }
    grey.assign(static_cast<std::size_t>(size[0]) * size[1] * size[2], 0);
    accumulated = grey;
    for (const Frame& frame : frames) paste(frame, compounding);
  }

  void paste(const Frame& frame, Compounding compounding) {
    const Eigen::Matrix4d m = frame.poses[0].matrix;
    for (int v = 0; v < frame.pixels.rows; ++v) {
      for (int u = 0; u < frame.pixels.cols; ++u) {
        int voxel[3];
        bool inside = true;
        for (int a = 0; a < 3; ++a) {
          voxel[a] =
              static_cast<int>(std::floor((m(a, 0) * u + m(a, 1) * v + m(a, 3) - origin[a]) / spacing + 0.5));
          inside = inside && voxel[a] >= 0 && voxel[a] < size[a];
        }
        if (!inside) continue;
        const std::size_t at = (static_cast<std::size_t>(voxel[2]) * size[1] + voxel[1]) * size[0] + voxel[0];
        const int in = frame.pixels.at<std::uint8_t>(v, u);
        int &out = grey[at], &acc = accumulated[at];
        if (compounding == Compounding::Mean) {
          if (acc <= 65279) {
            out = (in * 256 + out * acc) / (acc + 256);
            acc += 256;
          } else {
            out = static_cast<int>(in * (1.0 / 256) + out * (255.0 / 256));
          }
        } else {
          out = compounding == Compounding::Latest ? in : std::max(in, out);
          acc = 256;
        }
      }
    }
  }
};

class AsPlus : public ::testing::TestWithParam<Compounding> {};

TEST_P(AsPlus, EveryVoxelIsTheSame) {
  // 0.3 mm: some 9 pixels a voxel and frame. 1.5 mm: more than 255, where PLUS's mean changes its rule.
  for (const double spacing : {0.3, 1.5}) {
    const auto frames = turningSweep(40);
    const PlainReconstruction plain(frames, spacing, GetParam());
    const OpenSweep open = opening(frames);
    const Sweep sweep = surveySweep(open, wholeImage(spacing), nobody, {});
    const Volume volume = reconstruct(open, sweep, {Interpolation::Nearest, GetParam(), 0.0}, nobody, {});
    for (std::size_t a = 0; a < 3; ++a) {
      ASSERT_EQ(volume.grid.size[a], plain.size[a]);
      ASSERT_NEAR(volume.grid.originMm[a], plain.origin[a], 1e-9);
    }
    std::size_t different = 0, seen = 0;
    for (std::size_t i = 0; i < volume.grey.size(); ++i) {
      different += volume.grey[i] != plain.grey[i] ? 1 : 0;
      seen += plain.accumulated[i] > 0 ? 1 : 0;
      EXPECT_EQ(volume.weight[i] > 0, plain.accumulated[i] > 0);
    }
    EXPECT_EQ(different, 0u) << "of " << seen << " at " << spacing << " mm";
    EXPECT_GT(seen, 200u);
  }
}

INSTANTIATE_TEST_SUITE_P(Compoundings, AsPlus,
                         ::testing::Values(Compounding::Mean, Compounding::Maximum, Compounding::Latest));

TEST(Reconstruction, LinearSharesAPixelAmongEightVoxels) {
  VolumeGrid grid;
  grid.size = {3, 3, 3};
  SlicePaster paster(grid, Interpolation::Linear, Compounding::Mean);
  Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
  pose.block<3, 1>(0, 3) = Eigen::Vector3d(0.25, 0.5, 1.0);
  const cv::Mat pixel(1, 1, CV_8UC1, cv::Scalar(200));
  paster.paste(pixel, ClipRegion::within({0, 0, 1, 1}, {}), pose);
  const Volume& volume = paster.volume();
  EXPECT_EQ(volume.weight[grid.index(0, 0, 1)], 96);  // 256 * 0.75 * 0.5
  EXPECT_EQ(volume.weight[grid.index(1, 1, 1)], 32);
  EXPECT_EQ(volume.weight[grid.index(1, 1, 2)], 0);
  EXPECT_EQ(volume.grey[grid.index(0, 1, 1)], 200);
  paster.paste(cv::Mat(1, 1, CV_8UC1, cv::Scalar(100)), ClipRegion::within({0, 0, 1, 1}, {}),
               Eigen::Matrix4d::Identity());
  EXPECT_EQ(volume.grey[grid.index(0, 0, 0)], 100);
}

TEST(Reconstruction, PixelsOutsideOfTheGridAreLeftAway) {
  VolumeGrid grid;
  grid.size = {4, 4, 4};
  for (const auto interpolation : {Interpolation::Nearest, Interpolation::Linear}) {
    SlicePaster paster(grid, interpolation, Compounding::Latest);
    Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
    pose.block<3, 1>(0, 3) = Eigen::Vector3d(-100, 1, 1);
    paster.paste(cv::Mat(2, 300, CV_8UC1, cv::Scalar(9)), ClipRegion::within({0, 0, 300, 2}, {}), pose);
    EXPECT_EQ(paster.volume().grey[grid.index(3, 2, 1)], 9);
    EXPECT_EQ(paster.volume().grey[grid.index(3, 3, 1)], 0);
  }
}

TEST(Reconstruction, FramesWithoutAValidPoseAreLeftOutAndCounted) {
  auto frames = turningSweep(30);
  frames[4].poses[0].valid = frames[11].poses[0].valid = false;
  frames[4].pixels.setTo(255);
  frames[20].poses.clear();
  frames[25].pixels = frames[25].pixels.rowRange(0, 50).clone();
  const OpenSweep open = opening(frames);
  const Sweep sweep = surveySweep(open, wholeImage(), nobody, {});
  EXPECT_EQ(sweep.used, 26);
  EXPECT_EQ(sweep.invalid, 3);
  EXPECT_EQ(sweep.otherSize, 1);
  const Volume volume = reconstruct(open, sweep, {}, nobody, {});
  std::vector<Frame> good;
  for (std::size_t i = 0; i < frames.size(); ++i)
    if (i != 4 && i != 11 && i != 20 && i != 25) good.push_back(frames[i]);
  const OpenSweep openGood = opening(good);
  EXPECT_EQ(volume.grey,
            reconstruct(openGood, surveySweep(openGood, wholeImage(), nobody, {}), {}, nobody, {}).grey);
}

TEST(Reconstruction, MasksOfTheImagingRegionAreKept) {
  cv::Mat mask(4, 6, CV_8UC1, cv::Scalar(0));
  mask(cv::Rect(2, 1, 3, 2)).setTo(255);
  const ClipRegion clip = ClipRegion::within({10, 20, 6, 4}, mask);
  EXPECT_EQ(clip.bounds(), cv::Rect(12, 21, 3, 2));
  EXPECT_EQ(clip.runs.size(), 2U);
}

TEST(Reconstruction, ClipIsCountedAsPlusCounts) {
  EXPECT_EQ(ClipRegion::plusRectangle({10, 5, 20, 30}, {100, 100}).bounds(), cv::Rect(10, 5, 21, 31));
  EXPECT_EQ(ClipRegion::plusRectangle({0, 0, 820, 616}, {820, 616}).bounds(), cv::Rect(0, 0, 820, 616));
  EXPECT_TRUE(ClipRegion::plusRectangle({200, 0, 20, 20}, {100, 100}).bounds().empty());
}

TEST(Reconstruction, HolesBetweenFramesAreFilledAndNothingOutside) {
  VolumeGrid grid;
  grid.size = {20, 20, 20};
  SlicePaster paster(grid, Interpolation::Nearest, Compounding::Mean);
  for (const int z : {4, 8, 16}) {
    Eigen::Matrix4d pose = Eigen::Matrix4d::Identity();
    pose.block<3, 1>(0, 3) = Eigen::Vector3d(5, 5, z);
    paster.paste(cv::Mat(10, 10, CV_8UC1, cv::Scalar(10.0 * z)), ClipRegion::within({0, 0, 10, 10}, {}),
                 pose);
  }
  Volume volume = paster.volume();
  EXPECT_GE(fillHoles(volume, 4.5), 300u);
  EXPECT_EQ(volume.grey[grid.index(9, 9, 5)], 50);  // between 40 and 80, nearer to 40
  EXPECT_EQ(volume.grey[grid.index(9, 9, 7)], 70);
  EXPECT_EQ(volume.grey[grid.index(9, 9, 12)], 0);  // 8 mm apart
  EXPECT_EQ(volume.grey[grid.index(9, 9, 2)], 0);
  EXPECT_EQ(volume.grey[grid.index(2, 9, 6)], 0);
}

TEST(Reconstruction, KnowsTheSpacingThatFits) {
  const OpenSweep open = opening(turningSweep(30));
  const Sweep sweep = surveySweep(open, wholeImage(0.1), nobody, {});
  const std::uint64_t limit = sweep.bytes() / 10;
  const double spacing = sweep.spacingWithin(limit);
  const Sweep coarser = surveySweep(open, wholeImage(spacing), nobody, {});
  EXPECT_LE(coarser.bytes(), limit);
  EXPECT_GT(surveySweep(open, wholeImage(spacing - 0.06), nobody, {}).bytes(), limit);
}

TEST(Reconstruction, KeepsTheChainThatLedThere) {
  auto frames = turningSweep(12);
  for (Frame& frame : frames) {
    const Eigen::Matrix4d toReference = frame.poses[0].matrix;
    Eigen::Matrix4d toProbe = Eigen::Matrix4d::Identity();
    toProbe.topLeftCorner<3, 3>() *= 0.1;
    frame.poses = {{"Image", "Probe", toProbe, true},
                   {"Probe", "Reference", toReference * toProbe.inverse(), true}};
  }
  const Sweep sweep = surveySweep(opening(frames), wholeImage(), nobody, {});
  EXPECT_EQ(sweep.reference, "Reference");
  EXPECT_THAT(sweep.fields,
              ::testing::Contains(Field("ImageToProbeTransform", "0.1 0 0 0 0 0.1 0 0 0 0 0.1 0 0 0 0 1")));
  EXPECT_THAT(sweep.fields, ::testing::Contains(Field("acuguide_poses_of_each_frame", "ProbeToReference")));
}

// 3D Slicer takes poses for RAS and files for LPS: the same place has x and y of the other sign.
TEST(Reconstruction, RasReferenceIsWrittenAsLps) {
  const OpenSweep open = opening(turningSweep(20));
  SweepOptions options = wholeImage();
  const Sweep lps = surveySweep(open, options, nobody, {});
  options.axes = ReferenceAxes::Ras;
  const Sweep ras = surveySweep(open, options, nobody, {});
  const auto end = [](const VolumeGrid& grid, std::size_t a) {
    return grid.originMm[a] + (grid.size[a] - 1) * grid.spacingMm[a];
  };
  EXPECT_NEAR(ras.grid.originMm[0], -end(lps.grid, 0), 0.31);
  EXPECT_NEAR(ras.grid.originMm[1], -end(lps.grid, 1), 0.31);
  EXPECT_NEAR(ras.grid.originMm[2], lps.grid.originMm[2], 1e-9);
}

TEST(Reconstruction, EndsWhenAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  const OpenSweep open = opening(turningSweep(20));
  EXPECT_THROW(surveySweep(open, wholeImage(), nobody, stop.get_token()), Cancelled);
  const Sweep sweep = surveySweep(open, wholeImage(), nobody, {});
  EXPECT_THROW(reconstruct(open, sweep, {}, nobody, stop.get_token()), Cancelled);
}

std::string refusal(std::vector<Frame> frames, SweepOptions options = wholeImage()) {
  try {
    surveySweep(opening(std::move(frames)), options, nobody, {});
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(BrokenSweep, HasItsSentence) {
  EXPECT_THAT(refusal({}), HasSubstr("sweep.mha: holds no frame"));

  auto frames = turningSweep(12);
  for (Frame& frame : frames) frame.poses.clear();
  EXPECT_THAT(refusal(frames), HasSubstr("its frames bear no poses"));

  frames = turningSweep(12);
  for (Frame& frame : frames) frame.poses[0].valid = false;
  EXPECT_THAT(refusal(frames),
              HasSubstr("none of its 12 frames has a valid pose (ImageToReference is invalid)"));
  frames[3].poses[0].valid = true;
  EXPECT_THAT(refusal(frames), HasSubstr("only one of its 12 frames has a valid pose"));

  frames = turningSweep(12);
  for (Frame& frame : frames) frame.poses[0].from = "Probe";
  EXPECT_THAT(refusal(frames),
              HasSubstr("no pose of its frames begins at Image (there are Probe, Reference)"));
  EXPECT_THAT(refusal(frames), HasSubstr("--calibration"));

  // A calibration alone: where the image lies at the probe, and nothing of where the probe is.
  frames = turningSweep(12);
  for (Frame& frame : frames) {
    frame.poses = frames[0].poses;
    frame.poses[0].to = "Probe";
  }
  EXPECT_THAT(refusal(frames), HasSubstr("its frames bear no poses of a tracker (only ImageToProbe"));

  SweepOptions options = wholeImage();
  options.reference = "Table";
  EXPECT_THAT(refusal(turningSweep(12), options), HasSubstr("do not lead from Image to Table"));

  frames = turningSweep(12);
  for (Frame& frame : frames) frame.poses = frames[0].poses;
  EXPECT_THAT(refusal(frames), HasSubstr("the probe does not move (0 mm in 12 frames)"));

  frames = turningSweep(12);
  for (Frame& frame : frames) frame.poses[0].matrix.topLeftCorner<3, 3>() *= 100;
  EXPECT_THAT(refusal(frames), HasSubstr("ImageToReference"));

  options = wholeImage();
  for (const double spacing : {0.0, -1.0, 1000.0, std::nan("")}) {
    options.spacingMm = spacing;
    EXPECT_THAT(refusal(turningSweep(12), options), HasSubstr("is no spacing of voxels")) << spacing;
  }
  options = wholeImage();
  options.clip = cv::Rect(5000, 0, 10, 10);
  EXPECT_THAT(refusal(turningSweep(12), options),
              HasSubstr("the clip region lies outside of its images of 90x70"));
}

}  // namespace
}  // namespace acuguide::volume
