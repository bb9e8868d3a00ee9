#pragma once

#include <QDialog>
#include <QList>

class QAction;

namespace acuguide::ui {

/// F1: every key of the window, what the colours and lines mean, what this software is for, version and
/// licence.
class HelpDialog : public QDialog {
  Q_OBJECT
 public:
  /// `actions`: those with a key are listed, in this order.
  HelpDialog(const QList<QAction*>& actions, QWidget* parent = nullptr);

  QString text() const;
};

/// "Space", "Ctrl+O", "Enter": keys as written on them.
QString keyText(const QAction& action);

}  // namespace acuguide::ui
