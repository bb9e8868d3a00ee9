#pragma once

#include "acquisition/frame_source.h"
#include "acquisition/igtl/igtl_address.h"

#include <memory>
#include <optional>
#include <string>

namespace acuguide::acquisition {

/// `igtl://HOST:PORT/DEVICE`: one image device of an OpenIGTLink server (PLUS, 3D Slicer, a scanner), with
/// the poses that server sends beside it; `?tracker=HOST:PORT` adds those of further servers.
///
/// Pictures: IMAGE of 8 or 16 bit, grey or RGB, either byte order. Poses: TRANSFORM, TDATA, QTDATA, POSITION.
/// A name such as "ProbeToTracker" names its pose; any other tool becomes NAMEToTracker, unless
/// `?map=NAME:POSE` says otherwise. Each frame carries every pose at the moment of its picture (PoseHistory);
/// a picture waits up to 20 ms for poses that are still on their way.
///
/// Frame::time is the sender's stamp, NaN where there is none (GatedSource makes a time line of it);
/// Frame::arrival is that stamp on our clock (ClockOffset), so that pictures that queued up in the network
/// are as old as they are. The pixel spacing is the IMAGE's own unless that is "1 1" (unknown in PLUS's
/// messages); then that of an `ImageToPicture` transform, as acuguide's own server sends it.
///
/// What cannot be shown is told as soon as it is known: compressed VIDEO, volumes, other header versions, no
/// OpenIGTLink at all. Device names arrive cut off after 20 bytes: the first 20 of the name asked for count,
/// and a pose whose name fills all 20 and that is in two places at one moment is not valid from then on (two
/// names that begin alike). Stamps that are no clock give way to the arrival where the source is opened
/// (GatedSource). 16-bit pixels are mapped by the bits used so far (GreyRange).
///
/// Whatever comes that is no message, or fails its CRC, is dropped and counted in damaged(). read() throws
/// SourceUnavailable when the image server closes, or sends nothing at all for 5 s; a Feed notices silence
/// much earlier and opens the source again. A tracker that goes away takes only its poses with it.
class IgtlSource : public FrameSource {
 public:
  static bool claims(const std::string& source) { return IgtlAddress::claims(source); }

  /// Throws Error for a malformed address; SourceUnavailable when nobody answers within 3 s, or no picture of
  /// that device comes within `firstFrameSeconds`.
  explicit IgtlSource(const std::string& source, double firstFrameSeconds = 10.0);
  ~IgtlSource() override;

  const SourceInfo& info() const override;
  std::optional<Frame> read() override;
  void interrupt() noexcept override;
  std::int64_t damaged() const override;
  /// What people should know of how frames and poses were read; phrases joined by "; ", empty when nothing.
  std::string remark() const override;

  /// Our clock minus the image server's, seconds; nullopt while it sends no stamps.
  std::optional<double> clockOffsetSeconds() const;
  /// The last STATUS and STRING heard, for messages and tests; empty when none.
  std::string lastStatus() const;
  std::string lastText() const;

 private:
  struct Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace acuguide::acquisition
