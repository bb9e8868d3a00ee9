#include "recording/session_event.h"

#include "navigation/snapshot_names.h"
#include "recording/compact_number.h"

#include <algorithm>

namespace acuguide::recording {
namespace {

/// Adds the event when `now` differs from what was said last.
void noteChange(std::vector<SessionEvent>& events, const char* kind, std::string& last, std::string now) {
  if (now == last) return;
  last = now;
  events.push_back({kind, std::move(now)});
}

std::string describe(const guidance::Guidance& guidance) {
  std::string text(nameOf(guidance.state));
  if (guidance.state == guidance::GuidanceState::Stop && guidance.nearestDanger)
    text += ": " + guidance.nearestDanger->name;
  return text;
}

std::vector<std::string> describe(const std::vector<navigation::Alarm>& alarms) {
  std::vector<std::string> texts;
  for (const navigation::Alarm& alarm : alarms) {
    std::string text(nameOf(alarm.kind));
    if (!alarm.detail.empty()) text += ": " + alarm.detail;
    texts.push_back(std::move(text));
  }
  return texts;
}

bool holds(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

std::string describeTarget(const planning::Plan& plan) {
  const auto number = [](double value) {
    std::string text;
    appendNumber(text, value, 2);
    return text;
  };
  if (const auto* depth = std::get_if<planning::TargetAtDepth>(&plan.target))
    return "depth " + number(depth->point.depthMm) + " mm, lateral " + number(depth->point.lateralMm) + " mm";
  if (const auto* plane = std::get_if<planning::TargetAtPlane>(&plan.target))
    return "plane " + std::string(nameOf(plane->plane)) + ", lateral " + number(plane->lateralMm) +
           " mm, offset " + number(plane->offsetMm) + " mm";
  const auto& pixel = std::get<planning::TargetAtPixel>(plan.target);
  return "pixel " + number(pixel.px.x()) + ", " + number(pixel.px.y());
}

std::vector<SessionEvent> EventWatch::process(const navigation::GuidanceSnapshot& snapshot) {
  std::vector<SessionEvent> events;
  noteChange(events, "needle", needle_, std::string(nameOf(snapshot.needle.state)));
  noteChange(events, "guidance", guidance_,
             snapshot.guidance ? describe(*snapshot.guidance) : std::string("none"));
  noteChange(events, "picture", picture_, std::string(nameOf(snapshot.picture)));

  std::vector<std::string> alarms = describe(snapshot.alarms);
  for (const std::string& alarm : alarms)
    if (!holds(alarms_, alarm)) events.push_back({"alarm_on", alarm});
  for (const std::string& alarm : alarms_)
    if (!holds(alarms, alarm)) events.push_back({"alarm_off", alarm});
  alarms_ = std::move(alarms);
  return events;
}

std::vector<SessionEvent> SourceWatch::process(const navigation::GuidanceSnapshot& snapshot) {
  std::vector<SessionEvent> events;
  for (SessionEvent& event : watch_.process(snapshot)) {
    const bool aboutPicture = event.kind == "picture" && (event.detail == "stale" || stale_);
    if (event.kind == "picture") stale_ = event.detail == "stale";
    const bool aboutSource =
        event.detail.rfind("picture_stale", 0) == 0 || event.detail.rfind("source_", 0) == 0;
    if (aboutPicture || aboutSource) events.push_back(std::move(event));
  }
  return events;
}

}  // namespace acuguide::recording
