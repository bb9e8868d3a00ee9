#pragma once

#include "navigation/guidance_snapshot.h"

#include <QWidget>

class QHBoxLayout;

namespace acuguide::ui {

class FitLabel;

/// What the hand has to know, to be read from two metres: the state in one word, the distance to go, the one
/// thing to do, and why. Shows only what the snapshot's guidance holds; everything
/// else is "–".
class ReadOut : public QWidget {
  Q_OBJECT
 public:
  /// Compact: smaller type.
  enum class Size { Large, Compact };

  explicit ReadOut(Size size = Size::Large, QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// The type grows with the window it stands in.
  void setWindowHeight(int height);
  /// A small widget to the right of the distance.
  void addBesideDistance(QWidget* widget);

 private:
  Size size_;
  FitLabel* state_;
  FitLabel* distance_;
  FitLabel* order_;
  FitLabel* reason_;
  QHBoxLayout* number_;
};

}  // namespace acuguide::ui
