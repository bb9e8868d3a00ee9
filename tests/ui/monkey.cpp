#include "ui/monkey.h"

#include "core/clock.h"
#include "patience.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QEventLoop>
#include <QFileDialog>
#include <QLineEdit>
#include <QPointer>
#include <QTabBar>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <QWindow>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace acuguide::ui::test {

namespace {

constexpr double kHangSeconds = 20.0;
constexpr int kStepMs = 4;

bool isIn(const QString& path, const QString& folder) {
  return QDir(path).absolutePath().startsWith(QDir(folder).absolutePath());
}

bool invites(const QWidget& widget) {
  return qobject_cast<const QAbstractButton*>(&widget) != nullptr ||
         qobject_cast<const QComboBox*>(&widget) != nullptr ||
         qobject_cast<const QLineEdit*>(&widget) != nullptr ||
         qobject_cast<const QAbstractSpinBox*>(&widget) != nullptr ||
         qobject_cast<const QTabBar*>(&widget) != nullptr ||
         qobject_cast<const QAbstractItemView*>(&widget) != nullptr || widget.objectName() == "picture";
}

}  // namespace

Monkey::Monkey(QWidget& main, QString folder, std::uint32_t seed)
    : main_(main), folder_(std::move(folder)), seed_(seed), random_(seed) {
  std::printf("monkey: seed %u\n", seed);
  beat_ = monotonicSeconds();
  watchdog_ = std::jthread([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      if (monotonicSeconds() - beat_ < kHangSeconds * acuguide::test::patience) continue;
      std::fprintf(stderr, "monkey: the window thread hangs, seed %u, step %d\n", seed_, beatStep_.load());
      std::abort();
    }
  });
}

Monkey::~Monkey() = default;

double Monkey::seconds() {
  const char* given = std::getenv("ACUGUIDE_MONKEY_SECONDS");
  return (given != nullptr ? std::atof(given) : 60.0) / 5.0;
}

void Monkey::run(double seconds) {
  QEventLoop loop;
  const auto end = [&] {
    over_ = true;
    for (int i = 0; i < 20 && QApplication::activePopupWidget() != nullptr; ++i)
      QApplication::activePopupWidget()->close();
    loop.quit();
  };
  QTimer::singleShot(static_cast<int>(seconds * 1000), this, end);
  QTimer::singleShot(0, this, &Monkey::step);
  loop.exec();
}

void Monkey::step() {
  if (over_) return;
  // Before anything else: an open menu has an event loop of its own, and goes on being played with.
  QTimer::singleShot(kStepMs, this, &Monkey::step);
  beat_ = monotonicSeconds();
  beatStep_ = ++step_;
  keepFileDialogsInside();
  if (!main_.isVisible()) main_.show();
  QWidget* window = chooseWindow();
  if (window == nullptr || window->windowHandle() == nullptr) return;
  const int dice = below(100);
  if (dice < 45)
    click(window);
  else if (dice < 60)
    drag(window);
  else if (dice < 68)
    wheel(*window);
  else
    key(*window);
}

void Monkey::keepFileDialogsInside() const {
  for (QWidget* top : QApplication::topLevelWidgets()) {
    auto* dialog = qobject_cast<QFileDialog*>(top);
    if (dialog != nullptr && !isIn(dialog->directory().path(), folder_)) dialog->setDirectory(folder_);
  }
}

QWidget* Monkey::chooseWindow() {
  if (QWidget* popup = QApplication::activePopupWidget(); popup != nullptr && chance(0.8)) return popup;
  if (QWidget* modal = QApplication::activeModalWidget()) return modal;
  QList<QWidget*> windows;
  for (QWidget* top : QApplication::topLevelWidgets())
    if (top->isVisible() && top->windowHandle() != nullptr) windows << top;
  if (windows.isEmpty()) return nullptr;
  QWidget* window =
      chance(0.3) && main_.isVisible() ? &main_ : windows[below(static_cast<int>(windows.size()))];
  if (chance(0.05) && window->windowType() != Qt::ToolTip) window->activateWindow();
  return window;
}

QPoint Monkey::choosePlace(QWidget& window) {
  if (chance(0.7)) {
    QList<QWidget*> inviting;
    for (QWidget* child : window.findChildren<QWidget*>())
      if (child->isVisible() && child->isEnabled() && child->window() == &window && invites(*child))
        inviting << child;
    if (!inviting.isEmpty()) {
      QWidget* child = inviting[below(static_cast<int>(inviting.size()))];
      const QPoint inside(below(std::max(1, child->width())), below(std::max(1, child->height())));
      return child->mapTo(&window, inside);
    }
  }
  return {below(std::max(1, window.width())), below(std::max(1, window.height()))};
}

