#pragma once

#include "calibration/report/result.h"
#include "core/transform.h"

#include <string>

namespace acuguide::calibration {

/// A tool's tip as a pose, from a pivot calibration with its spin: TOOLShaft to TOOL, origin at the tip, z
/// along the shaft from handle to tip. How the tool is turned about its shaft no pivot or spin can tell; x is
/// any direction across. Throws Error, naming `where`, for another kind of result, one that is not usable,
/// one without the shaft's direction, or one that names no tool.
NamedPose toolShaftPose(const Result& result, const std::string& where);

/// The tip alone, of a tool that need not have been spun: TOOLTip to TOOL, turned as the marker is. Throws
/// Error as toolShaftPose(), save for the shaft's direction.
NamedPose toolTipPose(const Result& result, const std::string& where);

}  // namespace acuguide::calibration
