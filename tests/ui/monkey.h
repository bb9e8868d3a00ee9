#pragma once

#include <QEvent>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QWidget>

#include <atomic>
#include <cstdint>
#include <random>
#include <thread>

namespace acuguide::ui::test {

/// Random clicks, drags, wheel and keys, as from the window system, to every window of the program, its
/// dialogs and menus. Prints its seed; a window thread that does not come back for a while ends the program
/// with the seed and the step. File dialogs are kept inside one folder.
class Monkey : public QObject {
 public:
  /// `main`: shown again when it has been closed. `folder`: all that file dialogs may see.
  Monkey(QWidget& main, QString folder, std::uint32_t seed);
  ~Monkey() override;

  /// How long one window has: ACUGUIDE_MONKEY_SECONDS / 5, or 12.
  static double seconds();
  void run(double seconds);
  int steps() const { return step_; }

 private:
  void step();
  void keepFileDialogsInside() const;
  QWidget* chooseWindow();
  QPoint choosePlace(QWidget& window);
  void mouse(const QPointer<QWidget>& window, const QPoint& at, QEvent::Type type, Qt::MouseButton button);
  void click(const QPointer<QWidget>& window);
  void drag(const QPointer<QWidget>& window);
  void wheel(QWidget& window);
  void key(QWidget& window);
  bool chance(double share) { return std::uniform_real_distribution(0.0, 1.0)(random_) < share; }
  int below(int end) { return std::uniform_int_distribution(0, end - 1)(random_); }

  QWidget& main_;
  QString folder_;
  std::uint32_t seed_;
  std::mt19937 random_;
  Qt::MouseButtons held_;
  int step_ = 0;
  bool over_ = false;
  std::atomic<double> beat_{0.0};
  std::atomic<int> beatStep_{0};
  std::jthread watchdog_;
};

}  // namespace acuguide::ui::test
