// plane_samples: measures every pair of curves that may be the two aponeuroses, in pictures as they are and
// varied, and writes what the choice of pair learns from.
//
//   plane_samples OUT.csv SEED VARIATIONS TRUTH.csv PICTURES.csv
//
// PICTURES.csv: picture,group,network; files, what to split by, and the network that has not seen it.
// TRUTH.csv: picture,plane,x,y; points of the superficial plane's lower edge and the deep one's upper edge; a
// picture without any has no such pair. A row of OUT.csv is a pair: group, picture number, variation (0 as
// is), mean error of the superficial curve's lower edge and of the deep curve's upper edge at the points, in
// hundredths of the region's height (empty without points), then the measures.

#include "imaging/planes/plane_bands.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_edges.h"
#include "imaging/planes/plane_pairs.h"
#include "imaging/planes/plane_picture.h"
#include "imaging/planes/plane_segmenter.h"
#include "imaging/planes/plane_texture.h"
#include "imaging/region/region_finder.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace acuguide::imaging;

using Points = std::vector<cv::Point2d>;

/// Points on the two edges; empty: not annotated.
struct Truth {
  Points superficial, deep;
};

/// The picture of one scan, probe side up, and where its annotation lies in it.
struct Sample {
  cv::Mat picture;
  Truth truth;

  void eachPoint(const std::function<void(cv::Point2d&)>& change) {
    for (Points* points : {&truth.superficial, &truth.deep})
      for (cv::Point2d& p : *points) change(p);
  }
};

double uniform(std::mt19937& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 5) / 134217728.0);
}

std::vector<std::string> cellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  if (line.ends_with(',')) cells.emplace_back();
  return cells;
}

std::map<std::string, Truth> readTruth(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  std::map<std::string, Truth> all;
  while (std::getline(in, line)) {
    const auto cells = cellsOf(line);
    Truth& truth = all[cells.at(0)];
    (cells.at(1) == "deep" ? truth.deep : truth.superficial)
        .emplace_back(std::stod(cells.at(2)), std::stod(cells.at(3)));
  }
  return all;
}

/// Another depth setting, a narrower picture, one that begins below the skin: cuts away what lies far from
/// the annotation.
void crop(Sample& s, std::mt19937& random) {
  const int w = s.picture.cols, h = s.picture.rows;
  double highest = 0.3 * h, deepest = 0.7 * h, left = 0, right = w;
  for (const cv::Point2d& p : s.truth.superficial) highest = std::min(highest, p.y);
  for (const cv::Point2d& p : s.truth.deep) deepest = std::max(deepest, p.y + 0.06 * h);
  const double side = uniform(random, 0, 0.35) * w;
  const Points& seen = s.truth.deep.empty() ? s.truth.superficial : s.truth.deep;
  const bool fromLeft = seen.size() == 1 ? seen[0].x > 0.5 * w : uniform(random, 0, 1) < 0.5;
  (fromLeft ? left : right) += fromLeft ? side : -side;
  const double top = uniform(random, 0, 1) < 0.4 ? uniform(random, 0, std::max(0.0, highest - 0.01 * h)) : 0,
               bottom = uniform(random, 0, 1) < 0.5 ? uniform(random, std::min<double>(deepest, h), h) : h;
  const cv::Rect kept(cv::Point(static_cast<int>(left), static_cast<int>(top)),
                      cv::Point(static_cast<int>(right), static_cast<int>(bottom)));
  s.picture = s.picture(kept).clone();
  s.eachPoint([&](cv::Point2d& p) { p -= cv::Point2d(kept.x, kept.y); });
  for (Points* points : {&s.truth.superficial, &s.truth.deep})
    std::erase_if(*points, [&](const cv::Point2d& p) { return p.x < 0 || p.x >= kept.width; });
}

