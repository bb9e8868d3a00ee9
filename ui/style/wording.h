#pragma once

#include "core/units.h"
#include "navigation/guidance_snapshot.h"

#include <QString>

#include <optional>

namespace acuguide::ui::wording {

// What the program's values are called on the screen: the only place where a state, a reason, a hint or an
// alarm becomes words. All through Qt's translation (context "wording"). An unknown is "–", never 0.

QString unknown();

/// "12.4 mm" where the scale is known, else "63 px".
QString length(const ImageLength& length);
QString length(const std::optional<ImageLength>& length);
/// The number of a length and its unit apart, for the large read-out.
QString lengthNumber(const ImageLength& length);
QString lengthUnit(const ImageLength& length);
/// "4°", no decimals.
QString angle(double radians);
/// "0:41", minutes and seconds.
QString duration(double seconds);
/// "0:04.10", with hundredths.
QString timeCode(double seconds);

/// The one word over the picture: "ON COURSE", or why there is no guidance ("STALE", "FROZEN", "NO PLAN").
QString stateWord(const navigation::GuidanceSnapshot& snapshot);
QString stateWord(guidance::GuidanceState state);
/// One plain sentence for why the state is what it is, and what to do; empty when the state says it all.
QString reason(guidance::GuidanceReason reason);
/// The same, with the figure that a Stop violates, and with what the procedure adds: why it stops, where the
/// frame alone does not.
QString reason(const navigation::GuidanceSnapshot& snapshot);
/// The one thing to do now: the step to be settled first, or the most important hint. Empty where nothing is.
QString order(const navigation::GuidanceSnapshot& snapshot);
/// The order is a step of the procedure that is open, not a hint.
bool asksForStep(const navigation::GuidanceSnapshot& snapshot);
/// "checklist", "point", "aligned", "advancing", "last 5 mm", "at plane".
QString step(guidance::Step step);
/// "12:00", "1:30": a direction on the dial.
QString clock(double clock);
/// "Turn the blade to 12 o'clock: parallel to the median nerve (atlas)", or that it lies so where `measured`
/// says so; with a warning sign where nerve and fibres conflict.
QString blade(const planning::BladeDirection& blade, std::optional<double> measured = std::nullopt);
/// "⊗ 6.2 mm behind the picture   → 3.0 mm": how the probe has to move to the point; empty when it is there.
QString pointHint(const guidance::PointInPicture& point);
QString notPlaced(const guidance::NotPlaced& why);
/// "steeper 4°", "move left 1.2 mm", "WITHDRAW 1.2 mm"; without a figure where it has none.
QString hint(const guidance::HintAmount& hint);
/// One line: what is wrong and what to do.
QString alarm(const navigation::Alarm& alarm);
/// "!!!", "!!", "!": the priority without colour.
QString priorityMark(navigation::AlarmPriority priority);

QString connection(acquisition::Connection connection);
QString needleState(tracking::NeedleState state);
QString planeName(imaging::PlaneLabel label);
QString dangerName(const planning::DangerZone& zone);
/// "possible nerve?", never without the question mark.
QString possibleName(imaging::StructureKind kind);
/// "Nerves/vessels: on", "not sure", "off", with how many were dismissed; and why it is so.
QString structures(const navigation::StructuresNow& structures);
QString structuresWhy(const navigation::StructuresNow& structures);
/// "scale 0.080 mm/px", or that there is none.
QString calibration(const Frame* frame);
/// "ST36 left · morning": point and side of the body first, for the wrong side is the mistake to be seen.
QString planTitle(const planning::Plan& plan);
/// "target 14 mm deep · corridor 4 mm · limit 30 mm".
QString planSummary(const planning::Plan& plan);
QString target(const planning::Target& target);

/// The statement shown once at the first start, and in Help.
QString researchStatement();

}  // namespace acuguide::ui::wording
