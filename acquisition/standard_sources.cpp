#include "acquisition/dicom/dicom_source.h"
#include "acquisition/igtl/igtl_source.h"
#include "acquisition/image_folder_source.h"
#include "acquisition/sequence/sequence_source.h"
#include "acquisition/source_catalog.h"
#include "acquisition/video/capture_device_source.h"
#include "acquisition/video/gstreamer_source.h"
#include "acquisition/video/video_file_source.h"

namespace acuguide::acquisition {

SourceCatalog standardSources() {
  SourceCatalog catalog;
  catalog.add({"device:/dev/video0 or device:0, ?width=&height=&fps=&fourcc=",
               "a video capture device (V4L2)", CaptureDeviceSource::claims,
               [](const std::string& source) { return std::make_unique<CaptureDeviceSource>(source); }});
  catalog.add({"gst:PIPELINE", "a GStreamer pipeline without its sink", GStreamerSource::claims,
               [](const std::string& source) { return std::make_unique<GStreamerSource>(source); }});
  catalog.add({"igtl://HOST:PORT/DEVICE", "an image device of an OpenIGTLink server, with its poses",
               IgtlSource::claims,
               [](const std::string& source) { return std::make_unique<IgtlSource>(source); }});
  catalog.add({"SEQUENCE.mha, .mhd or .nrrd", "a MetaImage or NRRD sequence, with PLUS's per-frame fields",
               SequenceSource::claims,
               [](const std::string& source) { return std::make_unique<SequenceSource>(source); }});
  catalog.add({"FILE.dcm", "a DICOM ultrasound picture or cine", DicomSource::claims,
               [](const std::string& source) { return std::make_unique<DicomSource>(source); }});
  catalog.add({"VIDEO.mkv, .mp4, .avi, ...", "a video file", VideoFileSource::claims,
               [](const std::string& source) { return std::make_unique<VideoFileSource>(source); }});
  catalog.add({"FOLDER", "a folder of images in natural order (png, jpg, bmp, tif, pgm), or one image",
               ImageFolderSource::claims,
               [](const std::string& source) { return std::make_unique<ImageFolderSource>(source); }});
  return catalog;
}

}  // namespace acuguide::acquisition