void zoom(Sample& s, std::mt19937& random) {
  const double sx = uniform(random, 0.5, 1.3), sy = sx * uniform(random, 0.8, 1.25);
  cv::Mat zoomed;
  cv::resize(s.picture, zoomed, {}, sx, sy, sx < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  s.picture = zoomed;
  s.eachPoint([&](cv::Point2d& p) { p = {(p.x + 0.5) * sx - 0.5, (p.y + 0.5) * sy - 0.5}; });
}

void recolour(Sample& s, std::mt19937& random) {
  const double gamma = uniform(random, 0.6, 1.6), gain = uniform(random, 0.7, 1.3);
  cv::Mat table(1, 256, CV_8UC1);
  for (int i = 0; i < 256; ++i)
    table.at<std::uint8_t>(i) = cv::saturate_cast<std::uint8_t>(255 * gain * std::pow(i / 255.0, gamma));
  cv::LUT(s.picture, table, s.picture);
}

void degrade(Sample& s, std::mt19937& random) {
  const double kind = uniform(random, 0, 1);
  if (kind < 0.2) {
    cv::GaussianBlur(s.picture, s.picture, {}, uniform(random, 0.5, 2.0));
  } else if (kind < 0.3) {
    cv::medianBlur(s.picture, s.picture, 5);
  } else if (kind < 0.5) {
    cv::Mat noisy(s.picture.size(), CV_16S);
    cv::RNG noise(random());
    noise.fill(noisy, cv::RNG::NORMAL, 0, uniform(random, 4, 16));
    cv::add(noisy, s.picture, s.picture, cv::noArray(), CV_8U);
  } else if (kind < 0.7) {
    std::vector<uchar> bytes;
    cv::imencode(".jpg", s.picture, bytes,
                 {cv::IMWRITE_JPEG_QUALITY, static_cast<int>(uniform(random, 30, 80))});
    s.picture = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
  }
}

Sample varied(Sample s, std::mt19937& random) {
  s.picture = s.picture.clone();
  crop(s, random);
  if (uniform(random, 0, 1) < 0.5) {
    cv::flip(s.picture, s.picture, 1);
    s.eachPoint([&](cv::Point2d& p) { p.x = s.picture.cols - 1 - p.x; });
  }
  zoom(s, random);
  recolour(s, random);
  degrade(s, random);
  return s;
}

float at(const std::vector<PlaneVertex>& line, double x, float PlaneVertex::*edge) {
  size_t i = 1;
  while (i + 1 < line.size() && line[i].x < x) ++i;
  const PlaneVertex &a = line[i - 1], &b = line[i];
  const double w = std::clamp((x - a.x) / (b.x - a.x), 0.0, 1.0);
  return static_cast<float>(a.*edge + w * (b.*edge - a.*edge));
}

/// The chain of PlaneFinder up to the choice, and the edges of every curve.
class Measurer {
 public:
  explicit Measurer(const std::string& network) : segmenter_(network) {}

  void write(std::FILE* out, const std::string& head, const Sample& s) {
    ImagingRegion region;
    region.bounds = {0, 0, s.picture.cols, s.picture.rows};
    region.probe = ProbeSide::Top;
    if (!picture_.prepare(s.picture, region)) return;
    segmenter_.reset();
    segmenter_.process(picture_.upright(), {picture_.columns(), picture_.depths()}, 0);
    bands_.process(picture_.levelled());
    const auto& curves = curves_.process(bands_, picture_.transposed(), segmenter_.curves());
    texture_.process(picture_.levelled(), curves);
    const auto& pairs =
        pairs_.process(curves, texture_, bands_, segmenter_, picture_.columns(), picture_.depths());
    std::vector<std::vector<PlaneVertex>> lines;
    for (const PlaneCurve& curve : curves)
      lines.push_back(s.truth.superficial.empty() && s.truth.deep.empty() ? std::vector<PlaneVertex>{}
                                                                          : trace(curve));
    for (const PlanePair& pair : pairs) {
      std::fputs(head.c_str(), out);
      const auto error = [&](int curve, float PlaneVertex::*edge, const Points& points) {
        double sum = 0;
        if (!points.empty() && lines[static_cast<size_t>(curve)].size() < 2)
          sum = s.picture.rows;
        else
          for (const cv::Point2d& p : points)
            sum += std::abs(at(lines[static_cast<size_t>(curve)], p.x, edge) - p.y) /
                   static_cast<double>(points.size());
        if (!points.empty()) std::fprintf(out, "%.3f", 100 * sum / s.picture.rows);
        std::fputc(',', out);
      };
      error(pair.superficial, &PlaneVertex::lower, s.truth.superficial);
      error(pair.deep, &PlaneVertex::upper, s.truth.deep);
      for (size_t k = 0; k < pair.value.size(); ++k)
        std::fprintf(out, k + 1 < pair.value.size() ? "%.4f," : "%.4f\n", pair.value[k]);
    }
  }

 private:
  std::vector<PlaneVertex> trace(const PlaneCurve& curve) {
    const cv::Mat& upright = picture_.upright();
    std::vector<float> path(static_cast<size_t>(upright.cols));
    for (int x = 0; x < upright.cols; ++x) {
      const double u = 2 * picture_.toWorking(x) / (picture_.columns() - 1) - 1;
      path[static_cast<size_t>(x)] = static_cast<float>(picture_.toFull(curve.at(static_cast<float>(u))));
    }
    std::vector<PlaneVertex> vertices;
    edges_.process(upright, path, picture_.scale(), bands_.sigma(curve.scale), vertices);
    return vertices;
  }

  PlanePicture picture_;
  PlaneSegmenter segmenter_;
  PlaneBands bands_;
  PlaneCurves curves_;
  PlaneTexture texture_;
  PlanePairs pairs_;
  PlaneEdges edges_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: plane_samples OUT.csv SEED VARIATIONS TRUTH.csv PICTURES.csv\n";
    return 2;
  }
  std::FILE* out = std::fopen(argv[1], "w");
  if (!out) return 2;
  std::fputs("group,picture,variation,superficial_error,deep_error", out);
  for (const auto name : PlanePair::names) std::fprintf(out, ",%s", std::string(name).c_str());
  std::fputc('\n', out);
  const auto truths = readTruth(argv[4]);
  const int variations = std::stoi(argv[3]);
  RegionFinder finder;
  std::map<std::string, Measurer> measurers;
  std::ifstream pictures(argv[5]);
  std::string line;
  std::getline(pictures, line);
  for (unsigned number = 0; std::getline(pictures, line); ++number) {
    const auto cells = cellsOf(line);
    Sample sample;
    sample.picture = cv::imread(cells.at(0), cv::IMREAD_GRAYSCALE);
    const ImagingRegion region = finder.process(sample.picture, true);
    if (region.bounds.empty()) continue;
    sample.picture = sample.picture(region.bounds).clone();
    if (const auto found = truths.find(cells[0]); found != truths.end()) sample.truth = found->second;
    sample.eachPoint([&](cv::Point2d& p) { p -= cv::Point2d(region.bounds.x, region.bounds.y); });
    Measurer& measurer = measurers.try_emplace(cells.at(2), cells.at(2)).first->second;
    std::mt19937 random(static_cast<std::uint32_t>(std::stoul(argv[2])) + number);
    for (int v = 0; v <= variations; ++v) {
      const std::string head = cells.at(1) + "," + std::to_string(number) + "," + std::to_string(v) + ",";
      measurer.write(out, head, v == 0 ? sample : varied(sample, random));
    }
  }
  return std::fclose(out) == 0 ? 0 : 1;
}
