#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace acuguide::ui {

class ElidedLabel;

/// What happened or went wrong, in one line under the picture, with what can be done about it. There only
/// while it says something; never in the way of a key.
class Toast : public QFrame {
  Q_OBJECT
 public:
  struct Action {
    QString text;
    std::function<void()> act;
  };

  explicit Toast(QWidget* parent = nullptr);

  /// Empty: it goes away.
  void say(const QString& sentence, std::vector<Action> actions = {});
  QString sentence() const;
  void setTextPixels(int pixels);

 private:
  ElidedLabel* sentence_;
  QHBoxLayout* row_;
  std::vector<QToolButton*> buttons_;
};

}  // namespace acuguide::ui
