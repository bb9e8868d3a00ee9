#include "acquisition/video/gstreamer_source.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/clock.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <string_view>

namespace acuguide::acquisition {
namespace {

constexpr std::string_view kPrefix = "gst:";
constexpr GstClockTime kPollTime = 50 * GST_MSECOND;

/// GStreamer's objects, released by its own functions.
template <auto Release>
struct Releaser {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};
using ErrorText = std::unique_ptr<GError, Releaser<g_error_free>>;
using Element = std::unique_ptr<GstElement, Releaser<gst_object_unref>>;
using Message = std::unique_ptr<GstMessage, Releaser<gst_message_unref>>;
using Sample = std::unique_ptr<GstSample, Releaser<gst_sample_unref>>;
using Text = std::unique_ptr<gchar, Releaser<g_free>>;

void startGStreamer() {
  static std::once_flag once;
  std::call_once(once, [] { gst_init(nullptr, nullptr); });
}

/// GStreamer ends its messages with dots and line breaks; ours are part of a sentence.
std::string oneLine(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

bool readsFile(GstElement* element) {
  const GstElementFactory* factory = gst_element_get_factory(element);
  if (factory == nullptr) return false;
  const std::string_view name = GST_OBJECT_NAME(factory);
  return name == "filesrc" || name == "multifilesrc" || name == "splitfilesrc" || name == "giosrc";
}

bool countsBuffers(GstElement* element) {
  if (g_object_class_find_property(G_OBJECT_GET_CLASS(element), "num-buffers") == nullptr) return false;
  gint buffers = -1;
  g_object_get(element, "num-buffers", &buffers, nullptr);
  return buffers >= 0;
}

/// True when the pipeline says of itself that it comes to an end.
bool isFinite(GstElement* pipeline) {
  gint64 duration = 0;
  if (gst_element_query_duration(pipeline, GST_FORMAT_TIME, &duration) != FALSE && duration > 0) return true;
  bool finite = false;
  GstIterator* elements = gst_bin_iterate_sources(GST_BIN(pipeline));
  const auto look = [](const GValue* value, gpointer result) {
    GstElement* element = GST_ELEMENT(g_value_get_object(value));
    if (readsFile(element) || countsBuffers(element)) *static_cast<bool*>(result) = true;
  };
  while (gst_iterator_foreach(elements, look, &finite) == GST_ITERATOR_RESYNC) gst_iterator_resync(elements);
  gst_iterator_free(elements);
  return finite;
}

/// Copies one mapped picture; the strides of GStreamer's buffers are not ours.
cv::Mat pixelsOf(GstBuffer* buffer, const GstVideoInfo& format) {
  GstVideoFrame mapped;
  if (gst_video_frame_map(&mapped, &format, buffer, GST_MAP_READ) == FALSE) return {};
  const GstVideoFormat kind = GST_VIDEO_INFO_FORMAT(&format);
  const int type = kind == GST_VIDEO_FORMAT_GRAY8       ? CV_8UC1
                   : kind == GST_VIDEO_FORMAT_GRAY16_LE ? CV_16UC1
                                                        : CV_8UC3;
  const cv::Mat view(GST_VIDEO_INFO_HEIGHT(&format), GST_VIDEO_INFO_WIDTH(&format), type,
                     GST_VIDEO_FRAME_PLANE_DATA(&mapped, 0),
                     static_cast<std::size_t>(GST_VIDEO_FRAME_PLANE_STRIDE(&mapped, 0)));
  cv::Mat pixels = view.clone();
  gst_video_frame_unmap(&mapped);
  return pixels;
}

/// Seconds since the pipeline began to run. A buffer's own stamp counts from the beginning of its segment,
/// and begins again where a pipeline goes over to the next. NaN where there is none.
double runningTime(GstSample* sample, GstClockTime stamp) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  if (!GST_CLOCK_TIME_IS_VALID(stamp)) return none;
  const GstSegment* segment = gst_sample_get_segment(sample);
  if (segment == nullptr || segment->format != GST_FORMAT_TIME) return static_cast<double>(stamp) * 1e-9;
  const GstClockTime running = gst_segment_to_running_time(segment, GST_FORMAT_TIME, stamp);
  return GST_CLOCK_TIME_IS_VALID(running) ? static_cast<double>(running) * 1e-9 : none;
}

}  // namespace

struct GStreamerSource::Pipeline {
  Element bin;
  Element sink;

  GstAppSink* appSink() const { return GST_APP_SINK(sink.get()); }

