#include "volume/volume_file.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <zlib.h>

namespace acuguide::volume {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class VolumeFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("acuguide_volume_file_" + std::to_string(getpid()));
    fs::create_directories(folder_);
    volume_.grid.originMm = {-12.5, 40.25, 7};
    volume_.grid.spacingMm = {0.3, 0.4, 0.5};
    volume_.grid.size = {5, 4, 3};
    for (int i = 0; i < 60; ++i) volume_.grey.push_back(static_cast<std::uint8_t>(i * 4));
    volume_.fields = {{"ImageToProbeTransform", "0.1 0 0 0 0 0.1 0 0 0 0 0.1 0 0 0 0 1"},
                      {"acuguide_reference", "Reference"}};
  }
  void TearDown() override { fs::remove_all(folder_); }
  static std::string textOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
  Volume volume_;
};

TEST_F(VolumeFile, ReadsBackAsItWas) {
  for (const char* name : {"v.mha", "v.nrrd", "v.nii.gz", "v.nii"}) {
    writeVolume(volume_, folder_ / name);
    const Volume back = readVolume(folder_ / name);
    EXPECT_EQ(back.grey, volume_.grey) << name;
    EXPECT_EQ(back.grid.size, volume_.grid.size) << name;
    for (std::size_t a = 0; a < 3; ++a) {
      EXPECT_NEAR(back.grid.originMm[a], volume_.grid.originMm[a], 1e-5) << name;
      EXPECT_NEAR(back.grid.spacingMm[a], volume_.grid.spacingMm[a], 1e-6) << name;
    }
    if (std::string(name).find(".nii") != std::string::npos) continue;  // no room for them
    for (const Field& field : volume_.fields) EXPECT_THAT(back.fields, Contains(field)) << name;
  }
}

// What 3D Slicer goes by, read from the bytes and not by ITK.
TEST_F(VolumeFile, SaysWhereItLiesAsSlicerReadsIt) {
  writeVolume(volume_, folder_ / "v.nrrd");
  const std::string nrrd = textOf(folder_ / "v.nrrd");
  EXPECT_THAT(nrrd, HasSubstr("space: left-posterior-superior\n"));
  EXPECT_THAT(nrrd, HasSubstr("space origin: (-12.5,40.25,7)\n"));
  EXPECT_THAT(nrrd, HasSubstr("\nspace directions: (0.2999999"));
  EXPECT_THAT(nrrd, HasSubstr("ImageToProbeTransform:=0.1 0 0"));

  writeVolume(volume_, folder_ / "v.mha");
  const std::string mha = textOf(folder_ / "v.mha");
  EXPECT_THAT(mha, HasSubstr("TransformMatrix = 1 0 0 0 1 0 0 0 1\n"));
  EXPECT_THAT(mha, HasSubstr("Offset = -12.5 40.25 7\n"));
  EXPECT_THAT(mha, HasSubstr("AnatomicalOrientation = RAI\n"));  // MetaIO's name for LPS
  EXPECT_THAT(mha, HasSubstr("ImageToProbeTransform = 0.1 0 0"));

  // NIfTI counts in RAS: x and y change their sign.
  writeVolume(volume_, folder_ / "v.nii.gz");
  const gzFile file = gzopen((folder_ / "v.nii.gz").c_str(), "rb");
  char header[348];
  ASSERT_EQ(gzread(file, header, sizeof header), int(sizeof header));
  gzclose(file);
  const auto number = [&](std::size_t at) {
    float value = 0;
    std::memcpy(&value, header + at, sizeof value);
    return value;
  };
  EXPECT_FLOAT_EQ(number(268), 12.5F);    // qoffset_x
  EXPECT_FLOAT_EQ(number(272), -40.25F);  // qoffset_y
  EXPECT_FLOAT_EQ(number(276), 7.0F);
  EXPECT_FLOAT_EQ(number(280), -0.3F);  // srow_x
  EXPECT_FLOAT_EQ(number(300), -0.4F);  // srow_y
}

TEST_F(VolumeFile, ReplacesOnlyAVolumeOfOurs) {
  for (const char* name : {"v.mha", "v.nrrd", "v.nii.gz"}) {
    writeVolume(volume_, folder_ / name);
    writeVolume(volume_, folder_ / name);
    std::ofstream(folder_ / name) << "a diary";
    EXPECT_THROW(writeVolume(volume_, folder_ / name), Error) << name;
    EXPECT_EQ(textOf(folder_ / name), "a diary");
  }
}

TEST_F(VolumeFile, RefusesInWords) {
  EXPECT_THROW(requireVolumeName("leg.stl"), Error);
  EXPECT_THROW(readVolume(folder_ / "nothing.mha"), Error);
  std::ofstream(folder_ / "text.nrrd") << "NRRD0004\nnothing of use\n";
  EXPECT_THROW(readVolume(folder_ / "text.nrrd"), Error);
  std::ofstream(folder_ / "aslant.nrrd")
      << "NRRD0004\ntype: uint8\ndimension: 3\nspace: left-posterior-superior\nsizes: 1 1 2\n"
         "space directions: (0,1,0) (1,0,0) (0,0,1)\nkinds: domain domain domain\nencoding: raw\n"
         "space origin: (0,0,0)\n\nab";
  try {
    readVolume(folder_ / "aslant.nrrd");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("lies aslant"));
  }
}

}  // namespace
}  // namespace acuguide::volume
