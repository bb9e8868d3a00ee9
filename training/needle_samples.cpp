// needle_samples: measures the lines in pictures without a needle, and in the same pictures with needles
// drawn into them, and writes what the model learns from.
//
//   needle_samples regions OUT.csv DATA IMAGE...          finds the ultrasound picture in each image
//   needle_samples measure OUT.csv SEED DATA REGIONS.csv  measures every line of every image listed there
//   needle_samples weigh SCORES.csv OUT.csv               applies NeedleVerdict to lines judged one by one
//
// `measure`: a row is a line. group: subject, to split by. kind: see ExampleKind. label: 1 needle, 0 not, -1
// an echo of the needle or only a part of it, 2 a drawn needle no line of which was found (no features).
// picture: number of the example. angle_deg, peak, contrast: of the drawn needle. Then what `weigh` needs,
// then the features. `weigh` takes picture,probe,unit,on_plane,ox,oy,dx,dy,begin,end,level,confidence and
// writes the confidence that is left, a row each, in the same order.

#include "imaging/needle/needle_detector.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/region/probe_side.h"
#include "imaging/region/region_finder.h"
#include "needle_example.h"

#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace acuguide::imaging;
using namespace acuguide::training;
namespace fs = std::filesystem;

/// Subject of planes/ (folders below images/), or a run of 17 names of nerves_vessels/.
std::string groupOf(const fs::path& path) {
  const std::string stem = path.stem().string();
  if (path.parent_path().filename() == "images" && !stem.empty() && std::isdigit(stem[0]) != 0)
    return "nerves" + std::to_string(std::stoi(stem) / 17);
  return path.parent_path().parent_path().filename().string() + "/" + path.parent_path().filename().string();
}

cv::Mat readGrey(const fs::path& path) {
  cv::Mat grey = cv::imread(path.string(), cv::IMREAD_GRAYSCALE);
  if (grey.empty()) throw std::runtime_error(path.string() + ": not a picture that can be read");
  return grey;
}

