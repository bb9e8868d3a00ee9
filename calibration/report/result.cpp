#include "calibration/report/result.h"

#include "calibration/report/report.h"
#include "core/error.h"
#include "core/input_file.h"
#include "core/whole_file.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <sstream>

namespace acuguide::calibration {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* format = "acuguide.calibration/1";

/// Everything fed to it, as 64 hexadecimal digits.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void add(const char* bytes, std::size_t count) { EVP_DigestUpdate(context_.get(), bytes, count); }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int count = 0;
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &count);
    std::string text;
    for (unsigned int i = 0; i < count; ++i) {
      text += "0123456789abcdef"[bytes[i] >> 4];
      text += "0123456789abcdef"[bytes[i] & 15];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string digestOfFile(const fs::path& path) {
  requireInputFile(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(path.string(), "the file cannot be read", "check that it is there and readable");
  Digest digest;
  std::array<char, 1 << 16> buffer{};
  while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0)
    digest.add(buffer.data(), static_cast<std::size_t>(file.gcount()));
  return digest.hex();
}

std::string digestOfFolder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Digest digest;
  for (const fs::path& file : files) {
    const std::string one = digestOfFile(file) + "  " + file.filename().string() + "\n";
    digest.add(one.data(), one.size());
  }
  return digest.hex();
}

std::string now() {
  const std::time_t time = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

fs::path withEnding(const fs::path& path, const std::string& ending) {
  return path.parent_path() / (path.stem().string() + ending);
}

/// Whether `path` holds something that a result which is not usable must not replace: anything but another
/// such.
bool mustBeKept(const fs::path& path) {
  if (!fs::exists(path)) return false;
  try {
    return readResult(path).usable;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

InputFile inputFile(const std::string& role, const fs::path& path) {
  return {role, path, fs::is_directory(path) ? digestOfFolder(path) : digestOfFile(path)};
}

std::string resultText(const Result& result) {
  Json json{{"format", format},          {"kind", result.kind},       {"usable", result.usable},
            {"reasons", result.reasons}, {"created", result.created}, {"inputs", Json::array()}};
  for (const InputFile& input : result.inputs)
    json["inputs"].push_back(
        Json{{"role", input.role}, {"path", input.path.string()}, {"sha256", input.sha256}});
  json.update(result.details);
  // Names of files need not be UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result readResult(const fs::path& path) {
  requireInputFile(path);
  std::ifstream file(path, std::ios::binary);
  Json json = Json::parse(file, nullptr, false);
  if (json.is_discarded() || !json.is_object() || json.value("format", Json()) != format)
    throw Error(
        path.string(), "is not a calibration result of acuguide",
        std::string("give the RESULT.json of acuguide calibrate, with \"format\": \"") + format + "\"");
  try {
    Result result{json.at("kind"), json.at("usable"), json.at("reasons"), json.at("created"), {}, {}};
    for (const Json& input : json.at("inputs"))
      result.inputs.push_back({input.at("role"), input.at("path").get<std::string>(), input.at("sha256")});
    for (const char* key : {"format", "kind", "usable", "reasons", "created", "inputs"}) json.erase(key);
    result.details = std::move(json);
    return result;
  } catch (const nlohmann::json::exception& fault) {
    throw Error(path.string(), std::string("is damaged (") + fault.what() + ")", "calibrate again");
  }
}

fs::path publish(Result result, const Report& report, const fs::path& path) {
  if (result.created.empty()) result.created = now();
  const bool keep = !result.usable && mustBeKept(path);
  const fs::path target = keep ? withEnding(path, ".rejected.json") : path;
  writeWholeFiles({{withEnding(target, ".html"), report.html(), "the calibration's page"},
                   {target, resultText(result), "the calibration"}});
  return target;
}

int exitCodeOf(const Result& result) { return result.usable ? 0 : 3; }

}  // namespace acuguide::calibration
