#pragma once

#include "acquisition/dicom/dicom_library.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrlerp.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmimage/diregist.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpeg/djrploss.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <dcmtk/dcmjpls/djrparam.h>
#include <filesystem>
#include <string>
#include <vector>

namespace acuguide::acquisition {

/// A DICOM file for a test, filled with DCMTK alone.
class DicomSample {
 public:
  DicomSample(cv::Size size, const std::string& photometric, int samples, int bits, int frames = 1) {
    startDicomLibrary();
    static const bool encoders = [] {
      DJEncoderRegistration::registerCodecs();
      DJLSEncoderRegistration::registerCodecs();
      return true;
    }();
    EXPECT_TRUE(encoders);
    put(DCM_SOPClassUID, UID_UltrasoundMultiframeImageStorage);
    put(DCM_SOPInstanceUID, "1.2.826.0.1.3680043.10.999.1");
    put(DCM_Modality, "US");
    put(DCM_PhotometricInterpretation, photometric);
    put(DCM_NumberOfFrames, std::to_string(frames));
    number(DCM_SamplesPerPixel, samples);
    number(DCM_Rows, size.height);
    number(DCM_Columns, size.width);
    number(DCM_BitsAllocated, bits > 8 ? 16 : 8);
    number(DCM_BitsStored, bits);
    number(DCM_HighBit, bits - 1);
    number(DCM_PixelRepresentation, 0);
    if (samples > 1) number(DCM_PlanarConfiguration, 0);
  }

  void put(const DcmTagKey& tag, const std::string& value) {
    EXPECT_TRUE(data().putAndInsertString(tag, value.c_str()).good());
  }
  void number(const DcmTagKey& tag, int value) {
    EXPECT_TRUE(data().putAndInsertUint16(tag, static_cast<Uint16>(value)).good());
  }
  void bytes(const std::vector<std::uint8_t>& samples) {
    EXPECT_TRUE(data().putAndInsertUint8Array(DCM_PixelData, samples.data(), samples.size()).good());
  }
  void words(const std::vector<std::uint16_t>& samples) {
    EXPECT_TRUE(data().putAndInsertUint16Array(DCM_PixelData, samples.data(), samples.size()).good());
  }
  void region(const cv::Rect& box, int units, double delta, int format = 1, int type = 1) {
    DcmItem* item = nullptr;
    data().findOrCreateSequenceItem(DCM_SequenceOfUltrasoundRegions, item, -2);
    item->putAndInsertUint16(DCM_RegionSpatialFormat, static_cast<Uint16>(format));
    item->putAndInsertUint16(DCM_RegionDataType, static_cast<Uint16>(type));
    item->putAndInsertUint32(DCM_RegionLocationMinX0, static_cast<Uint32>(box.x));
    item->putAndInsertUint32(DCM_RegionLocationMinY0, static_cast<Uint32>(box.y));
    item->putAndInsertUint32(DCM_RegionLocationMaxX1, static_cast<Uint32>(box.x + box.width - 1));
    item->putAndInsertUint32(DCM_RegionLocationMaxY1, static_cast<Uint32>(box.y + box.height - 1));
    item->putAndInsertUint16(DCM_PhysicalUnitsXDirection, static_cast<Uint16>(units));
    item->putAndInsertUint16(DCM_PhysicalUnitsYDirection, static_cast<Uint16>(units));
    item->putAndInsertFloat64(DCM_PhysicalDeltaX, delta);
    item->putAndInsertFloat64(DCM_PhysicalDeltaY, delta);
  }
  DcmDataset& data() { return *file_.getDataset(); }

  std::filesystem::path save(const std::filesystem::path& path,
                             E_TransferSyntax syntax = EXS_LittleEndianExplicit) {
    if (DcmXfer(syntax).isEncapsulated()) {
      const DJ_RPLossless lossless;
      const DJ_RPLossy lossy(95);
      const DJLSRepresentationParameter nearLossless(0, OFTrue);
      const DcmRLERepresentationParameter runs;
      const DcmRepresentationParameter* parameter = &runs;
      if (syntax == EXS_JPEGProcess14SV1) parameter = &lossless;
      if (syntax == EXS_JPEGProcess1) parameter = &lossy;
      if (syntax == EXS_JPEGLSLossless) parameter = &nearLossless;
      EXPECT_TRUE(data().chooseRepresentation(syntax, parameter).good());
    }
    EXPECT_TRUE(file_.saveFile(path.c_str(), syntax).good());
    return path;
  }

 private:
  DcmFileFormat file_;
};

}  // namespace acuguide::acquisition
