#pragma once

#include "apps/command.h"

namespace acuguide::apps {

// One kind of calibration each, a file of its own (calibrate_KIND.cpp); registered in calibrate_command.cpp.

}  // namespace acuguide::apps
