// plane_answers: planes and fibres of pictures as `acuguide process --still` finds them, but with a network
// of one's own, for measuring what a network says of scanners that it has not seen (plane_left_out.py).
//
//   plane_answers PICTURES.csv OUT
//
// PICTURES.csv: picture,network; files. OUT gets frames.csv, planes.csv and fibres.csv with those of the
// columns of `process` that ../shared/score reads.

#include "core/units.h"
#include "imaging/planes/fibre_direction.h"
#include "imaging/planes/plane_finder.h"
#include "imaging/region/region_finder.h"

#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  using namespace acuguide;
  using namespace acuguide::imaging;
  if (argc != 3) {
    std::cerr << "usage: plane_answers PICTURES.csv OUT\n";
    return 2;
  }
  cv::setNumThreads(1);
  const std::filesystem::path out = argv[2];
  std::filesystem::create_directories(out);
  std::ofstream frames(out / "frames.csv"), planes(out / "planes.csv"), fibres(out / "fibres.csv");
  frames << "frame,image\n";
  planes << "frame,label,confidence,x_px,y_px,upper_px,lower_px\n";
  fibres << "frame,angle_deg,confidence\n";
  std::map<std::string, PlaneFinder> finders;
  FibreFinder fibreFinder;
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
    frames << number << ',' << picture << '\n';
    for (const TissuePlane& plane : found)
      for (const PlaneVertex& v : plane.vertices)
        planes << number << ',' << nameOf(plane.label) << ',' << plane.confidence << ',' << v.x << ','
               << v.ridge << ',' << v.upper << ',' << v.lower << '\n';
    const auto fibre =
        fibreFinder.process(finder.picture(), found, fibresSeen(finder.segmenter(), finder.picture(), found));
    fibres << number << ',';
    if (fibre)
      fibres << degrees(fibre->angle) << ',' << fibre->confidence << '\n';
    else
      fibres << ",\n";
  }
  return 0;
}
