#include "rendering/fonts.h"
#include "rendering/label_placer.h"
#include "rendering/label_raster.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace acuguide::rendering {
namespace {

const cv::Rect2d kBounds(0, 0, 900, 600);

Label labelAt(std::vector<LabelAnchor> anchors) {
  Label label;
  label.text = "nerve";
  label.anchors = std::move(anchors);
  return label;
}

TEST(LabelPlacer, TakesTheFirstFreeAnchor) {
  const std::vector<Label> labels{labelAt({{{100, 100}, {0, 0}}, {{200, 100}, {0, 0}}})};
  EXPECT_EQ(placeLabels(labels, {{50, 20}}, {}, kBounds)[0], cv::Rect2d(100, 100, 50, 20));
  EXPECT_EQ(placeLabels(labels, {{50, 20}}, {{110, 90, 30, 30}}, kBounds)[0], cv::Rect2d(200, 100, 50, 20));
}

TEST(LabelPlacer, LabelsAvoidEachOther) {
  const std::vector<LabelAnchor> anchors{{{100, 100}, {0, 0}}, {{100, 140}, {0, 0}}, {{100, 180}, {0, 0}}};
  const auto places = placeLabels({labelAt(anchors), labelAt(anchors), labelAt(anchors)},
                                  {{50, 20}, {50, 20}, {50, 20}}, {}, kBounds);
  EXPECT_EQ((places[0] & places[1]).area(), 0);
  EXPECT_EQ((places[1] & places[2]).area(), 0);
  EXPECT_EQ((places[0] & places[2]).area(), 0);
}

TEST(LabelPlacer, StaysOutOfTheMiddleAndInsideTheBounds) {
  const auto middle =
      placeLabels({labelAt({{{450, 300}, {0.5, 0.5}}, {{450, 120}, {0.5, 0.5}}})}, {{80, 20}}, {}, kBounds);
  EXPECT_DOUBLE_EQ(middle[0].y, 110);
  const auto edge =
      placeLabels({labelAt({{{890, 50}, {0, 0}}, {{800, 50}, {0, 0}}})}, {{80, 20}}, {}, kBounds);
  EXPECT_DOUBLE_EQ(edge[0].x, 800);
}

TEST(LabelPlacer, FixedLabelsStayAndOthersMakeRoom) {
  Label fixed = labelAt({{{100, 100}, {0, 0}}});
  fixed.fixed = true;
  const auto places = placeLabels({labelAt({{{100, 100}, {0, 0}}, {{100, 200}, {0, 0}}}), fixed},
                                  {{50, 20}, {50, 20}}, {}, kBounds);
  EXPECT_DOUBLE_EQ(places[0].y, 200);
  EXPECT_DOUBLE_EQ(places[1].y, 100);
}

TEST(LabelRaster, LettersHaveTheirColourAndADarkHalo) {
  LabelRaster raster;
  Label label;
  label.text = "D";
  label.colour = palette::kTarget;
  label.sizePx = 32;
  label.bold = true;
  const cv::Mat picture = raster.pictureOf(label, 1);
  ASSERT_EQ(picture.type(), CV_8UC4);
  EXPECT_GT(picture.rows, 20);
  EXPECT_LT(picture.rows, 40);
  int ink = 0;
  int halo = 0;
  for (int y = 0; y < picture.rows; ++y) {
    for (int x = 0; x < picture.cols; ++x) {
      const cv::Vec4b pixel = picture.at<cv::Vec4b>(y, x);
      if (pixel[3] < 200) continue;
      ink += pixel[0] > 200 && pixel[2] < 100 ? 1 : 0;
      halo += pixel[0] < 40 && pixel[1] < 40 ? 1 : 0;
    }
  }
  EXPECT_GT(ink, 80);
  EXPECT_GT(halo, 40);
}

TEST(LabelRaster, KeepsWhatIsInUseAndForgetsTheRest) {
  LabelRaster raster;
  Label label;
  label.text = "12 mm";
  const std::uint8_t* first = raster.pictureOf(label, 1).data;
  raster.forgetUnused();
  EXPECT_EQ(raster.pictureOf(label, 1).data, first);
  const cv::Mat held = raster.pictureOf(label, 1);  // so that a new picture cannot have the old one's address
  raster.forgetUnused();
  raster.forgetUnused();
  EXPECT_NE(raster.pictureOf(label, 1).data, first);
}

TEST(LabelRaster, LongTextsShrinkToTheirRoom) {
  LabelRaster raster;
  Label label;
  label.text = "VERALTET – das Bild ist 0,6 Sekunden alt";
  label.sizePx = 40;
  label.plate = palette::kAlarmPlate;
  EXPECT_GT(raster.pictureOf(label, 1).cols, 500);
  label.widestPx = 400;
  EXPECT_LT(raster.pictureOf(label, 1).cols, 480);
}

TEST(LabelRaster, EmptyTextIsAnEmptyPicture) {
  LabelRaster raster;
  EXPECT_TRUE(raster.pictureOf(Label{}, 1).empty());
}

TEST(Fonts, ChineseAndKoreanHaveAFontThatCanWriteThem) {
  const std::string latin = fontFileFor("Ag", false);
  if (latin.empty()) GTEST_SKIP() << "no font is installed on this machine";
  const std::string chinese = fontFileFor("正中神经", false);
  const std::string korean = fontFileFor("신경", false);
  if (chinese == latin) GTEST_SKIP() << "no CJK font is installed on this machine";
  LabelRaster raster;
  Label label;
  label.sizePx = 32;
  label.text = "正中";
  const cv::Mat first = raster.pictureOf(label, 1).clone();
  label.text = "神经";
  const cv::Mat second = raster.pictureOf(label, 1).clone();
  // Missing letters would all be the same empty box.
  cv::Mat resized;
  cv::resize(second, resized, first.size());
  EXPECT_GT(cv::norm(first, resized, cv::NORM_L1) / static_cast<double>(first.total()), 20);
  EXPECT_FALSE(korean.empty());
}

}  // namespace
}  // namespace acuguide::rendering