  ~Pipeline() {
    if (bin) gst_element_set_state(bin.get(), GST_STATE_NULL);
  }
};

bool GStreamerSource::claims(const std::string& source) { return source.starts_with(kPrefix); }

GStreamerSource::GStreamerSource(const std::string& source, double firstFrameSeconds)
    : pipeline_(std::make_unique<Pipeline>()) {
  startGStreamer();
  info_.name = source;
  info_.live = true;
  // Sizes are agreed on before anything of that size is allocated, so that absurd ones are refused without
  // it. videoconvert keeps grey video grey, with all its bits (GreyRange), and turns any other into BGR.
  const std::string description =
      source.substr(kPrefix.size()) +
      " ! videoconvert ! appsink name=acuguide_sink sync=true drop=false max-buffers=4 "
      "caps=\"video/x-raw,format=(string){BGR,GRAY8,GRAY16_LE},width=(int)[1,16384],height=(int)[1,16384]\"";
  GError* failure = nullptr;
  pipeline_->bin.reset(
      gst_parse_launch_full(description.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &failure));
  const ErrorText reason(failure);
  // What comes before it cannot be linked to our own part: it agrees on no size or kind of image.
  const std::string_view message = reason ? reason->message : "";
  if (message.find("acuguide_sink") != std::string_view::npos ||
      (message.find(" to videoconvert") != std::string_view::npos &&
       message.find("can't handle caps") != std::string_view::npos))
    throw Error(source, "gives no images of 1 to 16384 pixels a side", "check the caps of the pipeline");
  if (!pipeline_->bin || reason) {
    throw Error(source,
                "is not a GStreamer pipeline (" + oneLine(reason ? reason->message : "unknown reason") + ")",
                "correct it, or install the GStreamer plugin it needs");
  }
  pipeline_->sink.reset(gst_bin_get_by_name(GST_BIN(pipeline_->bin.get()), "acuguide_sink"));
  if (!pipeline_->sink)
    throw Error(source, "is not a GStreamer pipeline", "give a pipeline without its sink");
  gst_element_set_state(pipeline_->bin.get(), GST_STATE_PLAYING);
  first_ = next(firstFrameSeconds);
  if (!first_ && gst_app_sink_is_eos(pipeline_->appSink()) != FALSE) {
    throw SourceUnavailable(source, "ended without a single picture", "check what the pipeline reads");
  }
  if (!first_) {
    throw SourceUnavailable(source, "gives no picture", "check that its sender is running");
  }
  info_.finite = isFinite(pipeline_->bin.get());
}

GStreamerSource::~GStreamerSource() = default;

void GStreamerSource::throwPipelineError() const {
  GstBus* bus = gst_element_get_bus(pipeline_->bin.get());
  const Message message(gst_bus_pop_filtered(bus, GST_MESSAGE_ERROR));
  gst_object_unref(bus);
  if (!message) return;
  GError* failure = nullptr;
  gchar* debug = nullptr;
  gst_message_parse_error(message.get(), &failure, &debug);
  const ErrorText reason(failure);
  const Text details(debug);
  if (std::string_view(details ? details.get() : "").find("not-negotiated") != std::string_view::npos)
    throw SourceUnavailable(info_.name, "the parts of the pipeline do not agree on a kind of image",
                            "check its caps; images of 1 to 16384 pixels a side are taken");
  throw SourceUnavailable(info_.name, "the pipeline failed (" + oneLine(reason->message) + ")",
                          "check the device, file or sender it reads");
}

std::optional<Frame> GStreamerSource::next(double timeoutSeconds) {
  const double start = monotonicSeconds();
  Sample sample;
  while (!sample) {
    sample.reset(gst_app_sink_try_pull_sample(pipeline_->appSink(), kPollTime));
    if (sample) break;
    throwPipelineError();
    if (gst_app_sink_is_eos(pipeline_->appSink()) != FALSE || interrupted_) return std::nullopt;
    if (monotonicSeconds() - start > timeoutSeconds) return std::nullopt;
  }
  Frame frame;
  frame.arrival = monotonicSeconds();
  GstVideoInfo format;
  GstBuffer* buffer = gst_sample_get_buffer(sample.get());
  GstCaps* caps = gst_sample_get_caps(sample.get());
  if (buffer == nullptr || caps == nullptr || gst_video_info_from_caps(&format, caps) == FALSE) {
    throw SourceUnavailable(info_.name, "gives something that is not a picture",
                            "end the pipeline with raw video");
  }
  frame.pixels = pixelsOf(buffer, format);
  range_.add(frame.pixels);
  frame.pixels = range_.toEightBit(frame.pixels);
  if (frame.pixels.empty()) {
    throw SourceUnavailable(info_.name, "gives an empty picture", "check what the pipeline reads");
  }
  if (index_ == 0) {
    if (format.fps_n > 0 && format.fps_d > 0) {
      info_.nominalFramesPerSecond = static_cast<double>(format.fps_n) / format.fps_d;
    }
    info_.description = "GStreamer " + std::to_string(frame.pixels.cols) + "x" +
                        std::to_string(frame.pixels.rows) +
                        (frame.pixels.channels() == 1 ? " grey" : " colour");
    if (info_.nominalFramesPerSecond) {
      info_.description.append(" ")
          .append(numberText(std::round(*info_.nominalFramesPerSecond * 100) / 100))
          .append(" fps");
    }
  }
  frame.time = runningTime(sample.get(), GST_BUFFER_PTS(buffer));
  if (format.par_n > 0 && format.par_d > 0)
    frame.geometry.pixelAspect = static_cast<double>(format.par_n) / format.par_d;
  interlaced_ = GST_VIDEO_INFO_IS_INTERLACED(&format) != FALSE;
  frame.index = index_++;
  frame.decodeSeconds = monotonicSeconds() - frame.arrival;
  return frame;
}

std::string GStreamerSource::remark() const {
  return interlaced_
             ? "the video is interlaced: what moves is torn, put a deinterlace element into the pipeline"
             : std::string();
}

std::optional<Frame> GStreamerSource::read() {
  if (first_) {
    std::optional<Frame> frame = std::move(first_);
    first_.reset();
    return frame;
  }
  std::optional<Frame> frame = next(std::numeric_limits<double>::infinity());
  if (!frame && !interrupted_ && !info_.finite) {
    throw SourceUnavailable(info_.name, "its sender stopped", "waiting for it to come back");
  }
  return frame;
}

}  // namespace acuguide::acquisition
