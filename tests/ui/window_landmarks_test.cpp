#include "core/clock.h"
#include "core/units.h"
#include "ui/plan/camera_clicks.h"
#include "ui/plan/landmark_window.h"
#include "ui/window_fixture.h"
#include "ui/windows/plan_window.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <mutex>
#include <thread>

namespace acuguide::ui::test {
namespace {

using Eigen::Vector3d;
using planning::PatientLandmarks;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// What the tracker sees: a stylus whose tip is 100 mm along its z, and a marker on the limb.
class Scene {
 public:
  void put(const Vector3d& tip) {
    const std::scoped_lock lock(mutex_);
    tip_ = tip;
  }
  void show(bool stylus, bool reference) {
    const std::scoped_lock lock(mutex_);
    stylus_ = stylus;
    reference_ = reference;
  }
  /// Where the limb lies; before, 500 mm from the tracker, and turned.
  void layLimb(const Eigen::Isometry3d& limb) {
    const std::scoped_lock lock(mutex_);
    limb_ = limb;
  }
  std::vector<NamedPose> poses() const {
    const std::scoped_lock lock(mutex_);
    const NamedPose reference{"Reference", "Tracker", limb_.matrix(), reference_};  // tip in Reference = tip_
    NamedPose stylus{"Stylus", "Tracker", Eigen::Matrix4d::Identity(), stylus_};
    stylus.matrix = reference.matrix;
    stylus.matrix.topRightCorner<3, 1>() +=
        reference.matrix.topLeftCorner<3, 3>() * (tip_ - Vector3d(0, 0, 100));
    return {reference, stylus};
  }

 private:
  mutable std::mutex mutex_;
  Eigen::Isometry3d limb_ = Eigen::Translation3d(500, 20, -30) * Eigen::AngleAxisd(0.4, Vector3d::UnitX());
  Vector3d tip_ = Vector3d::Zero();
  bool stylus_ = true, reference_ = true;
};

class Tracker : public acquisition::FrameSource {
 public:
  explicit Tracker(std::shared_ptr<Scene> scene) : scene_(std::move(scene)) {
    info_.name = "scene:";
    info_.live = true;
  }
  const acquisition::SourceInfo& info() const override { return info_; }
  std::optional<Frame> read() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
    Frame frame;
    frame.pixels = cv::Mat(8, 8, CV_8UC1, cv::Scalar(0));
    frame.index = count_++;
    frame.time = frame.arrival = monotonicSeconds();
    frame.poses = scene_->poses();
    return frame;
  }

 private:
  std::shared_ptr<Scene> scene_;
  acquisition::SourceInfo info_;
  std::int64_t count_ = 0;
};

class WindowLandmarks : public WindowTest {
 protected:
  void SetUp() override {
    WindowTest::SetUp();
    if (IsSkipped()) return;
    catalog_.add({"scene:", "a test's tracker", [](const std::string& text) { return text == "scene:"; },
                  [scene = scene_](const std::string&) { return std::make_unique<Tracker>(scene); }});
    std::ofstream(calibration().toStdString())
        << R"({"format":"acuguide.calibration/1","kind":"pivot","usable":true,"created":"2026-11-29T12:00:00Z",)"
        << R"("reasons":[],"inputs":[],"pose":"StylusToTracker","tipMm":[0,0,100]})";
  }
  QString calibration() const { return folder_.filePath("stylus.json"); }

  /// Holds the tip still on `place` and presses Enter until it is taken; false when it never is.
  bool touchAt(LandmarkWindow& window, const Vector3d& place) {
    scene_->put(place);
    QTest::qWait(100);  // seen there: what lay before it is a moving tip now
    const std::size_t before = window.patient().landmarks.size();
    return waitFor([&] { return window.touch() && window.patient().landmarks.size() > before; });
  }

