#pragma once

#include <cstdint>

/// Every colour and size of the user interface: overlays in the picture and the theme of the windows. The
/// overlay colours are the colour-blind safe set of Okabe and Ito (2008); none of them carries a meaning
/// alone.
namespace acuguide::rendering::palette {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;

  /// 0xRRGGBB
  constexpr std::uint32_t rgb() const {
    return (std::uint32_t{red} << 16) | (std::uint32_t{green} << 8) | std::uint32_t{blue};
  }
  bool operator==(const Colour&) const = default;
};

/// From 0xRRGGBB, as colours are written in the design.
constexpr Colour colour(std::uint32_t rgb) {
  return {static_cast<std::uint8_t>(rgb >> 16 & 0xFF), static_cast<std::uint8_t>(rgb >> 8 & 0xFF),
          static_cast<std::uint8_t>(rgb & 0xFF)};
}

// Theme.
inline constexpr Colour kBackground = colour(0x14171A);
inline constexpr Colour kPanel = colour(0x1D2126);
inline constexpr Colour kLine = colour(0x2E343B);
inline constexpr Colour kText = colour(0xE6E9EC);
inline constexpr Colour kMuted = colour(0x9AA4AE);
inline constexpr Colour kAccent = colour(0x4FC3F7);  ///< what can be acted on

// In the picture.
inline constexpr Colour kHalo = colour(0x000000);
inline constexpr Colour kNeedle = colour(0xFFFFFF);
inline constexpr Colour kTarget = colour(0xF0E442);
inline constexpr Colour kCorridor = colour(0x4FC3F7);
inline constexpr Colour kPlane = colour(0x009E73);
inline constexpr Colour kPlaneLetter = colour(0x3FD8A8);  ///< the plane's green, light enough for small type
inline constexpr Colour kDanger = colour(0xD55E00);
inline constexpr Colour kDangerName = colour(0xFF9A4D);  ///< the danger's orange, light enough for small type

// In space.
inline constexpr Colour kGrid = kLine;

// State of the guidance: the frame round the picture and the word in the read-out.
inline constexpr Colour kApproach = colour(0x4FC3F7);
inline constexpr Colour kOnCourse = colour(0x3DDC84);
inline constexpr Colour kOffCourse = colour(0xFFD02E);
inline constexpr Colour kStop = colour(0xFF3B30);

// Alarms (IEC 60601-1-8: high red, medium yellow, low cyan).
inline constexpr Colour kAlarmHigh = kStop;
inline constexpr Colour kAlarmPlate = colour(0xB71C1C);  ///< under white letters
inline constexpr Colour kAlarmMedium = kOffCourse;
inline constexpr Colour kAlarmLow = kApproach;

// Type, device-independent pixels.
inline constexpr int kControlTextPx = 13;
inline constexpr int kPictureLabelPx = 16;
inline constexpr double kReadOutShare = 0.05;  ///< least height of the main read-out, of the window's height

// Lines in the picture, device-independent pixels.
inline constexpr double kHaloPx = 1.0;
inline constexpr double kNeedleLinePx = 4.0;
inline constexpr double kTipLinePx = 2.5;
inline constexpr double kTipRadiusPx = 8.0;  ///< at least; grows with the uncertainty
inline constexpr double kTargetLinePx = 2.5;
inline constexpr double kTargetRadiusPx = 13.0;
inline constexpr double kCorridorLinePx = 1.5;
inline constexpr double kPlaneLinePx = 2.0;
inline constexpr double kDangerLinePx = 2.5;
inline constexpr double kHatchLinePx = 2.0;
inline constexpr double kLeaderLinePx = 1.5;
inline constexpr double kStateFramePx = 8.0;
inline constexpr double kStateFrameRoomPx = 14.0;  ///< what the widest of its forms takes on each side
inline constexpr double kRulerLinePx = 1.5;

}  // namespace acuguide::rendering::palette
