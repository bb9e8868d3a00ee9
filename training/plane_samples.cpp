// plane_samples: measures every pair of curves that may be the two aponeuroses, in annotated pictures and in
// pictures without two aponeuroses, as they are and varied, and writes what the choice of pair learns from.
//
//   plane_samples OUT.csv SEED VARIATIONS CONSENSUS.csv IMAGE...
//
// A picture named in CONSENSUS.csv (columns image, x_col, superficial_y, deep_y) is an annotated one, any
// other one without. A row is a pair: group (to split by), picture number, variation (0 as is), error of the
// superficial curve's lower edge and of the deep curve's upper edge at the annotated column (pixels of the
// picture as it is; empty without annotation), then the measures.

#include "imaging/planes/plane_bands.h"
#include "imaging/planes/plane_curves.h"
#include "imaging/planes/plane_edges.h"
#include "imaging/planes/plane_pairs.h"
#include "imaging/planes/plane_picture.h"
#include "imaging/planes/plane_texture.h"
#include "imaging/region/region_finder.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace acuguide::imaging;

struct Annotation {
  double column = 0;
  std::optional<double> superficial, deep;
};

/// The picture of one scan, probe side up, and where its annotation lies in it.
struct Sample {
  cv::Mat picture;
  std::optional<Annotation> truth;
  double scaleY = 1;  // pixels of it per pixel as annotated
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

std::map<std::string, Annotation> readAnnotations(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  std::map<std::string, size_t> column;
  for (const std::string& name : cellsOf(line)) column.emplace(name, column.size());
  std::map<std::string, Annotation> all;
  while (std::getline(in, line)) {
    const auto cells = cellsOf(line);
    const auto number = [&](const char* name) {
      const std::string& cell = cells.at(column.at(name));
      return cell.empty() ? std::nullopt : std::optional(std::stod(cell));
    };
    all[cells.at(column.at("image"))] = {number("x_col").value(), number("superficial_y"), number("deep_y")};
  }
  return all;
}

/// Subject of dataset 1, folder of the others, or a run of 17 names of nerves_vessels/.
std::string groupOf(const std::filesystem::path& path) {
  const std::string stem = path.stem().string();
  if (path.parent_path().filename() == "images" && !stem.empty() && std::isdigit(stem[0]) != 0)
    return "nerves" + std::to_string(std::stoi(stem) / 17);
  return path.parent_path().parent_path().filename().string() + "/" + path.parent_path().filename().string();
}

/// Another depth setting, a narrower picture: cuts away what lies far from the annotation.
void crop(Sample& s, std::mt19937& random) {
  const int w = s.picture.cols, h = s.picture.rows;
  int left = 0, right = w, bottom = h;
  const int side = static_cast<int>(uniform(random, 0, 0.35) * w);
  const bool fromLeft = s.truth ? s.truth->column > 0.5 * w : uniform(random, 0, 1) < 0.5;
  (fromLeft ? left : right) += fromLeft ? side : -side;
  const double deepest = s.truth && s.truth->deep ? *s.truth->deep + 0.06 * h : 0.7 * h;
  if (uniform(random, 0, 1) < 0.5)
    bottom = static_cast<int>(uniform(random, std::min<double>(deepest, h), h));
  s.picture = s.picture(cv::Rect(left, 0, right - left, bottom)).clone();
  if (s.truth) s.truth->column -= left;
}

void zoom(Sample& s, std::mt19937& random) {
  const double sx = uniform(random, 0.5, 1.3), sy = sx * uniform(random, 0.8, 1.25);
  cv::Mat zoomed;
  cv::resize(s.picture, zoomed, {}, sx, sy, sx < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  s.picture = zoomed;
  s.scaleY *= sy;
  if (!s.truth) return;
  s.truth->column = (s.truth->column + 0.5) * sx - 0.5;
  for (auto* y : {&s.truth->superficial, &s.truth->deep})
    if (*y) **y = (**y + 0.5) * sy - 0.5;
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
    if (s.truth) s.truth->column = s.picture.cols - 1 - s.truth->column;
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
  void write(std::FILE* out, const std::string& head, const Sample& s) {
    ImagingRegion region;
    region.bounds = {0, 0, s.picture.cols, s.picture.rows};
    region.probe = ProbeSide::Top;
    if (!picture_.prepare(s.picture, region)) return;
    bands_.process(picture_.levelled());
    const auto& curves = curves_.process(bands_, picture_.transposed());
    texture_.process(picture_.levelled(), curves);
    const auto& pairs = pairs_.process(curves, texture_, picture_.columns(), picture_.depths());
    std::vector<std::vector<PlaneVertex>> lines;
    if (s.truth)
      for (const PlaneCurve& curve : curves) lines.push_back(trace(curve));
    for (const PlanePair& pair : pairs) {
      std::fputs(head.c_str(), out);
      const auto error = [&](int curve, float PlaneVertex::*edge, const std::optional<double>& y) {
        if (y)
          std::fprintf(out, "%.2f",
                       (at(lines[static_cast<size_t>(curve)], s.truth->column, edge) - *y) / s.scaleY);
        std::fputc(',', out);
      };
      const Annotation none;
      const Annotation& truth = s.truth ? *s.truth : none;
      error(pair.superficial, &PlaneVertex::lower, truth.superficial);
      error(pair.deep, &PlaneVertex::upper, truth.deep);
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
  PlaneBands bands_;
  PlaneCurves curves_;
  PlaneTexture texture_;
  PlanePairs pairs_;
  PlaneEdges edges_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::cerr << "usage: plane_samples OUT.csv SEED VARIATIONS CONSENSUS.csv IMAGE...\n";
    return 2;
  }
  std::FILE* out = std::fopen(argv[1], "w");
  if (!out) return 2;
  std::fputs("group,picture,variation,superficial_error,deep_error", out);
  for (const auto name : PlanePair::names) std::fprintf(out, ",%s", std::string(name).c_str());
  std::fputc('\n', out);
  const auto annotations = readAnnotations(argv[4]);
  const int variations = std::stoi(argv[3]);
  RegionFinder finder;
  Measurer measurer;
  for (int i = 5; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    Sample sample;
    sample.picture = cv::imread(path.string(), cv::IMREAD_GRAYSCALE);
    ImagingRegion region = finder.process(sample.picture, true);
    if (region.bounds.empty()) continue;
    sample.picture = sample.picture(region.bounds).clone();
    for (const auto& [image, truth] : annotations) {
      if (!path.generic_string().ends_with(image)) continue;
      sample.truth = truth;
      sample.truth->column -= region.bounds.x;
      for (auto* y : {&sample.truth->superficial, &sample.truth->deep})
        if (*y) **y -= region.bounds.y;
    }
    std::mt19937 random(static_cast<std::uint32_t>(std::stoul(argv[2]) + static_cast<unsigned>(i)));
    for (int v = 0; v <= variations; ++v) {
      const std::string head = groupOf(path) + "," + std::to_string(i - 5) + "," + std::to_string(v) + ",";
      measurer.write(out, head, v == 0 ? sample : varied(sample, random));
    }
  }
  return std::fclose(out) == 0 ? 0 : 1;
}
