#include "ui/widgets/guidance_sound.h"

#include "ui/widgets/tone_generator.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>

#include <cstring>
#include <mutex>
#include <vector>

namespace acuguide::ui {

namespace {

constexpr int kSamplesPerSecond = 48000;

/// What the audio sink reads from, on whatever thread its backend likes.
class ToneDevice : public QIODevice {
 public:
  void setCue(const GuidanceCue& cue) {
    std::lock_guard lock(mutex_);
    generator_.setCue(cue);
  }
  bool isSequential() const override { return true; }
  qint64 bytesAvailable() const override { return kSamplesPerSecond + QIODevice::bytesAvailable(); }

 protected:
  qint64 readData(char* data, qint64 bytes) override {
    std::lock_guard lock(mutex_);
    samples_.resize(static_cast<std::size_t>(bytes) / sizeof(std::int16_t));
    generator_.generate(samples_.data(), samples_.size());
    const std::size_t length = samples_.size() * sizeof(std::int16_t);
    std::memcpy(data, samples_.data(), length);
    return static_cast<qint64>(length);
  }
  qint64 writeData(const char*, qint64) override { return -1; }

 private:
  std::mutex mutex_;
  ToneGenerator generator_{kSamplesPerSecond};
  std::vector<std::int16_t> samples_;
};

}  // namespace

struct GuidanceSound::Output {
  ToneDevice tones;
  std::unique_ptr<QAudioSink> sink;  // after `tones`: goes first
};

GuidanceSound::GuidanceSound(QObject* parent) : QObject(parent), output_(std::make_unique<Output>()) {
  const QAudioDevice device = QMediaDevices::defaultAudioOutput();
  QAudioFormat format;
  format.setSampleRate(kSamplesPerSecond);
  format.setChannelCount(1);
  format.setSampleFormat(QAudioFormat::Int16);
  if (device.isNull() || !device.isFormatSupported(format)) return;
  output_->sink = std::make_unique<QAudioSink>(device, format);
  output_->sink->setBufferSize(kSamplesPerSecond / 10 * static_cast<int>(sizeof(std::int16_t)));
  output_->tones.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
  output_->sink->start(&output_->tones);
}

GuidanceSound::~GuidanceSound() {
  if (output_->sink) output_->sink->stop();
}

void GuidanceSound::setCue(const GuidanceCue& cue) { output_->tones.setCue(cue); }

void GuidanceSound::setMuted(bool muted) {
  muted_ = muted;
  if (output_->sink) output_->sink->setVolume(muted ? 0.0 : 1.0);
}

QString GuidanceSound::state() const {
  if (!output_->sink) return tr("no audio device");
  if (output_->sink->error() != QAudio::NoError && output_->sink->error() != QAudio::UnderrunError) {
    return tr("sound failed");
  }
  return muted_ ? tr("sound off (M)") : QString();
}

}  // namespace acuguide::ui
