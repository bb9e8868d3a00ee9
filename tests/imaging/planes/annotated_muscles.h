#pragma once

#include "imaging/frame_analysis.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace acuguide::imaging::testing {

/// One line of planes/consensus.csv; values not annotated are absent.
struct Annotated {
  std::filesystem::path image;
  std::map<std::string, double> value;
};

inline std::vector<Annotated> annotatedMuscles(const std::filesystem::path& planes) {
  std::vector<Annotated> rows;
  std::ifstream file(planes / "consensus.csv");
  std::string line;
  std::vector<std::string> names;
  while (std::getline(file, line)) {
    std::vector<std::string> cells;
    std::stringstream split(line);
    for (std::string cell; std::getline(split, cell, ',');) cells.push_back(cell);
    if (names.empty()) {
      names = cells;
      continue;
    }
    Annotated row;
    for (size_t i = 0; i < std::min(cells.size(), names.size()); ++i) {
      if (names[i] == "image")
        row.image = planes / cells[i];
      else if (!cells[i].empty())
        row.value[names[i]] = std::strtod(cells[i].c_str(), nullptr);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

inline const PlaneVertex& nearest(const TissuePlane& plane, double x) {
  return *std::min_element(plane.vertices.begin(), plane.vertices.end(), [x](const auto& a, const auto& b) {
    return std::abs(a.x - x) < std::abs(b.x - x);
  });
}

}  // namespace acuguide::imaging::testing
