#pragma once

#include <QApplication>

namespace acuguide::ui {

/// An application whose windows outlive what a handler of theirs throws: the event is given up, the reason is
/// said on stderr and by failed(), and the next event is handled. (Qt itself ends the program.)
class SafeApplication : public QApplication {
  Q_OBJECT
 public:
  using QApplication::QApplication;
  bool notify(QObject* receiver, QEvent* event) override;

 signals:
  void failed(const QString& why);

 private:
  void tell(const char* why);
};

}  // namespace acuguide::ui
