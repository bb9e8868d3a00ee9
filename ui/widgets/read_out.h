#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/hint_glyph.h"

#include <QColor>
#include <QString>
#include <QWidget>

namespace acuguide::ui {

class FitLabel;
class HintGlyphView;

/// What the hand has to know, to be read from two metres: the state in one word, the distance to go, the one
/// thing to do, and why. Shows only what the snapshot's guidance holds; everything
/// else is "–".
class ReadOut : public QWidget {
  Q_OBJECT
 public:
  explicit ReadOut(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// What it says, for where the same is said elsewhere.
  QString state() const;
  QString distance() const;
  QString order() const;
  const std::optional<rendering::HintGlyph>& glyph() const;
  const QColor& stateColour() const { return stateColour_; }
  /// Shares of `height`, and no type smaller than `least`, logical pixels.
  void setTextSizes(int height, int least);
  /// How many lines of order and reason there is room for.
  void setLines(int order, int reason);

 private:
  QColor stateColour_;
  FitLabel* state_;
  FitLabel* distance_;
  HintGlyphView* glyph_;
  FitLabel* order_;
  FitLabel* reason_;
};

}  // namespace acuguide::ui
