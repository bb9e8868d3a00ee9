#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/planes/plane_bands.h"
#include "imaging/planes/plane_bone.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_edges.h"
#include "imaging/planes/plane_labels.h"
#include "imaging/planes/plane_picture.h"
#include "imaging/planes/plane_segmenter.h"
#include "imaging/planes/plane_texture.h"

#include <opencv2/core.hpp>

#include <vector>

namespace acuguide::imaging {

/// The tissue planes of one frame. The picture is brought to a fixed width, probe side up (plane_picture.h);
/// bands and the curves along them are found there (plane_bands.h, plane_curves.h) and named by what lies
/// between them (plane_texture.h, plane_labels.h); ridges and edges then at full resolution near the curves
/// (plane_edges.h). A network sees which is which (plane_segmenter.h). Bone is sought apart from the curves
/// (plane_bone.h).
class PlaneFinder {
 public:
  /// networkFile: see PlaneNetwork.
  explicit PlaneFinder(const std::string& networkFile = {}) : segmenter_(networkFile) {}

  /// grey: CV_8UC1; planes in its pixels; time in seconds; networkHolds: see PlaneSegmenter. Empty region: no
  /// planes. Writes over what `planes` held, whose memory it uses again.
  void process(const cv::Mat& grey, const ImagingRegion& region, double time,
               std::vector<TissuePlane>& planes, double networkHolds = PlaneSegmenter::usuallyHolds);

  void reset();

  /// What the last frame's planes were found in.
  const PlanePicture& picture() const { return picture_; }
  const PlaneSegmenter& segmenter() const { return segmenter_; }
  const PlaneBone& bone() const { return bone_; }

 private:
  void find(double time, double networkHolds, std::vector<TissuePlane>& planes);
  double trace(const PlaneCurve& curve);
  bool followsBone(const PlaneCurve& curve) const;
  void addBone(std::vector<TissuePlane>& planes);
  void add(std::vector<TissuePlane>& planes, PlaneLabel label, double confidence);

  PlanePicture picture_;
  PlaneSegmenter segmenter_;
  PlaneBands bands_;
  PlaneCurves curves_;
  PlaneTexture texture_;
  PlaneLabeller labeller_;
  PlaneEdges edges_;
  PlaneBone bone_;
  std::vector<float> path_, sorted_;
  std::vector<PlaneCurve> suggested_;
  std::vector<PlaneVertex> vertices_;            // of the plane being traced
  std::size_t count_ = 0;                        // of the planes, those that are this frame's
  std::vector<std::vector<PlaneVertex>> spare_;  // memory of planes that are no more
};

}  // namespace acuguide::imaging
