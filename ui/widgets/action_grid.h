#pragma once

#include <QWidget>

#include <vector>

class QAction;
class QToolButton;

namespace acuguide::ui {

/// Buttons in rows of equal cells, as many in a row as their width allows: marks alone where there is little
/// room, with words under them where there is more.
class ActionGrid : public QWidget {
  Q_OBJECT
 public:
  explicit ActionGrid(QWidget* parent = nullptr);

  /// A button for the action. One that is not for now leaves no gap.
  QToolButton* add(QAction* action);
  void add(QToolButton* button);
  void setTextPixels(int pixels);
  /// False: marks alone, however wide it is.
  void setRoomForWords(bool room);

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  std::vector<QToolButton*> shown() const;
  QSize cell() const;
  int columns(int width) const;
  void place();
  void chooseWords();

  std::vector<QToolButton*> buttons_;
  bool roomForWords_ = true;
};

}  // namespace acuguide::ui
