#include "ui/widgets/field_focus.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QFocusEvent>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTextEdit>

namespace acuguide::ui {

namespace {

/// The line that holds the text: the field itself, or the one inside a number's box. Null in a larger field.
QLineEdit* lineOf(QWidget& field) {
  if (auto* line = qobject_cast<QLineEdit*>(&field)) return line;
  return qobject_cast<QAbstractSpinBox*>(&field) != nullptr ? field.findChild<QLineEdit*>() : nullptr;
}

bool isOneLine(const QWidget* field) {
  return qobject_cast<const QLineEdit*>(field) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(field) != nullptr;
}

bool onPurpose(Qt::FocusReason reason) {
  return reason != Qt::ActiveWindowFocusReason && reason != Qt::OtherFocusReason;
}

/// A click beside the field that has the keys takes them from it.
void leaveFor(const QWidget& clicked) {
  QWidget* field = QApplication::focusWidget();
  if (!FieldFocus::isField(field) || FieldFocus::isForTyping(*field->window())) return;
  const bool inside = field == &clicked || field->isAncestorOf(&clicked);
  if (!inside && clicked.window()->windowType() != Qt::Popup) field->clearFocus();
}

}  // namespace

void FieldFocus::install() {
  static QPointer<FieldFocus> filter;
  if (filter != nullptr) return;
  filter = new FieldFocus(qApp);
  qApp->installEventFilter(filter);
}

bool FieldFocus::isField(const QWidget* widget) {
  if (const auto* line = qobject_cast<const QLineEdit*>(widget)) return !line->isReadOnly();
  if (const auto* text = qobject_cast<const QTextEdit*>(widget)) return !text->isReadOnly();
  if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) return !text->isReadOnly();
  return qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

bool FieldFocus::isForTyping(const QWidget& window) {
  return qobject_cast<const QFileDialog*>(&window) != nullptr ||
         qobject_cast<const QInputDialog*>(&window) != nullptr;
}

bool FieldFocus::eventFilter(QObject* watched, QEvent* event) {
  auto* widget = qobject_cast<QWidget*>(watched);
  if (widget == nullptr) return false;
  switch (event->type()) {
    case QEvent::Polish:
      if (widget->focusPolicy() == Qt::WheelFocus) widget->setFocusPolicy(Qt::StrongFocus);
      return false;
    case QEvent::MouseButtonPress:
      leaveFor(*widget);
      pressed_ = widget;
      return false;
    case QEvent::FocusOut:
      if (isField(widget)) pressed_ = nullptr;
      return false;
    case QEvent::Wheel: {
      const bool changes =
          qobject_cast<QAbstractSpinBox*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr;
      if (!changes || widget->hasFocus()) return false;
      event->ignore();  // what it lies in may scroll
      return true;
    }
    case QEvent::FocusIn:
      if (!isField(widget) || isForTyping(*widget->window())) return false;
      // A click on a field of a window that is not active yet gives the focus only as that window is
      // activated.
      if (const bool clicked = pressed_ != nullptr && (pressed_ == widget || widget->isAncestorOf(pressed_));
          !clicked && !onPurpose(static_cast<QFocusEvent*>(event)->reason())) {
        widget->clearFocus();
        return true;
      }
      if (const QLineEdit* line = lineOf(*widget)) entered_ = line->text();
      return false;
    case QEvent::KeyPress: {
      if (!isOneLine(widget) || !isField(widget) || !widget->hasFocus() || isForTyping(*widget->window()))
        return false;
      const int key = static_cast<QKeyEvent*>(event)->key();
      const QPointer<QWidget> field = widget;
      if (key == Qt::Key_Escape) {
        if (QLineEdit* line = lineOf(*widget)) line->setText(entered_);
      } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        watched->event(event);  // to the field alone: no button of the window is pressed by it
      } else {
        return false;
      }
      if (field != nullptr) field->clearFocus();
      event->accept();
      return true;
    }
    default:
      return false;
  }
}

}  // namespace acuguide::ui
