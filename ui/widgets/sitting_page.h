#pragma once

#include "planning/sitting.h"
#include "ui/plan/plan_draft.h"

#include <QWidget>

#include <functional>
#include <optional>

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace acuguide::ui {

class LimbFigure;

/// Who is treated, on which side, at which points: what a sitting begins with. What cannot be is refused in
/// one sentence, and what was there stays.
class SittingPage : public QWidget {
  Q_OBJECT
 public:
  explicit SittingPage(QWidget* parent = nullptr);

  /// The sittings there were, newest first: patients to choose from, and points to copy.
  void setPast(std::vector<planning::PastSitting> past);
  /// A page for a patient who is not known yet.
  void clear();

 signals:
  void begun(const planning::Sitting& sitting);
  /// One that was left with points open.
  void resumed(const planning::PastSitting& before);
  void left();

 private:
  QWidget* makePatient();
  QWidget* makePoints();
  QWidget* makeChosen();
  /// Does it and shows the result; says why where it cannot be done.
  void attempt(const std::function<void()>& change);
  void refresh();
  void showPoints();
  void showRecent();
  void takePatient(const std::string& code);
  void copyLast();
  void begin();
  /// What is missing; empty when the sitting can begin.
  QString missing() const;
  const planning::PastSitting* lastOf(const std::string& code) const;

  PlanDraft draft_;
  std::vector<planning::PastSitting> past_;
  std::optional<planning::BodySide> affected_;
  bool sideChosen_ = false;
  bool showing_ = false;  ///< the widgets are being filled: their signals are not a person's

  QLineEdit* code_ = nullptr;
  QVBoxLayout* recent_ = nullptr;
  QButtonGroup* affectedSide_ = nullptr;
  QButtonGroup* side_ = nullptr;
  QLineEdit* search_ = nullptr;
  QComboBox* protocol_ = nullptr;
  QListWidget* points_ = nullptr;
  LimbFigure* figure_ = nullptr;
  QLabel* chosen_ = nullptr;
  QPushButton* copy_ = nullptr;
  QPushButton* resume_ = nullptr;
  QPushButton* begin_ = nullptr;
  QLabel* notice_ = nullptr;
  QString refused_;  ///< why the last change was not made
};

}  // namespace acuguide::ui
