#include "acquisition/dicom/dicom_file.h"
#include "acquisition/dicom/dicom_source.h"
#include "apps/command.h"
#include "apps/output_options.h"
#include "apps/sources.h"
#include "core/error.h"
#include "database/sql_connection.h"
#include "interop/dicom_archive.h"
#include "interop/dicom_export.h"
#include "recording/csv_file.h"
#include "recording/session_schema.h"
#include "recording/session_writer.h"

#include <CLI/CLI.hpp>
#include <QtCore/QVariant>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace acuguide::apps {
namespace {

namespace fs = std::filesystem;

void addInfo(CLI::App& dicom, Run& run) {
  auto* command = dicom.add_subcommand("info", "Says what DICOM files hold; nothing of the patient");
  auto files = std::make_shared<std::vector<std::string>>();
  command->add_option("FILE", *files, "DICOM files")->required();
  command->callback([&run, files] {
    run = [files] {
      for (const std::string& file : *files) std::cout << acquisition::dicomInfo(file);
      return 0;
    };
  });
}

struct ExportArguments {
  std::string source, out;
  interop::DicomExportOptions options;
};

void sayWhatWasCleaned(const interop::DicomExportSummary& summary) {
  if (summary.pixelsCleaned)
    std::cout << "Identity, everything outside the ultrasound image and text inside it were removed; in "
              << summary.framesRead << " frames read afterwards no text was left\n";
  else
    std::cout << "Text in the images was not looked for: names may stand there (BurnedInAnnotation is YES)\n";
}

/// A session's start makes its UIDs its own; of other files, their name does.
void describe(ExportArguments& arguments) {
  interop::DicomExportOptions& options = arguments.options;
  options.identity = fs::absolute(arguments.source).lexically_normal().string();
  if (!fs::exists(recording::databaseOf(arguments.source))) return;
  database::SqlConnection connection(recording::databaseOf(arguments.source),
                                     database::SqlConnection::Access::ReadOnly);
  recording::readableSessionSchema(connection);
  QSqlQuery rows = connection.run("SELECT key,value FROM meta WHERE key IN ('started_utc','started_s')");
  options.identity.clear();
  while (rows.next()) {
    const std::string value = rows.value(1).toString().toStdString();
    if (rows.value(0).toString() == "started_utc") options.startedUtc = value;
    options.identity += value + "\n";
  }
}

int exportSession(ExportArguments arguments) {
  describe(arguments);
  const auto source = allSources().open(arguments.source);
  if (acquisition::DicomSource::claims(arguments.source)) {
    const auto is = acquisition::DicomFile(arguments.source).description();
    arguments.options.regions = acquisition::tissueRegions(is.regions, {is.format.width, is.format.height});
  }
  const auto summary = interop::exportDicom(*source, arguments.out, arguments.options);
  std::cout << "Exported " << summary.frames << " frames into " << arguments.out << "\n";
  sayWhatWasCleaned(summary);
  return 0;
}

void addExport(CLI::App& dicom, Run& run) {
  auto* command = dicom.add_subcommand("export", "Writes a session as an ultrasound multi-frame image");
  auto arguments = std::make_shared<ExportArguments>();
  auto& options = arguments->options;
  command->add_option("SESSION", arguments->source, "recorded session, or any recorded source")->required();
  addOutput(*command, "--out", arguments->out, "DICOM file to write")->required();
  command->add_option("--patient", options.patientId, "code of the patient");
  command->add_option("--patient-name", options.patientName, "name of the patient, Family^Given");
  command->add_flag(
      "--deidentify", options.deidentify,
      "remove identity (PS3.15 basic profile), blacken all outside the ultrasound image and text in it");
  command->add_option("--key", options.key, "secret that replaced UIDs, codes and dates are made with");
  command->callback([&run, arguments] { run = [arguments] { return exportSession(*arguments); }; });
}

void addDeidentify(CLI::App& dicom, Run& run) {
  struct Arguments {
    std::string in, out, key;
  };
  auto* command = dicom.add_subcommand("deidentify", "Takes identity and burnt-in text out of a DICOM file");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("FILE", arguments->in, "DICOM file")->required();
  addOutput(*command, "--out", arguments->out, "DICOM file to write")->required();
  command->add_option("--key", arguments->key, "secret that replaced UIDs, codes and dates are made with");
  command->callback([&run, arguments] {
    run = [arguments] {
      const auto summary = interop::deidentifyDicom(arguments->in, arguments->out, arguments->key);
      std::cout << "Wrote " << summary.frames << " frames into " << arguments->out << "\n";
      sayWhatWasCleaned(summary);
      return 0;
    };
  });
}

struct ArchiveArguments {
  std::string node, patient, out;
  std::vector<std::string> files;
  interop::DicomNetworkOptions options;

