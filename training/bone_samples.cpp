// bone_samples: what PlaneBone looks at in each piece of surface that may be bone, for
// training/train_bone.py.
//
//   bone_samples PICTURES.csv OUT.csv
//
// PICTURES.csv: picture,network; files (network empty: the built-in one). OUT.csv: a row is a piece of
// surface: picture (number of the row), nine places along it (x and y, px of the picture), then the evidence.

#include "imaging/planes/plane_finder.h"
#include "imaging/region/region_finder.h"

#include <opencv2/imgcodecs.hpp>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  using namespace acuguide::imaging;
  if (argc != 3) {
    std::cerr << "usage: bone_samples PICTURES.csv OUT.csv\n";
    return 2;
  }
  cv::setNumThreads(1);
  constexpr int places = 9;
  std::ofstream out(argv[2]);
  out << "picture";
  for (int k = 0; k < places; ++k) out << ",x" << k << ",y" << k;
  for (const auto name : kBoneEvidenceNames) out << ',' << name;
  out << '\n';
  std::map<std::string, PlaneFinder> finders;
  RegionFinder regionFinder;
  std::vector<TissuePlane> found;
  std::ifstream list(argv[1]);
  std::string line;
  std::getline(list, line);  // the names
  for (int number = 0; std::getline(list, line); ++number) {
    std::string picture, network;
    std::stringstream cells(line);
    std::getline(cells, picture, ',');
    std::getline(cells, network, ',');
    const cv::Mat grey = cv::imread(picture, cv::IMREAD_GRAYSCALE);
    if (grey.empty()) {
      std::cerr << picture << ": not a picture that can be read\n";
      return 1;
    }
    PlaneFinder& finder = finders.try_emplace(network, network).first->second;
    finder.reset();
    finder.process(grey, regionFinder.process(grey, true), 0, found);
    const PlanePicture& working = finder.picture();
    for (const PlaneBone::Candidate& piece : finder.bone().candidates()) {
      out << number;
      for (int k = 0; k < places; ++k) {
        const int sample = piece.begin + k * (piece.end - 1 - piece.begin) / (places - 1);
        const auto x = static_cast<float>(working.toFull(sample * PlaneBone::columnStep));
        const auto y = static_cast<float>(working.toFull(finder.bone().depthAt(sample)));
        const PlaneVertex at = working.toFrame({x, y, y, y});
        out << ',' << at.x << ',' << at.ridge;
      }
      for (const double value : piece.evidence) out << ',' << value;
      out << '\n';
    }
  }
  return 0;
}
