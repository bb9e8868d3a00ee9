#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace acuguide {

/// What a result of the program is, told by the file's own bytes: "acuguide.plan" (the key "format" of a JSON
/// file), "table: frame,state,…" (the heading of a CSV file), and "PDF", "PNG", "JPEG", "HTML page", "DICOM",
/// "Matroska", "MP4", "MetaImage", "NRRD", "gzip", "STL" or "VTP" where the program's name stands in the
/// first or last 64 KiB. Empty for everything else: what others made, databases, and what cannot be read.
std::string kindOfResult(const std::filesystem::path& file);

/// A file on its way to `path`. It is written under another name in the same folder (part()), which only its
/// owner may read, and takes its own name when it is whole (commit()). Until then, and when the program fails
/// or is killed, what was there stays as it was.
///
/// What was there is replaced only by a result of the same kind (kindOfResult(); an empty file by any). Never
/// replaced: what the program did not write, a database or the files beside it, the files of a recorded
/// session, anything but an ordinary file. Symbolic links are followed: what they lead to counts and is
/// replaced.
class WholeFile {
 public:
  /// Whom the place belongs to. A session's own files are written by its recorder alone.
  enum class Place { Chosen, InOwnSession };

  /// `what` names it in messages ("the plan"). Throws Error where it may not be written, or cannot.
  WholeFile(const std::filesystem::path& path, std::string what, Place place = Place::Chosen);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  /// Where to write it: there already, empty, with the ending of `path`.
  const std::filesystem::path& part() const { return part_; }
  /// Brings it onto the disk and makes sure that it may take its place. Throws Error; what was there is
  /// untouched.
  void prepare();
  /// Puts it in its place, prepared where that has not been done. Throws Error as prepare() does.
  void commit();

 private:
  [[noreturn]] void fail(int error) const;

  std::filesystem::path given_, path_, part_;
  std::string what_;
  Place place_;
  bool prepared_ = false, done_ = false;
};

/// `text` as a WholeFile.
void writeWholeFile(const std::filesystem::path& path, std::string_view text, const std::string& what,
                    WholeFile::Place place = WholeFile::Place::Chosen);

/// Files that belong together, each with its text: every one is whole before the first takes its place.
struct WholeText {
  std::filesystem::path path;
  std::string text, what;
};
void writeWholeFiles(const std::vector<WholeText>& files);

/// A folder of results on its way to `path`, as WholeFile: written under another name beside its place, and
/// put there when it is whole, so that results of two runs never mix. What was there is replaced only when it
/// is empty or holds nothing but what an earlier run wrote.
class WholeFolder {
 public:
  /// `wrote`: whether the program writes a file of this name (relative to the folder) there. Throws Error:
  /// the folder holds something else, cannot be made, or lies in a recorded session.
  WholeFolder(const std::filesystem::path& path, std::function<bool(const std::filesystem::path&)> wrote);
  ~WholeFolder();
  WholeFolder(const WholeFolder&) = delete;
  WholeFolder& operator=(const WholeFolder&) = delete;

  const std::filesystem::path& part() const { return part_; }
  /// Whether results of an earlier run are there.
  bool replaces() const;
  void commit();

 private:
  std::filesystem::path given_, path_, part_;
  std::function<bool(const std::filesystem::path&)> wrote_;
  bool done_ = false;
};

/// A path not there yet, in the folder of `path` and with its ending, for what takes its place later. Not
/// made.
std::filesystem::path besideOf(const std::filesystem::path& path);

}  // namespace acuguide
