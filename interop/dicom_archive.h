#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace acuguide::interop {

/// A DICOM node: "AET@HOST:PORT".
struct DicomNode {
  std::string title;
  std::string host;
  int port = 0;

  /// Throws Error; `where` names it.
  static DicomNode parse(const std::string& text, const std::string& where);
  std::string text() const { return title + "@" + host + ":" + std::to_string(port); }
};

struct DicomNetworkOptions {
  std::string ownTitle = "ACUGUIDE";
  int attempts = 4;                ///< of a transfer that the network interrupts
  double retrySeconds = 1.0;       ///< before the second attempt, doubling
  int timeoutSeconds = 30;         ///< for any answer
  std::string trustedCertificate;  ///< PEM file: with one, all traffic is TLS and the peer must prove itself
};

struct DicomStudy {
  std::string studyUid, patientId, date, description;
};

/// Talks to an archive (PACS), each function on connections of its own. All throw Error when the archive does
/// not answer, or refuses; what it said is in the sentence.
class DicomArchive {
 public:
  explicit DicomArchive(DicomNode node, DicomNetworkOptions options = {});

  /// C-ECHO: it is there and takes our name.
  void verify();

  /// C-ECHO, then C-STORE of every file as it is (no pixel is converted). An interrupted transfer is tried
  /// again with what was not yet confirmed; a file that arrived although its confirmation was lost is sent
  /// again under the same instance UID, by which an archive knows it. `sent` is told of each confirmed file.
  void send(const std::vector<std::filesystem::path>& files,
            const std::function<void(const std::filesystem::path&)>& sent = {});

  /// C-FIND of the studies of a patient code (exact; * and ? as DICOM has them).
  std::vector<DicomStudy> find(const std::string& patientId);

  /// C-GET of all that the archive has under a patient code, one file an instance, named by its UID; the
  /// files.
  std::vector<std::filesystem::path> fetch(const std::string& patientId, const std::filesystem::path& folder);

 private:
  DicomNode node_;
  DicomNetworkOptions options_;
};

}  // namespace acuguide::interop
