#include "core/whole_file.h"

#include "core/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace acuguide {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::size_t lookedAt = 64 << 10;  // bytes, at either end of a file
constexpr std::string_view mark = "acuguide";
constexpr std::string_view databaseMark = "SQLite format 3\0"sv;

/// The first and the last bytes of a file.
struct Ends {
  std::string head, tail;
  bool readable = false;
};

Ends endsOf(const fs::path& file) {
  Ends ends;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return ends;
  const auto read = [&stream](std::string& into) {
    into.resize(lookedAt);
    stream.read(into.data(), static_cast<std::streamsize>(into.size()));
    into.resize(static_cast<std::size_t>(stream.gcount()));
  };
  read(ends.head);
  ends.readable = !stream.bad();
  stream.clear();
  stream.seekg(0, std::ios::end);
  const std::streamoff size = stream.tellg();
  if (size > static_cast<std::streamoff>(ends.head.size())) {
    stream.seekg(std::max<std::streamoff>(size - static_cast<std::streamoff>(lookedAt), 0));
    read(ends.tail);
  }
  return ends;
}

bool holdsMark(const Ends& ends) {
  std::string wide;  // as Qt writes text into a PDF
  for (const char c : mark) wide += {'\0', c};
  for (const std::string_view text : {std::string_view(ends.head), std::string_view(ends.tail)})
    if (text.find(mark) != std::string_view::npos || text.find(wide) != std::string_view::npos) return true;
  return false;
}

std::size_t pastSpace(std::string_view text, std::size_t at) {
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  return at;
}

/// "acuguide.plan" where the text says "format": "acuguide.plan/1".
std::string formatIn(std::string_view text) {
  constexpr std::string_view key = "\"format\"";
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    std::size_t value = pastSpace(text, at + key.size());
    if (value >= text.size() || text[value] != ':') continue;
    value = pastSpace(text, value + 1) + 1;
    if (value >= text.size() || text[value - 1] != '"' || !text.substr(value).starts_with("acuguide."))
      continue;
    const std::string_view rest = text.substr(value);
    return std::string(rest.substr(0, rest.find_first_of("/\"")));
  }
  return {};
}

/// The heading of a table with at least two columns, each a plain name.
std::string headingIn(std::string_view text) {
  const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
  const bool plain = std::all_of(line.begin(), line.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == ',' || c == '_' || c == '-' || c == '.' || c == '%';
  });
  return plain && line.size() < text.size() && line.find(',') != std::string_view::npos ? std::string(line)
                                                                                        : "";
}

struct Signature {
  std::size_t offset;
  std::string_view bytes, kind;
};
constexpr std::array signatures{Signature{0, "%PDF-", "PDF"},
                                Signature{0, "\x89PNG\r\n\x1a\n", "PNG"},
                                Signature{0, "\xff\xd8\xff", "JPEG"},
                                Signature{0, "\x1a\x45\xdf\xa3", "Matroska"},
                                Signature{4, "ftyp", "MP4"},
                                Signature{128, "DICM", "DICOM"},
                                Signature{0, "ObjectType = Image", "MetaImage"},
                                Signature{0, "NRRD0", "NRRD"},
                                Signature{0, "\x1f\x8b", "gzip"},
                                Signature{0, "acuguide surface", "STL"},
                                Signature{0, "<VTKFile", "VTP"},
                                Signature{0, "<!doctype html", "HTML page"}};

std::string kindOf(const Ends& ends) {
  const std::string_view head = ends.head;
  for (const Signature& one : signatures)
    if (head.size() > one.offset && head.substr(one.offset).starts_with(one.bytes))
      return holdsMark(ends) ? std::string(one.kind) : "";
  if (head.substr(pastSpace(head, 0)).starts_with('{')) {
    const std::string format = formatIn(head);
    return format.empty() ? formatIn(ends.tail) : format;
  }
  const std::string heading = headingIn(head);
  return heading.empty() ? "" : "table: " + heading;
}

bool isDatabase(const Ends& ends) { return std::string_view(ends.head).starts_with(databaseMark); }

std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool inSession(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "session.sqlite", ignored);
}

