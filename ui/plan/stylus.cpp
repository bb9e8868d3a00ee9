#include "ui/plan/stylus.h"

#include "calibration/pose_chain.h"
#include "calibration/tools/tool_tip.h"
#include "core/clock.h"
#include "core/error.h"
#include "ui/widgets/source_choices.h"

#include <QCoreApplication>

#include <algorithm>

namespace acuguide::ui {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("acuguide::ui::Stylus", text); }

bool mentions(const std::vector<NamedPose>& poses, const std::string& name) {
  return std::ranges::any_of(poses,
                             [&](const NamedPose& pose) { return pose.from == name || pose.to == name; });
}

std::string checked(const std::string& source, const acquisition::SourceCatalog& catalog) {
  const std::string problem = whyNotASource(catalog, source);
  if (!problem.empty()) throw Error(source.empty() ? "tracker" : source, problem, "name a source of poses");
  return source;
}

}  // namespace

Stylus::Stylus(const std::string& source, const std::string& calibration,
               const acquisition::SourceCatalog& catalog)
    : feed_(checked(source, catalog), [catalog](const std::string& text) { return catalog.open(text); }) {
  if (calibration.empty()) return;
  fixed_.push_back(calibration::toolTipPose(calibration::readResult(calibration), calibration));
  tip_ = fixed_.back().from;
}

void Stylus::follow() {
  while (const auto frame = feed_.take(std::chrono::milliseconds(0))) {
    latest_ = frame;
    touch_.see(monotonicSeconds(), tipIn(*frame));
  }
}

std::optional<Eigen::Vector3d> Stylus::tipIn(const Frame& frame) {
  if (frame_ != "Reference" && !frame.poses.empty()) {
    const bool reference = mentions(frame.poses, "Reference");
    if (reference)
      touch_ = planning::LandmarkTouch();  // what was seen in the tracker's frame is another place
    frame_ = reference ? "Reference" : "Tracker";
  }
  const auto chain = calibration::findPoseChain(frame.poses, fixed_, tip_, frame_);
  hidden_ = chain.invalid;
  if (!chain.matrix) return std::nullopt;
  return chain.matrix->topRightCorner<3, 1>();
}

bool Stylus::seen() const { return touch_.tip(monotonicSeconds()).has_value(); }

QString Stylus::status() const {
  const acquisition::StreamStatus stream = feed_.status();
  using acquisition::Connection;
  if (seen()) return tr("The stylus is seen.");
  if (!stream.message.empty() && stream.connection != Connection::Running)
    return QString::fromStdString(stream.message);
  if (stream.connection == Connection::Connecting) return tr("Connecting…");
  if (stream.connection == Connection::Ended) return tr("The source has ended.");
  if (!hidden_.empty()) return tr("Hidden from the tracker: %1").arg(QString::fromStdString(hidden_));
  return tr("The tracker knows no stylus tip: give its pivot calibration.");
}

}  // namespace acuguide::ui
