#include "ui/widgets/panel.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QFrame>
#include <QVBoxLayout>

namespace acuguide::ui {

QVBoxLayout* makePanel(QWidget*& frame) {
  auto* made = new QFrame;
  setRole(*made, "panel");
  auto* column = new QVBoxLayout(made);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap);
  frame = made;
  return column;
}

}  // namespace acuguide::ui
