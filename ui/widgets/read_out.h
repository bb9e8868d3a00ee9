#pragma once

#include "navigation/guidance_snapshot.h"

#include <QWidget>

#include <array>

class QHBoxLayout;

namespace acuguide::ui {

class FitLabel;

/// What the hand has to know, to be read from two metres: the state in one word, the distance to go, the one
/// or two corrections that matter most, and why. Shows only what the snapshot's guidance holds; everything
/// else is "–".
class ReadOut : public QWidget {
  Q_OBJECT
 public:
  /// Compact: smaller type, and the hints side by side.
  enum class Size { Large, Compact };

  explicit ReadOut(Size size = Size::Large, QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// The type grows with the window it stands in.
  void setWindowHeight(int height);
  /// A small widget to the right of the distance.
  void addBesideDistance(QWidget* widget);

 private:
  Size size_;
  void setHints(const navigation::GuidanceSnapshot& snapshot);

  FitLabel* state_;
  FitLabel* distance_;
  std::array<FitLabel*, 2> hints_;
  FitLabel* reason_;
  QHBoxLayout* number_;
};

}  // namespace acuguide::ui
