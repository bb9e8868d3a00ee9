#include "ui/windows/bench_run.h"

#include "core/error.h"

#include <utility>

namespace acuguide::ui {

BenchRun::BenchRun(calibration::SpatialRequest request, calibration::SweepReader read, QObject* parent)
    : QObject(parent), request_(std::move(request)), read_(std::move(read)) {}

void BenchRun::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

BenchRun::~BenchRun() = default;

void BenchRun::work(const std::stop_token& stop) {
  calibration::Watch watch;
  watch.stop = stop;
  watch.progress = [this](double share, const std::string& doing) {
    const std::scoped_lock lock(mutex_);
    status_.share = share;
    status_.doing = QString::fromStdString(doing);
  };
  watch.seen = [this](const calibration::SeenFrame& seen) { note(seen); };
  try {
    auto run =
        std::make_shared<const calibration::SpatialRun>(calibration::runSpatial(request_, read_, watch));
    {
      const std::scoped_lock lock(mutex_);
      result_ = std::move(run);
    }
    emit finished();
  } catch (const calibration::Cancelled&) {
    emit cancelled();
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
  } catch (...) {
    emit failed(QStringLiteral("failed for a reason it does not say"));
  }
}

void BenchRun::note(const calibration::SeenFrame& seen) {
  const std::scoped_lock lock(mutex_);
  ++(seen.left.empty() ? status_.complete : status_.left);
  if (!seen.left.empty()) status_.lastReason = QString::fromStdString(seen.left);
  latest_ = seen;
}

BenchRun::Status BenchRun::status() const {
  const std::scoped_lock lock(mutex_);
  return status_;
}

std::optional<calibration::SeenFrame> BenchRun::latest() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(latest_, std::nullopt);
}

std::shared_ptr<const calibration::SpatialRun> BenchRun::result() const {
  const std::scoped_lock lock(mutex_);
  return result_;
}

}  // namespace acuguide::ui