  std::shared_ptr<Scene> scene_ = std::make_shared<Scene>();
  acquisition::SourceCatalog catalog_;
};

/// The right leg of sample_data/landmarks_right_leg.json, touched one after the other: the plan's point is
/// where the file would put it.
TEST_F(WindowLandmarks, TouchedWithAStylusTheyGiveThePointItsPlaceOnTheLimb) {
  const PatientLandmarks leg =
      planning::readLandmarks(std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json");
  PlanWindow window(catalog_);
  window.draft().setSide(planning::BodySide::Right);
  window.draft().setCurrent("ST36");
  LandmarkWindow& landmarks = window.openLandmarks();
  ASSERT_TRUE(landmarks.listen("scene:", calibration()));
  auto* list = landmarks.findChild<QListWidget*>("landmarks");
  const auto rowOf = [&](const std::string& name) {
    for (int row = 0; row < list->count(); ++row)
      if (list->item(row)->data(Qt::UserRole).toString().toStdString() == name) return row;
    return -1;
  };
  for (const auto& [name, reading] : leg.landmarks) {
    list->setCurrentRow(rowOf(name));
    ASSERT_TRUE(touchAt(landmarks, reading.mm))
        << name << ": " << textOf(landmarks, "landmarkNotice").toStdString();
    EXPECT_LT((landmarks.patient().landmarks.at(name).mm - reading.mm).norm(), 1e-6) << name;
  }
  EXPECT_EQ(landmarks.patient().frame, "Reference") << "the limb may move";
  PlanDraft fromFile;
  fromFile.setSide(planning::BodySide::Right);
  fromFile.setLandmarks(leg);
  fromFile.setCurrent("ST36");
  ASSERT_TRUE(window.draft().plan().point);
  EXPECT_EQ(window.draft().plan().point->frame, "Reference");
  EXPECT_LT((window.draft().plan().point->mm - fromFile.plan().point->mm).norm(), 1e-6);
}

TEST_F(WindowLandmarks, AHiddenReferenceHidesTheStylusAndNothingIsTaken) {
  LandmarkWindow window(catalog_);
  ASSERT_TRUE(window.listen("scene:", calibration()));
  auto* touch = window.findChild<QPushButton*>("touch");
  ASSERT_TRUE(waitFor([&] { return touch->isEnabled(); }));
  scene_->show(true, false);
  ASSERT_TRUE(waitFor([&] { return !touch->isEnabled(); }));
  EXPECT_FALSE(window.touch());
  EXPECT_TRUE(textOf(window, "landmarkNotice").contains("not seen"));
  EXPECT_TRUE(textOf(window, "stylusText").contains("ReferenceToTracker"))
      << textOf(window, "stylusText").toStdString();
  EXPECT_TRUE(window.patient().landmarks.empty());
}

TEST_F(WindowLandmarks, GoesOnToTheNextThatAChosenPointWaitsFor) {
  LandmarkWindow window(catalog_);
  window.setLimb(planning::Limb::Lower, {"lateral_malleolus", "popliteal_crease_middle"});
  ASSERT_TRUE(window.listen("scene:", calibration()));
  const auto title = [&] { return textOf(window, "landmarkTitle").toStdString(); };
  EXPECT_EQ(title(), "lateral malleolus");
  ASSERT_TRUE(touchAt(window, {35, -5, 64}));
  EXPECT_EQ(title(), "popliteal crease middle");
}

TEST_F(WindowLandmarks, EnterPressedTwiceDoesNotTakeTheSamePlaceTwice) {
  LandmarkWindow window(catalog_);
  ASSERT_TRUE(window.listen("scene:", calibration()));
  ASSERT_TRUE(touchAt(window, {35, -5, 64}));
  EXPECT_FALSE(window.touch());
  EXPECT_TRUE(textOf(window, "landmarkNotice").contains("lies here already"))
      << textOf(window, "landmarkNotice").toStdString();
  EXPECT_EQ(window.patient().landmarks.size(), 1u);
}

TEST_F(WindowLandmarks, ATapeAloneGivesARulerAndIsHandedOn) {
  PlanWindow window(catalog_);
  window.draft().setCurrent("ST36");
  LandmarkWindow& landmarks = window.openLandmarks();
  EXPECT_THAT(window.draft().missingLandmarks(), Not(testing::IsEmpty()));
  landmarks.findChild<QDoubleSpinBox*>("tape_leg_lateral")->setValue(352);
  ASSERT_TRUE(window.draft().located());
  bool along = false;
  for (const auto& point : window.draft().located()->located) along = along || point.alongMm.has_value();
  EXPECT_TRUE(along) << "a length on the skin is known";
  landmarks.findChild<QDoubleSpinBox*>("tape_leg_lateral")->setValue(0);
  EXPECT_FALSE(window.draft().located());
}

TEST_F(WindowLandmarks, LandmarksOfTheOtherSideAreRefusedAndTheReasonIsShown) {
  PlanWindow window(catalog_);
  window.draft().setSide(planning::BodySide::Left);
  LandmarkWindow& landmarks = window.openLandmarks();
  landmarks.load(
      QString::fromStdString(std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json"));
  EXPECT_TRUE(textOf(landmarks, "landmarkNotice").contains("left"))
      << textOf(landmarks, "landmarkNotice").toStdString();
  EXPECT_FALSE(window.draft().located());
}

TEST_F(WindowLandmarks, WhatIsWrongWithTheTrackerIsSaid) {
  LandmarkWindow window(catalog_);
  EXPECT_FALSE(window.listen("nonsense:", {}));
  EXPECT_FALSE(textOf(window, "landmarkNotice").isEmpty());
  EXPECT_FALSE(window.listen("scene:", folder_.filePath("missing.json")));
  EXPECT_TRUE(textOf(window, "landmarkNotice").contains("missing.json"));
  ASSERT_TRUE(window.listen("scene:", {}));
  EXPECT_TRUE(waitFor([&] { return textOf(window, "stylusText").contains("pivot calibration"); }))
      << textOf(window, "stylusText").toStdString();
}

TEST_F(WindowLandmarks, AreKeptInAFile) {
  LandmarkWindow window(catalog_);
  const QString file = folder_.filePath("landmarks.json");
  EXPECT_FALSE(window.save(file)) << "there is nothing yet";
  ASSERT_TRUE(window.listen("scene:", calibration()));
  ASSERT_TRUE(touchAt(window, {1, 2, 3}));
  ASSERT_TRUE(window.save(file));
  LandmarkWindow other(catalog_);
  ASSERT_TRUE(other.load(file));
  EXPECT_EQ(other.patient().landmarks.size(), 1u);
  EXPECT_EQ(other.patient().frame, "Reference");
}

/// A webcam 450 mm above the limb, which turns below it.
TEST_F(WindowLandmarks, ClickedInTheCamerasPictureFromTwoSidesTheyHaveTheirPlace) {
  calibration::CameraModel webcam;
  webcam.matrix = {700, 0, 320, 0, 700, 240, 0, 0, 1};
  webcam.distortion = {-0.12, 0.03, 0.001, -0.001, 0};
  webcam.imageSize = {640, 480};
  const auto limbTurned = [](double degreesRound) {
    return Eigen::Isometry3d(Eigen::Translation3d(10, -15, 450) *
                             Eigen::AngleAxisd(radians(degreesRound), Vector3d::UnitY()));
  };
  const PatientLandmarks leg =
      planning::readLandmarks(std::string(ACUGUIDE_SOURCE_DIR) + "/sample_data/landmarks_right_leg.json");
  LandmarkWindow landmarks(catalog_);
  EXPECT_EQ(landmarks.openCamera(webcam), nullptr) << "nothing is listened to";
  ASSERT_TRUE(landmarks.listen("scene:", {}));
  EXPECT_EQ(landmarks.openCamera(), nullptr) << "scene: says of no camera how it maps";
  CameraClicks* camera = landmarks.openCamera(webcam);
  ASSERT_NE(camera, nullptr);
  const auto lay = [&](double degreesRound) {
    scene_->layLimb(limbTurned(degreesRound));
    QTest::qWait(150);
  };
  const auto clickOn = [&](const Vector3d& place, double degreesRound) {
    const auto px = calibration::pixelOf(webcam, limbTurned(degreesRound) * place);
    return px && camera->click({px->x(), px->y()});
  };
  auto* list = landmarks.findChild<QListWidget*>("landmarks");
  const std::vector<std::pair<std::string, Vector3d>> wanted = {{"lateral_malleolus", {35, -60, 10}},
                                                                {"medial_malleolus", {-30, -55, 5}}};
  for (const auto& [name, place] : wanted) {
    for (int row = 0; row < list->count(); ++row)
      if (list->item(row)->data(Qt::UserRole).toString().toStdString() == name) list->setCurrentRow(row);
    lay(-15);
    ASSERT_TRUE(clickOn(place, -15)) << name;
    EXPECT_FALSE(clickOn(place, -15)) << "from the same side it says nothing";
    lay(20);
    EXPECT_FALSE(clickOn(place + Vector3d(0, 40, 0), 20)) << "another place";
    ASSERT_TRUE(clickOn(place, 20));
    ASSERT_TRUE(landmarks.patient().landmarks.contains(name));
    EXPECT_LT((landmarks.patient().landmarks.at(name).mm - place).norm(), 0.5) << name;
    EXPECT_GT(landmarks.patient().landmarks.at(name).sdMm, 2.0);
  }
  EXPECT_EQ(landmarks.patient().frame, "Reference");
  scene_->show(true, false);
  QTest::qWait(150);
  EXPECT_FALSE(camera->click({300, 200})) << "the board on the limb is hidden";
  EXPECT_THAT(camera->findChild<QLabel*>("cameraNotice")->text().toStdString(), HasSubstr("Reference"));
}

}  // namespace
}  // namespace acuguide::ui::test
