#include "fuzz/seeds.h"

#include "acquisition/dicom_writing.h"
#include "acquisition/frame_writer.h"
#include "acquisition/igtl_messages.h"

#include <fstream>
#include <iterator>

namespace acuguide::fuzz {
namespace {

namespace fs = std::filesystem;
using acquisition::DicomSample;

Bytes contentOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

cv::Mat noise(int width, int height, int type) {
  cv::Mat pixels(height, width, type);
  cv::RNG random(7);
  random.fill(pixels, cv::RNG::UNIFORM, 0, pixels.depth() == CV_8U ? 256 : 65536);
  return pixels;
}

Bytes bytesOf(const cv::Mat& pixels) {
  return {pixels.data, pixels.data + pixels.total() * pixels.elemSize()};
}

Bytes together(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

std::vector<Seed> igtlSeeds() {
  using namespace acquisition;
  auto tracking = igtl::TrackingDataMessage::New();
  auto element = igtl::TrackingDataElement::New();
  element->SetName("Probe");
  tracking->AddTrackingDataElement(element);
  auto quaternions = igtl::QuaternionTrackingDataMessage::New();
  auto tool = igtl::QuaternionTrackingDataElement::New();
  tool->SetName("Probe");
  quaternions->AddQuaternionTrackingDataElement(tool);
  auto position = igtl::PositionMessage::New();
  position->SetPosition(1, 2, 3);
  auto status = igtl::StatusMessage::New();
  status->SetErrorName("NONE");
  status->SetStatusString("fine");
  const Bytes pose = transformMessage("ProbeToTracker", 1, 2, 3, 1000.0);
  const Bytes grey = imageMessage("Image", noise(20, 16, CV_8UC1), 1000.0);
  return {
      {"picture", together({grey, pose, grey})},
      {"wide", imageMessage("Image", noise(20, 16, CV_16UC1), 1000.0, true)},
      {"colour", together({imageMessage("Image", noise(9, 8, CV_8UC3)), textMessage("Guidance", "text")})},
      {"metadata", together({withMetadata(grey, "a", "b"), withMetadata(pose, "Status", "OK"), pose})},
      {"tools", together({packed(*tracking), packed(*quaternions), packed(*position), packed(*status)})}};
}

std::vector<Seed> dicomSeeds(const fs::path& scratch) {
  std::vector<Seed> seeds;
  const cv::Size size(24, 18);
  for (const E_TransferSyntax syntax :
       {EXS_LittleEndianImplicit, EXS_LittleEndianExplicit, EXS_BigEndianExplicit, EXS_RLELossless,
        EXS_JPEGProcess1, EXS_JPEGProcess14SV1, EXS_JPEGLSLossless}) {
    const fs::path file = scratch / ("seed" + std::to_string(syntax) + ".dcm");
    DicomSample grey(size, "MONOCHROME2", 1, 8, 3);
    grey.put(DCM_FrameTimeVector, "0\\40\\40");
    grey.region({1, 1, 20, 15}, 3, 0.02);
    grey.bytes(bytesOf(noise(24, 18 * 3, CV_8UC1)));
    seeds.push_back({"grey.dcm", contentOf(grey.save(file, syntax))});
    DicomSample colour(size, "RGB", 3, 8, 2);
    colour.bytes(bytesOf(noise(24, 18 * 2, CV_8UC3)));
    seeds.push_back({"colour.dcm", contentOf(colour.save(file, syntax))});
  }
  DicomSample palette(size, "PALETTE COLOR", 1, 8);
  std::vector<Uint16> table(256);
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<Uint16>(i << 8);
  const Uint16 descriptor[] = {256, 0, 16};
  for (const DcmTagKey& tag :
       {DCM_RedPaletteColorLookupTableDescriptor, DCM_GreenPaletteColorLookupTableDescriptor,
        DCM_BluePaletteColorLookupTableDescriptor})
    palette.data().putAndInsertUint16Array(DcmTag(tag, EVR_US), descriptor, 3);
  for (const DcmTagKey& tag : {DCM_RedPaletteColorLookupTableData, DCM_GreenPaletteColorLookupTableData,
                               DCM_BluePaletteColorLookupTableData})
    palette.data().putAndInsertUint16Array(tag, table.data(), table.size());
  palette.bytes(bytesOf(noise(24, 18, CV_8UC1)));
  seeds.push_back({"palette.dcm", contentOf(palette.save(scratch / "palette.dcm"))});
  return seeds;
}

std::vector<Seed> sequenceSeeds(const fs::path& scratch) {
  std::vector<Seed> seeds;
  {
    const fs::path file = scratch / "seed.igs.mha";
    const auto writer = acquisition::openFrameWriter(file, 25.0);
    for (int i = 0; i < 3; ++i) {
      Frame frame;
      frame.pixels = noise(24, 18, CV_8UC1);
      frame.index = i;
      frame.time = 1.0 + 0.04 * i;
      frame.geometry.spacingMm = Eigen::Vector2d(0.1, 0.1);
      frame.poses = {{"Probe", "Tracker", Eigen::Matrix4d::Identity(), i != 1}};
      writer->write(frame);
    }
    writer->finish();
    seeds.push_back({"compressed.mha", contentOf(file)});
  }
  const std::string text =
      "ObjectType = Image\nNDims = 3\nDimSize = 4 3 2\nElementSize = 0.1 0.1 1\nElementType = MET_USHORT\n"
      "ElementByteOrderMSB = True\nUltrasoundImageOrientation = UF\nSeq_Frame0000_Timestamp = 1.5 \n"
      "Seq_Frame0000_ProbeToTrackerTransform = 1 0 0 -0 0 1 0 2 0 0 1 3 0 0 0 1 \n"
      "Seq_Frame0001_Timestamp = 1.6\nElementDataFile = LOCAL\n";
  Bytes wide(text.begin(), text.end());
  wide.resize(wide.size() + 4 * 3 * 2 * 2, 0x41);
  seeds.push_back({"wide.mha", wide});
  const std::string nrrd =
      "NRRD0004\ntype: unsigned char\ndimension: 3\nsizes: 4 3 2\nkinds: domain domain list\nendian: little\n"
      "encoding: raw\nspacings: 0.1 0.1 nan\nSeq_Frame0000_Timestamp:=1.5\n"
      "Seq_Frame0000_ProbeToTrackerTransform:=1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1\n"
      "Seq_Frame0000_ProbeToTrackerTransformStatus:=OK\nSeq_Frame0001_Timestamp:=1.6\n\n";
  fuzz::Bytes raw(nrrd.begin(), nrrd.end());
  raw.resize(raw.size() + 4 * 3 * 2, 0x41);
  seeds.push_back({"raw.nrrd", raw});
  return seeds;
}

}  // namespace acuguide::fuzz
