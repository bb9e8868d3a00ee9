#include "ui/windows/sitting_control.h"

#include "core/error.h"

#include <QDateTime>
#include <QDir>

#include <algorithm>
#include <exception>
#include <utility>

namespace acuguide::ui {

namespace fs = std::filesystem;

SittingControl::SittingControl(fs::path sessions, QObject* parent)
    : QObject(parent), sessions_(std::move(sessions)) {
  if (sessions_.empty()) sessions_ = fs::path(QDir::homePath().toStdString()) / "acuguide" / "sessions";
}

bool SittingControl::begin(planning::Sitting sitting) {
  const QDateTime now = QDateTime::currentDateTime();
  sitting.startedUtc = now.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss'Z'")).toStdString();
  const std::string name =
      now.toString(QStringLiteral("yyyy-MM-dd_HHmmss")).toStdString() + "_" + sitting.patientCode;
  fs::path folder = sessions_ / name;
  for (int i = 2; fs::exists(folder); ++i) folder = sessions_ / (name + "_" + std::to_string(i));
  try {
    fs::create_directories(folder);
    planning::writeSitting(sitting, folder / planning::sittingFile);
  } catch (const std::exception& error) {
    emit said(QString::fromStdString(error.what()));
    return false;
  }
  folder_ = folder;
  sitting_ = std::move(sitting);
  meant_.clear();
  emit changed();
  return true;
}

void SittingControl::resume(const planning::PastSitting& before) {
  folder_ = before.folder;
  sitting_ = before.sitting;
  meant_.clear();
  emit changed();
}

void SittingControl::end() {
  folder_.clear();
  sitting_ = {};
  emit changed();
}

bool SittingControl::goOn() {
  if (!active()) return false;
  const std::size_t count = sitting_.points.size(), from = sitting_.current;
  sitting_.points[from].done = true;
  for (std::size_t step = 1; step < count; ++step) {
    const std::size_t next = (from + step) % count;
    if (sitting_.points[next].done) continue;
    carryAnswers(from, next);
    sitting_.current = next;
    write();
    emit changed();
    return true;
  }
  write();
  emit changed();
  return false;
}

bool SittingControl::goBack() {
  if (!active() || sitting_.current == 0) return false;
  take(sitting_.current - 1);
  return true;
}

void SittingControl::take(std::size_t point) {
  if (!active() || point >= sitting_.points.size()) return;
  carryAnswers(sitting_.current, point);
  sitting_.current = point;
  sitting_.points[point].done = false;
  write();
  emit changed();
}

void SittingControl::keepPlan(const planning::Plan& plan) {
  if (!active()) return;
  sitting_.points[sitting_.current].plan = plan;
  write();
  emit changed();
}

fs::path SittingControl::nextRecording() const { return folder_ / planning::nextInsertion(sitting_); }

void SittingControl::recorded(const fs::path& folder) {
  if (!active() || folder.parent_path() != folder_) return;
  auto& insertions = sitting_.points[sitting_.current].insertions;
  const std::string name = folder.filename().string();
  for (const auto& point : sitting_.points)
    if (std::ranges::find(point.insertions, name) != point.insertions.end()) return;
  insertions.push_back(name);
  write();
  emit changed();
}

bool SittingControl::sideInDoubt() const {
  return active() && sitting_.affectedSide && sitting_.now().plan.side != *sitting_.affectedSide &&
         !meant_.contains(sitting_.current);
}

void SittingControl::meanSide() { meant_.insert(sitting_.current); }

void SittingControl::carryAnswers(std::size_t from, std::size_t to) {
  const auto& before = sitting_.points[from].plan.checklist;
  auto& next = sitting_.points[to].plan.checklist;
  if (from == to || !before) return;
  // What was answered at that point itself stays; the patient's answers are those given last.
  planning::Checklist answers = planning::carriedOver(*before);
  if (next && next->date == answers.date)
    for (const auto& [id, answer] : next->answers) answers.answers.try_emplace(id, answer);
  next = std::move(answers);
}

void SittingControl::write() {
  try {
    planning::writeSitting(sitting_, folder_ / planning::sittingFile);
  } catch (const std::exception& error) {
    emit said(QString::fromStdString(error.what()));
  }
}

}  // namespace acuguide::ui
