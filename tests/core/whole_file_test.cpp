#include "core/whole_file.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace acuguide {
namespace {

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(WholeFile, WritesAndReplaces) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "whole_file.txt";
  writeWholeFile(path, "one", "the test");
  writeWholeFile(path, std::string_view("tw\0o", 4), "the test");
  EXPECT_EQ(contents(path), std::string("tw\0o", 4));
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
  std::filesystem::remove(path);
}

TEST(WholeFile, AFailureLeavesWhatWasThere) {
  // Nothing can be moved onto a folder that holds something.
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "whole_file_folder";
  std::filesystem::create_directories(folder / "inside");
  EXPECT_THROW(writeWholeFile(folder, "text", "the test"), Error);
  EXPECT_TRUE(std::filesystem::exists(folder / "inside"));
  EXPECT_FALSE(std::filesystem::exists(folder.string() + ".part"));
  std::filesystem::remove_all(folder);
  EXPECT_THROW(writeWholeFile("/no/such/folder/file", "text", "the test"), Error);
}

}  // namespace
}  // namespace acuguide
