#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace acuguide::test {

/// How a finished program ended.
struct Outcome {
  int exitCode = -1;  ///< 128 + signal when it was killed
  std::string out;
  std::string err;
};

/// Runs build/acuguide with these arguments (no shell) and waits; killed after `timeoutSeconds`.
Outcome acuguide(const std::vector<std::string>& arguments, int timeoutSeconds = 120);

/// A program started and left running; killed with its object.
class Running {
 public:
  Running(const std::string& program, const std::vector<std::string>& arguments,
          const std::filesystem::path& outputFile);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  void signal(int number) const;
  /// Waits for its end; the exit code, 128 + signal when killed.
  int wait(int timeoutSeconds);
  std::string output() const;

 private:
  pid_t pid_ = -1;
  std::filesystem::path outputFile_;
};

/// An empty folder of the running test's own, removed with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string textOf(const std::filesystem::path& file);

/// A CSV file as rows of cells, header first.
std::vector<std::vector<std::string>> tableOf(const std::filesystem::path& file);

/// Column `name` of a table as text, without the header.
std::vector<std::string> column(const std::vector<std::vector<std::string>>& table, const std::string& name);

}  // namespace acuguide::test
