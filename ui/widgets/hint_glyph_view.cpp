#include "ui/widgets/hint_glyph_view.h"

#include "rendering/ink_raster.h"
#include "rendering/pixels_widget.h"

namespace acuguide::ui {

HintGlyphView::HintGlyphView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("hintGlyph"));
  setAttribute(Qt::WA_OpaquePaintEvent);
  setToolTip(tr("The needle as it lies in the image; dashed: as it has to lie"));
  hide();
}

void HintGlyphView::set(const std::optional<rendering::HintGlyph>& glyph) {
  if (glyph == glyph_) return;
  glyph_ = glyph;
  setVisible(glyph_.has_value());
  update();
}

void HintGlyphView::paintEvent(QPaintEvent*) {
  const rendering::palette::Colour ground = rendering::palette::kPanel;
  rendering::Pixels pixels(rendering::sizeInPixels(*this), CV_8UC4,
                           cv::Scalar(ground.blue, ground.green, ground.red, 255));
  if (glyph_) {
    rendering::Ink ink;
    drawHintGlyph(*glyph_, cv::Rect2d(0, 0, pixels.cols, pixels.rows), ink);
    rendering::drawInk(ink, pixels);
  }
  rendering::paintPixels(pixels, *this);
}

}  // namespace acuguide::ui
