#include "recording/analysis_csv.h"

#include "core/error.h"
#include "core/units.h"
#include "imaging/muscle_architecture.h"

#include <system_error>

namespace acuguide::recording {
namespace {

constexpr int timeDecimals = 6;
constexpr int spacingDecimals = 6;

/// The folder, made where it is not there yet.
const std::filesystem::path& made(const std::filesystem::path& folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem)
    throw Error(folder.string(), "the folder cannot be made (" + problem.message() + ")",
                "choose a folder you may write to");
  return folder;
}

double milliseconds(double seconds) { return seconds * 1e3; }

std::optional<double> mmOf(const std::optional<ImageLength>& length) {
  return length ? length->mm : std::nullopt;
}

std::optional<double> degreesOf(const std::optional<double>& angle) {
  return angle ? std::optional(degrees(*angle)) : std::nullopt;
}

}  // namespace

bool isResultOfProcess(const std::filesystem::path& name) {
  const std::string folder = name.parent_path().string();
  if (folder == "overlay" || folder == "structures") return name.extension() == ".png";
  if (!folder.empty()) return false;
  for (const char* one : {"frames.csv", "needle.csv", "planes.csv", "fibres.csv", "muscle.csv",
                          "guidance.csv", "structures.csv", "summary.json"})
    if (name == one) return true;
  return false;
}

AnalysisCsvWriter::AnalysisCsvWriter(const std::filesystem::path& folder, bool withGuidance)
    : frames_(made(folder) / "frames.csv",
              "frame,image,time_s,region_x,region_y,region_w,region_h,spacing_x_mm,spacing_y_mm,"
              "decode_ms,imaging_ms,tracking_ms,guidance_ms,total_ms"),
      needle_(folder / "needle.csv",
              "frame,state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,angle_deg,tip_sigma_px,"
              "tip_ahead_px,tip_behind_px"),
      planes_(folder / "planes.csv", "frame,label,confidence,x_px,y_px,upper_px,lower_px"),
      fibres_(folder / "fibres.csv", "frame,angle_deg,confidence"),
      muscle_(folder / "muscle.csv",
              "frame,thickness_px,thickness_mm,pennation_deg,fascicle_px,fascicle_mm,fascicle_seen") {
  if (withGuidance)
    guidance_.emplace(
        folder / "guidance.csv",
        "frame,target_x_px,target_y_px,target_depth_mm,target_source,tip_to_target_mm,"
        "lateral_error_mm,angle_error_deg,nearest_danger,danger_mm,state,target_sure,target_sigma_px");
}

void AnalysisCsvWriter::write(const navigation::GuidanceSnapshot& snapshot) {
  writeFrame(snapshot);
  writeNeedle(snapshot);
  writePlanes(snapshot);
  writeFibres(snapshot);
  writeMuscle(snapshot);
  if (guidance_) writeGuidance(snapshot);
}

void AnalysisCsvWriter::writeFrame(const navigation::GuidanceSnapshot& snapshot) {
  const Frame& frame = *snapshot.frame;
  frames_.integer(frame.index).text(frame.name).number(frame.time, timeDecimals);
  const cv::Rect& region = snapshot.analysis->region.bounds;
  if (region.empty()) {
    frames_.empty(4);
  } else {
    frames_.integer(region.x).integer(region.y).integer(region.width).integer(region.height);
  }
  if (frame.geometry.spacingMm) {
    frames_.number(frame.geometry.spacingMm->x(), spacingDecimals)
        .number(frame.geometry.spacingMm->y(), spacingDecimals);
  } else {
    frames_.empty(2);
  }
  const navigation::StageDurations& took = snapshot.durations;
  for (const double seconds : {took.decode, took.imaging, took.tracking, took.guidance, took.total()})
    frames_.number(milliseconds(seconds));
  frames_.endRow();
}

void AnalysisCsvWriter::writeNeedle(const navigation::GuidanceSnapshot& snapshot) {
  const tracking::NeedleTrack& needle = snapshot.needle;
  needle_.integer(snapshot.frame->index).text(nameOf(needle.state)).number(needle.confidence);
  if (needle.state == tracking::NeedleState::None) {
    needle_.empty(8);
  } else {
    needle_.number(needle.tipPx.x()).number(needle.tipPx.y());
    needle_.number(needle.tailPx.x()).number(needle.tailPx.y());
    needle_.number(degrees(needle.angle())).number(needle.tipSigmaPx());
    needle_.number(needle.tipAheadPx).number(needle.tipBehindPx);
  }
  needle_.endRow();
}

void AnalysisCsvWriter::writePlanes(const navigation::GuidanceSnapshot& snapshot) {
  for (const imaging::TissuePlane& plane : snapshot.analysis->planes) {
    for (const imaging::PlaneVertex& vertex : plane.vertices) {
      planes_.integer(snapshot.frame->index).text(nameOf(plane.label)).number(plane.confidence);
      planes_.number(vertex.x).number(vertex.ridge).number(vertex.upper).number(vertex.lower).endRow();
    }
  }
}

void AnalysisCsvWriter::writeFibres(const navigation::GuidanceSnapshot& snapshot) {
  const auto& fibres = snapshot.analysis->fibres;
  if (!fibres) return;
  fibres_.integer(snapshot.frame->index).number(degrees(fibres->angle)).number(fibres->confidence).endRow();
}

void AnalysisCsvWriter::writeMuscle(const navigation::GuidanceSnapshot& snapshot) {
  const auto muscle = imaging::muscleArchitecture(*snapshot.analysis, snapshot.frame->geometry.spacingMm);
  if (!muscle) return;
  muscle_.integer(snapshot.frame->index).number(muscle->thickness.px).number(muscle->thickness.mm);
  muscle_.number(degreesOf(muscle->pennation));
  if (muscle->fascicle) {
    muscle_.number(muscle->fascicle->px).number(muscle->fascicle->mm).number(muscle->fascicleSeen).endRow();
  } else {
    muscle_.empty(3).endRow();
  }
}

void AnalysisCsvWriter::writeGuidance(const navigation::GuidanceSnapshot& snapshot) {
  guidance_->integer(snapshot.frame->index);
  if (!snapshot.guidance) {
    guidance_->empty(12).endRow();
    return;
  }
  const guidance::Guidance& guidance = *snapshot.guidance;
  if (guidance.target) {
    guidance_->number(guidance.target->px.x()).number(guidance.target->px.y());
    guidance_->number(guidance.target->depthMm).text(guidance.target->source);
  } else {
    guidance_->empty(4);
  }
  guidance_->number(mmOf(guidance.tipToTarget)).number(mmOf(guidance.lateralError));
  guidance_->number(degreesOf(guidance.angleError));
  if (guidance.nearestDanger) {
    guidance_->text(guidance.nearestDanger->name).number(guidance.nearestDanger->distance.mm);
  } else {
    guidance_->empty(2);
  }
  guidance_->text(nameOf(guidance.state));
  if (guidance.target)
    guidance_->integer(guidance.target->sure).number(guidance.target->sigmaPx);
  else
    guidance_->empty(2);
  guidance_->endRow();
}

void AnalysisCsvWriter::finish() {
  for (CsvFile* table : {&frames_, &needle_, &planes_, &fibres_, &muscle_}) table->finish();
  if (guidance_) guidance_->finish();
}

}  // namespace acuguide::recording
