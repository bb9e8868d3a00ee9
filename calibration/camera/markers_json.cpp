#include "calibration/camera/markers_json.h"

#include "calibration/camera/camera_result.h"
#include "calibration/markers_schema.h"
#include "calibration/report/result.h"
#include "core/error.h"
#include "core/json_document.h"

#include <algorithm>

namespace acuguide::calibration {

MarkerSet readMarkerSet(const std::filesystem::path& path) {
  const nlohmann::json json = readJsonFile(path, markersSchema);
  MarkerSet set;
  for (const nlohmann::json& one : json.at("boards")) {
    TrackedBoard board{one.at("tool"), boardFromText(one.at("board"))};
    if (board.board.kind == BoardSpec::Kind::Chessboard)
      throw Error(path.string(), "/boards: a chessboard looks alike from two sides",
                  "use an aruco or charuco board on the " + board.name);
    if (std::any_of(set.boards.begin(), set.boards.end(),
                    [&board](const TrackedBoard& other) { return other.name == board.name; }))
      throw Error(path.string(), "/boards: the tool " + board.name + " is named twice",
                  "give each tool one board");
    set.boards.push_back(std::move(board));
  }
  const std::filesystem::path camera = path.parent_path() / std::filesystem::path(json.at("camera"));
  set.camera = cameraModelOf(readResult(camera), camera.string());
  return set;
}

}  // namespace acuguide::calibration
