#pragma once

#include <opencv2/aruco/charuco.hpp>
#include <opencv2/core.hpp>

#include <string>
#include <vector>

namespace acuguide::calibration {

/// A flat board whose points are known, as it is printed.
///
/// SPEC texts, lengths in mm:
///   chessboard:COLUMNSxROWS:SQUARE             inner corners, for example chessboard:9x6:25
///   charuco:COLUMNSxROWS:SQUARE:MARKER[:DICT]  squares, for example charuco:7x5:30:22:4x4_50
///   aruco:COLUMNSxROWS:MARKER:GAP[:DICT]       a grid of markers, for example aruco:2x2:30:6
/// DICT is 4x4_50 (default), 4x4_250, 5x5_50, 5x5_250, 6x6_50, 6x6_250 or original.
struct BoardSpec {
  enum class Kind { Chessboard, Charuco, Aruco };
  Kind kind = Kind::Chessboard;
  int columns = 0, rows = 0;
  double squareMm = 0.0;  ///< chessboard, ChArUco
  double markerMm = 0.0;  ///< ChArUco, ArUco
  double gapMm = 0.0;     ///< ArUco
  std::string dictionary = "4x4_50";
};

/// Throws Error with the part that is wrong.
BoardSpec boardFromText(const std::string& text);

/// Points of the board seen in a picture.
struct BoardView {
  std::vector<cv::Point3f> boardMm;  ///< z = 0, x to the right, y down as printed
  std::vector<cv::Point2f> imagePx;
};

/// Finds a board in pictures.
class BoardFinder {
 public:
  explicit BoardFinder(const BoardSpec& spec);

  /// What is seen of the board; a chessboard is seen whole or not at all, the others also in part. Empty when
  /// fewer than four points are seen. grey: CV_8UC1.
  BoardView find(const cv::Mat& grey) const;

  /// The board as it is printed, `pxPerMm` pixels a millimetre, with a white margin of a square (or marker).
  cv::Mat drawing(double pxPerMm) const;
  /// Size with the margin, and where the board's origin lies in it; mm.
  cv::Size2d drawingSizeMm() const;
  cv::Point2d originMm() const;

 private:
  BoardView findChessboard(const cv::Mat& grey) const;
  BoardView findMarkers(const cv::Mat& grey) const;

  BoardSpec spec_;
  cv::Ptr<cv::aruco::Dictionary> dictionary_;
  cv::Ptr<cv::aruco::CharucoBoard> charuco_;
  cv::Ptr<cv::aruco::GridBoard> grid_;
};

}  // namespace acuguide::calibration
