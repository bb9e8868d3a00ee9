#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace acuguide {

/// Reads a JSON file of ours and checks it against its JSON Schema (draft 4; docs/schemas/*.schema.json,
/// compiled in). Throws Error with the file, the key's path and the reason: not there, not JSON, unknown key,
/// wrong unit or range.
nlohmann::json readJsonFile(const std::filesystem::path& path, std::string_view schema);

/// The same for a text already in memory; `where` names it in errors.
nlohmann::json parseJson(std::string_view text, std::string_view schema, const std::string& where);

}  // namespace acuguide
