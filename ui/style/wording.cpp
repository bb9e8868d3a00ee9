#include "ui/style/wording.h"

#include "core/version.h"
#include "recording/recorder.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>
#include <string_view>

namespace acuguide::ui::wording {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("acuguide::ui::wording", text); }

QString number(double value, int decimals) {
  const QString text = QString::number(std::abs(value), 'f', decimals);
  // "-0.0" is a rounding artefact, not a value.
  return value < 0 && text.toDouble() != 0.0 ? QStringLiteral("−") + text : text;
}

QString millimetres(double mm) { return tr("%1 mm").arg(number(mm, 1)); }

}  // namespace

QString unknown() { return QStringLiteral("–"); }

QString lengthNumber(const ImageLength& length) {
  return length.mm ? number(*length.mm, 1) : number(length.px, 0);
}

QString lengthUnit(const ImageLength& length) { return length.mm ? tr("mm") : tr("px"); }

QString length(const ImageLength& length) {
  return length.mm ? millimetres(*length.mm) : tr("%1 px").arg(number(length.px, 0));
}

QString length(const std::optional<ImageLength>& value) { return value ? length(*value) : unknown(); }

QString angle(double radians) { return number(degrees(radians), 0) + QStringLiteral("°"); }

QString duration(double seconds) {
  const auto whole = static_cast<long long>(std::floor(std::max(0.0, seconds)));
  if (whole >= 3600) {
    return QStringLiteral("%1:%2:%3")
        .arg(whole / 3600)
        .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
        .arg(whole % 60, 2, 10, QLatin1Char('0'));
  }
  return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString timeCode(double seconds) {
  const auto hundredths = static_cast<long long>(std::floor(std::max(0.0, seconds) * 100.0 + 1e-6));
  return QStringLiteral("%1.%2")
      .arg(duration(static_cast<double>(hundredths / 100)))
      .arg(hundredths % 100, 2, 10, QLatin1Char('0'));
}

QString stateWord(guidance::GuidanceState state) {
  using guidance::GuidanceState;
  switch (state) {
    case GuidanceState::NoNeedle:
      return tr("NO NEEDLE");
    case GuidanceState::Approach:
      return tr("APPROACH");
    case GuidanceState::OnCourse:
      return tr("ON COURSE");
    case GuidanceState::OffCourse:
      return tr("OFF COURSE");
    case GuidanceState::AtTarget:
      return tr("AT TARGET");
    case GuidanceState::Stop:
      return tr("STOP");
  }
  return unknown();
}

QString stateWord(const navigation::GuidanceSnapshot& snapshot) {
  using navigation::PictureState;
  if (snapshot.picture == PictureState::None) return tr("NO PICTURE");
  if (snapshot.picture == PictureState::Stale) return tr("STALE");
  if (const auto state = navigation::shownState(snapshot)) return stateWord(*state);
  if (snapshot.picture == PictureState::Frozen) return tr("FROZEN");
  if (!snapshot.plan) return tr("NO PLAN");
  if (snapshot.picture == PictureState::Paused) return tr("PAUSED");
  if (snapshot.picture == PictureState::Ended) return tr("ENDED");
  return tr("NO GUIDANCE");
}

QString reason(guidance::GuidanceReason reason) {
  using guidance::GuidanceReason;
  switch (reason) {
    case GuidanceReason::None:
      return {};
    case GuidanceReason::NoTarget:
      return tr("Target plane not seen: move the probe until it shows");
    case GuidanceReason::TargetUnsure:
      return tr("Target may have left its tissue: press Enter to set it again, or click it");
    case GuidanceReason::TargetTooDeep:
      return tr("Target deeper than the plan allows: click its plane, or change the plan");
    case GuidanceReason::NoScale:
      return tr("Scale unknown: calibrate, or click the target");
    case GuidanceReason::NeedleLost:
      return tr("Needle lost: hold still, tilt the probe");
    case GuidanceReason::NeedlePredicted:
      return tr("Needle only predicted: hold still until it shows");
    case GuidanceReason::Lateral:
      return tr("Beside the corridor");
    case GuidanceReason::Angle:
      return tr("Pointing away from the target");
    case GuidanceReason::DangerClose:
      return tr("Danger close: stop and withdraw");
    case GuidanceReason::TooDeep:
      return tr("Deeper than the plan allows: stop and withdraw");
    case GuidanceReason::PastTarget:
      return tr("Tip is past the target: stop and withdraw");
    case GuidanceReason::ChecklistOpen:
      return tr("Complete the contraindication checklist first (C)");
    case GuidanceReason::PointNotConfirmed:
      return tr("Is the probe over the point? Enter confirms it");
    case GuidanceReason::PossibleDanger:
      return tr("Hold: perhaps a nerve or vessel. Y: it is one, D: it is not");
    case GuidanceReason::NeedlesApart:
      return tr("Hold: the tracker has the needle elsewhere. Check markers and calibration");
    case GuidanceReason::TargetOutside:
      return tr("Target lies outside the image: move the probe, or click another target");
    case GuidanceReason::TipUnsure:
      return tr("Hold: the tip is not certain. Tilt the probe until the needle's end shows");
    case GuidanceReason::BehindBone:
      return tr(
          "Hold: tip or target lies behind the bone's surface. Check the needle, or click another target");
  }
  return {};
}

namespace {

/// What a Stop is for, with the figure that is violated where it is known; empty: the reason's own words say
/// it all.
QString violated(const navigation::GuidanceSnapshot& snapshot) {
  using guidance::GuidanceReason;
  const guidance::Guidance& guidance = *snapshot.guidance;
  const planning::Plan* plan = snapshot.plan.get();
  if (guidance.state != guidance::GuidanceState::Stop || plan == nullptr) return {};
  switch (guidance.reason) {
    case GuidanceReason::DangerClose: {
      const auto& danger = guidance.nearestDanger;
      if (!danger || danger->zone >= plan->dangers.size() || !danger->distance.mm) return {};
      const planning::DangerZone& zone = plan->dangers[danger->zone];
      return tr("%1: %2 away, safety margin %3")
          .arg(dangerName(zone), length(danger->distance), millimetres(zone.marginMm));
    }
    case GuidanceReason::TooDeep:
      if (!guidance.tipDepth || !guidance.tipDepth->mm || !plan->maximumDepthMm) return {};
      return tr("Tip %1 deep, maximum depth %2")
          .arg(length(*guidance.tipDepth), millimetres(*plan->maximumDepthMm));
    case GuidanceReason::PastTarget:
      if (!guidance.alongToTarget) return {};
      return tr("Tip %1 past the target")
          .arg(length(ImageLength{
              -guidance.alongToTarget->px,
              guidance.alongToTarget->mm ? std::optional(-*guidance.alongToTarget->mm) : std::nullopt}));
    default:
      return {};
  }
}

}  // namespace

bool asksForStep(const navigation::GuidanceSnapshot& snapshot) {
  using guidance::Step;
  if (!snapshot.guidance || !snapshot.procedure || !snapshot.procedure->asked) return false;
  return snapshot.procedure->step == Step::Checklist || snapshot.procedure->step == Step::ConfirmPoint;
}

QString order(const navigation::GuidanceSnapshot& snapshot) {
  if (!snapshot.guidance) return {};
  if (asksForStep(snapshot))
    return snapshot.procedure->step == guidance::Step::Checklist ? tr("▸ checklist (C)")
                                                                 : tr("▸ confirm point (Enter)");
  if (!snapshot.guidance->hints.empty()) return hint(snapshot.guidance->hints.front());
  const bool waits = navigation::shownState(snapshot) == guidance::GuidanceState::NoNeedle &&
                     snapshot.guidance->reason == guidance::GuidanceReason::None;
  return waits ? tr("▸ bring the needle into the image") : QString();
}

QString reason(const navigation::GuidanceSnapshot& snapshot) {
  using guidance::StopCause;
  if (!snapshot.guidance) return {};
  if (const QString what = violated(snapshot); !what.isEmpty()) return what;
  if (snapshot.procedure) {
    // The order is the step that is open: another reason would be a second one.
    if (snapshot.procedure->asked && snapshot.procedure->step == guidance::Step::Checklist)
      return reason(guidance::GuidanceReason::ChecklistOpen);
    if (snapshot.procedure->asked && snapshot.procedure->step == guidance::Step::ConfirmPoint)
      return reason(snapshot.guidance->reason == guidance::GuidanceReason::TargetUnsure
                        ? guidance::GuidanceReason::TargetUnsure
                        : guidance::GuidanceReason::PointNotConfirmed);
    if (snapshot.procedure->cause == StopCause::NeedleLost)
      return tr("Needle lost while advancing: stop, hold still, tilt the probe until it shows");
    if (snapshot.procedure->cause == StopCause::StrokesDone)
      return tr("As many strokes as planned: withdraw, press for a minute, watch for bleeding");
  }
  return reason(snapshot.guidance->reason);
}

QString step(guidance::Step step) {
  using guidance::Step;
  switch (step) {
    case Step::Checklist:
      return tr("checklist");
    case Step::ConfirmPoint:
      return tr("point");
    case Step::Align:
      return tr("aligned");
    case Step::Advance:
      return tr("advancing");
    case Step::Approach:
      return tr("last 5 mm");
    case Step::AtPlane:
      return tr("at plane");
    case Step::Stop:
      return tr("stop");
  }
  return {};
}

QString clock(double clock) { return QString::fromStdString(planning::clockText(clock)); }

namespace {

/// To the half hour: finer no hand turns a blade, and the figure of a moving needle would flicker.
QString hour(double clock) {
  constexpr double kHalfHour = radians(15.0);
  const QString text = wording::clock(std::round(clock / kHalfHour) * kHalfHour);
  return text.endsWith(QStringLiteral(":00")) ? tr("%1 o'clock").arg(text.chopped(3)) : text;
}

}  // namespace

QString blade(const planning::BladeDirection& blade, std::optional<double> measured) {
  using planning::BladeRule;
  constexpr double kTurned = radians(10.0);
  if (!blade.clock) return tr("Blade direction not known: follow nerve and vessel");
  const QString at = hour(*blade.clock), along = QString::fromStdString(blade.follows);
  const bool lies = measured && planning::between(*measured, *blade.clock) <= kTurned;
  QString text;
  if (blade.rule == BladeRule::ByHand)
    text = lies ? tr("Blade at %1, as planned").arg(at) : tr("Turn the blade to %1, as planned").arg(at);
  else
    text = lies ? tr("Blade at %1: parallel to %2").arg(at, along)
                : tr("Turn the blade to %1: parallel to %2").arg(at, along);
  if (blade.general) text += QLatin1Char(' ') + tr("(atlas)");
  return blade.conflict.empty() ? text : QStringLiteral("⚠ ") + text;
}

QString pointHint(const guidance::PointInPicture& point) {
  const QString across = std::abs(point.rightMm) < 0.5 ? QString()
                         : point.rightMm > 0           ? tr("→ %1").arg(millimetres(point.rightMm))
                                                       : tr("← %1").arg(millimetres(-point.rightMm));
  if (point.inPlane) return across;
  const QString through = point.throughMm > 0
                              ? tr("⊗ %1 behind the picture").arg(millimetres(point.throughMm))
                              : tr("⊙ %1 before the picture").arg(millimetres(-point.throughMm));
  return across.isEmpty() ? through : through + QStringLiteral("   ") + across;
}

QString notPlaced(const guidance::NotPlaced& why) {
  using guidance::WhyNotPlaced;
  const QString pose = QString::fromStdString(why.pose);
  switch (why.why) {
    case WhyNotPlaced::NotCalibrated:
      return tr("Point not shown: the probe is not calibrated (%1)").arg(pose);
    case WhyNotPlaced::NotTracked:
      return tr("Point not shown: no pose leads there (%1)").arg(pose);
    case WhyNotPlaced::PoseInvalid:
      return tr("Point not shown: %1 is hidden from the tracker").arg(pose);
  }
  return {};
}

QString hint(const guidance::HintAmount& hint) {
  using guidance::Hint;
  const QString by = length(ImageLength{hint.amount, hint.mm});
  switch (hint.hint) {
    case Hint::Steeper:
      return tr("steeper %1").arg(angle(hint.amount));
    case Hint::Shallower:
      return tr("shallower %1").arg(angle(hint.amount));
    case Hint::MoveLeft:
      return tr("move left %1").arg(by);
    case Hint::MoveRight:
      return tr("move right %1").arg(by);
    case Hint::Advance:
      return tr("advance %1").arg(by);
    case Hint::Withdraw:
      return hint.amount > 0 ? tr("WITHDRAW %1").arg(by) : tr("WITHDRAW");
    case Hint::Hold:
      return tr("hold");
  }
  return {};
}

QString alarm(const navigation::Alarm& alarm) {
  using navigation::AlarmKind;
  const QString detail = QString::fromStdString(alarm.detail);
  switch (alarm.kind) {
    case AlarmKind::PictureStale:
      return tr("Picture is not live: stop the blade, check the scanner and its cable");
    case AlarmKind::SourceLost:
      return detail.isEmpty() ? tr("Source lost: check the cable; it reconnects by itself")
                              : tr("Source lost (%1): it reconnects by itself").arg(detail);
    case AlarmKind::SourceFailed:
      return detail.isEmpty() ? tr("Source cannot be used: open another (Ctrl+O)")
                              : tr("Source cannot be used: %1").arg(detail);
    case AlarmKind::NeedleLost:
      return tr("Needle lost: hold the blade still, tilt the probe until it shows");
    case AlarmKind::DangerClose:
      return detail.isEmpty() ? tr("Danger close: stop and withdraw")
                              : tr("%1 close: stop and withdraw").arg(detail);
    case AlarmKind::TooDeep:
      return tr("Deeper than the plan allows: stop and withdraw");
    case AlarmKind::PastTarget:
      return tr("Tip is past the target: stop and withdraw");
    case AlarmKind::NotCalibrated:
      return detail.isEmpty()
                 ? tr("Not calibrated: lengths are pixels; calibrate or give the scale (--spacing-mm)")
                 : tr("No millimetres: %1").arg(detail);
    case AlarmKind::RecordingFailed:
      if (detail == QLatin1String(recording::computerTooBusy))
        return tr("Recording skips frames: computer too busy");
      if (detail == QLatin1String(recording::diskTooSlow)) return tr("Recording skips frames: disk too slow");
      if (alarm.priority != navigation::AlarmPriority::High &&
          detail.startsWith(QLatin1String("the disk will be full")))
        return tr("The disk will be full in %1 s: recording will stop then")
            .arg(detail.section(QLatin1Char(' '), -2, -2));
      return detail.isEmpty() ? tr("Recording stopped: check the disk, then record again (R)")
                              : tr("Recording stopped: %1").arg(detail);
    case AlarmKind::StrokesDone:
      return tr("As many strokes as planned: withdraw, press for a minute, watch for bleeding");
    case AlarmKind::NeedlesApart:
      return tr("Tracked and seen needle are %1 mm apart: check markers and calibration").arg(detail);
    case AlarmKind::PossibleDanger:
      return detail == QLatin1String("nerve")
                 ? tr("Possible nerve within its margin: hold and look. Y: it is one, D: it is not")
                 : tr("Possible vessel within its margin: hold and look. Y: it is one, D: it is not");
    case AlarmKind::ImageUnchanged:
      return tr("The image does not change: stop the blade. Is the scanner frozen, the signal lost?");
    case AlarmKind::AnalysisFailed:
      return tr("A part of the program has failed: stop the blade; the image goes on (%1)").arg(detail);
    case AlarmKind::ServingFailed:
      return tr("Network: other computers may not get the images (%1); guidance goes on").arg(detail);
    case AlarmKind::WindowLate:
      return tr("The window did not answer for %1 s: what it showed was old").arg(detail);
    case AlarmKind::SourceRemark:
      return tr("Source: %1").arg(detail);
  }
  return detail;
}

QString priorityMark(navigation::AlarmPriority priority) {
  using navigation::AlarmPriority;
  switch (priority) {
    case AlarmPriority::High:
      return QStringLiteral("!!!");
    case AlarmPriority::Medium:
      return QStringLiteral("!!");
    case AlarmPriority::Low:
      return QStringLiteral("!");
  }
  return {};
}

QString connection(acquisition::Connection connection) {
  using acquisition::Connection;
  switch (connection) {
    case Connection::Connecting:
      return tr("connecting");
    case Connection::Running:
      return tr("running");
    case Connection::Lost:
      return tr("lost");
    case Connection::Ended:
      return tr("ended");
    case Connection::Failed:
      return tr("failed");
  }
  return {};
}

QString needleState(tracking::NeedleState state) {
  using tracking::NeedleState;
  switch (state) {
    case NeedleState::None:
      return tr("not seen");
    case NeedleState::Predicted:
      return tr("predicted");
    case NeedleState::Observed:
      return tr("seen");
  }
  return {};
}

QString planeName(imaging::PlaneLabel label) {
  using imaging::PlaneLabel;
  switch (label) {
    case PlaneLabel::Skin:
      return tr("skin");
    case PlaneLabel::SuperficialAponeurosis:
      return tr("superficial aponeurosis");
    case PlaneLabel::DeepAponeurosis:
      return tr("deep aponeurosis");
    case PlaneLabel::Fascia:
      return tr("fascia");
    case PlaneLabel::Bone:
      return tr("bone");
  }
  return {};
}

QString dangerName(const planning::DangerZone& zone) {
  const QString name = QString::fromStdString(zone.name);
  return zone.automatic ? name + QStringLiteral("?") : name;
}

QString possibleName(imaging::StructureKind kind) {
  return kind == imaging::StructureKind::Nerve ? tr("possible nerve?") : tr("possible vessel?");
}

QString structures(const navigation::StructuresNow& structures) {
  using navigation::StructuresState;
  switch (structures.state) {
    case StructuresState::Off:
      return tr("Nerves/vessels: off");
    case StructuresState::NotSure:
      return tr("Nerves/vessels: not sure");
    case StructuresState::On:
      return structures.dismissed == 0 ? tr("Nerves/vessels: on")
                                       : tr("Nerves/vessels: on, %1 dismissed").arg(structures.dismissed);
  }
  return {};
}

QString structuresWhy(const navigation::StructuresNow& structures) {
  using navigation::StructuresDoubt;
  switch (structures.doubt) {
    case StructuresDoubt::None:
      return tr("Looked for by a network that misses some and takes other things for them");
    case StructuresDoubt::SwitchedOff:
      return tr("Nobody looks for them: none shown does not mean none there");
    case StructuresDoubt::Failed:
      return tr("The network cannot run: none shown does not mean none there");
    case StructuresDoubt::Waiting:
      return tr("No answer yet");
    case StructuresDoubt::Strange:
      return tr("The picture is unlike those the network learnt from: none shown does not mean none there");
    case StructuresDoubt::TooOld:
      return tr("No answer that is young enough: none shown does not mean none there");
    case StructuresDoubt::TissueUnknown:
      return tr("The tissue is not recognised in this picture: what was found in it is not shown");
  }
  return {};
}

QString calibration(const Frame* frame) {
  if (frame == nullptr) return unknown();
  if (!frame->geometry.spacingMm) return tr("not calibrated: px");
  return tr("scale %1 mm/px").arg(frame->geometry.spacingMm->y(), 0, 'f', 3);
}

QString target(const planning::Target& target) {
  if (const auto* depth = std::get_if<planning::TargetAtDepth>(&target)) {
    return tr("target %1 deep").arg(millimetres(depth->point.depthMm));
  }
  if (const auto* plane = std::get_if<planning::TargetAtPlane>(&target)) {
    return tr("target on the %1").arg(planeName(plane->plane));
  }
  const Eigen::Vector2d& px = std::get<planning::TargetAtPixel>(target).px;
  return tr("target at pixel %1, %2").arg(number(px.x(), 0), number(px.y(), 0));
}

QString planTitle(const planning::Plan& plan) {
  const QString name = QString::fromStdString(plan.name);
  if (plan.acupoint.empty()) return name;
  const QString side = plan.side == planning::BodySide::Left ? tr("left") : tr("right");
  const QString point = QString::fromStdString(plan.acupoint) + QLatin1Char(' ') + side;
  // A plan that nobody named bears point and side as its name, in English.
  const std::string unnamed = plan.acupoint + " " + std::string(planning::nameOf(plan.side));
  return name.isEmpty() || plan.name == unnamed ? point : point + QStringLiteral(" · ") + name;
}

QString planSummary(const planning::Plan& plan) {
  QStringList parts;
  if (!plan.patientCode.empty()) parts << tr("patient %1").arg(QString::fromStdString(plan.patientCode));
  parts << target(plan.target);
  parts << tr("corridor %1").arg(millimetres(plan.corridorWidthMm));
  if (plan.maximumDepthMm) parts << tr("not deeper than %1").arg(millimetres(*plan.maximumDepthMm));
  if (plan.entryFromLeft)
    parts << (*plan.entryFromLeft ? tr("entry from the left") : tr("entry from the right"));
  if (!plan.instrument.name.empty()) parts << QString::fromStdString(plan.instrument.name);
  return parts.join(QStringLiteral(" · "));
}

QString researchStatement() {
  // Written out for the translators' tool, which reads nothing but literals.
  static constexpr const char* statement = QT_TRANSLATE_NOOP(
      "acuguide::ui::wording",
      "acuguide is research and training software. It is not a medical device and must not be the basis of a "
      "clinical decision.");
  static_assert(std::string_view(statement) == researchUseStatement);
  return tr(statement);
}

}  // namespace acuguide::ui::wording
