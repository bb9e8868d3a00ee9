#pragma once

#include "database/sql_connection.h"
#include "guidance/guidance.h"

#include <Eigen/Core>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace acuguide::recording {

/// What the corridor is called in the table, beside the numbers of Plan::dangers.
inline constexpr std::int64_t corridorZone = -1;

/// Writes the outlines drawn over each frame: the corridor and the danger zones, where their tissue was then.
/// A row only where an outline has changed by a tenth of a pixel; it holds until the next of its zone.
class OutlineWriter {
 public:
  explicit OutlineWriter(database::SqlConnection& connection);
  void write(std::int64_t frame, const guidance::Guidance& guidance);
  /// After a rollback: nothing is known to be in the table.
  void forget() { written_.clear(); }
  void finish() { insert_.finish(); }

 private:
  void write(std::int64_t frame, std::int64_t zone, const std::vector<Eigen::Vector2d>& outline);

  database::SqlConnection& connection_;
  QSqlQuery insert_;
  std::map<std::int64_t, std::string> written_;
};

/// Reads them: what `zone` looked like in `frame`, px; empty where it was not drawn.
class OutlineReader {
 public:
  explicit OutlineReader(database::SqlConnection& connection);
  std::vector<Eigen::Vector2d> at(std::int64_t frame, std::int64_t zone);

 private:
  database::SqlConnection& connection_;
  QSqlQuery find_;
};

}  // namespace acuguide::recording