std::vector<std::vector<std::string>> readTable(const fs::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path.string() + ": cannot be read");
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);  // the names
  while (std::getline(file, line)) {
    std::stringstream stream(line);
    rows.emplace_back();
    for (std::string cell; std::getline(stream, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

void findRegions(const fs::path& out, const fs::path& data, const std::vector<fs::path>& images) {
  std::ofstream file(out);
  file << "image,x,y,w,h,probe\n";
  RegionFinder finder;
  for (const fs::path& image : images) {
    const cv::Mat grey = readGrey(image);
    cv::Rect b = finder.process(grey, true).bounds;
    if (b.empty()) b = cv::Rect(0, 0, grey.cols, grey.rows);
    file << fs::relative(image, data).generic_string() << ',' << b.x << ',' << b.y << ',' << b.width << ','
         << b.height << ',' << static_cast<int>(probeSideOf(grey, b)) << '\n';
  }
}

class Measurer {
 public:
  explicit Measurer(const fs::path& out) : out_(out), detector_(stillOptions()) {
    out_ << "group,kind,label,picture,angle_deg,peak,contrast,tip_right,"
            "probe,unit,on_plane,ox,oy,dx,dy,begin,end,level";
    for (const auto name : kNeedleFeatureNames) out_ << ',' << name;
    out_ << '\n';
  }

  void measure(const std::string& group, const Example& example, ExampleKind kind, int picture) {
    planes_.reset();
    planes_.process(example.grey, example.region, 0, tissue_);
    detector_.process(example.grey, example.region, tissue_, 0);
    const double unit = std::max(1.0, std::sqrt(static_cast<double>(example.region.bounds.area())) / 290);
    bool any = false;
    const auto begin = [&](int label, bool tipRight) {
      any = any || label == 1;
      out_ << group << ',' << static_cast<int>(kind) << ',' << label << ',' << picture << ','
           << example.needle.angleDeg << ',' << example.needle.peak << ',' << example.needle.contrast << ','
           << tipRight << ',' << static_cast<int>(example.region.probe) << ',' << unit;
    };
    for (const MeasuredShaft& judged : detector_.judged()) {
      const Shaft& s = *judged.shaft;
      const Eigen::Vector2d tip = s.at(judged.tipAtEnd ? s.end : s.begin);
      begin(kind == ExampleKind::Drawn ? labelOf(s, example.needle, unit) : 0,
            (tip - example.needle.tip).norm() < (tip - example.needle.tail).norm());
      out_ << ',' << judged.onPlane << ',' << s.origin.x() << ',' << s.origin.y() << ',' << s.direction.x()
           << ',' << s.direction.y() << ',' << s.begin << ',' << s.end << ',' << s.level;
      for (const float value : judged.features) out_ << ',' << value;
      out_ << '\n';
    }
    if (kind != ExampleKind::Drawn || any) return;
    begin(2, false);  // the search or the fit missed it: counts in the recall
    out_ << ",0,0,0,1,0,0,1,0";
    for (std::size_t i = 0; i < kNeedleFeatureCount; ++i) out_ << ",0";
    out_ << '\n';
  }

 private:
  static NeedleDetectorOptions stillOptions() {
    NeedleDetectorOptions options;
    options.still = true;
    return options;
  }

  std::ofstream out_;
  PlaneFinder planes_;
  std::vector<TissuePlane> tissue_;
  NeedleDetector detector_;
};

void measureAll(const fs::path& out, unsigned seed, const fs::path& data, const fs::path& regions) {
  constexpr int kVaried = 5, kDrawn = 16;
  Measurer measurer(out);
  int picture = 0;
  unsigned image = 0;
  for (const auto& row : readTable(regions)) {
    ++image;
    const fs::path path = data / row.at(0);
    const cv::Mat original = readGrey(path);
    ImagingRegion region;
    region.bounds =
        cv::Rect(std::stoi(row.at(1)), std::stoi(row.at(2)), std::stoi(row.at(3)), std::stoi(row.at(4)));
    region.probe = static_cast<ProbeSide>(std::stoi(row.at(5)));
    for (int round = 0; round < 1 + kVaried + kDrawn; ++round, ++picture) {
      std::mt19937 random(seed * 7919U + image * 104729U + static_cast<unsigned>(round));
      const ExampleKind kind = round == 0         ? ExampleKind::AsIs
                               : round <= kVaried ? ExampleKind::Varied
                                                  : ExampleKind::Drawn;
      measurer.measure(groupOf(path), makeExample(original, region, kind, {}, random), kind, picture);
    }
  }
}

/// Lines of one picture follow each other.
void weigh(const fs::path& scores, const fs::path& out) {
  std::ofstream file(out);
  const auto rows = readTable(scores);
  NeedleVerdict verdict;
  std::vector<Shaft> shafts;
  std::vector<MeasuredShaft> lines;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t last = i;
    while (last < rows.size() && rows[last][0] == rows[i][0]) ++last;
    shafts.assign(last - i, {});
    lines.assign(last - i, {});
    for (std::size_t k = 0; k < shafts.size(); ++k) {
      const auto number = [&](std::size_t column) { return std::stod(rows[i + k].at(column)); };
      Shaft& s = shafts[k];
      s.origin = {number(4), number(5)};
      s.direction = {number(6), number(7)};
      s.begin = number(8);
      s.end = number(9);
      s.level = number(10);
      lines[k].shaft = &s;
      lines[k].onPlane = number(3) != 0;
      lines[k].confidence = number(11);
    }
    verdict.weigh(lines, static_cast<ProbeSide>(std::stoi(rows[i][1])), std::stod(rows[i][2]));
    for (const MeasuredShaft& line : lines) file << line.confidence << '\n';
    i = last;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  cv::setNumThreads(1);
  try {
    if (args.size() >= 4 && args[0] == "regions") {
      findRegions(args[1], args[2], {args.begin() + 3, args.end()});
    } else if (args.size() == 5 && args[0] == "measure") {
      measureAll(args[1], static_cast<unsigned>(std::stoul(args[2])), args[3], args[4]);
    } else if (args.size() == 3 && args[0] == "weigh") {
      weigh(args[1], args[2]);
    } else {
      std::cerr << "usage: needle_samples regions OUT DATA IMAGE... | measure OUT SEED DATA REGIONS | weigh "
                   "SCORES OUT\n";
      return 2;
    }
  } catch (const std::exception& e) {
    std::cerr << "needle_samples: " << e.what() << '\n';
    return 2;
  }
  return 0;
}
