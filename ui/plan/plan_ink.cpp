#include "ui/plan/plan_ink.h"

#include "ui/style/style.h"

namespace acuguide::ui {

PlanInk PlanInk::screen() {
  return {toQt(rendering::palette::kBackground),
          toQt(rendering::palette::kLine).darker(108),
          toQt(rendering::palette::kMuted).darker(160),
          toQt(rendering::palette::kLine),
          toQt(rendering::palette::kText),
          toQt(rendering::palette::kMuted),
          toQt(rendering::palette::kAccent),
          toQt(rendering::palette::kTarget),
          toQt(rendering::palette::kDanger),
          toQt(rendering::palette::kNeedle),
          1.0};
}

PlanInk PlanInk::paper() {
  return {Qt::white,        QColor(0xF0F2F4), QColor(0x8A939C), QColor(0xDDE1E5), Qt::black, QColor(0x59626B),
          QColor(0x0B6E99), QColor(0x8A6D00), QColor(0xB34700), Qt::black,        1.6};
}

}  // namespace acuguide::ui
