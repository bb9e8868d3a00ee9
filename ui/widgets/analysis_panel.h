#pragma once

#include "navigation/guidance_snapshot.h"

#include <QWidget>

#include <array>

namespace acuguide::ui {

class ElidedLabel;

/// What the analysis says of one frame, in rows: needle, planes, fibres, errors against the plan, and what it
/// took.
class AnalysisPanel : public QWidget {
  Q_OBJECT
 public:
  explicit AnalysisPanel(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);

 private:
  static constexpr std::size_t kRows = 10;
  static constexpr std::size_t kShort = 8;  ///< the first ones, two in a row
  std::array<ElidedLabel*, kRows> values_;
};

}  // namespace acuguide::ui
