#pragma once

#include "apps/offscreen_run.h"
#include "ui/virtual_display.h"

#include <QApplication>

#include <memory>
#include <optional>

namespace acuguide::apps {

/// What every window of the program needs before it can open: a display (with --offscreen one of its own) and
/// the application with its style and language.
class Desktop {
 public:
  /// Throws Error when there is no display.
  explicit Desktop(const OffscreenArguments& offscreen);

 private:
  std::optional<ui::VirtualDisplay> display_;
  std::unique_ptr<QApplication> application_;
};

}  // namespace acuguide::apps
