#pragma once

#include "navigation/guidance_snapshot.h"

#include <QFrame>

#include <array>

namespace acuguide::ui {

class FitLabel;

/// The steps of a procedure in order, each ticked when what the program sees fulfils it; the first open one
/// is the step to do now.
class StepsLine : public QFrame {
  Q_OBJECT
 public:
  static constexpr std::size_t kSteps = 6;

  explicit StepsLine(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// Which steps are fulfilled: live picture, scale, plan, needle, aligned, at target.
  static std::array<bool, kSteps> fulfilled(const navigation::GuidanceSnapshot& snapshot);

 private:
  std::array<FitLabel*, kSteps> labels_;
};

}  // namespace acuguide::ui
