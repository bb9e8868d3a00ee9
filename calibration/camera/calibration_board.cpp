#include "calibration/camera/calibration_board.h"

#include "core/error.h"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <map>
#include <sstream>

namespace acuguide::calibration {
namespace {

const std::map<std::string, int> dictionaries = {
    {"4x4_50", cv::aruco::DICT_4X4_50},          {"4x4_250", cv::aruco::DICT_4X4_250},
    {"5x5_50", cv::aruco::DICT_5X5_50},          {"5x5_250", cv::aruco::DICT_5X5_250},
    {"6x6_50", cv::aruco::DICT_6X6_50},          {"6x6_250", cv::aruco::DICT_6X6_250},
    {"original", cv::aruco::DICT_ARUCO_ORIGINAL}};

[[noreturn]] void refuse(const std::string& text, const std::string& what) {
  throw Error("board \"" + text + "\"", what,
              "write chessboard:9x6:25, charuco:7x5:30:22:4x4_50 or aruco:2x2:30:6 (lengths in mm)");
}

double lengthIn(const std::string& part, const std::string& text) {
  std::istringstream stream(part);
  stream.imbue(std::locale::classic());
  double value = 0.0;
  if (!(stream >> value) || !stream.eof() || !(value > 0.0) || value > 10000.0)
    refuse(text, "\"" + part + "\" is no length");
  return value;
}

cv::aruco::DetectorParameters refining() {
  cv::aruco::DetectorParameters parameters;
  parameters.cornerRefinementMethod = cv::aruco::CORNER_REFINE_SUBPIX;
  parameters.cornerRefinementWinSize = 3;  // a marker's own cells are some 8 px wide at arm's length
  parameters.cornerRefinementMinAccuracy = 0.01;
  return parameters;
}

}  // namespace

BoardSpec boardFromText(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ':');) parts.push_back(part);
  if (parts.size() < 3) refuse(text, "is no board");
  BoardSpec spec;
  char x = 0;
  std::istringstream size(parts[1]);
  if (!(size >> spec.columns >> x >> spec.rows) || x != 'x' || !size.eof() || spec.columns < 1 ||
      spec.rows < 1 || spec.columns > 100 || spec.rows > 100)
    refuse(text, "\"" + parts[1] + "\" is no size");
  if (parts[0] == "chessboard" && parts.size() == 3) {
    spec.kind = BoardSpec::Kind::Chessboard;
    spec.squareMm = lengthIn(parts[2], text);
    if (spec.columns < 3 || spec.rows < 3) refuse(text, "has fewer than 3x3 inner corners");
    return spec;
  }
  if ((parts[0] != "charuco" && parts[0] != "aruco") || parts.size() < 4 || parts.size() > 5)
    refuse(text, "is no board");
  if (parts.size() == 5) spec.dictionary = parts[4];
  if (!dictionaries.count(spec.dictionary))
    refuse(text, "\"" + spec.dictionary + "\" is no known dictionary");
  if (parts[0] == "charuco") {
    spec.kind = BoardSpec::Kind::Charuco;
    spec.squareMm = lengthIn(parts[2], text);
    spec.markerMm = lengthIn(parts[3], text);
    if (spec.markerMm >= spec.squareMm) refuse(text, "has markers larger than its squares");
    if (spec.columns < 3 || spec.rows < 3) refuse(text, "has fewer than 3x3 squares");
  } else {
    spec.kind = BoardSpec::Kind::Aruco;
    spec.markerMm = lengthIn(parts[2], text);
    spec.gapMm = lengthIn(parts[3], text);
  }
  return spec;
}

BoardFinder::BoardFinder(const BoardSpec& spec) : spec_(spec) {
  if (spec.kind == BoardSpec::Kind::Chessboard) return;
  dictionary_ = cv::aruco::getPredefinedDictionary(dictionaries.at(spec.dictionary));
  if (spec.kind == BoardSpec::Kind::Charuco)
    charuco_ = cv::aruco::CharucoBoard::create(spec.columns, spec.rows, float(spec.squareMm),
                                               float(spec.markerMm), dictionary_);
  else
    grid_ = cv::aruco::GridBoard::create(spec.columns, spec.rows, float(spec.markerMm), float(spec.gapMm),
                                         dictionary_);
}

BoardView BoardFinder::find(const cv::Mat& grey) const {
  if (grey.cols < 32 || grey.rows < 32) return {};
  BoardView view = spec_.kind == BoardSpec::Kind::Chessboard ? findChessboard(grey) : findMarkers(grey);
  return view.imagePx.size() < 4 ? BoardView{} : view;
}

