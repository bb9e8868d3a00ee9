#include "interop/dicom_archive.h"

#include "acquisition/dicom/dicom_library.h"
#include "acquisition/dicom/dicom_nesting.h"
#include "acquisition/igtl/igtl_address.h"
#include "core/error.h"
#include "core/whole_file.h"

#include <algorithm>
#include <chrono>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/diutil.h>
#include <dcmtk/dcmnet/scu.h>
#include <dcmtk/dcmtls/tlsscu.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <thread>

namespace acuguide::interop {
namespace {

namespace fs = std::filesystem;

/// A network failure, which another attempt may mend; a refusal is an Error at once.
struct Interrupted {
  std::string why;
};

OFList<OFString> syntaxes(std::initializer_list<const char*> uids) {
  OFList<OFString> list;
  for (const char* uid : uids) list.push_back(uid);
  return list;
}

std::string valueOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return std::string(value.c_str(), value.size());
}

/// A folder that is gone with the object.
class PassingFolder {
 public:
  explicit PassingFolder(fs::path path) : path_(std::move(path)) { fs::create_directories(path_); }
  ~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool sameBytes(const fs::path& a, const fs::path& b) {
  std::ifstream first(a, std::ios::binary), second(b, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(first), Bytes(), Bytes(second), Bytes());
}

constexpr std::size_t mostStudies = 10000;  ///< that an archive may answer with

/// Stops listening to a peer that answers without end.
template <class Scu>
class Bounded : public Scu {
 public:
  using Scu::Scu;

 protected:
  OFCondition handleFINDResponse(const T_ASC_PresentationContextID context, QRResponse* response,
                                 OFBool& waitForNext) override {
    const OFCondition handled = Scu::handleFINDResponse(context, response, waitForNext);
    if (++answers_ > mostStudies) waitForNext = OFFalse;
    return handled;
  }

