#include "recording/outline_table.h"

#include "recording/compact_number.h"

#include <QtCore/QVariant>
#include <nlohmann/json.hpp>

namespace acuguide::recording {
namespace {

constexpr int decimals = 1;

/// [[x, y], …], px.
std::string toJson(const std::vector<Eigen::Vector2d>& outline) {
  std::string text = "[";
  for (const Eigen::Vector2d& point : outline) {
    if (!point.allFinite()) return "[]";
    text += text.size() > 1 ? ",[" : "[";
    appendNumber(text, point.x(), decimals);
    text += ',';
    appendNumber(text, point.y(), decimals);
    text += ']';
  }
  return text + "]";
}

std::vector<Eigen::Vector2d> fromJson(const std::string& text) {
  const auto parsed = nlohmann::json::parse(text, nullptr, false);
  if (!parsed.is_array()) return {};
  std::vector<Eigen::Vector2d> outline;
  for (const auto& point : parsed) {
    if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number()) return {};
    outline.emplace_back(point[0].get<double>(), point[1].get<double>());
  }
  return outline;
}

}  // namespace

OutlineWriter::OutlineWriter(database::SqlConnection& connection)
    : connection_(connection),
      insert_(connection.prepare("INSERT INTO outline (zone,frame,points) VALUES (?,?,?)")) {}

void OutlineWriter::write(std::int64_t frame, const guidance::Guidance& guidance) {
  write(frame, corridorZone, guidance.corridorPx);
  for (std::size_t i = 0; i < guidance.dangerOutlinesPx.size(); ++i)
    write(frame, static_cast<std::int64_t>(i), guidance.dangerOutlinesPx[i]);
}

void OutlineWriter::write(std::int64_t frame, std::int64_t zone,
                          const std::vector<Eigen::Vector2d>& outline) {
  std::string points = toJson(outline);
  const auto known = written_.find(zone);
  if (known != written_.end() && known->second == points) return;
  insert_.bindValue(0, static_cast<qlonglong>(zone));
  insert_.bindValue(1, static_cast<qlonglong>(frame));
  insert_.bindValue(2, QString::fromStdString(points));
  connection_.execute(insert_);
  written_[zone] = std::move(points);
}

OutlineReader::OutlineReader(database::SqlConnection& connection)
    : connection_(connection),
      find_(connection.prepare(
          "SELECT points FROM outline WHERE zone = ? AND frame <= ? ORDER BY frame DESC LIMIT 1")) {}

std::vector<Eigen::Vector2d> OutlineReader::at(std::int64_t frame, std::int64_t zone) {
  find_.bindValue(0, static_cast<qlonglong>(zone));
  find_.bindValue(1, static_cast<qlonglong>(frame));
  connection_.execute(find_);
  if (!find_.next()) return {};
  return fromJson(find_.value(0).toString().toStdString());
}

}  // namespace acuguide::recording
