#include "apps/command.h"
#include "apps/output_options.h"
#include "core/error.h"
#include "core/whole_file.h"
#include "planning/atlas.h"
#include "planning/locate.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>

namespace acuguide::apps {
namespace {

struct Arguments {
  std::string protocol, point, landmarks, side, out;
  bool listLandmarks = false;
};

void listPoint(const planning::Acupoint& point) {
  std::cout << point.code << "\t" << point.names.pinyin << "\t" << point.names.chinese << "\t"
            << point.names.korean << "\t" << point.names.english << "\t" << point.where << "\n";
}

int listLandmarks() {
  const planning::Atlas& atlas = planning::atlas();
  for (const auto& landmark : atlas.landmarks) std::cout << landmark.name << "\t" << landmark.where << "\n";
  for (const auto& segment : atlas.segments)
    std::cout << "segment " << segment.name << "\t" << segment.cun << " B-cun: " << segment.where << "\n";
  return 0;
}

int list(const Arguments& arguments) {
  if (arguments.listLandmarks) return listLandmarks();
  const planning::Atlas& atlas = planning::atlas();
  if (arguments.protocol.empty()) {
    for (const auto& point : atlas.points) listPoint(point);
    for (const auto& protocol : atlas.protocols)
      std::cout << "protocol " << protocol.name << "\t" << protocol.title << "\n";
    return 0;
  }
  const planning::Protocol* protocol = atlas.protocol(arguments.protocol);
  if (!protocol)
    throw Error("--protocol", "there is no protocol \"" + arguments.protocol + "\"",
                "acuguide atlas list names them");
  std::cout << protocol->title << ". " << atlas.protocolNote << "\n";
  for (const std::string& code : protocol->points) listPoint(*atlas.point(code));
  return 0;
}

int show(const Arguments& arguments) {
  const planning::Atlas& atlas = planning::atlas();
  const planning::Acupoint* point = atlas.point(arguments.point);
  if (!point)
    throw Error("atlas show", "\"" + arguments.point + "\" is not in the atlas",
                "acuguide atlas list names its points");
  std::cout << describe(*point);
  for (const std::string& source : atlas.sources) std::cout << "source:  " << source << "\n";
  return 0;
}

void tell(const planning::LocatedPoints& points) {
  std::cout << "side: " << nameOf(points.side) << " (" << points.sideReason << ")\n";
  for (const auto& point : points.located) {
    char text[200];
    if (point.mm)
      std::snprintf(text, sizeof text, "%-5s %8.1f %8.1f %8.1f mm, 95 %% within %.1f mm", point.code.c_str(),
                    point.mm->x(), point.mm->y(), point.mm->z(), point.radius95Mm);
    else
      std::snprintf(text, sizeof text, "%-5s %.1f mm (+- %.1f) from %s towards %s", point.code.c_str(),
                    *point.alongMm, point.radius95Mm, point.from.c_str(), point.towards.c_str());
    std::cout << text << "\n";
  }
  for (const auto& point : points.undetermined) {
    std::cout << point.code << ": needs";
    const char* separator = " ";
    for (const std::string& name : point.missing) {
      std::cout << separator << name;
      separator = ", ";
    }
    std::cout << "\n";
  }
}

int locate(const Arguments& arguments) {
  const auto patient = planning::readLandmarks(arguments.landmarks);
  const auto side = arguments.side == "left" ? planning::BodySide::Left : planning::BodySide::Right;
  const auto points = planning::locatePoints(planning::atlas(), patient, side, arguments.landmarks);
  tell(points);
  writeWholeFile(arguments.out, planning::pointsText(points, patient), "the points");
  return 0;
}

}  // namespace

void addAtlasCommand(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("atlas", "Acupoints: what is known of them, and where they are in a patient");
  command->require_subcommand(1);

  auto* listing = command->add_subcommand("list", "Points and protocols, a line each");
  listing->add_option("--protocol", arguments->protocol, "only the points of this protocol");
  listing->add_flag("--landmarks", arguments->listLandmarks, "the landmarks and segments instead");
  listing->callback([&run, arguments] { run = [arguments] { return list(*arguments); }; });

  auto* showing = command->add_subcommand("show", "A page on one point, doubts and sources with it");
  showing->add_option("POINT", arguments->point, "WHO code, for example ST36")->required();
  showing->callback([&run, arguments] { run = [arguments] { return show(*arguments); }; });

  auto* locating = command->add_subcommand("locate", "Where the points are, from a patient's landmarks");
  locating
      ->add_option("--landmarks", arguments->landmarks,
                   "landmarks (JSON, docs/schemas/landmarks.schema.json)")
      ->required();
  locating->add_option("--side", arguments->side, "the patient's side")
      ->required()
      ->check(CLI::IsMember({"left", "right"}));
  addOutput(*locating, "--out", arguments->out, "file to write (JSON)")->required();
  locating->callback([&run, arguments] { run = [arguments] { return locate(*arguments); }; });
}

}  // namespace acuguide::apps
