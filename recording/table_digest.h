#pragma once

#include "database/sql_connection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace acuguide::recording {

/// What a segment's hash over the tables covers: the rows of its frames, and the events and plans that were
/// added since the segment before (by their ids).
struct TableRange {
  std::int64_t firstFrame = 0, lastFrame = -1;
  std::int64_t afterEvent = 0, lastEvent = 0;
  std::int64_t afterPlan = 0, lastPlan = 0;
};

/// SHA-256 over rows of session.sqlite as they are read back, so that it is the same for the same values
/// whoever wrote them. The segment of frame 0 covers the tables `meta` (all but how the recording ended) and
/// `calibration` as well. Throws Error when the database refuses.
class TableDigest {
 public:
  explicit TableDigest(database::SqlConnection& connection);

  std::string of(const TableRange& range);
  /// Ids of the last event and the last plan there are; 0: none.
  std::int64_t lastEvent();
  std::int64_t lastPlan();
  /// Ends what is being read, so that the database can be closed.
  void finish();

 private:
  std::int64_t lastId(QSqlQuery& query);

  database::SqlConnection& connection_;
  std::vector<QSqlQuery> ofFrames_;
  QSqlQuery events_, plans_, lastEvent_, lastPlan_, calibrations_, meta_;
};

}  // namespace acuguide::recording
