#pragma once

#include "planning/checklist.h"

#include <QFrame>

#include <string>

class QLabel;
class QToolButton;

namespace acuguide::ui {

class FitLabel;

/// What has to be asked before guidance, one question at a time: the contraindications of a plan, or whether
/// the side is meant. Answered with two large buttons, or by the window's keys (answer()); a yes to a
/// contraindication stays on the screen.
class ChecklistCard : public QFrame {
  Q_OBJECT
 public:
  explicit ChecklistCard(QWidget* parent = nullptr);

  /// From the first that is open; at the one in hand where that is still open.
  void setChecklist(const planning::Checklist& checklist, const std::string& acupoint);
  const planning::Checklist& checklist() const { return checklist_; }
  /// This question instead, until it is answered (sideAnswered).
  void askSide(const QString& question);
  bool asksSide() const { return !side_.isEmpty(); }
  void stopAskingSide();

  void answer(bool yes);
  void goBack();
  /// Height of the type, logical pixels.
  void setTextPixels(int pixels);

 signals:
  /// A contraindication's answer has changed.
  void answered();
  /// Every question is answered, and nothing is contraindicated.
  void finished();
  void sideAnswered(bool meant);

 private:
  void show();
  /// Of the first question without an answer, or with a yes; the number of all when there is none.
  std::size_t firstOpen() const;

  planning::Checklist checklist_;
  std::string acupoint_;
  std::size_t at_ = 0;
  QString side_;
  QLabel* heading_;
  FitLabel* question_;
  QLabel* finding_;
  QToolButton* no_;
  QToolButton* yes_;
  QToolButton* back_;
};

}  // namespace acuguide::ui
