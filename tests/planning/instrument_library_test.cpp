#include "planning/instrument_library.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace acuguide::planning {
namespace {

using testing::HasSubstr;

std::string file(const std::string& name, double length) {
  return R"({"format":"acuguide.instruments/1","source":"our clinic, measured","instruments":[{"name":")" +
         name + R"(","diameterMm":0.7,"bladeWidthMm":0.6,"lengthMm":)" + std::to_string(length) + "}]}";
}

std::string refusal(const std::string& text) {
  InstrumentLibrary library = builtInInstruments();
  try {
    addInstruments(text, "mine.json", library);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

// domain.md: "0.4–1.2 mm thick whose tip is a small flat chisel blade about as wide as the shaft"; "Hanzhang
// type I is 0.8 mm wide and about 15/12/9/7 cm long [U]".
TEST(InstrumentsDomain, BuiltInOnesAreAcupotomesAndKeepTheirDoubt) {
  const InstrumentLibrary& library = builtInInstruments();
  int hanzhang = 0;
  for (const LibraryInstrument& item : library.instruments) {
    EXPECT_GE(item.instrument.diameterMm, 0.4) << item.instrument.name;
    EXPECT_LE(item.instrument.diameterMm, 1.2) << item.instrument.name;
    EXPECT_NEAR(item.instrument.bladeWidthMm, item.instrument.diameterMm, 0.3) << item.instrument.name;
    EXPECT_TRUE(item.general) << item.instrument.name;
    if (!item.instrument.name.starts_with("Hanzhang I-")) continue;
    ++hanzhang;
    EXPECT_EQ(item.instrument.bladeWidthMm, 0.8);
  }
  EXPECT_EQ(hanzhang, 4);
}

TEST(Instruments, AFolderOfTheClinicsOwnIsAdded) {
  const auto folder = std::filesystem::temp_directory_path() / "acuguide_instruments_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "ours.json") << file("ours", 45);
  const InstrumentLibrary library = withFolder(builtInInstruments(), folder);
  ASSERT_NE(library.find("ours"), nullptr);
  EXPECT_EQ(library.find("ours")->instrument.lengthMm, 45);
  EXPECT_EQ(library.find("ours")->source, "our clinic, measured");
  EXPECT_FALSE(library.find("ours")->general);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(withFolder(builtInInstruments(), folder), Error);
}

TEST(Instruments, WrongOnesAreRefusedWithTheReason) {
  EXPECT_THAT(refusal(file("Hanzhang I-1", 45)), HasSubstr("is there already"));
  EXPECT_THAT(refusal(file("x", 4500)), HasSubstr("lengthMm"));
  EXPECT_THAT(refusal("{}"), HasSubstr("mine.json"));
}

TEST(Instruments, TheSameBladeWidthFirstThenTheShortestThatReaches) {
  const std::vector<Instrument> all{
      {"a", 0.8, 0.8, 90}, {"b", 0.8, 0.8, 70}, {"c", 0.4, 0.4, 65}, {"d", 0.8, 0.8, 60}};
  EXPECT_EQ(chooseInstrument(all, {"", 0.8, 0.8, 0}, 55)->name, "b");
  EXPECT_EQ(chooseInstrument(all, {"", 0.4, 0.4, 0}, 55)->name, "c");
  EXPECT_EQ(chooseInstrument(all, {"", 0.4, 0.4, 0}, 85), nullptr);
}

}  // namespace
}  // namespace acuguide::planning
