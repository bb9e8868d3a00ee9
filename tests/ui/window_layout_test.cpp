#include "ui/style/language.h"
#include "ui/widgets/bench_report_page.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/source_dialog.h"
#include "ui/window_fixture.h"
#include "ui/windows/bench_window.h"
#include "ui/windows/guide_window.h"
#include "ui/windows/replay_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QTest>
#include <QTranslator>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <fstream>

namespace acuguide::ui {
namespace {

using test::waitFor;

/// A third more letters in every string, as German has. Leaves %1 and markup alone.
class LongerTranslator : public QTranslator {
 public:
  bool isEmpty() const override { return false; }
  QString translate(const char*, const char* text, const char*, int) const override {
    const QString source = QString::fromUtf8(text);
    if (source.contains('<')) return source;
    QString longer;
    for (const QChar letter : source) {
      longer += letter;
      if (QStringLiteral("aeiou").contains(letter)) longer += letter;
    }
    return longer;
  }
};

/// Labels and buttons that have less room than their text needs. Large type and file names may be narrower:
/// they shrink or are elided by design, and must be high enough only.
QStringList clippedIn(const QWidget& window) {
  QStringList clipped;
  const auto check = [&](const QWidget* widget, const QString& text, QSize needed, bool widthMatters) {
    if (!widget->isVisible() || text.isEmpty()) return;
    const bool inside = window.rect().contains(QRect(widget->mapTo(&window, QPoint(0, 0)), widget->size()));
    if ((widthMatters && widget->width() < needed.width()) || widget->height() < needed.height() || !inside) {
      clipped << QStringLiteral("%1 \"%2\" has %3x%4, needs %5x%6")
                     .arg(widget->objectName(), text)
                     .arg(widget->width())
                     .arg(widget->height())
                     .arg(needed.width())
                     .arg(needed.height());
    }
  };
  for (const auto* label : window.findChildren<QLabel*>()) {
    const bool yields =
        qobject_cast<const ElidedLabel*>(label) != nullptr || qobject_cast<const FitLabel*>(label) != nullptr;
    const QSize needed =
        label->wordWrap() ? QSize(0, label->heightForWidth(label->width())) : label->sizeHint();
    check(label, label->text(), needed, !yields);
  }
  for (const auto* button : window.findChildren<QAbstractButton*>()) {
    const bool yields = button->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored;
    check(button, button->text(), button->minimumSizeHint().expandedTo(button->sizeHint()), !yields);
  }
  return clipped;
}

class WindowLayout : public test::WindowTest {
 protected:
  void open(InstrumentWindow& window, QSize size) {
    window.resize(size);
    window.QWidget::show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    ASSERT_TRUE(waitFor([&] { return window.displayTimes().frames() > 0; }));
  }
  void expectNothingClipped(InstrumentWindow& window, QSize size) {
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    EXPECT_EQ(window.size(), size) << "the window needs more room than it is given";
    EXPECT_EQ(clippedIn(window).join('\n').toStdString(), "");
  }
  static std::shared_ptr<const planning::Plan> plan() { return test::guidedSnapshot().plan; }
};

constexpr QSize kSmallest{1280, 720};
constexpr QSize kSizes[] = {{1024, 768}, {1280, 720}, {1920, 1080}, {800, 1000}};

TEST_F(WindowLayout, NothingClipsInTheGuideWindow) {
  auto chosen = options("fake:live");
  chosen.plan = plan();
  navigation::Navigator navigator(chosen.sources.catalog);
  for (const QSize size : kSizes) {
    SCOPED_TRACE(QStringLiteral("%1x%2").arg(size.width()).arg(size.height()).toStdString());
    GuideWindow window(navigator, chosen);
    open(window, size);
    expectNothingClipped(window, size);
  }
}

TEST_F(WindowLayout, NothingClipsInTheReplayWindow) {
  auto chosen = options("fake:recording");
  chosen.plan = plan();
  navigation::Navigator navigator(chosen.sources.catalog);
  ReplayWindow window(navigator, chosen);
  open(window, kSmallest);
  expectNothingClipped(window, kSmallest);
}

TEST_F(WindowLayout, NothingClipsWithLongWords) {
  LongerTranslator translator;
  QApplication::installTranslator(&translator);
  auto chosen = options("fake:live");
  chosen.plan = plan();
  navigation::Navigator navigator(chosen.sources.catalog);
  for (const QSize size : kSizes) {
    SCOPED_TRACE(QStringLiteral("%1x%2").arg(size.width()).arg(size.height()).toStdString());
    GuideWindow window(navigator, chosen);
    open(window, size);
    expectNothingClipped(window, size);
  }
  {
    ReplayWindow window(navigator, chosen);
    open(window, kSmallest);
    expectNothingClipped(window, kSmallest);
  }
  QApplication::removeTranslator(&translator);
}

TEST_F(WindowLayout, NothingClipsInChineseAndKorean) {
  for (const char* language : {"zh_CN", "ko_KR"}) {
    SCOPED_TRACE(language);
    applyLanguage(*qApp, QLocale(QString::fromLatin1(language)));
    auto chosen = options("fake:live");
    chosen.plan = plan();
    navigation::Navigator navigator(chosen.sources.catalog);
    {
      GuideWindow window(navigator, chosen);
      open(window, kSmallest);
      EXPECT_NE(window.windowTitle(), "acuguide – guide");
      expectNothingClipped(window, kSmallest);
    }
    {
      ReplayWindow window(navigator, chosen);
      open(window, kSmallest);
      expectNothingClipped(window, kSmallest);
    }
    qDeleteAll(qApp->findChildren<QTranslator*>());
  }
}

TEST_F(WindowLayout, NothingClipsOnTheStartPageAndInItsDialog) {
  navigation::Navigator navigator(test::fakeSources(stream_));
  GuideWindow window(navigator, options());
  window.resize(kSmallest);
  window.QWidget::show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
  QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
  EXPECT_EQ(clippedIn(window).join('\n').toStdString(), "");
  auto* dialog = window.findChild<SourceDialog*>();
  for (const auto page : {SourceDialog::Page::Device, SourceDialog::Page::Recording,
                          SourceDialog::Page::Scanner, SourceDialog::Page::Simulator}) {
    dialog->showPage(page);
    ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog));
    EXPECT_EQ(clippedIn(*dialog).join('\n').toStdString(), "");
  }
}

