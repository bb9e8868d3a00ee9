#pragma once

#include "calibration/camera/camera.h"
#include "calibration/report/report.h"
#include "calibration/report/result.h"

#include <string>

namespace acuguide::calibration {

/// board: the SPEC text it was made with.
Result cameraResult(const CameraSummary& summary, const std::string& board);
Report cameraReport(const CameraSummary& summary, const Result& result);

/// The camera of a result of kind "camera" that is usable; throws Error, naming `where`, for any other.
CameraModel cameraModelOf(const Result& result, const std::string& where);

}  // namespace acuguide::calibration
