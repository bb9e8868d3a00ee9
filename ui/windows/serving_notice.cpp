#include "ui/windows/serving_notice.h"

#include "ui/windows/instrument_window.h"

#include <QCoreApplication>

#include <utility>

namespace acuguide::ui {
namespace {

constexpr int lookEveryMs = 500;

}  // namespace

ServingNotice::ServingNotice(InstrumentWindow& window, std::function<interop::IgtlServerStatus()> status)
    : window_(window), status_(std::move(status)) {
  QObject::connect(&timer_, &QTimer::timeout, &window, [this] { look(); });
  timer_.start(lookEveryMs);
}

void ServingNotice::look() {
  const interop::IgtlServerStatus now = status_();
  if (now.refused > said_.refused)
    window_.say(QCoreApplication::translate("acuguide::ui::ServingNotice",
                                            "Network: %1 was refused, as many as may be are connected (%2)")
                    .arg(QString::fromStdString(now.lastRefused))
                    .arg(now.clients));
  else if (now.letGo > said_.letGo)
    window_.say(QCoreApplication::translate("acuguide::ui::ServingNotice",
                                            "Network: a client that reads too slowly was let go"));
  if (now.failures > said_.failures)
    window_.raiseAlarm(
        {navigation::AlarmKind::ServingFailed, navigation::AlarmPriority::Medium, now.lastFailure});
  said_ = now;
}

}  // namespace acuguide::ui
