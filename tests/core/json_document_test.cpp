#include "core/json_document.h"

#include "core/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace acuguide {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view schema = R"({
  "type": "object", "additionalProperties": false, "required": ["format", "target"],
  "properties": {
    "format": { "type": "string", "enum": ["acuguide.thing/1"] },
    "code": { "type": "string", "pattern": "^(ST|LI)[1-9][0-9]?$" },
    "name": { "type": "string", "minLength": 2, "maxLength": 5 },
    "flag": { "type": "boolean" },
    "count": { "type": "integer" },
    "target": {
      "type": "object", "additionalProperties": false, "required": ["depthMm"],
      "properties": { "depthMm": { "type": "number", "minimum": 0.1, "maximum": 200 } }
    },
    "list": { "type": "array", "minItems": 2, "maxItems": 3,
              "items": { "type": "object", "properties": { "xMm": { "type": "number" } } } }
  }
})";

std::string refusal(const std::string& text) {
  try {
    parseJson(text, schema, "thing.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

std::string withTarget(const std::string& rest) {
  return R"({"format": "acuguide.thing/1", "target": {"depthMm": 3})" + rest + "}";
}

std::string withDepth(const std::string& depth) {
  return R"({"format": "acuguide.thing/1", "target": {"depthMm": )" + depth + "}}";
}

TEST(JsonDocument, ReadsWhatFitsItsSchema) {
  const nlohmann::json json = parseJson(withTarget(R"(, "code": "ST36")"), schema, "thing.json");
  EXPECT_EQ(json.at("target").at("depthMm"), 3);
  EXPECT_EQ(json.at("code"), "ST36");
}

TEST(JsonDocument, NamesTheFileFirst) { EXPECT_THAT(refusal("{}"), StartsWith("thing.json: ")); }

TEST(JsonDocument, UnknownKeyIsNamedWithItsPathAndTheLikelyOne) {
  const std::string text = R"({"format": "acuguide.thing/1", "target": {"depthMm": 3, "depthCm": 1}})";
  EXPECT_THAT(refusal(text),
              AllOf(HasSubstr("/target/depthCm is not a known key"), HasSubstr("\"depthMm\"")));
  EXPECT_THAT(refusal(withTarget(R"(, "zebra": 1)")),
              AllOf(HasSubstr("/zebra is not"), HasSubstr("remove it")));
}

TEST(JsonDocument, AWrongUnitCountsAsUnknownEvenWhenTheRightKeyIsMissing) {
  EXPECT_THAT(refusal(R"({"format": "acuguide.thing/1", "target": {"depthCm": 3}})"),
              HasSubstr("/target/depthCm is not a known key; did you mean \"depthMm\"?"));
}

TEST(JsonDocument, MissingKeyIsNamedWithItsPath) {
  EXPECT_THAT(refusal(R"({"format": "acuguide.thing/1", "target": {}})"),
              HasSubstr("/target/depthMm is missing"));
  EXPECT_THAT(refusal(R"({"target": {"depthMm": 3}})"), HasSubstr("/format is missing"));
}

TEST(JsonDocument, WrongKindSaysWhatWasFoundAndWanted) {
  EXPECT_THAT(refusal(withDepth("\"3\"")), HasSubstr("/target/depthMm is a string; give a number"));
  EXPECT_THAT(refusal(withDepth("null")), HasSubstr("/target/depthMm is null; give a number"));
  EXPECT_THAT(refusal(withTarget(R"(, "flag": 1)")), HasSubstr("/flag is a number; give true or false"));
  EXPECT_THAT(refusal(withTarget(R"(, "count": 1.5)")), HasSubstr("/count is a number; give an integer"));
  EXPECT_THAT(refusal("[]"), HasSubstr("the top level is a list; give an object"));
}

TEST(JsonDocument, RangesSayTheValueAndTheLimit) {
  EXPECT_THAT(refusal(withDepth("-3")), HasSubstr("/target/depthMm is -3; give 0.1 or more"));
  EXPECT_THAT(refusal(withDepth("5000")), HasSubstr("/target/depthMm is 5000; give 200 or less"));
}

TEST(JsonDocument, NumbersThatAreNoneAreRefusedWithTheirPath) {
  EXPECT_THAT(refusal(withDepth("NaN")), HasSubstr("/target/depthMm is nan"));
  EXPECT_THAT(refusal(withDepth("-Infinity")), HasSubstr("/target/depthMm is -inf"));
  EXPECT_THAT(refusal(withTarget(R"(, "list": [{"xMm": 1}, {"xMm": NaN}])")),
              HasSubstr("/list/1/xMm is nan"));
  EXPECT_THAT(refusal(withDepth("1e999")), HasSubstr("line 1"));
}

TEST(JsonDocument, AKeyGivenTwiceIsRefused) {
  EXPECT_THAT(refusal(withTarget(R"(, "target": {"depthMm": 9})")), HasSubstr("/target is given twice"));
}

TEST(JsonDocument, TextRules) {
  EXPECT_THAT(refusal(withTarget(R"(, "code": "QQ9")")),
              AllOf(HasSubstr("/code is \"QQ9\""), HasSubstr("ST|LI")));
  EXPECT_THAT(refusal(withTarget(R"(, "name": "a")")), HasSubstr("/name is too short; give at least 2"));
  EXPECT_THAT(refusal(withTarget(R"(, "name": "abcdef")")), HasSubstr("/name is too long; give at most 5"));
  EXPECT_THAT(refusal(R"({"format": "acuguide.other/1", "target": {"depthMm": 3}})"),
              HasSubstr("/format is \"acuguide.other/1\"; use acuguide.thing/1"));
}

TEST(JsonDocument, ListRules) {
  EXPECT_THAT(refusal(withTarget(R"(, "list": [{}])")),
              HasSubstr("/list has too few entries; give at least 2"));
  EXPECT_THAT(refusal(withTarget(R"(, "list": [{}, {}, {}, {}])")), HasSubstr("/list has too many entries"));
  EXPECT_THAT(refusal(withTarget(R"(, "list": [{}, 4])")), HasSubstr("/list/1 is a number; give an object"));
}

TEST(JsonDocument, WhatIsNotJsonNamesItsLine) {
  EXPECT_THAT(refusal("{\n\"format\": ,\n}"), HasSubstr("line 2 is not JSON"));
  EXPECT_THAT(refusal(""), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal(withTarget("}")), HasSubstr("is not JSON")) << "text after the end";
}

TEST(JsonDocument, DeepNestingIsRefusedAndDoesNotExhaustTheStack) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  EXPECT_THAT(refusal(deep), HasSubstr("nested too deeply"));
}

TEST(JsonDocument, EveryRefusalIsOneLine) {
  for (const std::string& text : {std::string("{}"), withDepth("-1"), withDepth("NaN"), std::string("{\n\n")})
    EXPECT_THAT(refusal(text), Not(HasSubstr("\n")));
}

TEST(JsonFile, MissingFileAndFolderAreNamed) {
  const auto message = [](const std::filesystem::path& path) -> std::string {
    try {
      readJsonFile(path, schema);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(message("/nowhere/thing.json"),
              AllOf(StartsWith("/nowhere/thing.json: "), HasSubstr("cannot be read")));
  EXPECT_THAT(message(std::filesystem::temp_directory_path()), HasSubstr("cannot be read"));
}

TEST(JsonFile, ReadsAFile) {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / "acuguide_json_file_test.json";
  std::ofstream(path) << withDepth("12.5");
  EXPECT_EQ(readJsonFile(path, schema).at("target").at("depthMm"), 12.5);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace acuguide
