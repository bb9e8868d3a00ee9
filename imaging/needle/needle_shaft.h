#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace acuguide::imaging {

/// One cut across a shaft. Lengths in search units (see NeedleShaftFit::fit), grey levels 0..255.
struct ShaftCut {
  float along = 0;     ///< position on the line, px of the full picture from Shaft::origin
  float offset = 0;    ///< of the brightest point, px of the full picture across the line
  float peak = 0;      ///< grey level there
  float contrast = 0;  ///< above the brighter of both sides
  float below = 0;     ///< grey level of the side of positive offset
  float above = 0;     ///< grey level of the side of negative offset
  float width = 0;     ///< full width at half contrast, px of the full picture
};

/// A straight bright line fitted to the full picture, and how far it goes.
struct Shaft {
  Eigen::Vector2d origin = Eigen::Vector2d::Zero();
  Eigen::Vector2d direction = Eigen::Vector2d::UnitX();  ///< unit, towards rising x (rising y when vertical)
  double begin = 0, end = 0;                             ///< extent along `direction`, px
  double level = 0;                                      ///< typical contrast of its cuts
  double residual = 0;  ///< robust scatter of the cuts about the parabola, px
  double bow = 0;       ///< sagitta of the best parabola over the extent, px, positive towards `normal`
  std::vector<ShaftCut> cuts;  ///< all along the line, from border to border
  int first = 0, last = 0;     ///< the cuts inside begin..end, half open
  bool laid = false;  ///< along a line given from outside (NeedleShaftFit::lay), not along its own ridge

  Eigen::Vector2d normal() const { return {-direction.y(), direction.x()}; }
  Eigen::Vector2d at(double along) const { return origin + along * direction; }
  double length() const { return end - begin; }
};

/// Refines a line of the coarse search to parts of a pixel and finds where it starts and ends.
class NeedleShaftFit {
 public:
  /// `picture` CV_8UC1; what is fitted is its mean over 3 x 3 pixels. `unit` is the length of one pixel of
  /// the search picture in pixels of the full one; shafts stay inside `bounds`.
  void setPicture(const cv::Mat& picture, const cv::Rect& bounds, double unit);

  /// Starts from the line a-b. False when nothing like a line is left. Reuses `shaft`'s storage; of its cuts
  /// only those within its ends are of use.
  bool fit(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft);

  /// Takes the line a-b and its ends as they are, with cuts from border to border: a shaft that is no ridge
  /// of this width. False when it is too short to be cut.
  bool lay(const Eigen::Vector2d& a, const Eigen::Vector2d& b, Shaft& shaft);

  /// Cuts the fitted shaft's line from border to border and measures its bend.
  void complete(Shaft& shaft);

 private:
  /// Places along a line at which it may be cut, and how.
  struct Places {
    double from = 0, spacing = 1;  ///< along the line
    double cosine = 1, slope = 0;  ///< of the line along the rows or columns that are cut
    double across = 1, along = 0;  ///< px of the picture, and along the line, per perpendicular px of a cut
    double step = 1;               ///< between samples, perpendicular
    int major = 0, half = 1, near = 1, sideNear = 1, sideFar = 1;  ///< samples
  };

  void smoothPicture(const cv::Mat& picture);
  bool place(double from, double to, double reach, Shaft& shaft);
  bool cut(double from, double to, double reach, Shaft& shaft);
  void cutBetween(int first, int last, Shaft& shaft);
  bool fitLine(double from, double to, double scale, Shaft& shaft);
  bool refit(Shaft& shaft);
  void measureBow(Shaft& shaft);
  float contrastAround(int cut, Shaft& shaft);
  int nearestThatShows(int start, float limit, Shaft& shaft);
  void findExtent(double seedBegin, double seedEnd, Shaft& shaft);
  void extend(double seedBegin, double seedEnd, Shaft& shaft);
  void takeProfile(const cv::Mat& picture, int row, double centre, double step);
  static constexpr int kMostSamples = 32;  ///< of a profile; seven units to each side are 29 at most
  static constexpr int kPad = 8;           ///< times that its first and last one are repeated
  ShaftCut measureProfile() const;
  double typicalContrast(const Shaft& shaft, double from, double to);

  cv::Mat picture_, transposed_;  // smoothed, in and around the bounds
  cv::Rect bounds_;
  double unit_ = 1;
  Places places_;
  cv::Range known_;                                        // cuts that have been made at these places
  std::array<int, kPad + kMostSamples + kPad> profile_{};  // 256ths of grey levels
  std::vector<std::uint16_t> rowSums_;
  std::vector<float> sorted_;
};

}  // namespace acuguide::imaging
