#include "apps/structure_folder.h"

#include "core/clock.h"
#include "core/error.h"
#include "core/grey.h"
#include "imaging/structures/vessel_shadow.h"

#include <opencv2/imgcodecs.hpp>

#include <cstdio>
#include <string>
#include <system_error>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

const fs::path& made(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem)
    throw Error(folder.string(), "the folder cannot be made (" + problem.message() + ")",
                "choose a folder you may write to");
  return folder;
}

std::string nameOf(const Frame& frame) {
  if (!frame.name.empty()) return fs::path(frame.name).stem().string();
  char number[32];
  std::snprintf(number, sizeof(number), "%06lld", static_cast<long long>(frame.index));
  return number;
}

double areaOf(const std::vector<Eigen::Vector2d>& outline) {
  double twice = 0;
  for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++)
    twice += outline[j].x() * outline[i].y() - outline[i].x() * outline[j].y();
  return std::abs(twice) / 2;
}

}  // namespace

StructureFolder::StructureFolder(const fs::path& out)
    : folder_(made(out / "structures")),
      table_(out / "structures.csv",
             "frame,image,sure,strangeness,kind,confidence,x_px,y_px,area_px,structures_ms") {}

void StructureFolder::write(const Frame& frame, const imaging::FrameAnalysis& analysis) {
  const double start = monotonicSeconds();
  const cv::Mat& grey = greyOf(frame.pixels, greyBuffer_);
  imaging::Structures seen = segmenter_.process(grey, analysis.region);
  imaging::dropVesselsInShadow(seen, grey, analysis.region, analysis.plane(imaging::PlaneLabel::Bone));
  const double took = monotonicSeconds() - start;
  if (seen.mask.empty()) seen.mask = cv::Mat::zeros(frame.pixels.size(), CV_8UC1);
  const fs::path file = folder_ / (nameOf(frame) + ".png");
  if (!cv::imwrite(file.string(), seen.mask))
    throw Error(file.string(), "cannot be written", "check free space and permissions");

  const auto begin = [&]() -> recording::CsvFile& {
    return table_.integer(frame.index).text(frame.name).integer(seen.sure ? 1 : 0).number(seen.strangeness);
  };
  if (seen.found.empty()) begin().empty(5).number(took * 1e3).endRow();
  for (const imaging::PossibleStructure& one : seen.found) {
    Eigen::Vector2d middle = Eigen::Vector2d::Zero();
    for (const auto& point : one.outlinePx) middle += point / static_cast<double>(one.outlinePx.size());
    begin()
        .text(imaging::nameOf(one.kind))
        .number(one.confidence)
        .number(middle.x(), 1)
        .number(middle.y(), 1);
    table_.number(areaOf(one.outlinePx), 0).number(took * 1e3).endRow();
  }
}

}  // namespace acuguide::apps