/// Each event may close and delete the window it goes to: what comes after goes nowhere then.
void Monkey::mouse(const QPointer<QWidget>& window, const QPoint& at, QEvent::Type type,
                   Qt::MouseButton button) {
  QWindow* handle = window.isNull() ? nullptr : window->windowHandle();
  if (handle == nullptr) return;
  if (type == QEvent::MouseButtonPress) held_ |= button;
  if (type == QEvent::MouseButtonRelease) held_ &= ~Qt::MouseButtons(button);
  static int time = 1000;
  qt_handleMouseEvent(handle, at, handle->mapToGlobal(at), held_,
                      type == QEvent::MouseMove ? Qt::NoButton : button, type, Qt::NoModifier,
                      time += chance(0.2) ? 40 : 600);
}

void Monkey::click(const QPointer<QWidget>& window) {
  const QPoint at = choosePlace(*window);
  const bool file = qobject_cast<QFileDialog*>(window.data()) != nullptr;  // its menu renames and deletes
  const Qt::MouseButton button = !file && chance(0.1) ? Qt::RightButton : Qt::LeftButton;
  mouse(window, at, QEvent::MouseMove, Qt::NoButton);
  mouse(window, at, QEvent::MouseButtonPress, button);
  mouse(window, at, QEvent::MouseButtonRelease, button);
}

void Monkey::drag(const QPointer<QWidget>& window) {
  if (qobject_cast<QFileDialog*>(window.data()) != nullptr)
    return click(window);  // files are not to be moved
  const QPoint from = choosePlace(*window), to = choosePlace(*window);
  mouse(window, from, QEvent::MouseButtonPress, Qt::LeftButton);
  for (int i = 1; i <= 5; ++i) mouse(window, from + (to - from) * i / 5, QEvent::MouseMove, Qt::LeftButton);
  mouse(window, to, QEvent::MouseButtonRelease, Qt::LeftButton);
}

void Monkey::wheel(QWidget& window) {
  const QPoint at = choosePlace(window);
  QWidget* under = window.childAt(at);
  if (under == nullptr) under = &window;
  const QPointF inside = under->mapFrom(&window, at);
  QCoreApplication::postEvent(
      under, new QWheelEvent(inside, under->mapToGlobal(inside), {}, {0, chance(0.5) ? 120 : -120},
                             Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false));
}

void Monkey::key(QWidget& window) {
  static const QList<Qt::Key> keys = {Qt::Key_Space,    Qt::Key_Return,      Qt::Key_Enter,
                                      Qt::Key_Escape,   Qt::Key_Tab,         Qt::Key_Up,
                                      Qt::Key_Down,     Qt::Key_Left,        Qt::Key_Right,
                                      Qt::Key_A,        Qt::Key_B,           Qt::Key_C,
                                      Qt::Key_D,        Qt::Key_H,           Qt::Key_L,
                                      Qt::Key_M,        Qt::Key_N,           Qt::Key_O,
                                      Qt::Key_P,        Qt::Key_R,           Qt::Key_S,
                                      Qt::Key_V,        Qt::Key_Y,           Qt::Key_0,
                                      Qt::Key_1,        Qt::Key_3,           Qt::Key_5,
                                      Qt::Key_8,        Qt::Key_9,           Qt::Key_Plus,
                                      Qt::Key_Minus,    Qt::Key_F1,          Qt::Key_F11,
                                      Qt::Key_Home,     Qt::Key_End,         Qt::Key_PageDown,
                                      Qt::Key_Period,   Qt::Key_BracketLeft, Qt::Key_BracketRight,
                                      Qt::Key_Backspace};
  static const QList<Qt::Key> commands = {Qt::Key_L, Qt::Key_N, Qt::Key_O,     Qt::Key_P,    Qt::Key_Q,
                                          Qt::Key_S, Qt::Key_Z, Qt::Key_Right, Qt::Key_Left, Qt::Key_Return};
  const bool command = chance(0.12);
  const auto& from = command ? commands : keys;
  const Qt::Key chosen = from[below(static_cast<int>(from.size()))];
  const Qt::KeyboardModifiers modifiers = command        ? Qt::ControlModifier
                                          : chance(0.05) ? Qt::ShiftModifier
                                                         : Qt::NoModifier;
  const QString text = command || chosen >= Qt::Key_Escape ? QString() : QString(QChar(chosen)).toLower();
  const QPointer<QWindow> handle = window.windowHandle();
  const bool taken = qt_sendShortcutOverrideEvent(handle, static_cast<ulong>(step_), chosen, modifiers, text);
  if (!taken && !handle.isNull()) qt_handleKeyEvent(handle, QEvent::KeyPress, chosen, modifiers, text);
  if (!handle.isNull()) qt_handleKeyEvent(handle, QEvent::KeyRelease, chosen, modifiers, text);
}

}  // namespace acuguide::ui::test
