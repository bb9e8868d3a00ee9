#include "acquisition/sequence/nrrd_axes.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace acuguide::acquisition {
namespace {

enum class Role { Domain, List, Colour };

[[noreturn]] void refuse(const std::string& where, const std::string& reason) {
  throw Error(where, reason, "export it as grey or RGB images one after another");
}

Role roleOf(const std::string& kind) {
  constexpr std::array<std::string_view, 2> kLists = {"list", "time"};
  constexpr std::array<std::string_view, 13> kColours = {
      "rgb-color", "3-color",  "vector",   "3-vector",         "rgba-color", "4-color", "hsv-color",
      "xyz-color", "2-vector", "4-vector", "covariant-vector", "3-normal",   "complex"};
  const std::string name = lowerCase(kind);
  if (std::ranges::find(kLists, name) != kLists.end()) return Role::List;
  if (std::ranges::find(kColours, name) != kColours.end()) return Role::Colour;
  return Role::Domain;
}

std::vector<Role> rolesOf(const std::vector<double>& sizes, const std::vector<std::string>& kinds,
                          const std::string& where) {
  std::vector<Role> roles(sizes.size(), Role::Domain);
  if (kinds.empty()) {
    if (sizes.size() == 4 && sizes.front() == 3.0) roles.front() = Role::Colour;
    return roles;
  }
  if (kinds.size() != sizes.size())
    refuse(where,
           "names " + std::to_string(kinds.size()) + " kinds for " + std::to_string(sizes.size()) + " axes");
  for (std::size_t i = 0; i < kinds.size(); ++i) roles[i] = roleOf(kinds[i]);
  return roles;
}

}  // namespace

NrrdAxes nrrdAxes(const std::vector<double>& sizes, const std::vector<std::string>& kinds,
                  const std::string& where) {
  const std::vector<Role> roles = rolesOf(sizes, kinds, where);
  NrrdAxes axes;
  std::vector<std::size_t> domain;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    // What one slice or one value leaves; of the domain the third axis, below.
    if (roles[i] != Role::Domain && sizes[i] == 1.0 && roles.size() > 2) continue;
    if (roles[i] == Role::Domain) domain.push_back(i);
    if (roles[i] == Role::List && std::exchange(axes.list, i)) refuse(where, "has two axes that list images");
    if (roles[i] == Role::Colour && std::exchange(axes.colour, i)) refuse(where, "has two axes of colours");
  }
  if (axes.colour && sizes[*axes.colour] != 3.0)
    refuse(where, "has pixels of " + std::to_string(static_cast<long long>(sizes[*axes.colour])) +
                      " values, neither grey nor RGB");
  if (domain.size() > 2 && sizes[domain[2]] == 1.0) domain.erase(domain.begin() + 2);
  if (domain.size() == 3 && !axes.list) {  // a stack: one image after another
    axes.list = domain.back();
    domain.pop_back();
  }
  if (domain.size() > 2) refuse(where, "holds volumes, not images");
  if (domain.size() < 2) refuse(where, "is not a sequence of images");
  axes.column = domain[0];
  axes.row = domain[1];
  axes.listFastest = axes.list && *axes.list < axes.column;
  if (axes.list && *axes.list > axes.column && *axes.list < axes.row)
    refuse(where, "stores the rows of its images apart (the list is its middle axis)");
  if (axes.colour && *axes.colour > axes.column) refuse(where, "stores its colours apart");
  if (axes.colour && axes.listFastest && *axes.list > *axes.colour)
    refuse(where, "stores the images of each colour side by side");
  return axes;
}

std::optional<std::vector<double>> nrrdIndexSeconds(std::string_view values, std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 14> kUnits = {{{"", 1.0},
                                                                           {"s", 1.0},
                                                                           {"sec", 1.0},
                                                                           {"second", 1.0},
                                                                           {"seconds", 1.0},
                                                                           {"ms", 1e-3},
                                                                           {"msec", 1e-3},
                                                                           {"millisecond", 1e-3},
                                                                           {"milliseconds", 1e-3},
                                                                           {"us", 1e-6},
                                                                           {"\xC2\xB5s", 1e-6},
                                                                           {"microseconds", 1e-6},
                                                                           {"min", 60.0},
                                                                           {"minutes", 60.0}}};
  const std::string name = lowerCase(trimmed(unit));
  const auto* const known =
      std::ranges::find(kUnits, std::string_view(name), &std::pair<std::string_view, double>::first);
  std::optional<std::vector<double>> seconds = numbersIn(values);
  if (known == kUnits.end() || !seconds) return std::nullopt;
  for (double& value : *seconds) value *= known->second;
  return seconds;
}

}  // namespace acuguide::acquisition
