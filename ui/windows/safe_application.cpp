#include "ui/windows/safe_application.h"

#include <exception>
#include <iostream>

namespace acuguide::ui {

bool SafeApplication::notify(QObject* receiver, QEvent* event) {
  try {
    return QApplication::notify(receiver, event);
  } catch (const std::exception& error) {
    tell(error.what());
  } catch (...) {
    tell("for a reason it does not say");
  }
  return false;
}

void SafeApplication::tell(const char* why) {
  std::cerr << "acuguide: a part of the window failed: " << why << "\n";
  emit failed(QString::fromUtf8(why));
}

}  // namespace acuguide::ui
