#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace acuguide::ui {

/// Keys belong to the procedure: a text field takes them only after it was clicked, or reached with the Tab
/// key, and gives them back with Enter (takes the text), Esc (the text before comes back) or a click
/// elsewhere. A window that becomes active gives none of its fields the keys. The wheel changes a number or a
/// choice only where that was clicked before. One filter for all windows of the program; dialogs made for
/// typing (file names, notes) are left alone.
class FieldFocus : public QObject {
 public:
  /// Once for the application, however often it is called.
  static void install();
  /// Whether a widget takes letters as text.
  static bool isField(const QWidget* widget);
  /// A dialog that was opened to type into.
  static bool isForTyping(const QWidget& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  using QObject::QObject;

  QString entered_;            ///< what stood in the field when it got the keys
  QPointer<QWidget> pressed_;  ///< by the last click, until a field loses the keys
};

}  // namespace acuguide::ui
