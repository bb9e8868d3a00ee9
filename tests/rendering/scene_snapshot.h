#pragma once

#include "navigation/guidance_snapshot.h"

#include <memory>
#include <string>

namespace acuguide::rendering::test {

/// What a made-up snapshot shows; every part can be left out.
struct SceneOptions {
  cv::Size size{720, 440};
  bool colour = false;
  std::optional<Eigen::Vector2d> spacingMm = Eigen::Vector2d(0.1, 0.1);
  tracking::NeedleState needle = tracking::NeedleState::Observed;
  navigation::PictureState picture = navigation::PictureState::Live;
  guidance::GuidanceState state = guidance::GuidanceState::OnCourse;
  bool guidance = true;
  bool planes = true;
};

inline const Eigen::Vector2d kTailPx{120, 60};
inline const Eigen::Vector2d kTipPx{320, 210};
inline const Eigen::Vector2d kTargetPx{430, 300};
inline const Eigen::Vector2d kDangerPx{580, 220};

/// Dark to mid-grey layers, never white, so that every overlay colour can be told from the tissue.
cv::Mat layeredPicture(cv::Size size, bool colour);

/// A stale one is as navigation::asOf leaves it.
std::shared_ptr<navigation::GuidanceSnapshot> sceneSnapshot(const SceneOptions& options = {});

/// What is left of a snapshot when its image is too old.
void makeStale(navigation::GuidanceSnapshot& snapshot);

/// A display for the tests, shared by all of the program. Empty when there is one, else why the test must be
/// skipped.
std::string missingDisplay();

/// Keeps the graphics driver loaded to the end. It holds memory by its own statics; when it is unloaded with
/// the last display connection, the leak checker takes that memory for lost.
void keepDriverLoaded();

/// The QApplication of the test program, made at first use (after missingDisplay()).
void needApplication();

}  // namespace acuguide::rendering::test
