#include "ui/windows/bench_recording.h"

#include "acquisition/frame_writer.h"
#include "core/clock.h"
#include "core/error.h"

#include <utility>

namespace acuguide::ui {

namespace {

constexpr double kLookEverySeconds = 0.15;
constexpr double kUsualFramesPerSecond = 25.0;

}  // namespace

BenchRecording::BenchRecording(std::string source, std::filesystem::path phantom, std::filesystem::path file,
                               acquisition::SourceCatalog catalog, QObject* parent)
    : QObject(parent),
      source_(std::move(source)),
      phantom_(std::move(phantom)),
      file_(std::move(file)),
      catalog_(std::move(catalog)) {}

void BenchRecording::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) {
    try {
      work(stop);
      emit finished(QString::fromStdString(file_.string()));
    } catch (const std::exception& error) {
      emit failed(QString::fromUtf8(error.what()));
    } catch (...) {
      emit failed(QStringLiteral("failed for a reason it does not say"));
    }
  });
}

BenchRecording::~BenchRecording() = default;

void BenchRecording::work(const std::stop_token& stop) {
  const calibration::Phantom phantom = calibration::readPhantom(phantom_);
  const auto source = catalog_.open(source_);
  if (!source->info().live)
    throw Error(source_, "is a recording already", "use it as it is; to record, name a live source");
  std::filesystem::create_directories(file_.parent_path());
  const auto writer = acquisition::openFrameWriter(
      file_, source->info().nominalFramesPerSecond.value_or(kUsualFramesPerSecond));
  const std::stop_callback wake(stop, [&source] { source->interrupt(); });
  Look look;
  double looked = 0;
  while (!stop.stop_requested()) {
    const auto frame = source->read();
    if (!frame) break;
    writer->write(*frame);
    ++look.frames;
    const double now = monotonicSeconds();
    if (now - looked < kLookEverySeconds) continue;
    looked = now;
    look.pixels = frame->pixels;
    look.what = calibration::lookAt(phantom, *frame);
    ++look.looked;
    if (look.what.read && look.what.tracked) ++look.complete;
    const std::scoped_lock lock(mutex_);
    latest_ = look;
  }
  writer->finish();
  if (look.frames == 0) throw Error(source_, "gave no picture", "check the source, then record again");
}

std::optional<BenchRecording::Look> BenchRecording::latest() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(latest_, std::nullopt);
}

}  // namespace acuguide::ui
