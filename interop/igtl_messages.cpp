#include "interop/igtl_messages.h"

#include "core/clock.h"
#include "interop/guidance_text.h"
#include "navigation/snapshot_names.h"

#include <Eigen/Geometry>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <igtlImageMessage.h>
#include <igtlStatusMessage.h>
#include <igtlStringMessage.h>
#include <igtlTimeStamp.h>
#include <igtlTransformMessage.h>

namespace acuguide::interop {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Seconds since 1970 of a moment on our clock.
double utcOf(double monotonic) {
  const double now =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  return now - (monotonicSeconds() - monotonic);
}

class Bundle {
 public:
  explicit Bundle(double stamp) { stamp_->SetTime(stamp); }

  void add(igtl::MessageBase& message, const char* device) {
    message.SetDeviceName(device);
    message.SetTimeStamp(stamp_);
    message.Pack();
    const auto* begin = static_cast<const std::uint8_t*>(message.GetPackPointer());
    bytes_.insert(bytes_.end(), begin, begin + message.GetPackSize());
  }

  void addTransform(const char* device, const Eigen::Matrix4d& matrix) {
    auto message = igtl::TransformMessage::New();
    igtl::Matrix4x4 numbers;
    for (int row = 0; row < 4; ++row)
      for (int column = 0; column < 4; ++column)
        numbers[row][column] = static_cast<float>(matrix(row, column));
    message->SetMatrix(numbers);
    add(*message, device);
  }

  void addText(const char* device, const std::string& text) {
    auto message = igtl::StringMessage::New();
    message->SetEncoding(106);  // UTF-8
    message->SetString(text.c_str());
    add(*message, device);
  }

  Bytes take() { return std::move(bytes_); }

 private:
  igtl::TimeStamp::Pointer stamp_ = igtl::TimeStamp::New();
  Bytes bytes_;
};

void addPicture(Bundle& bundle, const cv::Mat& pixels) {
  auto message = igtl::ImageMessage::New();
  message->SetDimensions(pixels.cols, pixels.rows, 1);
  message->SetSpacing(1.0f, 1.0f, 1.0f);
  // OpenIGTLink states where the middle of the picture is.
  message->SetOrigin(0.5f * static_cast<float>(pixels.cols - 1), 0.5f * static_cast<float>(pixels.rows - 1),
                     0.0f);
  message->SetScalarTypeToUint8();
  message->SetNumComponents(pixels.channels());
  message->AllocateScalars();
  cv::Mat to(pixels.size(), pixels.type(), message->GetScalarPointer());
  if (pixels.channels() == 3) {
    cv::cvtColor(pixels, to, cv::COLOR_BGR2RGB);
  } else {
    pixels.copyTo(to);
  }
  bundle.add(*message, "Image");
}

/// Columns: the axes of a frame of mm (px, without spacing) that lies in the picture, at `px`, its x axis
/// along `direction` (px).
Eigen::Matrix4d inPicture(const Eigen::Vector2d& px, const Eigen::Vector2d& directionPx,
                          const std::optional<Eigen::Vector2d>& spacingMm) {
  const Eigen::Vector2d spacing = spacingMm.value_or(Eigen::Vector2d::Ones());
  const Eigen::Vector2d x = directionPx.cwiseProduct(spacing).normalized();
  Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
  matrix.block<2, 1>(0, 0) = x.cwiseQuotient(spacing);
  matrix.block<2, 1>(0, 1) = Eigen::Vector2d(-x.y(), x.x()).cwiseQuotient(spacing);
  matrix(2, 2) = 1.0 / spacing.x();  // out of the picture there are no pixels; of the size of those across
  matrix.block<2, 1>(0, 3) = px;
  return matrix;
}

void addTransforms(Bundle& bundle, const navigation::GuidanceSnapshot& snapshot) {
  const Frame& frame = *snapshot.frame;
  const auto& spacing = frame.geometry.spacingMm;
  for (const char* name : {"ImageToProbe", "ProbeToTracker"})
    if (const auto pose = findPose(frame.poses, name)) bundle.addTransform(name, *pose);
  if (spacing) {
    Eigen::Matrix4d scale = Eigen::Matrix4d::Identity();
    scale.diagonal() << spacing->x(), spacing->y(), spacing->x(), 1.0;
    bundle.addTransform("ImageToPicture", scale);
  }
  const tracking::NeedleTrack& needle = snapshot.needle;
  const bool seen = needle.state == tracking::NeedleState::Observed;
  if (seen && needle.lengthPx() > 0.0)
    bundle.addTransform("NeedleToImage", inPicture(needle.tipPx, needle.tipPx - needle.tailPx, spacing));
  if (snapshot.guidance && snapshot.guidance->target)
    bundle.addTransform("TargetToImage",
                        inPicture(snapshot.guidance->target->px, Eigen::Vector2d::UnitX(), spacing));
}

void addStatus(Bundle& bundle, const navigation::GuidanceSnapshot& snapshot) {
  using navigation::PictureState;
  const bool good = snapshot.picture == PictureState::Live || snapshot.picture == PictureState::Paused ||
                    snapshot.picture == PictureState::Ended;
  auto message = igtl::StatusMessage::New();
  message->SetCode(good ? igtl::StatusMessage::STATUS_OK : igtl::StatusMessage::STATUS_NOT_READY);
  message->SetSubCode(0);  // the library leaves it as it finds the memory
  message->SetErrorName(std::string(nameOf(snapshot.picture)).c_str());
  const std::string& why = snapshot.stream.message;
  message->SetStatusString(why.empty() ? "picture" : why.c_str());
  bundle.add(*message, "acuguide");
}

}  // namespace

Bytes igtlMessagesOf(const navigation::GuidanceSnapshot& snapshot, bool withPicture) {
  const double now = monotonicSeconds();
  Bundle bundle(utcOf(snapshot.frame ? snapshot.frame->arrival : now));
  if (snapshot.frame && withPicture) {
    addTransforms(bundle, snapshot);
    addPicture(bundle, snapshot.frame->pixels);
  }
  bundle.addText("Guidance", guidanceText(snapshot));
  addStatus(bundle, snapshot);
  return bundle.take();
}

}  // namespace acuguide::interop
