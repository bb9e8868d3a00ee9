#include "acquisition/dicom/dicom_nesting.h"

#include "acquisition/dicom/dicom_file.h"
#include "acquisition/dicom/dicom_source.h"
#include "acquisition/dicom_writing.h"
#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <gmock/gmock.h>

namespace acuguide::acquisition {
namespace {

using testing::HasSubstr;

std::string word(unsigned value) { return {static_cast<char>(value & 0xff), static_cast<char>(value >> 8)}; }
std::string longWord(unsigned value) { return word(value & 0xffff) + word(value >> 16); }

enum class Lengths { Stated, Undefined };

/// The sequence (0008,1140) `depth` times in itself, as a file.
std::string nested(int depth, bool isExplicit, Lengths lengths) {
  const bool stated = lengths == Lengths::Stated;
  const unsigned head = (isExplicit ? 12U : 8U) + 8U;  // of a sequence and its item
  std::string file(128, '\0');
  file += "DICM";
  const std::string syntax =
      isExplicit ? "1.2.840.10008.1.2.1" + std::string(1, '\0') : "1.2.840.10008.1.2" + std::string(1, '\0');
  file += word(2) + word(0x10) + "UI" + word(static_cast<unsigned>(syntax.size())) + syntax;
  for (int i = 0; i < depth; ++i) {
    const unsigned inside = static_cast<unsigned>(depth - 1 - i) * head;
    file += word(0x0008) + word(0x1140) + (isExplicit ? "SQ" + word(0) : "");
    file += longWord(stated ? inside + 8 : 0xffffffffU);
    file += word(0xfffe) + word(0xe000) + longWord(stated ? inside : 0xffffffffU);
  }
  for (int i = 0; i < depth && !stated; ++i)
    file += word(0xfffe) + word(0xe00d) + longWord(0) + word(0xfffe) + word(0xe0dd) + longWord(0);
  return file;
}

class DicomNesting : public testing::TestWithParam<std::tuple<bool, Lengths>> {};

TEST_P(DicomNesting, TooDeepIsRefusedBeforeDcmtkReadsIt) {
  const auto& [isExplicit, lengths] = GetParam();
  const ScratchFolder folder;
  for (const int depth : {mostDicomNesting + 1, 6000, 100000}) {
    folder.write("deep.dcm", nested(depth, isExplicit, lengths));
    const std::string file = (folder / "deep.dcm").string();
    for (const auto& refusal :
         {errorOf([&] { DicomSource source(file); }), errorOf([&] { dicomInfo(file); })}) {
      expectSentence(refusal, file);
      EXPECT_THAT(refusal, HasSubstr("deep in each other"));
    }
  }
  folder.write("flat.dcm", nested(mostDicomNesting, isExplicit, lengths));
  EXPECT_NO_THROW(requireShallowDicom(folder / "flat.dcm"));
}

INSTANTIATE_TEST_SUITE_P(Encodings, DicomNesting,
                         testing::Combine(testing::Bool(),
                                          testing::Values(Lengths::Stated, Lengths::Undefined)));

TEST(DicomNestingFiles, WhatCannotBeFollowedIsRefusedOnlyWithManyItems) {
  const ScratchFolder folder;
  folder.write("few.dcm", nested(20, true, Lengths::Undefined).insert(180, "damage"));
  EXPECT_NO_THROW(requireShallowDicom(folder / "few.dcm")) << "for DCMTK to say what is wrong";
  folder.write("many.dcm", nested(200, true, Lengths::Undefined).insert(180, "damage"));
  EXPECT_THAT(errorOf([&] { requireShallowDicom(folder / "many.dcm"); }), HasSubstr("many.dcm"));
  folder.write("none.dcm", "");
  EXPECT_NO_THROW(requireShallowDicom(folder / "none.dcm"));
}

TEST(DicomNestingFiles, ManyFragmentsAndRegionsAreNotDeep) {
  const ScratchFolder folder;
  DicomSample sample({16, 8}, "MONOCHROME2", 1, 8, 100);
  sample.bytes(std::vector<std::uint8_t>(16 * 8 * 100, 7));
  for (int i = 0; i < 100; ++i) sample.region({0, 0, 8, 8}, 3, 0.02);
  for (const E_TransferSyntax syntax :
       {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit, EXS_BigEndianExplicit, EXS_RLELossless}) {
    EXPECT_NO_THROW(requireShallowDicom(sample.save(folder / "flat.dcm", syntax)));
    EXPECT_EQ(DicomSource((folder / "flat.dcm").string()).info().frameCount, 100);
  }
}

}  // namespace
}  // namespace acuguide::acquisition
