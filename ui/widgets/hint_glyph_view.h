#pragma once

#include "rendering/hint_glyph.h"

#include <QWidget>

#include <optional>

namespace acuguide::ui {

/// The needle as it lies in the image, and what the hand has to do with it. Not shown without a hint.
class HintGlyphView : public QWidget {
  Q_OBJECT
 public:
  explicit HintGlyphView(QWidget* parent = nullptr);

  void set(const std::optional<rendering::HintGlyph>& glyph);
  const std::optional<rendering::HintGlyph>& glyph() const { return glyph_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::optional<rendering::HintGlyph> glyph_;
};

}  // namespace acuguide::ui
