#include "core/json_document.h"

#include "core/error.h"
#include "core/input_file.h"

#include <nlohmann/json.hpp>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <sstream>

namespace acuguide {
namespace {

/// "/target/depthMm"; empty for the whole document.
std::string pathOf(const rapidjson::Pointer& pointer) {
  rapidjson::StringBuffer buffer;
  pointer.Stringify(buffer);
  return buffer.GetSize() == 0 ? std::string() : buffer.GetString();
}

std::string named(const std::string& path) { return path.empty() ? "the top level" : path; }

int lineOf(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n'));
}

/// The most brackets open at once: readers of JSON recurse, and no file may exhaust the stack.
int nestingOf(std::string_view text) {
  int open = 0, most = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') most = std::max(most, ++open);
    if (c == ']' || c == '}') --open;
  }
  return most;
}

/// What was broken, where, and what to do, in words. RapidJSON names the keyword and where the rule stands.
struct Violation {
  std::string path;
  std::string what;
  std::string remedy;
};

std::string number(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

std::string shown(const rapidjson::Value* value) {
  if (value == nullptr) return {};
  if (value->IsString()) return value->GetString();
  if (value->IsNumber()) return number(value->GetDouble());
  if (value->IsBool()) return value->GetBool() ? "true" : "false";
  if (value->IsArray()) {
    std::string list;
    for (const auto& item : value->GetArray()) list += (list.empty() ? "" : ", ") + shown(&item);
    return list;
  }
  return {};
}

std::string kindOf(const rapidjson::Value* value) {
  if (value == nullptr || value->IsNull()) return "null";
  if (value->IsString()) return "a string";
  if (value->IsNumber()) return "a number";
  if (value->IsBool()) return "true or false";
  return value->IsArray() ? "a list" : "an object";
}

/// How a schema's type is said to a person.
std::string wanted(const std::string& type) {
  if (type == "boolean") return "true or false";
  if (type == "array") return "a list";
  if (type == "object" || type == "integer") return "an " + type;
  return "a " + type;
}

/// Letters that two keys begin with in common, whatever their case.
std::size_t sharedBeginning(const std::string& a, const std::string& b) {
  const auto same = [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); };
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same);
  return static_cast<std::size_t>(end.first - a.begin());
}

/// The known key that begins most like `key`, which finds "depthMm" for "depthCm" and "depth".
std::string likeliestKey(const rapidjson::Value& properties, const std::string& key) {
  std::string best;
  std::size_t most = 2;
  for (const auto& property : properties.GetObject()) {
    const std::string known = property.name.GetString();
    const std::size_t shared = sharedBeginning(known, key);
    if (shared > most) {
      most = shared;
      best = known;
    }
  }
  return best;
}

/// `path` ends with the key that the schema at `holder` does not name.
Violation unknownKey(const std::string& path, const rapidjson::Value* holder) {
  const std::string key = path.substr(path.rfind('/') + 1);
  const bool names = holder != nullptr && holder->HasMember("properties");
  const std::string meant = names ? likeliestKey((*holder)["properties"], key) : std::string();
  return {path, "is not a known key", meant.empty() ? "remove it" : "did you mean \"" + meant + "\"?"};
}

Violation missingKey(const std::string& path, const rapidjson::Value* rule, const rapidjson::Value* object) {
  if (rule != nullptr && rule->IsArray() && object != nullptr && object->IsObject()) {
    for (const auto& key : rule->GetArray()) {
      if (!object->HasMember(key)) return {path + "/" + key.GetString(), "is missing", "add it"};
    }
  }
  return {path, "lacks a key", "see docs/schemas"};
}

Violation explain(const std::string& keyword, const rapidjson::Value* holder, const std::string& path,
                  const rapidjson::Value* value) {
  const rapidjson::Value* rule = nullptr;
  if (holder != nullptr && holder->IsObject() && holder->HasMember(keyword.c_str()))
    rule = &(*holder)[keyword.c_str()];
  const std::string limit = shown(rule), is = "is " + shown(value), quoted = "is \"" + shown(value) + "\"";
  if (keyword == "additionalProperties") return unknownKey(path, holder);
  if (keyword == "required") return missingKey(path, rule, value);
  if (keyword == "type") return {path, "is " + kindOf(value), "give " + wanted(limit)};
  if (keyword == "enum") return {path, quoted, "use " + limit};
  if (keyword == "minimum") return {path, is, "give " + limit + " or more"};
  if (keyword == "maximum") return {path, is, "give " + limit + " or less"};
  if (keyword == "pattern") return {path, quoted, "it must match " + limit};
  if (keyword == "minLength") return {path, "is too short", "give at least " + limit + " letters"};
  if (keyword == "maxLength") return {path, "is too long", "give at most " + limit + " letters"};
  if (keyword == "minItems") return {path, "has too few entries", "give at least " + limit};
  if (keyword == "maxItems") return {path, "has too many entries", "give at most " + limit};
  if (keyword == "oneOf" || keyword == "anyOf")
    return {path, "fits none of the allowed forms", "see docs/schemas"};
  return {path, "breaks the rule \"" + keyword + "\"", "see docs/schemas"};
}

/// What JSON or its readers let pass and no file of ours may hold: numbers that are none, and a key given
/// twice (of which one would be dropped silently).
void refuseTraps(const rapidjson::Value& value, const std::string& path, const std::string& where) {
  if (value.IsDouble() && !std::isfinite(value.GetDouble()))
    throw Error(where, named(path) + " is " + number(value.GetDouble()), "give a number");
  if (value.IsArray()) {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i)
      refuseTraps(value[i], path + "/" + std::to_string(i), where);
  }
  if (!value.IsObject()) return;
  std::set<std::string> keys;
  for (const auto& member : value.GetObject()) {
    const std::string key = member.name.GetString();
    if (!keys.insert(key).second)
      throw Error(where, path + "/" + key + " is given twice", "keep one of them");
    refuseTraps(member.value, path + "/" + key, where);
  }
}

}  // namespace

nlohmann::json parseJson(std::string_view text, std::string_view schema, const std::string& where) {
  rapidjson::Document document;
  if (nestingOf(text) > 64) throw Error(where, "is nested too deeply", "no file of ours is");
  document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNanAndInfFlag>(text.data(),
                                                                                         text.size());
  if (document.HasParseError()) {
    throw Error(where,
                "line " + std::to_string(lineOf(text, document.GetErrorOffset())) + " is not JSON (" +
                    rapidjson::GetParseError_En(document.GetParseError()) + ")",
                "correct the file (JSON knows no comments and no trailing commas)");
  }
  refuseTraps(document, "", where);
  rapidjson::Document schemaJson;
  schemaJson.Parse(schema.data(), schema.size());
  if (schemaJson.HasParseError()) throw Error("schema", "is not JSON", "this is a fault of the program");
  const rapidjson::SchemaDocument schemaDocument(schemaJson);
  rapidjson::SchemaValidator validator(schemaDocument);
  if (!document.Accept(validator)) {
    const rapidjson::Pointer place = validator.GetInvalidDocumentPointer();
    const char* keyword = validator.GetInvalidSchemaKeyword();
    const rapidjson::Value* holder = validator.GetInvalidSchemaPointer().Get(schemaJson);
    const Violation violation = explain(keyword, holder, pathOf(place), place.Get(document));
    throw Error(where, named(violation.path) + " " + violation.what, violation.remedy);
  }
  return nlohmann::json::parse(text);
}

nlohmann::json readJsonFile(const std::filesystem::path& path, std::string_view schema) {
  return parseJson(readInputFile(path), schema, path.string());
}

}  // namespace acuguide
