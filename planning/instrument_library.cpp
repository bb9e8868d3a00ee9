#include "planning/instrument_library.h"

#include "core/error.h"
#include "core/json_document.h"
#include "planning/instrument_data.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <tuple>

namespace acuguide::planning {
namespace {

using Json = nlohmann::json;

void add(const Json& json, const std::string& where, InstrumentLibrary& library) {
  for (const Json& item : json.at("instruments")) {
    const std::string name = item.at("name");
    if (library.find(name))
      throw Error(where, "the instrument \"" + name + "\" is there already", "give it another name");
    library.instruments.push_back(
        {{name, item.at("diameterMm"), item.at("bladeWidthMm"), item.at("lengthMm")},
         json.at("source"),
         item.value("note", std::string()),
         item.value("general", false)});
  }
}

}  // namespace

const LibraryInstrument* InstrumentLibrary::find(std::string_view name) const {
  const auto found = std::find_if(instruments.begin(), instruments.end(),
                                  [&](const LibraryInstrument& i) { return i.instrument.name == name; });
  return found == instruments.end() ? nullptr : &*found;
}

std::vector<Instrument> InstrumentLibrary::all() const {
  std::vector<Instrument> list;
  for (const LibraryInstrument& item : instruments) list.push_back(item.instrument);
  return list;
}

void addInstruments(std::string_view text, const std::string& where, InstrumentLibrary& library) {
  add(parseJson(text, instrumentsSchema, where), where, library);
}

const InstrumentLibrary& builtInInstruments() {
  static const InstrumentLibrary builtIn = [] {
    InstrumentLibrary library;
    addInstruments(generalInstrumentsText, "instruments/general.json", library);
    return library;
  }();
  return builtIn;
}

InstrumentLibrary withFolder(InstrumentLibrary library, const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  if (failure) throw Error(folder.string(), failure.message(), "give a folder of instrument files");
  if (files.empty())
    throw Error(folder.string(), "there is no .json file in it", "give a folder of instrument files");
  std::sort(files.begin(), files.end());
  for (const auto& file : files) add(readJsonFile(file, instrumentsSchema), file.string(), library);
  return library;
}

const Instrument* chooseInstrument(const std::vector<Instrument>& instruments, const Instrument& wanted,
                                   double pathMm) {
  const Instrument* best = nullptr;
  const auto rank = [&](const Instrument& i) {
    return std::tuple(std::abs(i.bladeWidthMm - wanted.bladeWidthMm), i.lengthMm, i.diameterMm);
  };
  for (const Instrument& instrument : instruments) {
    if (instrument.lengthMm < pathMm + handleRoomMm) continue;
    if (best == nullptr || rank(instrument) < rank(*best)) best = &instrument;
  }
  return best;
}

}  // namespace acuguide::planning
