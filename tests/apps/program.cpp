#include "apps/program.h"

#include "patience.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace acuguide::test {
namespace {

pid_t start(const std::string& program, const std::vector<std::string>& arguments, const std::string& out,
            const std::string& err) {
  std::vector<std::string> texts = {program};
  texts.insert(texts.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& text : texts) argv.push_back(text.data());
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid == 0) {
    const int outFile = open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int errFile = out == err ? outFile : open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(outFile, STDOUT_FILENO);
    dup2(errFile, STDERR_FILENO);
    setpgid(0, 0);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  return pid;
}

int waitFor(pid_t pid, int timeoutSeconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(timeoutSeconds * patience);
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > end) {
      kill(-pid, SIGKILL);
      waitpid(pid, &status, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Outcome acuguide(const std::vector<std::string>& arguments, int timeoutSeconds) {
  const Folder folder;
  const pid_t pid = start(ACUGUIDE_BINARY_DIR "/acuguide", arguments, folder / "out", folder / "err");
  Outcome outcome;
  outcome.exitCode = waitFor(pid, timeoutSeconds);
  outcome.out = textOf(folder / "out");
  outcome.err = textOf(folder / "err");
  return outcome;
}

Running::Running(const std::string& program, const std::vector<std::string>& arguments,
                 const std::filesystem::path& outputFile)
    : pid_(start(program, arguments, outputFile, outputFile)), outputFile_(outputFile) {}

Running::~Running() {
  if (pid_ <= 0) return;
  kill(-pid_, SIGKILL);
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void Running::signal(int number) const { kill(pid_, number); }

int Running::wait(int timeoutSeconds) {
  const int code = waitFor(pid_, timeoutSeconds);
  pid_ = -1;
  return code;
}

std::string Running::output() const { return textOf(outputFile_); }

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "acuguide-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string textOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::vector<std::vector<std::string>> tableOf(const std::filesystem::path& file) {
  std::vector<std::vector<std::string>> table;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    table.push_back(std::move(cells));
  }
  return table;
}

std::vector<std::string> column(const std::vector<std::vector<std::string>>& table, const std::string& name) {
  std::vector<std::string> values;
  if (table.empty()) return values;
  const auto found = std::find(table[0].begin(), table[0].end(), name);
  if (found == table[0].end()) throw std::runtime_error("no column " + name);
  const auto index = static_cast<std::size_t>(found - table[0].begin());
  for (std::size_t row = 1; row < table.size(); ++row) values.push_back(table[row].at(index));
  return values;
}

}  // namespace acuguide::test