  interop::DicomArchive archive(const std::string& option) const {
    return interop::DicomArchive(interop::DicomNode::parse(node, option), options);
  }
};

void addNetworkOptions(CLI::App& command, const std::string& option, ArchiveArguments& arguments) {
  command.add_option(option, arguments.node, "the archive: AET@HOST:PORT")->required();
  command.add_option("--as", arguments.options.ownTitle, "our own AE title")->capture_default_str();
  command.add_option("--tls", arguments.options.trustedCertificate,
                     "PEM file the archive's certificate must fit");
}

int send(const ArchiveArguments& arguments) {
  const std::vector<fs::path> files(arguments.files.begin(), arguments.files.end());
  arguments.archive("--to").send(files,
                                 [](const fs::path& file) { std::cout << "Sent " << file.string() << "\n"; });
  return 0;
}

int find(const ArchiveArguments& arguments) {
  std::cout << "study,patient,date,description\n";
  for (const interop::DicomStudy& study : arguments.archive("--from").find(arguments.patient))
    std::cout << recording::csvCell(study.studyUid) << "," << recording::csvCell(study.patientId) << ","
              << recording::csvCell(study.date) << "," << recording::csvCell(study.description) << "\n";
  return 0;
}

int get(const ArchiveArguments& arguments) {
  const auto files = arguments.archive("--from").fetch(arguments.patient, arguments.out);
  for (const fs::path& file : files) std::cout << "Got " << file.string() << "\n";
  if (files.empty())
    throw Error(arguments.node, "it has nothing of patient " + arguments.patient,
                "check the code with dicom find");
  return 0;
}

void addNetwork(CLI::App& dicom, Run& run) {
  auto arguments = std::make_shared<ArchiveArguments>();
  auto* sending = dicom.add_subcommand("send", "Sends DICOM files to an archive");
  sending->add_option("FILE", arguments->files, "DICOM files")->required();
  addNetworkOptions(*sending, "--to", *arguments);
  sending->callback([&run, arguments] { run = [arguments] { return send(*arguments); }; });

  auto* finding = dicom.add_subcommand("find", "Lists what an archive has of a patient, as CSV");
  finding->add_option("--patient", arguments->patient, "code of the patient")->required();
  addNetworkOptions(*finding, "--from", *arguments);
  finding->callback([&run, arguments] { run = [arguments] { return find(*arguments); }; });

  auto* getting = dicom.add_subcommand("get", "Fetches what an archive has of a patient");
  getting->add_option("--patient", arguments->patient, "code of the patient")->required();
  addOutput(*getting, "--out", arguments->out, "folder for the files")->required();
  addNetworkOptions(*getting, "--from", *arguments);
  getting->callback([&run, arguments] { run = [arguments] { return get(*arguments); }; });
}

}  // namespace

void addDicomCommand(CLI::App& app, Run& run) {
  auto* dicom = app.add_subcommand("dicom", "DICOM files and archives");
  dicom->require_subcommand(1);
  addInfo(*dicom, run);
  addExport(*dicom, run);
  addDeidentify(*dicom, run);
  addNetwork(*dicom, run);
}

}  // namespace acuguide::apps
