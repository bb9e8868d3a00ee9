#pragma once

#include "planning/checklist.h"

#include <QFrame>

#include <string>
#include <vector>

class QButtonGroup;
class QLabel;

namespace acuguide::ui {

/// The contraindications, each with No and Yes, and one sentence for what the answers mean. There is no
/// button that answers all of them: they are to be asked.
class ChecklistPanel : public QFrame {
  Q_OBJECT
 public:
  explicit ChecklistPanel(QWidget* parent = nullptr);

  /// Answers of another day come back as open.
  void setChecklist(const planning::Checklist& checklist, const std::string& acupoint);
  const planning::Checklist& checklist() const { return checklist_; }
  /// Translated question of a contraindication.
  static QString question(const std::string& id);

 signals:
  /// A person has answered one.
  void answered();

 private:
  void show(const std::string& acupoint);

  planning::Checklist checklist_;
  std::string acupoint_;
  std::vector<QButtonGroup*> rows_;
  QLabel* finding_;
};

}  // namespace acuguide::ui