/// Files that make up a session, there or to come; some disks do not tell VIDEO.MKV from video.mkv.
bool isSessionFile(const fs::path& path) {
  const std::string name = lowerCase(path.filename().string());
  return inSession(path.parent_path()) &&
         (name.starts_with("session.sqlite") || name.starts_with("video.") || name == "plan.json");
}

/// session.sqlite-wal and its like: what they hold belongs to the database beside them.
bool isBesideDatabase(const fs::path& path) {
  const std::string name = path.string();
  for (const std::string_view ending : {"-wal"sv, "-shm"sv, "-journal"sv})
    if (lowerCase(name).ends_with(ending) && isDatabase(endsOf(name.substr(0, name.size() - ending.size()))))
      return true;
  return false;
}

std::string reasonOf(int error) { return std::generic_category().message(error); }

constexpr const char* anotherName =
    "name another file; nothing but an earlier result of the same kind is replaced";

/// Where a path leads, links followed; of what is not there yet, as far as it is.
fs::path resolved(const fs::path& path) {
  const bool names = path.has_filename() && path.filename() != "." && path.filename() != "..";
  if (!names) throw Error("\"" + path.string() + "\"", "names no file", "give a file's name");
  std::error_code problem;
  fs::path real = fs::weakly_canonical(fs::absolute(path), problem);
  if (problem)
    throw Error(path.string(), "cannot be reached (" + problem.message() + ")", "name another file");
  return real;
}

/// Throws Error where `path` (resolved; `given` as the user wrote it) must not be replaced by anything.
void requireReplaceable(const fs::path& given, const fs::path& path, WholeFile::Place place) {
  std::error_code problem;
  const fs::file_status there = fs::status(path, problem);
  if (fs::is_directory(there)) throw Error(given.string(), "is a folder", "name a file");
  if (place == WholeFile::Place::Chosen && isSessionFile(path))
    throw Error(given.string(), "belongs to a recorded session, which stays as it was recorded",
                "name another file");
  if (isBesideDatabase(path))
    throw Error(given.string(), "belongs to the database beside it", "name another file");
  if (!fs::exists(there)) return;
  if (!fs::is_regular_file(there))
    throw Error(given.string(), "is a device, a pipe or a socket", "name an ordinary file");
  const Ends ends = endsOf(path);
  if (isDatabase(ends)) throw Error(given.string(), "is a database", anotherName);
  if (!ends.readable || (!ends.head.empty() && kindOf(ends).empty()))
    throw Error(given.string(), "is there already and was not written by acuguide", anotherName);
}

void syncFolder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

fs::path besideOf(const fs::path& path) {
  std::random_device random;  // without a state that two processes could share
  const std::uint64_t number = (std::uint64_t{random()} << 32) | random();
  std::array<char, 40> name{};
  std::snprintf(name.data(), name.size(), ".acuguide-%012llx.part",
                static_cast<unsigned long long>(number & 0xffffffffffffULL));
  return path.parent_path() / (name.data() + path.extension().string());
}

std::string kindOfResult(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored) ? kindOf(endsOf(file)) : "";
}

WholeFile::WholeFile(const fs::path& path, std::string what, Place place)
    : given_(path), path_(resolved(path)), part_(besideOf(path_)), what_(std::move(what)), place_(place) {
  requireReplaceable(given_, path_, place_);
  const int descriptor = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(errno);
  ::close(descriptor);
}

void WholeFile::fail(int error) const {
  throw Error(given_.string(), what_ + " cannot be written (" + reasonOf(error) + ")",
              "check that the folder is there and writable and its disk has room");
}

WholeFile::~WholeFile() {
  std::error_code ignored;
  if (!done_) fs::remove(part_, ignored);
}

