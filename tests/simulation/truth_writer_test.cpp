#include "simulation/truth_writer.h"

#include "core/error.h"
#include "simulation/simulator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace acuguide::simulation {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> linesOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> result;
  std::stringstream stream(line + ',');
  for (std::string cell; std::getline(stream, cell, ',');) result.push_back(cell);
  return result;
}

class TruthWriting : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("acuguide_truth_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) + '_' +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(TruthWriting, WritesTheColumnsOthersRelyOn) {
  Simulator simulator("st36_in_plane");
  TruthWriter writer(folder_ / "run.csv");
  for (const std::int64_t index : {0, 240}) writer.write(simulator.render(index).truth);
  writer.finish();

  const auto blade = linesOf(folder_ / "run.csv");
  ASSERT_EQ(blade.size(), 3U);
  EXPECT_EQ(blade[0],
            "frame,time_s,visible,tip_x,tip_y,tail_x,tail_y,shaft_tip_x,shaft_tip_y,shaft_tail_x,shaft_tail_"
            "y,angle_deg");
  EXPECT_EQ(cells(blade[1]),
            (std::vector<std::string>{"0", "0.000000", "0", "", "", "", "", "", "", "", "", ""}));
  EXPECT_THAT(blade[2], StartsWith("240,8.000000,1,"));
  ASSERT_EQ(cells(blade[2]).size(), 12U);
  EXPECT_NEAR(std::stod(cells(blade[2])[11]), -30.0, 2.0);

  const auto planes = linesOf(folder_ / "run.planes.csv");
  EXPECT_EQ(planes.at(0), "frame,label,confidence,x_px,y_px,upper_px,lower_px");
  EXPECT_THAT(planes.at(1), StartsWith("0,skin,1,"));
  const auto structures = linesOf(folder_ / "run.structures.csv");
  EXPECT_EQ(structures.at(0), "frame,kind,name,centre_x,centre_y,radius_x,radius_y,angle_deg");
  EXPECT_THAT(structures.at(3), HasSubstr("nerve,deep peroneal nerve,"));
  const auto target = linesOf(folder_ / "run.target.csv");
  ASSERT_EQ(target.size(), 3U);
  EXPECT_EQ(target[0], "frame,x_px,y_px,depth_mm");
}

TEST_F(TruthWriting, RefusesAFolderThatIsNotThere) {
  EXPECT_THROW(TruthWriter(folder_ / "nowhere" / "run.csv"), Error);
}

}  // namespace
}  // namespace acuguide::simulation
