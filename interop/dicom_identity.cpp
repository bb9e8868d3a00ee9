#include "interop/dicom_identity.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDate>

#include <algorithm>
#include <array>
#include <cstdint>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <vector>

namespace acuguide::interop {
namespace {

QByteArray hashOf(const std::string& text) {
  return QCryptographicHash::hash(QByteArray(text.data(), static_cast<qsizetype>(text.size())),
                                  QCryptographicHash::Sha256);
}

std::string valueOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return std::string(value.c_str(), value.size());
}

/// What the walk over a data set needs to know.
struct Rules {
  std::string key;
  int daysBack = 0;
};

bool isHarmlessText(const DcmTagKey& tag) {
  static const std::array kept = {DCM_Manufacturer, DCM_ManufacturerModelName, DCM_SoftwareVersions};
  return std::ranges::find(kept, tag) != kept.end();
}

bool isPictureData(const DcmTagKey& tag) {
  static const std::array kept = {DCM_PixelData,
                                  DCM_RedPaletteColorLookupTableData,
                                  DCM_GreenPaletteColorLookupTableData,
                                  DCM_BluePaletteColorLookupTableData,
                                  DCM_RedPaletteColorLookupTableDescriptor,
                                  DCM_GreenPaletteColorLookupTableDescriptor,
                                  DCM_BluePaletteColorLookupTableDescriptor};
  return std::ranges::find(kept, tag) != kept.end();
}

/// Groups that say how the picture was made and is stored: SOP and dates, acquisition, relationships,
/// picture.
bool isTechnicalGroup(Uint16 group) {
  return group == 0x0008 || group == 0x0018 || group == 0x0020 || group == 0x0028 || group == 0x7fe0;
}

/// Numbers and coded words cannot hold a name. Instance numbers and counts are no identifiers of a person.
bool isNumberOrCode(DcmEVR vr) {
  static const std::array kept = {EVR_CS, EVR_DS, EVR_IS, EVR_FD, EVR_FL, EVR_SL, EVR_SS,
                                  EVR_UL, EVR_US, EVR_AT, EVR_TM, EVR_xs, EVR_lt};
  return std::ranges::find(kept, vr) != kept.end();
}

std::string movedDate(const std::string& text, int daysBack) {
  const QDate date = QDate::fromString(QString::fromStdString(text.substr(0, 8)), "yyyyMMdd");
  if (!date.isValid()) return {};
  // Of a date with time the rest stays: fractions and zone say nothing of a person that the time does not.
  return date.addDays(-daysBack).toString("yyyyMMdd").toStdString() + (text.size() > 8 ? text.substr(8) : "");
}

void replaceUids(DcmElement& element, const std::string& key) {
  std::string replaced;
  for (unsigned long i = 0; i < element.getVM(); ++i) {
    OFString uid;
    if (element.getOFString(uid, i).bad()) continue;
    const std::string old(uid.c_str());
    const bool standard = old.starts_with("1.2.840.10008.");
    if (i > 0) replaced.append("\\");
    replaced.append(standard || old.empty() ? old : uidFromText(key + "\n" + old));
  }
  element.putString(replaced.c_str());
}

void clean(DcmItem& item, const Rules& rules);

/// True when the element may stay, changed if need be.
bool keep(DcmElement& element, const Rules& rules) {
  const DcmTagKey tag = element.getTag();
  if (tag.isPrivate() || !isTechnicalGroup(tag.getGroup())) return false;
  if (isPictureData(tag) || isHarmlessText(tag)) return true;
  const DcmEVR vr = element.getVR();
  if (vr == EVR_SQ) {
    if (tag != DCM_SequenceOfUltrasoundRegions) return false;
    auto& sequence = static_cast<DcmSequenceOfItems&>(element);
    for (unsigned long i = 0; i < sequence.card(); ++i) clean(*sequence.getItem(i), rules);
    return true;
  }
  if (vr == EVR_UI) {
    replaceUids(element, rules.key);
    return true;
  }
  if (vr == EVR_DA || vr == EVR_DT) {
    OFString old;
    element.getOFStringArray(old);
    return element.putString(movedDate(std::string(old.c_str()), rules.daysBack).c_str()).good();
  }
  return isNumberOrCode(vr);
}

void clean(DcmItem& item, const Rules& rules) {
  for (unsigned long i = item.card(); i-- > 0;) {
    DcmElement* element = item.getElement(i);
    if (element != nullptr && !keep(*element, rules)) delete item.remove(i);
  }
}

void addMethod(DcmItem& dataset, const char* code, const char* meaning) {
  DcmItem* item = nullptr;
  if (dataset.findOrCreateSequenceItem(DCM_DeidentificationMethodCodeSequence, item, -2).bad()) return;
  item->putAndInsertString(DCM_CodeValue, code);
  item->putAndInsertString(DCM_CodingSchemeDesignator, "DCM");
  item->putAndInsertString(DCM_CodeMeaning, meaning);
}

}  // namespace

std::string uidFromText(const std::string& text) {
  QByteArray hash = hashOf(text).left(16);
  hash[0] = static_cast<char>(hash[0] & 0x7f);  // never longer than 39 digits
  std::vector<std::uint8_t> number(hash.begin(), hash.end());
  std::string digits;
  while (std::ranges::any_of(number, [](std::uint8_t byte) { return byte != 0; })) {
    unsigned rest = 0;
    for (std::uint8_t& byte : number) {
      const unsigned value = rest * 256 + byte;
      byte = static_cast<std::uint8_t>(value / 10);
      rest = value % 10;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + rest));
  }
  return std::string("2.25.").append(digits.empty() ? "0" : digits);
}

void removeIdentity(DcmItem& dataset, const std::string& key, bool pixelsCleaned) {
  const std::string patient = valueOf(dataset, DCM_PatientID) + "\n" + valueOf(dataset, DCM_PatientName);
  const QByteArray hash = hashOf(key + "\npatient\n" + patient);
  const auto number =
      static_cast<unsigned>(static_cast<std::uint8_t>(hash[0]) << 8 | static_cast<std::uint8_t>(hash[1]));
  std::string code("P");
  code.append(hash.mid(2, 6).toHex().toUpper().toStdString());
  clean(dataset, {key, 1 + static_cast<int>(number % 3650)});

  dataset.putAndInsertString(DCM_PatientName, code.c_str());
  dataset.putAndInsertString(DCM_PatientID, code.c_str());
  for (const DcmTagKey& tag :
       {DCM_PatientBirthDate, DCM_PatientSex, DCM_ReferringPhysicianName, DCM_AccessionNumber, DCM_StudyID})
    dataset.putAndInsertString(tag, "");
  dataset.putAndInsertString(DCM_PatientIdentityRemoved, "YES");
  dataset.putAndInsertString(DCM_DeidentificationMethod, "DICOM PS3.15 basic profile, acuguide");
  dataset.putAndInsertString(DCM_LongitudinalTemporalInformationModified, "MODIFIED");
  addMethod(dataset, "113100", "Basic Application Confidentiality Profile");
  addMethod(dataset, "113107", "Retain Longitudinal Temporal Information Modified Dates Option");
  if (pixelsCleaned) addMethod(dataset, "113101", "Clean Pixel Data Option");
  dataset.putAndInsertString(DCM_BurnedInAnnotation, pixelsCleaned ? "NO" : "YES");
}

}  // namespace acuguide::interop
