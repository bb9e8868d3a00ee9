#pragma once

#include <filesystem>
#include <string>

class DcmItem;

namespace acuguide::interop {

/// A DICOM UID under 2.25 (ITU-T X.667) made from a text: the same text, the same UID.
std::string uidFromText(const std::string& text);

/// Takes the identity out of a data set after the Basic Application Level Confidentiality Profile of DICOM
/// PS3.15 Annex E, by keeping only what is known to be harmless rather than by listing what is not:
///
/// - kept: numbers and coded words of the groups that describe picture and acquisition, the ultrasound
/// regions,
///   manufacturer and model, the pixels and their palette;
/// - UIDs are replaced by ones made from them and `key`, everywhere alike; those of the standard itself stay;
/// - dates are moved back by 1 to 3650 days, the same for all of one patient (from patient code and `key`);
/// times
///   of day stay, so that intervals survive. Birth date, sex and age go;
/// - names, codes and all free text go, the patient gets a code made from the old one and `key`;
/// - private tags, overlays, curves, icons, signatures and every other sequence go.
///
/// Marks the data set: (0012,0062) YES, the methods 113100 (basic profile), 113107 (dates modified), and
/// 113101 (clean pixel data) only when `pixelsCleaned`, which also sets Burned In Annotation to NO; else it
/// is YES.
///
/// `key`: keep it secret where the old UIDs are known to others; with another key everything maps elsewhere.
void removeIdentity(DcmItem& dataset, const std::string& key, bool pixelsCleaned);

}  // namespace acuguide::interop
