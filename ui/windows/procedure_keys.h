#pragma once

#include <QObject>

class QWidget;

namespace acuguide::ui {

/// The procedure's keys, and a foot pedal that types them, work from every window that belongs to the guiding
/// one: plan, checklist, landmarks, help, source. A key goes to the action of the guiding window that has it,
/// unless the widget that has the keys wants it for itself (a text field in use, a polygon being drawn).
/// Enter and Esc stay those of a dialog; a dialog made for typing and an open menu keep all keys.
class ProcedureKeys : public QObject {
 public:
  /// `window`: whose actions' keys they are; also this object's parent.
  explicit ProcedureKeys(QWidget& window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool belongs(const QWidget& window) const;

  QWidget& window_;
};

}  // namespace acuguide::ui
