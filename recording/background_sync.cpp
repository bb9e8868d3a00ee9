#include "recording/background_sync.h"

#include "core/error.h"
#include "core/give_way.h"
#include "database/sql_connection.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <fcntl.h>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace acuguide::recording {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds pause{500};
constexpr std::uintmax_t longestLogBytes = 8u << 20;

/// A second descriptor of the file: what is brought to the disk is the file, whoever wrote it.
class SyncedFile {
 public:
  explicit SyncedFile(fs::path path)
      : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) fail("opened");
  }
  ~SyncedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  SyncedFile(const SyncedFile&) = delete;
  SyncedFile& operator=(const SyncedFile&) = delete;

  void sync() const {
    if (fdatasync(descriptor_) != 0) fail("written");
  }
  std::uintmax_t bytes() const {
    std::error_code problem;
    const std::uintmax_t size = fs::file_size(path_, problem);
    return problem ? 0 : size;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw Error(path_.string(), "cannot be " + what + " (" + std::generic_category().message(errno) + ")",
                "check the disk and record to a new folder");
  }

  fs::path path_;
  int descriptor_ = -1;
};

}  // namespace

struct BackgroundSync::Worker {
  SyncedFile video, log;
  const fs::path database;
  mutable std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  std::exception_ptr problem;
  std::thread thread;

  Worker(const fs::path& videoFile, const fs::path& databaseFile)
      : video(videoFile), log(databaseFile.string() + "-wal"), database(databaseFile) {
    thread = std::thread([this] { run(); });
  }

  ~Worker() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    changed.notify_one();
    thread.join();
  }

  void run() {
    giveWayForAMoment();
    try {
      database::SqlConnection connection(
          database, database::SqlConnection::Access::ReadWrite);  // belongs to this thread
      while (!stopped()) round(connection);
    } catch (...) {
      const std::lock_guard lock(mutex);
      problem = std::current_exception();
    }
  }

  bool stopped() {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, pause, [this] { return stopping; });
  }

  void round(database::SqlConnection& connection) {
    video.sync();
    if (log.bytes() < longestLogBytes) {
      log.sync();
    } else {
      connection.run("PRAGMA wal_checkpoint(PASSIVE)");  // beside the writer; flushes log and database
    }
  }
};

BackgroundSync::BackgroundSync(const fs::path& video, const fs::path& database)
    : worker_(std::make_unique<Worker>(video, database)) {}

BackgroundSync::~BackgroundSync() = default;

void BackgroundSync::check() const {
  const std::lock_guard lock(worker_->mutex);
  if (worker_->problem) std::rethrow_exception(worker_->problem);
}

}  // namespace acuguide::recording