/// A run as the report shows it, with a long sentence and many frames.
std::shared_ptr<const calibration::SpatialRun> someRun() {
  calibration::Findings findings;
  findings.sweeps = {"calibration_of_a_probe_with_a_long_name.igs.mha", "validation.igs.mha"};
  findings.imageSize = {400, 300};
  findings.limitMm = 1.0;
  findings.verdict =
      "Not usable: pictures and poses are not in step: the poses are about 0.32 s late (run acuguide "
      "calibrate "
      "temporal and record again) (put right, the error falls from 4.31 to 0.35 mm).";
  findings.figures = {
      {"to the wires", "0.341 mm"}, {"reprojection", "4.48 px"}, {"frames", "190/190, 103/103"}};
  for (int i = 0; i < 9; ++i) findings.wires.push_back(std::to_string(i) + ":G5_g5");
  for (int i = 0; i < 60; ++i) {
    calibration::FrameFindings frame;
    frame.sweep = i < 40 ? 0 : 1;
    frame.frame = i;
    frame.grey = cv::Mat(300, 400, CV_8UC1, cv::Scalar(30));
    frame.errorMm = 0.3 + 0.01 * i;
    for (int w = 0; w < 9; ++w)
      frame.wires.push_back({{40.0 * w + 10, 100}, {40.0 * w + 12, 103}, frame.errorMm});
    findings.frames.push_back(frame);
  }
  findings.frames[3].left =
      "5 of 9 dots, not seen: 1:G5_g5, 2:L5_i5, 3:M5_m5, 4:G3_g3 (2 outside the picture)";
  findings.frames[3].wires.clear();
  return std::make_shared<const calibration::SpatialRun>(
      calibration::SpatialRun{findings, {}, calibration::Report("test")});
}

TEST_F(WindowLayout, NothingClipsAtTheBench) {
  LongerTranslator translator;
  for (const char* words : {"en", "longer", "zh_CN", "ko_KR"}) {
    SCOPED_TRACE(words);
    const bool longer = QByteArray(words) == "longer";
    if (longer) QApplication::installTranslator(&translator);
    if (!longer) applyLanguage(*qApp, QLocale(QString::fromLatin1(words)));
    BenchOptions bench;
    bench.folder = folder_.path().toStdString();
    bench.remember = false;
    std::ofstream(bench.folder / "probe.json")
        << R"({"format": "acuguide.calibration/1", "kind": "spatial", "usable": true, "reasons": [], "probe": "Probe",
               "created": "2026-01-02T03:04:05Z", "inputs": [{"role": "phantom", "path": "p.xml", "sha256": "0"}]})";
    BenchWindow window(bench);
    window.resize(kSmallest);
    window.QWidget::show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    const auto check = [&](const QWidget& shown) {
      QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
      EXPECT_EQ(shown.size(), kSmallest) << "it needs more room than it is given";
      EXPECT_EQ(clippedIn(shown).join('\n').toStdString(), "");
    };
    check(window);
    window.showRunPage();
    check(window);
    BenchReportPage report;
    report.setRun(someRun());
    report.resize(kSmallest);
    report.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&report));
    check(report);
    if (longer) QApplication::removeTranslator(&translator);
    qDeleteAll(qApp->findChildren<QTranslator*>());
  }
}

/// The start page depends on no frame and no clock: it is compared as a whole with the picture kept in
/// baseline/. Both are reduced to an eighth first, so that fonts drawn a little differently do not matter and
/// anything moved does.
TEST_F(WindowLayout, TheStartPageLooksAsItDid) {
  navigation::Navigator navigator(test::fakeSources(stream_));
  GuideWindow window(navigator, options());
  window.resize(kSmallest);
  window.QWidget::show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
  const std::string shot = folder_.filePath("start_page.png").toStdString();
  ASSERT_TRUE(window.saveScreenshot(QString::fromStdString(shot)));
  const cv::Mat now = cv::imread(shot);
  const cv::Mat before = cv::imread(ACUGUIDE_SOURCE_DIR "/tests/ui/baseline/start_page.png");
  ASSERT_FALSE(before.empty());
  ASSERT_EQ(now.size(), before.size());
  cv::Mat a, b;
  cv::resize(now, a, {}, 0.125, 0.125, cv::INTER_AREA);
  cv::resize(before, b, {}, 0.125, 0.125, cv::INTER_AREA);
  cv::Mat difference;
  cv::absdiff(a, b, difference);
  EXPECT_LT(cv::mean(difference.reshape(1))[0], 1.0) << "compare " << shot;
  double worst = 0;
  cv::minMaxLoc(difference.reshape(1), nullptr, &worst);
  EXPECT_LT(worst, 60.0);
}

}  // namespace
}  // namespace acuguide::ui
