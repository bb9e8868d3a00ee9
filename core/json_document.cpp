#include "core/json_document.h"

#include "core/error.h"

#include <nlohmann/json.hpp>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace acuguide {
namespace {

std::string textOf(const rapidjson::Pointer& pointer) {
  rapidjson::StringBuffer buffer;
  pointer.Stringify(buffer);
  return buffer.GetSize() == 0 ? "the top level" : buffer.GetString();
}

std::string textOf(const rapidjson::Value& value) {
  return value.IsString() ? value.GetString() : std::string();
}

int lineOf(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n'));
}

/// The rule of the schema that was broken, in words. RapidJSON names the keyword and where the rule stands.
struct Violation {
  std::string what;
  std::string todo;
};

std::string shown(const rapidjson::Value* rule) {
  if (rule == nullptr) return {};
  if (rule->IsString()) return rule->GetString();
  if (rule->IsNumber()) {
    std::ostringstream out;
    out << rule->GetDouble();
    return out.str();
  }
  if (rule->IsArray()) {
    std::string list;
    for (const auto& item : rule->GetArray()) list += (list.empty() ? "" : ", ") + shown(&item);
    return list;
  }
  return {};
}

/// The first key of `object` that the schema at `holder` does not name.
std::string unknownKey(const rapidjson::Value* holder, const rapidjson::Value* object) {
  if (holder == nullptr || object == nullptr || !object->IsObject()) return {};
  for (const auto& member : object->GetObject()) {
    if (!holder->HasMember("properties") || !(*holder)["properties"].HasMember(member.name))
      return member.name.GetString();
  }
  return {};
}

std::string missingKeys(const rapidjson::Value* rule, const rapidjson::Value* object) {
  std::string keys;
  if (rule == nullptr || object == nullptr || !rule->IsArray() || !object->IsObject()) return keys;
  for (const auto& key : rule->GetArray()) {
    if (!object->HasMember(key)) keys += (keys.empty() ? "\"" : ", \"") + textOf(key) + "\"";
  }
  return keys;
}

Violation explain(const std::string& keyword, const rapidjson::Value* holder, const rapidjson::Value* value) {
  const rapidjson::Value* rule = nullptr;
  if (holder != nullptr && holder->IsObject() && holder->HasMember(keyword.c_str()))
    rule = &(*holder)[keyword.c_str()];
  if (keyword == "additionalProperties")
    return {"has an unknown key \"" + unknownKey(holder, value) + "\"", "remove it or correct its spelling"};
  if (keyword == "required") return {"lacks " + missingKeys(rule, value), "add it"};
  if (keyword == "type") return {"is of the wrong kind", "give a " + shown(rule)};
  if (keyword == "enum") return {"is \"" + shown(value) + "\"", "use one of: " + shown(rule)};
  if (keyword == "minimum") return {"is " + shown(value), "the least allowed is " + shown(rule)};
  if (keyword == "maximum") return {"is " + shown(value), "the most allowed is " + shown(rule)};
  if (keyword == "pattern") return {"is \"" + shown(value) + "\"", "it must match " + shown(rule)};
  if (keyword == "minItems") return {"has too few entries", "give at least " + shown(rule)};
  if (keyword == "maxItems") return {"has too many entries", "give at most " + shown(rule)};
  if (keyword == "oneOf" || keyword == "anyOf") return {"fits none of the allowed forms", "see docs/schemas"};
  return {"breaks the rule \"" + keyword + "\"", "see docs/schemas"};
}

}  // namespace

nlohmann::json parseJson(std::string_view text, std::string_view schema, const std::string& where) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
  if (document.HasParseError()) {
    throw Error(where,
                "line " + std::to_string(lineOf(text, document.GetErrorOffset())) + " is not JSON (" +
                    rapidjson::GetParseError_En(document.GetParseError()) + ")",
                "correct the file (JSON knows no comments, NaN or trailing commas)");
  }
  rapidjson::Document schemaJson;
  schemaJson.Parse(schema.data(), schema.size());
  if (schemaJson.HasParseError()) throw Error("schema", "is not JSON", "this is a fault of the program");
  const rapidjson::SchemaDocument schemaDocument(schemaJson);
  rapidjson::SchemaValidator validator(schemaDocument);
  if (!document.Accept(validator)) {
    const rapidjson::Pointer place = validator.GetInvalidDocumentPointer();
    const char* keyword = validator.GetInvalidSchemaKeyword();
    const rapidjson::Value* holder = validator.GetInvalidSchemaPointer().Get(schemaJson);
    const Violation violation = explain(keyword, holder, place.Get(document));
    throw Error(where, textOf(place) + " " + violation.what, violation.todo);
  }
  return nlohmann::json::parse(text);
}

nlohmann::json readJsonFile(const std::filesystem::path& path, std::string_view schema) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(path.string(), "cannot be read", "check that the file is there and readable");
  std::ostringstream text;
  text << file.rdbuf();
  return parseJson(text.str(), schema, path.string());
}

}  // namespace acuguide
