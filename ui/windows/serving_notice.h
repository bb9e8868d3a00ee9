#pragma once

#include "interop/igtl_server.h"

#include <QTimer>

#include <functional>

namespace acuguide::ui {

class InstrumentWindow;

/// Says in the window's bar when the OpenIGTLink server has refused a client or let a slow one go, and raises
/// an alarm while it fails.
class ServingNotice {
 public:
  /// The window must outlive the notice.
  ServingNotice(InstrumentWindow& window, std::function<interop::IgtlServerStatus()> status);

 private:
  void look();

  InstrumentWindow& window_;
  std::function<interop::IgtlServerStatus()> status_;
  interop::IgtlServerStatus said_;
  QTimer timer_;
};

}  // namespace acuguide::ui
