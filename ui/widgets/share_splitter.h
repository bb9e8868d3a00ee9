#pragma once

#include <QSplitter>

namespace acuguide::ui {

/// Two widgets beside or above one another, of which the second keeps its share of the room, whatever the
/// size of the window.
class ShareSplitter : public QSplitter {
  Q_OBJECT
 public:
  explicit ShareSplitter(QWidget* parent = nullptr);

  double share() const { return share_; }
  void setShare(double share);
  /// The second widget's least size along the splitter, logical pixels.
  void setLeast(int least);

 signals:
  /// A person has moved the handle.
  void placed(double share);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  int length() const;
  void apply();

  double share_ = 0.25;
  int least_ = 0;
};

}  // namespace acuguide::ui