 private:
  std::size_t answers_ = 0;
};

/// One association.
class Session {
 public:
  Session(const DicomNode& node, const DicomNetworkOptions& options)
      : node_(node),
        scu_(options.trustedCertificate.empty() ? std::make_unique<Bounded<DcmSCU>>() : secure(options)) {
    scu_->setAETitle(options.ownTitle.c_str());
    scu_->setPeerAETitle(node.title.c_str());
    scu_->setPeerHostName(node.host.c_str());
    scu_->setPeerPort(static_cast<Uint16>(node.port));
    scu_->setConnectionTimeout(std::min(options.timeoutSeconds, 10));
    scu_->setACSETimeout(static_cast<Uint32>(options.timeoutSeconds));
    scu_->setDIMSETimeout(static_cast<Uint32>(options.timeoutSeconds));
    scu_->setDIMSEBlockingMode(DIMSE_NONBLOCKING);
    scu_->setDatasetConversionMode(OFFalse);
    scu_->setStorageMode(DCMSCU_STORAGE_BIT_PRESERVING);
    scu_->addPresentationContext(UID_VerificationSOPClass,
                                 syntaxes({UID_LittleEndianImplicitTransferSyntax}));
  }
  ~Session() {
    if (scu_->isConnected()) scu_->releaseAssociation();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  DcmSCU& scu() { return *scu_; }

  void open() {
    OFCondition result = scu_->initNetwork();
    if (result.good()) result = scu_->negotiateAssociation();
    if (result == DUL_ASSOCIATIONREJECTED)
      throw Error(node_.text(), "it refuses the connection", "check the names (AE titles) that it knows");
    if (result == NET_EC_NoAcceptablePresentationContexts)
      throw Error(node_.text(), "it takes none of what was offered", "check what it is set up to accept");
    if (result.bad()) throw Interrupted{result.text()};
  }

  void verify() {
    if (const OFCondition echo = scu_->sendECHORequest(0); echo.bad()) throw Interrupted{echo.text()};
  }

 private:
  static std::unique_ptr<DcmSCU> secure(const DicomNetworkOptions& options) {
    auto scu = std::make_unique<Bounded<DcmTLSSCU>>();
    scu->addTrustedCertFile(options.trustedCertificate.c_str());
    scu->setPeerCertVerification(DCV_requireCertificate);
    return scu;
  }

  const DicomNode& node_;
  std::unique_ptr<DcmSCU> scu_;
};

/// What a file is, as its header says: decides what has to be agreed on before it can be sent.
std::pair<std::string, std::string> kindOf(const fs::path& path) {
  acquisition::requireShallowDicom(path);
  DcmFileFormat file;
  if (file.loadFile(path.c_str()).bad())
    throw Error(path.string(), "is not a DICOM file", "give DICOM files");
  const DcmXfer syntax(file.getDataset()->getOriginalXfer());
  const std::string sopClass = valueOf(*file.getDataset(), DCM_SOPClassUID);
  if (sopClass.empty() || valueOf(*file.getDataset(), DCM_SOPInstanceUID).empty())
    throw Error(path.string(), "has no instance UID", "export it again");
  return {sopClass, syntax.getXferID()};
}

void sendOnce(const DicomNode& node, const DicomNetworkOptions& options, std::vector<fs::path>& waiting,
              const std::function<void(const fs::path&)>& sent) {
  Session session(node, options);
  std::set<std::pair<std::string, std::string>> kinds;
  for (const fs::path& file : waiting) kinds.insert(kindOf(file));
  for (const auto& [sopClass, syntax] : kinds)
    session.scu().addPresentationContext(sopClass.c_str(), syntaxes({syntax.c_str()}));
  session.open();
  session.verify();
  while (!waiting.empty()) {
    Uint16 status = 0;
    const OFCondition stored = session.scu().sendSTORERequest(0, waiting.front().c_str(), nullptr, status);
    if (stored == DIMSE_NOVALIDPRESENTATIONCONTEXTID || stored == NET_EC_NoPresentationContextsDefined)
      throw Error(node.text(), "it does not take " + waiting.front().string() + " in its encoding",
                  "check what it is set up to accept");
    if (stored.bad()) throw Interrupted{stored.text()};
    const bool warning = (status & 0xf000) == 0xb000;  // stored, with something changed
    if (status != STATUS_Success && !warning)
      throw Error(
          node.text(),
          "it does not store " + waiting.front().string() + " (" + DU_cstoreStatusString(status) + ")",
          "see its log");
    if (sent) sent(waiting.front());
    waiting.erase(waiting.begin());
  }
}

/// Does `attempt` until it is not interrupted, with growing pauses.
void persist(const DicomNode& node, const DicomNetworkOptions& options,
             const std::function<void()>& attempt) {
  acquisition::startDicomLibrary();
  double pause = options.retrySeconds;
  for (int i = 1;; ++i) {
    try {
      return attempt();
    } catch (const Interrupted& interrupted) {
      if (i >= options.attempts)
        throw Error(node.text(), "it does not answer (" + interrupted.why + ")",
                    "check name, host, port and network");
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(pause));
    pause *= 2;
  }
}

template <class Response>
struct Responses : OFList<Response*> {
  ~Responses() {
    for (Response* response : *this) delete response;
  }
};

std::vector<DicomStudy> findOnce(const DicomNode& node, const DicomNetworkOptions& options,
                                 const std::string& patient) {
  Session session(node, options);
  session.scu().addPresentationContext(
      UID_FINDStudyRootQueryRetrieveInformationModel,
      syntaxes({UID_LittleEndianExplicitTransferSyntax, UID_LittleEndianImplicitTransferSyntax}));
  session.open();
  DcmDataset query;
  query.putAndInsertString(DCM_QueryRetrieveLevel, "STUDY");
  query.putAndInsertString(DCM_PatientID, patient.c_str());
  for (const DcmTagKey& tag : {DCM_StudyInstanceUID, DCM_StudyDate, DCM_StudyDescription})
    query.putAndInsertString(tag, "");
  const T_ASC_PresentationContextID context =
      session.scu().findAnyPresentationContextID(UID_FINDStudyRootQueryRetrieveInformationModel, "");
  if (context == 0) throw Error(node.text(), "it answers no queries", "check what it is set up to accept");
  Responses<QRResponse> responses;
  if (const OFCondition found = session.scu().sendFINDRequest(context, &query, &responses); found.bad())
    throw Interrupted{found.text()};
  if (responses.size() > mostStudies) {
    session.scu().abortAssociation();
    throw Error(node.text(), "it answers with more than " + std::to_string(mostStudies) + " studies",
                "name the patient, or ask who runs the archive");
  }
  std::vector<DicomStudy> studies;
  for (const QRResponse* response : responses) {
    if (response->m_dataset == nullptr) continue;
    DcmDataset& is = *response->m_dataset;
    studies.push_back({valueOf(is, DCM_StudyInstanceUID), valueOf(is, DCM_PatientID),
                       valueOf(is, DCM_StudyDate), valueOf(is, DCM_StudyDescription)});
  }
  return studies;
}

void offerToReceive(DcmSCU& scu) {
  for (const char* sopClass :
       {UID_UltrasoundMultiframeImageStorage, UID_UltrasoundImageStorage, UID_SecondaryCaptureImageStorage})
    for (const char* syntax : {UID_LittleEndianExplicitTransferSyntax, UID_LittleEndianImplicitTransferSyntax,
                               UID_RLELosslessTransferSyntax, UID_JPEGProcess1TransferSyntax,
                               UID_JPEGProcess14SV1TransferSyntax, UID_JPEGLSLosslessTransferSyntax,
                               UID_JPEG2000LosslessOnlyTransferSyntax, UID_JPEG2000TransferSyntax})
      scu.addPresentationContext(sopClass, syntaxes({syntax}), ASC_SC_ROLE_SCP);
}

void fetchStudy(const DicomNode& node, const DicomNetworkOptions& options, const DicomStudy& study,
                const fs::path& folder) {
  Session session(node, options);
  session.scu().addPresentationContext(
      UID_GETStudyRootQueryRetrieveInformationModel,
      syntaxes({UID_LittleEndianExplicitTransferSyntax, UID_LittleEndianImplicitTransferSyntax}));
  offerToReceive(session.scu());
  session.scu().setStorageDir(folder.c_str());
  // As it comes, straight into a file: DCMTK would read it into memory, sequences in sequences by recursion.
  session.scu().setStorageMode(DCMSCU_STORAGE_BIT_PRESERVING);
  session.open();
  DcmDataset query;
  query.putAndInsertString(DCM_QueryRetrieveLevel, "STUDY");
  query.putAndInsertString(DCM_StudyInstanceUID, study.studyUid.c_str());
  const T_ASC_PresentationContextID context =
      session.scu().findAnyPresentationContextID(UID_GETStudyRootQueryRetrieveInformationModel, "");
  if (context == 0)
    throw Error(node.text(), "it does not hand out files (C-GET)", "check what it is set up to accept");
  Responses<RetrieveResponse> responses;
  if (const OFCondition got = session.scu().sendCGETRequest(context, &query, &responses); got.bad())
    throw Interrupted{got.text()};
  for (const RetrieveResponse* response : responses)
    if (response->m_numberOfFailedSubops > 0)
      throw Error(
          node.text(),
          "it could not hand out " + std::to_string(response->m_numberOfFailedSubops) + " of the files",
          "see its log");
}

}  // namespace

DicomNode DicomNode::parse(const std::string& text, const std::string& where) {
  const std::size_t at = text.find('@');
  if (at == std::string::npos || at == 0 || at > 16)
    throw Error(where, "\"" + text + "\" names no DICOM node",
                "give AET@HOST:PORT, for example ORTHANC@localhost:4242");
  const acquisition::HostPort place = acquisition::parseHostPort(text.substr(at + 1), where);
  return {text.substr(0, at), place.host, place.port};
}

DicomArchive::DicomArchive(DicomNode node, DicomNetworkOptions options)
    : node_(std::move(node)), options_(std::move(options)) {}

void DicomArchive::verify() {
  persist(node_, options_, [this] {
    Session session(node_, options_);
    session.open();
    session.verify();
  });
}

void DicomArchive::send(const std::vector<fs::path>& files,
                        const std::function<void(const fs::path&)>& sent) {
  acquisition::startDicomLibrary();
  std::vector<fs::path> waiting = files;
  for (const fs::path& file : waiting) kindOf(file);  // nothing is sent when one of them cannot be
  persist(node_, options_, [&] { sendOnce(node_, options_, waiting, sent); });
}

std::vector<DicomStudy> DicomArchive::find(const std::string& patientId) {
  std::vector<DicomStudy> studies;
  persist(node_, options_, [&] { studies = findOnce(node_, options_, patientId); });
  return studies;
}

std::vector<fs::path> DicomArchive::fetch(const std::string& patientId, const fs::path& folder) {
  // The archive chooses the names: what comes gathers apart, and takes no place that is taken.
  const PassingFolder arriving(besideOf(folder / "images"));
  for (const DicomStudy& study : find(patientId))
    persist(node_, options_, [&] { fetchStudy(node_, options_, study, arriving.path()); });
  std::vector<fs::path> arrived, files;
  for (const auto& entry : fs::directory_iterator(arriving.path())) arrived.push_back(entry.path());
  std::ranges::sort(arrived);
  std::optional<fs::path> taken;
  for (const fs::path& file : arrived) {
    acquisition::requireShallowDicom(file);
    const fs::path place = folder / file.filename();
    if (!fs::exists(place)) {
      fs::rename(file, place);
      files.push_back(place);
    } else if (!sameBytes(file, place)) {
      taken = place;
    }
  }
  if (taken)
    throw Error(taken->string(), "is there already and holds something else than the archive sent",
                "fetch into a new folder; what else was new has been put there");
  return files;
}

}  // namespace acuguide::interop
