#include "ui/windows/procedure_keys.h"

#include "ui/widgets/field_focus.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QKeyEvent>

namespace acuguide::ui {

namespace {

/// The enabled action of a window that a plain key stands for; null where none has it.
QAction* actionFor(const QWidget& window, int key) {
  for (QAction* action : window.actions()) {
    if (!action->isEnabled() || !action->isVisible()) continue;
    for (const QKeySequence& keys : action->shortcuts()) {
      if (keys.count() == 1 && keys[0] == QKeyCombination(static_cast<Qt::Key>(key))) return action;
    }
  }
  return nullptr;
}

/// Whether the widget would take the key before any shortcut.
bool wants(QWidget& widget, const QKeyEvent& key) {
  QKeyEvent probe(QEvent::ShortcutOverride, key.key(), key.modifiers(), key.text());
  probe.ignore();
  QCoreApplication::sendEvent(&widget, &probe);
  return probe.isAccepted();
}

}  // namespace

ProcedureKeys::ProcedureKeys(QWidget& window) : QObject(&window), window_(window) {
  qApp->installEventFilter(this);
}

bool ProcedureKeys::belongs(const QWidget& window) const {
  for (const QWidget* one = window.parentWidget(); one != nullptr; one = one->parentWidget()) {
    if (one == &window_) return true;
  }
  return false;
}

bool ProcedureKeys::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return false;
  auto* widget = qobject_cast<QWidget*>(watched);
  if (widget == nullptr || widget->window() == &window_ || !belongs(*widget->window())) return false;
  if (QApplication::activePopupWidget() != nullptr || FieldFocus::isForTyping(*widget->window()))
    return false;
  const auto& key = *static_cast<const QKeyEvent*>(event);
  if ((key.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier)) != 0) return false;
  const bool closes =
      key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter || key.key() == Qt::Key_Escape;
  if (closes && (FieldFocus::isField(widget) || qobject_cast<QDialog*>(widget->window()) != nullptr))
    return false;
  QAction* action = actionFor(window_, key.key());
  if (action == nullptr || wants(*widget, key)) return false;
  if (!key.isAutoRepeat() || action->autoRepeat()) action->trigger();
  return true;
}

}  // namespace acuguide::ui