BoardView BoardFinder::findChessboard(const cv::Mat& grey) const {
  BoardView view;
  const cv::Size size(spec_.columns, spec_.rows);
  const int flags = cv::CALIB_CB_ADAPTIVE_THRESH | cv::CALIB_CB_NORMALIZE_IMAGE | cv::CALIB_CB_FAST_CHECK;
  if (!cv::findChessboardCorners(grey, size, view.imagePx, flags)) return {};
  cv::cornerSubPix(grey, view.imagePx, {5, 5}, {-1, -1},
                   {cv::TermCriteria::EPS | cv::TermCriteria::COUNT, 40, 0.001});
  for (int row = 0; row < spec_.rows; ++row)
    for (int column = 0; column < spec_.columns; ++column)
      view.boardMm.emplace_back(float(column * spec_.squareMm), float(row * spec_.squareMm), 0.0f);
  return view;
}

BoardView BoardFinder::findMarkers(const cv::Mat& grey) const {
  BoardView view;
  std::vector<std::vector<cv::Point2f>> corners;
  std::vector<int> ids;
  const auto parameters = cv::makePtr<cv::aruco::DetectorParameters>(refining());
  cv::aruco::detectMarkers(grey, dictionary_, corners, ids, parameters);
  if (ids.empty()) return {};
  if (grid_) {
    cv::Mat object, image;
    cv::aruco::getBoardObjectAndImagePoints(grid_, corners, ids, object, image);
    object.reshape(3, int(object.total())).copyTo(view.boardMm);
    image.reshape(2, int(image.total())).copyTo(view.imagePx);
    return view;
  }
  std::vector<int> cornerIds;
  cv::aruco::interpolateCornersCharuco(corners, ids, grey, charuco_, view.imagePx, cornerIds);
  for (const int id : cornerIds) view.boardMm.push_back(charuco_->chessboardCorners[std::size_t(id)]);
  return view;
}

cv::Size2d BoardFinder::drawingSizeMm() const {
  const cv::Point2d origin = originMm();
  if (grid_)
    return {2 * origin.x + spec_.columns * spec_.markerMm + (spec_.columns - 1) * spec_.gapMm,
            2 * origin.y + spec_.rows * spec_.markerMm + (spec_.rows - 1) * spec_.gapMm};
  const int more = charuco_ ? 0 : -1;  // a chessboard's origin is its first inner corner
  return {2 * origin.x + (spec_.columns + more) * spec_.squareMm,
          2 * origin.y + (spec_.rows + more) * spec_.squareMm};
}

cv::Point2d BoardFinder::originMm() const {
  const double margin = grid_ ? spec_.markerMm : charuco_ ? spec_.squareMm : 2.0 * spec_.squareMm;
  return {margin, margin};
}

cv::Mat BoardFinder::drawing(double pxPerMm) const {
  const cv::Size2d sizeMm = drawingSizeMm();
  const cv::Size size(int(std::lround(sizeMm.width * pxPerMm)), int(std::lround(sizeMm.height * pxPerMm)));
  cv::Mat page(size, CV_8UC1, cv::Scalar(255));
  const cv::Point2d origin = originMm();
  if (grid_ || charuco_) {
    const cv::Rect inside(int(std::lround(origin.x * pxPerMm)), int(std::lround(origin.y * pxPerMm)),
                          size.width - 2 * int(std::lround(origin.x * pxPerMm)),
                          size.height - 2 * int(std::lround(origin.y * pxPerMm)));
    cv::Mat board;
    if (grid_)
      grid_->draw(inside.size(), board, 0, 1);
    else
      charuco_->draw(inside.size(), board, 0, 1);
    board.copyTo(page(inside));
    return page;
  }
  const double side = spec_.squareMm * pxPerMm;
  for (int row = 0; row <= spec_.rows; ++row) {
    for (int column = 0; column <= spec_.columns; ++column) {
      if ((row + column) % 2 != 0) continue;
      const cv::Point from(int(std::lround(side * (column + 1))), int(std::lround(side * (row + 1))));
      const cv::Point to(int(std::lround(side * (column + 2))), int(std::lround(side * (row + 2))));
      cv::rectangle(page, cv::Rect(from, to), cv::Scalar(0), cv::FILLED);
    }
  }
  return page;
}

}  // namespace acuguide::calibration
