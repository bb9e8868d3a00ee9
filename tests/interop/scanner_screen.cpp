#include "interop/scanner_screen.h"

#include "simulation/simulated_source.h"

#include <opencv2/freetype.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <array>
#include <utility>

namespace acuguide::interop {
namespace {

constexpr const char* sans = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
constexpr const char* bold = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc";

class Painter {
 public:
  explicit Painter(int number) : random_(static_cast<std::uint64_t>(number) * 7919 + 17) {
    font_ = cv::freetype::createFreeType2();
    font_->loadFontData(random_.uniform(0, 3) == 0 ? bold : sans, 0);
  }

  int number(int from, int to) { return random_.uniform(from, to); }
  template <class List>
  const auto& oneOf(const List& list) {
    return list[static_cast<std::size_t>(random_.uniform(0, static_cast<int>(list.size())))];
  }

  void tissue(ScannerScreen& screen, cv::Point at, cv::Size size) {
    static constexpr std::array scenarios = {"no_needle", "st36_in_plane", "li10_steep"};
    const auto source = simulation::simulatorKind().open(std::string("sim:") + oneOf(scenarios) +
                                                         "?seed=" + std::to_string(number(1, 1000)));
    if (source->info().seekable && source->info().frameCount)
      source->seek(number(0, static_cast<int>(*source->info().frameCount)));
    cv::Mat image = source->read()->pixels;
    cv::resize(image, image, size, 0, 0, cv::INTER_AREA);
    image *= 0.1 * number(7, 13);
    cv::cvtColor(image, image, cv::COLOR_GRAY2BGR);
    screen.tissue = {at, size};
    image.copyTo(screen.pixels(screen.tissue));
  }

  void write(ScannerScreen& screen, cv::Point at, int height, const std::string& text) {
    static const std::vector<cv::Scalar> colours = {{255, 255, 255}, {255, 255, 255}, {210, 210, 210},
                                                    {0, 230, 255},   {255, 220, 60},  {90, 255, 90}};
    cv::Mat layer = cv::Mat::zeros(screen.pixels.size(), CV_8UC3), ink;
    font_->putText(layer, text, at, height, cv::Scalar::all(255), -1, cv::LINE_AA, false);
    cv::extractChannel(layer, ink, 0);
    const cv::Scalar colour = oneOf(colours);
    for (int y = 0; y < ink.rows; ++y)
      for (int x = 0; x < ink.cols; ++x)
        if (const int share = ink.at<uchar>(y, x); share > 0)
          for (int k = 0; k < 3; ++k) {
            uchar& pixel = screen.pixels.at<cv::Vec3b>(y, x)[k];
            pixel = cv::saturate_cast<uchar>((pixel * (255 - share) + colour[k] * share) / 255);
          }
    screen.texts.push_back({text, ink, cv::boundingRect(ink)});
  }

  std::string person() {
    static constexpr std::array names = {"ZIMMERMANN, GRETA",  "Kim Minji",          "O'Connor Patrick",
                                         "\u738b\u5c0f\u660e", "\u9673\u7f8e\u73b2", "\uae40\ubbfc\uc9c0",
                                         "\ubc15\uc11c\uc900", "Hofstetter-Lang"};
    return oneOf(names);
  }
  std::string more() {
    static constexpr std::array words = {"\u5317\u4eac\u534f\u548c\u533b\u9662",
                                         "\uc11c\uc6b8\ub300\ud559\uad50\ubcd1\uc6d0",
                                         "General Hospital",
                                         "\u59d3\u540d \u674e\u5fd7\u5f3a",
                                         "\ud658\uc790 \uc774\uc9c0\uc740",
                                         "Dr. Kellerhals",
                                         "\u81fa\u5927\u91ab\u9662",
                                         "\uc758\uc0ac \ucd5c\uc218\uc9c4",
                                         "Praxis am Marktplatz"};
    return oneOf(words);
  }
  std::string date() {
    return std::to_string(number(1930, 2020)) + "-0" + std::to_string(number(1, 10)) + "-" +
           std::to_string(number(10, 29));
  }
  std::string code() { return "ID " + std::to_string(number(10000000, 99999999)); }

  void noise(cv::Mat& pixels, double sigma) {
    cv::Mat grey(pixels.size(), CV_16S), lifted, three;
    random_.fill(grey, cv::RNG::NORMAL, 3.0, sigma);
    cv::merge(std::vector<cv::Mat>{grey, grey, grey}, three);
    pixels.convertTo(lifted, CV_16SC3);
    lifted += three;
    lifted.convertTo(pixels, CV_8UC3);
  }

