#pragma once

#include "ui/widgets/guidance_cue.h"

#include <QObject>

#include <memory>

namespace acuguide::ui {

/// Plays cues on the computer's audio output, and does without where there is none.
class GuidanceSound : public QObject {
  Q_OBJECT
 public:
  explicit GuidanceSound(QObject* parent = nullptr);
  ~GuidanceSound() override;

  void setCue(const GuidanceCue& cue);
  void setMuted(bool muted);
  bool muted() const { return muted_; }

  /// For the status strip: empty when it plays, else why not.
  QString state() const;

 private:
  struct Output;

  std::unique_ptr<Output> output_;
  bool muted_ = false;
};

}  // namespace acuguide::ui
