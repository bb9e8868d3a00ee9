#include "planning/atlas.h"

#include <sstream>

namespace acuguide::planning {
namespace {

/// What has no source is marked, as in docs and data.
const char* mark(bool general) { return general ? " [general knowledge]" : ""; }

template <class T>
void list(std::ostream& out, const char* title, const std::vector<T>& items, const char* between) {
  out << title;
  const char* separator = "";
  for (const T& item : items) {
    out << separator << item.name << mark(item.general);
    separator = between;
  }
  out << "\n";
}

void depths(std::ostream& out, const Acupoint& point) {
  out << "depth:   ";
  const char* separator = "";
  for (const CunRange& depth : point.depths) {
    out << separator << depth.from << "-" << depth.to << " cun";
    separator = ", another textbook ";
  }
  out << " (filiform needle; reference only, this patient's tissue planes rule)\n";
}

}  // namespace

std::string describe(const Acupoint& point) {
  std::ostringstream out;
  out << point.code << "  " << point.names.pinyin << "  " << point.names.chinese << "  " << point.names.korean
      << "  " << point.names.english << "\n";
  out << "where:   " << point.where << " (both sides)\n";
  list(out, "layers:  skin > subcutis > deep fascia > ", point.stack, " > ");
  list(out, "avoid:   ", point.avoid, "; ");
  depths(out, point);
  for (const std::string& warning : point.warnings)
    out << "warning: " << (warning == "pregnancy" ? "never in pregnancy" : warning) << "\n";
  for (const std::string& doubt : point.uncertain) out << "doubt:   " << doubt << "\n";
  return out.str();
}

}  // namespace acuguide::planning
