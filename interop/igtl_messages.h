#pragma once

#include "navigation/guidance_snapshot.h"

#include <cstdint>
#include <vector>

namespace acuguide::interop {

/// What the OpenIGTLink server says of one snapshot, ready to be sent (header version 1, CRC set), all with
/// the time stamp of the picture (UTC):
///
/// - TRANSFORM `ImageToProbe`, `ProbeToTracker`: the frame's valid poses of these names.
/// - TRANSFORM `ImageToPicture`: px to mm in the picture's own axes, where the pixel spacing is known.
/// - TRANSFORM `NeedleToImage`: the seen needle; origin at the tip, x along the shaft in the direction of
///   insertion, z out of the picture. Absent unless seen within the last 200 ms in a live picture.
/// - TRANSFORM `TargetToImage`: origin at the target, axes the picture's.
/// - IMAGE `Image`: 8 bit grey or RGB. Only with `withPicture`.
/// - STRING `Guidance`: guidanceText().
/// - STATUS `acuguide`: OK while the picture is live (or a recording), not-ready with the reason otherwise.
///
/// "Image" is the picture in pixels, as in PLUS: the IMAGE has spacing 1 and its first pixel at the origin,
/// and millimetres come with the transforms. Needle and Target are in mm where the pixel spacing is known,
/// else in px.
std::vector<std::uint8_t> igtlMessagesOf(const navigation::GuidanceSnapshot& snapshot, bool withPicture);

}  // namespace acuguide::interop
