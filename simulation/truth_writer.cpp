#include "simulation/truth_writer.h"

#include "core/error.h"
#include "core/units.h"

#include <cstdio>
#include <string>

namespace acuguide::simulation {

namespace {

std::filesystem::path beside(const std::filesystem::path& path, const char* ending) {
  return path.parent_path() / (path.stem().string() + ending);
}

std::string number(double value, int digits) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.*f", digits, value);
  return {text, static_cast<std::size_t>(length)};
}

std::string pair(const Eigen::Vector2d& point) { return number(point.x(), 2) + ',' + number(point.y(), 2); }

}  // namespace

TruthWriter::Table::Table(const std::filesystem::path& path, const char* heading)
    : whole(path, "the ground truth"), rows(whole.part()) {
  rows << heading << '\n';
}

TruthWriter::TruthWriter(const std::filesystem::path& path)
    : path_(path),
      blade_(path,
             "frame,time_s,visible,tip_x,tip_y,tail_x,tail_y,shaft_tip_x,shaft_tip_y,"
             "shaft_tail_x,shaft_tail_y,angle_deg"),
      planes_(beside(path, ".planes.csv"), "frame,label,confidence,x_px,y_px,upper_px,lower_px"),
      structures_(beside(path, ".structures.csv"),
                  "frame,kind,name,centre_x,centre_y,radius_x,radius_y,angle_deg"),
      target_(beside(path, ".target.csv"), "frame,x_px,y_px,depth_mm") {}

void TruthWriter::writeBlade(const FrameTruth& truth) {
  blade_.rows << truth.index << ',' << number(truth.time, 6) << ',';
  if (!truth.blade) {
    blade_.rows << "0,,,,,,,,,\n";
    return;
  }
  const BladeTruth& blade = *truth.blade;
  blade_.rows << (blade.visible ? 1 : 0) << ',' << pair(blade.tipPx) << ',' << pair(blade.tailPx) << ','
              << pair(blade.shaftTipPx) << ',' << pair(blade.shaftTailPx) << ','
              << number(degrees(blade.angle), 3) << '\n';
}

void TruthWriter::write(const FrameTruth& truth) {
  writeBlade(truth);
  for (const PlaneTruth& plane : truth.planes) {
    for (const PlaneTruthVertex& vertex : plane.vertices) {
      planes_.rows << truth.index << ',' << nameOf(plane.label) << ",1," << number(vertex.x, 0) << ','
                   << number(vertex.ridge, 2) << ',' << number(vertex.upper, 2) << ','
                   << number(vertex.lower, 2) << '\n';
    }
  }
  for (const StructureTruth& structure : truth.structures) {
    structures_.rows << truth.index << ',' << nameOf(structure.kind) << ',' << structure.name << ','
                     << pair(structure.centrePx) << ',' << pair(structure.radiiPx) << ','
                     << number(degrees(structure.angle), 2) << '\n';
  }
  target_.rows << truth.index << ',' << pair(truth.targetPx) << ',' << number(truth.targetMm.y(), 3) << '\n';
}

void TruthWriter::finish() {
  const auto tables = {&blade_, &planes_, &structures_, &target_};
  for (Table* table : tables) {
    table->rows.close();
    if (!table->rows)
      throw Error(path_.string(), "or a file beside it could not be written completely",
                  "check the free space");
    table->whole.prepare();
  }
  for (Table* table : tables) table->whole.commit();
}

}  // namespace acuguide::simulation
