#pragma once

#include <QImage>
#include <QWidget>

#include <vector>

class QHBoxLayout;
class QToolButton;

namespace acuguide::ui {

/// One insertion of a session, as listed.
struct InsertionEntry {
  int number = 1;
  double start = 0.0, end = 0.0;  ///< seconds from the beginning
  QImage picture;                 ///< where the blade was deepest
};

/// The insertions of a session as a row of small pictures; choosing one goes to its skin contact.
class InsertionList : public QWidget {
  Q_OBJECT
 public:
  explicit InsertionList(QWidget* parent = nullptr);

  void setEntries(const std::vector<InsertionEntry>& entries);
  void setChosen(int index);
  int count() const { return static_cast<int>(buttons_.size()); }

 signals:
  void chosen(int index);

 private:
  QHBoxLayout* row_;
  std::vector<QToolButton*> buttons_;
};

}  // namespace acuguide::ui
