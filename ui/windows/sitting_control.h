#pragma once

#include "planning/sitting.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <set>

namespace acuguide::ui {

/// The sitting of a window: its points, the one in hand, and its file, which is written at every change.
class SittingControl : public QObject {
  Q_OBJECT
 public:
  /// `sessions`: the folder that a sitting's own folder is made in; empty: acuguide/sessions in the home
  /// folder.
  explicit SittingControl(std::filesystem::path sessions, QObject* parent = nullptr);

  bool active() const { return !folder_.empty(); }
  /// Only while active.
  const planning::Sitting& sitting() const { return sitting_; }
  const std::filesystem::path& folder() const { return folder_; }
  std::vector<planning::PastSitting> past() const { return planning::pastSittings(sessions_); }

  /// A new folder, named by date, time and patient. False, with a sentence, where that cannot be: nothing
  /// changes.
  bool begin(planning::Sitting sitting);
  void resume(const planning::PastSitting& before);
  void end();

  /// The point in hand is done, and the next that is not is taken. False at the last: there is none.
  bool goOn();
  /// The point before is taken again. False at the first.
  bool goBack();
  void take(std::size_t point);
  /// The plan of the point in hand as it is now.
  void keepPlan(const planning::Plan& plan);

  /// Where the next recording goes, and that it has begun there.
  std::filesystem::path nextRecording() const;
  void recorded(const std::filesystem::path& folder);

  /// The point in hand is not on the patient's affected side, and nobody has said that this is meant.
  bool sideInDoubt() const;
  void meanSide();

 signals:
  /// Another point, another state of one, another sitting.
  void changed();
  void said(const QString& sentence);

 private:
  /// With what was answered before for this patient, where it still holds.
  void carryAnswers(std::size_t from, std::size_t to);
  void write();

  std::filesystem::path sessions_, folder_;
  planning::Sitting sitting_;
  std::set<std::size_t> meant_;
};

}  // namespace acuguide::ui
