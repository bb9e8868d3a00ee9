#include "calibration/report/report.h"

#include "calibration/report/plot.h"

#include <gmock/gmock.h>

#include <limits>

namespace acuguide::calibration {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Report, TextOfAnyKindStaysText) {
  Report report("a < b");
  report.text("<script>alert(1)</script> & \"more\"");
  EXPECT_THAT(report.html(), HasSubstr("<title>a &lt; b</title>"));
  EXPECT_THAT(report.html(), HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
}

TEST(Report, NeedsNothingBesideIt) {
  Report report("picture");
  report.picture(cv::Mat(4, 5, CV_8UC1, cv::Scalar(128)), "a grey field");
  const std::string html = report.html();
  EXPECT_THAT(html, HasSubstr("src=\"data:image/png;base64,iVBORw0KGgo"));
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  EXPECT_THAT(html, Not(HasSubstr("https://")));
}

TEST(Report, NumbersStandRight) {
  Report report("table");
  report.table({"wire", "mm"},
               {{"1:H5_h5", "0.345"}, {"2:L5_i5", fixed(std::numeric_limits<double>::quiet_NaN(), 2)}});
  EXPECT_THAT(report.html(), HasSubstr("<td>1:H5_h5</td><td class=\"n\">0.345</td>"));
  EXPECT_THAT(report.html(), HasSubstr("<td class=\"n\">–</td>"));
}

TEST(Plot, DrawsOnlyWhatIsFinite) {
  Plot plot{"t", "x", "y", {{"s", {{0, 1}, {1, std::numeric_limits<double>::quiet_NaN()}, {2, 3}}}}};
  const std::string svg = plot.svg();
  std::size_t circles = 0;
  for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1)) ++circles;
  EXPECT_EQ(circles, 2u);
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
}

TEST(Plot, NothingToDrawIsStillAPlot) {
  EXPECT_THAT((Plot{"t", "x", "y", {}}.svg()), Not(HasSubstr("nan")));
  EXPECT_THAT((Plot{"t", "x", "y", {}}.svg()), Not(HasSubstr("inf")));
}

TEST(Plot, HistogramCountsEveryFiniteValue) {
  const PlotSeries series = histogram("", {0.1, 0.2, 0.9, 5.0, -1.0}, 0, 1, 2);
  ASSERT_EQ(series.points.size(), 2u);
  EXPECT_EQ(series.points[0].second, 3);
  EXPECT_EQ(series.points[1].second, 2);
}

}  // namespace
}  // namespace acuguide::calibration
