#pragma once

#include "navigation/guidance_snapshot.h"

#include <QWidget>

namespace acuguide::ui {

class ElidedLabel;
class FitLabel;

/// The nearest danger and how far the needle is from it, of the plan's and of what may be one; "–" when none
/// is known.
class DangerReadOut : public QWidget {
  Q_OBJECT
 public:
  explicit DangerReadOut(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  void setWindowHeight(int height);

 private:
  void show(const QString& name, const ImageLength& distance, bool inside, const QColor& alarm);

  ElidedLabel* name_;
  FitLabel* distance_;
};

}  // namespace acuguide::ui
