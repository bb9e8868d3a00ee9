#pragma once

#include "imaging/frame_analysis.h"
#include "imaging/needle/needle_shaft.h"
#include "needle_renderer.h"

#include <random>

namespace acuguide::training {

/// What a picture shows.
enum class ExampleKind {
  AsIs = 0,    ///< a real picture without a needle
  Varied = 1,  ///< the same with another gain, contrast, size, blur, mirrored or upside down
  Drawn = 2    ///< varied, and a needle drawn into it
};

/// A picture to learn from or to measure on.
struct Example {
  cv::Mat grey;
  imaging::ImagingRegion region;
  RenderedNeedle needle;  ///< of kind Drawn
};

/// Makes an example from a real picture without a needle and its region. Same generator state, same pixels.
Example makeExample(const cv::Mat& original, const imaging::ImagingRegion& region, ExampleKind kind,
                    const RenderOptions& options, std::mt19937& random);

/// Whether a line is the drawn needle (1), something else (0), or its echo or only a part of it (-1). `unit`:
/// px of the full picture per px of the search picture.
int labelOf(const imaging::Shaft& shaft, const RenderedNeedle& needle, double unit);

/// Draws by explicit formulas: the distributions of the standard library differ between its makers.
double uniform(std::mt19937& random, double low, double high);
bool chance(std::mt19937& random, double share);

}  // namespace acuguide::training