void WholeFile::prepare() {
  requireReplaceable(given_, path_, place_);
  const Ends there = endsOf(path_);
  if (!there.head.empty() && kindOf(there) != kindOfResult(part_))
    throw Error(given_.string(), "is there already and holds something else (" + kindOf(there) + ")",
                anotherName);
  const int descriptor = ::open(part_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(errno);
  const int synced = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (synced != 0) fail(synced);
  prepared_ = true;
}

void WholeFile::commit() {
  if (!prepared_) prepare();
  if (::rename(part_.c_str(), path_.c_str()) != 0) fail(errno);
  done_ = true;
  syncFolder(path_.parent_path());
}

namespace {

void fill(const WholeFile& file, std::string_view text, const std::string& path, const std::string& what) {
  std::ofstream stream(file.part(), std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) throw Error(path, what + " cannot be written", "check that its disk has room");
}

}  // namespace

void writeWholeFile(const fs::path& path, std::string_view text, const std::string& what,
                    WholeFile::Place place) {
  WholeFile file(path, what, place);
  fill(file, text, path.string(), what);
  file.commit();
}

void writeWholeFiles(const std::vector<WholeText>& files) {
  std::vector<std::unique_ptr<WholeFile>> whole;
  for (const WholeText& one : files) {
    whole.push_back(std::make_unique<WholeFile>(one.path, one.what));
    fill(*whole.back(), one.text, one.path.string(), one.what);
    whole.back()->prepare();
  }
  for (const auto& file : whole) file->commit();
}

namespace {

/// Throws Error unless all in `folder` is what an earlier run wrote there.
void requireOwnResults(const fs::path& given, const fs::path& folder,
                       const std::function<bool(const fs::path&)>& wrote) {
  std::error_code problem;
  for (fs::recursive_directory_iterator entry(folder, problem), end; entry != end; entry.increment(problem)) {
    const fs::path relative = entry->path().lexically_relative(folder);
    const auto known = [&] {
      return entry->path().extension() == ".png" || entry->file_size() == 0 ||
             !kindOfResult(entry->path()).empty();
    };
    const bool ours = !entry->is_symlink() &&
                      (entry->is_directory() || (entry->is_regular_file() && wrote(relative) && known()));
    if (!ours)
      throw Error(given.string(), "holds " + relative.string() + ", which an earlier run did not write",
                  "name a new folder; only results of an earlier run are replaced");
    if (problem) break;
  }
  if (problem) throw Error(given.string(), "cannot be read (" + problem.message() + ")", "name a new folder");
}

bool isEmptyOrAbsent(const fs::path& folder) {
  std::error_code problem;
  return !fs::exists(folder, problem) || fs::is_empty(folder, problem);
}

}  // namespace

WholeFolder::WholeFolder(const fs::path& path, std::function<bool(const fs::path&)> wrote)
    : given_(path), wrote_(std::move(wrote)) {
  if (path.empty()) throw Error("\"\"", "names no folder", "give a folder's name");
  std::error_code problem;
  path_ = fs::weakly_canonical(fs::absolute(path / ""), problem);
  if (!problem && !path_.has_filename()) path_ = path_.parent_path();  // it ended in a slash
  if (problem)
    throw Error(path.string(), "cannot be reached (" + problem.message() + ")", "name another folder");
  if (fs::exists(path_) && !fs::is_directory(path_)) throw Error(path.string(), "is a file", "name a folder");
  for (fs::path above = path_; above.has_relative_path(); above = above.parent_path())
    if (inSession(above))
      throw Error(path.string(), "lies in a recorded session, which stays as it was recorded",
                  "name another folder");
  if (fs::exists(path_)) requireOwnResults(given_, path_, wrote_);
  part_ = besideOf(path_.parent_path() / "folder");
  fs::create_directories(part_, problem);
  if (problem)
    throw Error(path.string(), "the folder cannot be made (" + problem.message() + ")",
                "choose a folder you may write to");
  fs::permissions(part_, fs::perms::owner_all, problem);
}

WholeFolder::~WholeFolder() {
  std::error_code ignored;
  if (!done_) fs::remove_all(part_, ignored);
}

bool WholeFolder::replaces() const { return !isEmptyOrAbsent(path_); }

void WholeFolder::commit() {
  if (fs::exists(path_)) requireOwnResults(given_, path_, wrote_);
  // An empty folder gives way to rename() itself; a full one is exchanged in one step, and then goes.
  const bool exchange = replaces();
  const int moved = exchange ? ::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, path_.c_str(), RENAME_EXCHANGE)
                             : ::rename(part_.c_str(), path_.c_str());
  if (moved != 0)
    throw Error(given_.string(), "the results cannot be put there (" + reasonOf(errno) + ")",
                "name a new folder");
  done_ = true;
  std::error_code ignored;
  if (exchange) fs::remove_all(part_, ignored);
  syncFolder(path_.parent_path());
}

}  // namespace acuguide
