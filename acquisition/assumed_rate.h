#pragma once

namespace acuguide::acquisition {

/// Frames per second of recordings that state no times (image folders, sequences without time stamps).
constexpr double kAssumedFramesPerSecond = 25.0;

}  // namespace acuguide::acquisition
