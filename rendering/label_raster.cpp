#include "rendering/label_raster.h"

#include "rendering/fonts.h"

#include <opencv2/imgproc.hpp>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkStdString.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>

#include <algorithm>
#include <cmath>

namespace acuguide::rendering {
namespace {

constexpr int kPointsAsPixels = 72;  // at this resolution a point is a pixel
constexpr double kHaloStrength = 0.9;
constexpr std::size_t kFontAnswersKept = 256;

/// How much of each pixel the letters cover, CV_8UC1, top row first.
cv::Mat coverageOf(const Label& label, const std::string& fontFile) {
  vtkNew<vtkTextProperty> property;
  property->SetColor(1, 1, 1);
  property->SetFontSize(std::max(1, static_cast<int>(std::lround(label.sizePx))));
  if (fontFile.empty()) {
    property->SetFontFamilyToArial();
    property->SetBold(label.bold);
  } else {
    property->SetFontFamily(VTK_FONT_FILE);
    property->SetFontFile(fontFile.c_str());
  }
  vtkNew<vtkImageData> image;
  int size[2] = {0, 0};
  vtkTextRenderer* renderer = vtkTextRenderer::GetInstance();
  if (renderer == nullptr ||
      !renderer->RenderString(property, label.text, image, size, kPointsAsPixels,
                              vtkTextRenderer::FreeType) ||
      size[0] <= 0 || size[1] <= 0 || image->GetNumberOfScalarComponents() != 4)
    return {};
  const int* stored = image->GetDimensions();  // may be padded
  const cv::Mat rgba(stored[1], stored[0], CV_8UC4, image->GetScalarPointer());
  cv::Mat coverage;
  cv::extractChannel(rgba(cv::Rect(0, 0, std::min(size[0], stored[0]), std::min(size[1], stored[1]))),
                     coverage, 3);
  cv::flip(coverage, coverage, 0);
  return coverage;
}

cv::Vec4b mixed(palette::Colour over, palette::Colour under, double overShare, double underShare) {
  const double alpha = overShare + underShare * (1 - overShare);
  if (alpha <= 0) return {0, 0, 0, 0};
  const auto channel = [&](int a, int b) {
    return static_cast<std::uint8_t>(std::lround((a * overShare + b * underShare * (1 - overShare)) / alpha));
  };
  return {channel(over.red, under.red), channel(over.green, under.green), channel(over.blue, under.blue),
          static_cast<std::uint8_t>(std::lround(alpha * 255))};
}

cv::Mat composed(const cv::Mat& letters, const cv::Mat& ground, palette::Colour ink,
                 palette::Colour groundColour) {
  cv::Mat picture(letters.size(), CV_8UC4);
  for (int y = 0; y < letters.rows; ++y) {
    for (int x = 0; x < letters.cols; ++x) {
      picture.at<cv::Vec4b>(y, x) = mixed(ink, groundColour, letters.at<std::uint8_t>(y, x) / 255.0,
                                          ground.at<std::uint8_t>(y, x) / 255.0);
    }
  }
  return picture;
}

cv::Mat withHalo(const cv::Mat& coverage, palette::Colour ink, double unit) {
  const int reach = std::max(1, static_cast<int>(std::lround(1.5 * palette::kHaloPx * unit)));
  cv::Mat letters;
  cv::copyMakeBorder(coverage, letters, reach + 1, reach + 1, reach + 1, reach + 1, cv::BORDER_CONSTANT, 0);
  cv::Mat halo;
  cv::dilate(letters, halo,
             cv::getStructuringElement(cv::MORPH_ELLIPSE, cv::Size(2 * reach + 1, 2 * reach + 1)));
  cv::GaussianBlur(halo, halo, cv::Size(3, 3), 0);
  return composed(letters, halo * kHaloStrength, ink, palette::kHalo);
}

cv::Mat onPlate(const cv::Mat& coverage, palette::Colour ink, palette::Colour plate) {
  const int across = coverage.rows * 4 / 5;
  const int along = coverage.rows / 2;
  cv::Mat letters;
  cv::copyMakeBorder(coverage, letters, along, along, across, across, cv::BORDER_CONSTANT, 0);
  const int radius = std::max(2, coverage.rows / 5);
  cv::Mat ground(letters.size(), CV_8UC1, cv::Scalar(0));
  for (const int x : {radius, ground.cols - 1 - radius}) {
    for (const int y : {radius, ground.rows - 1 - radius})
      cv::circle(ground, {x, y}, radius, cv::Scalar(255), cv::FILLED, cv::LINE_AA);
  }
  cv::rectangle(ground, {0, radius}, {ground.cols - 1, ground.rows - 1 - radius}, cv::Scalar(255),
                cv::FILLED);
  cv::rectangle(ground, {radius, 0}, {ground.cols - 1 - radius, ground.rows - 1}, cv::Scalar(255),
                cv::FILLED);
  return composed(letters, ground, ink, plate);
}

std::string keyOf(const Label& label, double unit) {
  return label.text + '\n' + std::to_string(label.colour.rgb()) + '/' + std::to_string(label.sizePx) + '/' +
         std::to_string(label.bold) + '/' + std::to_string(label.widestPx) + '/' +
         (label.plate ? std::to_string(label.plate->rgb()) : "") + '/' + std::to_string(unit);
}

}  // namespace

const cv::Mat& LabelRaster::pictureOf(const Label& label, double unit) {
  const auto [entry, isNew] = cache_.try_emplace(keyOf(label, unit));
  entry->second.used = true;
  if (isNew && !label.text.empty()) {
    const std::string& font = fontFile(label.text, label.bold);
    cv::Mat coverage = coverageOf(label, font);
    if (label.widestPx > 0 && coverage.cols > label.widestPx) {
      Label smaller = label;
      smaller.sizePx *= label.widestPx / coverage.cols;
      coverage = coverageOf(smaller, font);
    }
    if (!coverage.empty())
      entry->second.picture = label.plate ? onPlate(coverage, label.colour, *label.plate)
                                          : withHalo(coverage, label.colour, unit);
  }
  return entry->second.picture;
}

void LabelRaster::forgetUnused() {
  std::erase_if(cache_, [](const auto& entry) { return !entry.second.used; });
  for (auto& [key, entry] : cache_) entry.used = false;
}

// Asking the font configuration takes milliseconds: all plain Latin text shares one answer.
const std::string& LabelRaster::fontFile(const std::string& text, bool bold) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  const std::string sample = plain ? "Ag" : text;
  if (fontFiles_.size() > kFontAnswersKept) fontFiles_.clear();
  const auto [entry, isNew] = fontFiles_.try_emplace({sample, bold});
  if (isNew) entry->second = fontFileFor(sample, bold);
  return entry->second;
}

}  // namespace acuguide::rendering