 private:
  cv::RNG random_;
  cv::Ptr<cv::freetype::FreeType2> font_;
};

/// Four lines on the tissue, in its corners.
void writeInside(Painter& painter, ScannerScreen& screen) {
  const cv::Rect& box = screen.tissue;
  const int height = painter.number(13, 25);
  painter.write(screen, {box.x + 6, box.y + 6}, height, painter.person());
  painter.write(screen, {box.x + box.width / 2, box.y + 10}, height, painter.more());
  painter.write(screen, {box.x + 8, box.br().y - 2 * height - 4}, height, painter.code());
  painter.write(screen, {box.x + box.width / 2, box.br().y - 2 * height - 8}, height, painter.date());
}

void writeAround(Painter& painter, ScannerScreen& screen) {
  const int height = painter.number(14, 27);
  painter.write(screen, {20, 12}, height, painter.person());
  painter.write(screen, {20, 16 + 2 * height}, height, painter.date());
  painter.write(screen, {screen.pixels.cols / 2, 12}, height, painter.more());
  painter.write(screen, {20, screen.pixels.rows - 2 * height}, height, painter.code());
  painter.write(screen, {screen.pixels.cols / 2, screen.pixels.rows - 2 * height}, height, painter.more());
}

}  // namespace

ScannerScreen scannerScreen(int number) {
  Painter painter(number);
  ScannerScreen screen;
  const cv::Size tissue(painter.number(480, 641), painter.number(360, 481));
  const auto canvas = [&](int right, int below, int grey) {
    screen.pixels = cv::Mat(tissue.height + below, tissue.width + right, CV_8UC3, cv::Scalar::all(grey));
  };
  switch (number % 5) {
    case 0:
      canvas(320, 200, 0);
      painter.tissue(screen, {160, 100}, tissue);
      writeAround(painter, screen);
      break;
    case 1:
      canvas(360, 60, 44);
      painter.tissue(screen, {180, 30}, tissue);
      for (int line = 0; line < 6; ++line) {
        painter.write(screen, {8, 40 + 24 * line}, 12, line % 2 == 0 ? painter.person() : painter.code());
        painter.write(screen, {screen.pixels.cols - 170, 40 + 24 * line}, 12,
                      line % 2 == 0 ? painter.more() : painter.date());
      }
      break;
    case 2:
      canvas(0, 0, 0);
      painter.tissue(screen, {0, 0}, tissue);
      writeInside(painter, screen);
      break;
    case 3:
      canvas(200, 160, 30);
      painter.tissue(screen, {100, 80}, tissue);
      writeAround(painter, screen);
      painter.noise(screen.pixels, 4.0);
      break;
    default:
      canvas(200, 140, 0);
      painter.tissue(screen, {100, 70}, tissue);
      screen.stated = {screen.tissue};
      writeAround(painter, screen);
      writeInside(painter, screen);
  }
  if (number % 3 == 1) {
    std::vector<uchar> file;
    cv::imencode(".jpg", screen.pixels, file, {cv::IMWRITE_JPEG_QUALITY, painter.number(75, 96)});
    screen.pixels = cv::imdecode(file, cv::IMREAD_COLOR);
  }
  return screen;
}

double ScannerScreen::untouched(const cv::Mat& cleaned) const {
  cv::Mat counted = cv::Mat::zeros(pixels.size(), CV_8U), changed, any;
  counted(tissue).setTo(255);
  for (const WrittenText& text : texts) {
    const int about = text.box.height / 2;
    counted(cv::Rect(text.box.x - about, text.box.y - about, text.box.width + 2 * about,
                     text.box.height + 2 * about) &
            cv::Rect({0, 0}, pixels.size()))
        .setTo(0);
  }
  cv::absdiff(pixels, cleaned, changed);
  cv::inRange(changed, cv::Scalar::all(0), cv::Scalar::all(0), any);
  return static_cast<double>(cv::countNonZero(any & counted)) / cv::countNonZero(counted);
}

double ScannerScreen::inkLeft(const cv::Mat& cleaned) const {
  double most = 0;
  cv::Mat left;
  cv::inRange(cleaned, cv::Scalar::all(0), cv::Scalar::all(0), left);
  cv::bitwise_not(left, left);
  for (const WrittenText& text : texts) {
    const cv::Mat core = text.ink > 128;
    if (const int all = cv::countNonZero(core); all > 0)
      most = std::max(most, static_cast<double>(cv::countNonZero(core & left)) / all);
  }
  return most;
}

}  // namespace acuguide::interop
