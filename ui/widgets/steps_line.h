#pragma once

#include "navigation/guidance_snapshot.h"

#include <QFrame>

#include <array>

namespace acuguide::ui {

class FitLabel;

/// The steps of a procedure in order (guidance/procedure.h): those behind are ticked, the one to do now is
/// marked, strokes are counted at the last. Where nobody is asked (a recording) checklist and point are "–".
class StepsLine : public QFrame {
  Q_OBJECT
 public:
  static constexpr std::size_t kSteps = 6;

  explicit StepsLine(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// It grows with the window it stands in.
  void setWindowHeight(int height);
  enum class Mark { Open, Now, Done, NotAsked };
  /// Of checklist, point, aligned, advancing, last 5 mm, at plane.
  static std::array<Mark, kSteps> marks(const navigation::GuidanceSnapshot& snapshot);

 private:
  std::array<FitLabel*, kSteps> labels_;
};

}  // namespace acuguide::ui
