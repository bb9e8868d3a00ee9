#include "ui/plan/camera_clicks.h"

#include "calibration/pose_chain.h"
#include "core/error.h"
#include "planning/atlas.h"
#include "ui/plan/landmark_window.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/widgets/marked_picture.h"

#include <QLabel>
#include <QVBoxLayout>

#include <exception>
#include <utility>

namespace acuguide::ui {

namespace {

constexpr double kNearestMm = 100, kFarthestMm = 1500;  ///< of the line of a click, from the camera

/// The board on the limb in the camera's frame; none while the camera does not see it.
std::optional<Eigen::Isometry3d> boardIn(const Frame& frame) {
  const auto chain = calibration::findPoseChain(frame.poses, {}, CameraClicks::frameName, "Tracker");
  if (!chain.matrix) return std::nullopt;
  return Eigen::Isometry3d(*chain.matrix);
}

}  // namespace

CameraClicks::CameraClicks(calibration::CameraModel camera, QWidget* parent)
    : QDialog(parent),
      camera_(std::move(camera)),
      picture_(new MarkedPicture),
      title_(new QLabel),
      notice_(new QLabel) {
  setObjectName(QStringLiteral("cameraClicks"));
  setWindowTitle(tr("acuguide – landmarks in the camera's picture"));
  setModal(false);
  auto* rows = new QVBoxLayout(this);
  rows->setSpacing(metrics::gap);
  setRole(*title_, "title");
  notice_->setObjectName(QStringLiteral("cameraNotice"));
  notice_->setWordWrap(true);
  picture_->setWaiting(tr("No picture from the camera yet"));
  rows->addWidget(title_);
  rows->addWidget(picture_, 1);
  rows->addWidget(notice_);
  connect(picture_, &MarkedPicture::clicked, this, &CameraClicks::click);
  resize(820, 700);
}

void CameraClicks::setLandmark(const std::string& name) {
  if (name == name_) return;
  name_ = name;
  sightings_.clear();
  const auto* landmark = planning::atlas().landmark(name);
  title_->setText(landmarkTitle(name));
  title_->setToolTip(landmark ? QString::fromStdString(landmark->where) : QString());
  say(tr("Click it in the picture."));
}

void CameraClicks::setFrame(std::shared_ptr<const Frame> frame) {
  if (!frame || frame == frame_) return;
  frame_ = std::move(frame);
  draw(*frame_);
}

/// The picture with what is known of the landmarks in it.
void CameraClicks::draw(const Frame& frame) {
  std::vector<PictureMark> marks;
  std::optional<QLineF> guide;
  const auto toCamera = boardIn(frame);
  const auto seenAt = [&](const Eigen::Vector3d& mm) -> std::optional<QPointF> {
    const auto px = toCamera ? calibration::pixelOf(camera_, *toCamera * mm) : std::nullopt;
    return px ? std::optional(QPointF(px->x(), px->y())) : std::nullopt;
  };
  if (patient_.frame == frameName) {
    for (const auto& [name, reading] : patient_.landmarks)
      if (const auto at = seenAt(reading.mm))
        marks.push_back({PictureMark::Kind::Expected, *at, landmarkTitle(name)});
  }
  if (!sightings_.empty()) {
    const auto& ray = sightings_.back();
    const auto from = seenAt(ray.eye + kNearestMm * ray.direction),
               to = seenAt(ray.eye + kFarthestMm * ray.direction);
    if (from && to) guide = QLineF(*from, *to);
  }
  picture_->setPicture(frame.pixels, std::move(marks), guide);
}

bool CameraClicks::click(const QPointF& px) {
  try {
    if (name_.empty()) throw Error("landmarks", "no landmark is chosen", "choose one in the list");
    if (!frame_) throw Error("landmarks", "the camera has shown nothing yet", "wait for its picture");
    const auto toCamera = boardIn(*frame_);
    if (!toCamera)
      throw Error("landmarks", "the camera does not see the board on the limb (Reference)",
                  "bring it into the picture, and click again");
    const Eigen::Isometry3d toBoard = toCamera->inverse();
    sightings_.push_back(
        {toBoard.translation(), toBoard.linear() * calibration::rayOf(camera_, {px.x(), px.y()})});
    if (sightings_.size() == 1) {
      say(tr("Seen once. Turn the camera or the limb, then click it again: it lies on the line."));
      draw(*frame_);
      return true;
    }
    const planning::LandmarkReading reading = planning::meetingPlace(sightings_);
    sightings_.clear();
    emit placed(reading);
    return true;
  } catch (const std::exception& error) {
    if (sightings_.size() > 1) sightings_.pop_back();  // the first stands
    say(QString::fromStdString(error.what()), true);
    return false;
  }
}

void CameraClicks::say(const QString& sentence, bool bad) {
  setRole(*notice_, bad ? "bad" : "muted");
  notice_->setText(sentence);
}

}  // namespace acuguide::ui
