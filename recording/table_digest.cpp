#include "recording/table_digest.h"

#include "acquisition/video/packet_digest.h"

#include <QtCore/QByteArray>
#include <QtCore/QVariant>
#include <QtSql/QSqlRecord>

#include <array>
#include <bit>
#include <span>

namespace acuguide::recording {
namespace {

/// The columns of session version 4, in order; a later version's columns do not change these hashes.
constexpr std::array frameTables{
    "SELECT "
    "id,source_index,image,time_s,arrival_s,video_ms,spacing_x_mm,spacing_y_mm,region_x,region_y,region_w,"
    "region_h,fibre_angle_deg,fibre_confidence,decode_ms,imaging_ms,tracking_ms,guidance_ms FROM frame"
    " WHERE id BETWEEN ? AND ? ORDER BY id",
    "SELECT "
    "frame,position,from_frame,to_frame,valid,m00,m01,m02,m03,m10,m11,m12,m13,m20,m21,m22,m23,m30,m31,m32,"
    "m33 FROM pose WHERE frame BETWEEN ? AND ? ORDER BY frame,position",
    "SELECT frame,state,confidence,tip_x_px,tip_y_px,tail_x_px,tail_y_px,angle_deg,tip_sigma_px FROM "
    "observation"
    " WHERE frame BETWEEN ? AND ? ORDER BY frame",
    "SELECT frame,position,label,confidence,vertices FROM plane WHERE frame BETWEEN ? AND ?"
    " ORDER BY frame,position",
    "SELECT "
    "frame,state,target_x_px,target_y_px,target_depth_mm,target_source,tip_to_target_px,tip_to_target_mm,"
    "lateral_error_px,lateral_error_mm,angle_error_deg,tip_depth_px,tip_depth_mm,nearest_danger,danger_px,"
    "danger_mm,target_sure,target_sigma_px FROM guidance WHERE frame BETWEEN ? AND ? ORDER BY frame",
    "SELECT zone,frame,points FROM outline WHERE frame BETWEEN ? AND ? ORDER BY frame,zone"};

/// Values one after the other, each with its kind and length, so that no two rows look alike by chance.
class Values {
 public:
  void add(const QVariant& value) {
    if (value.isNull()) return put('n', {});
    switch (value.typeId()) {
      case QMetaType::Double:
        return number('d', std::bit_cast<std::uint64_t>(value.toDouble()));
      case QMetaType::LongLong:
      case QMetaType::Int:
        return number('i', static_cast<std::uint64_t>(value.toLongLong()));
      default: {
        const QByteArray text =
            value.typeId() == QMetaType::QByteArray ? value.toByteArray() : value.toString().toUtf8();
        return put('t', {reinterpret_cast<const std::uint8_t*>(text.constData()),
                         static_cast<std::size_t>(text.size())});
      }
    }
  }
  void addRows(QSqlQuery& rows, int columns) {
    while (rows.next())
      for (int column = 0; column < columns; ++column) add(rows.value(column));
    rows.finish();
    put('e', {});
  }
  std::string take() { return digest_.take(); }

 private:
  void number(char kind, std::uint64_t bits) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(bits >> (8 * i));
    put(kind, bytes);
  }
  void put(char kind, std::span<const std::uint8_t> bytes) {
    std::array<std::uint8_t, 9> head{static_cast<std::uint8_t>(kind)};
    for (std::size_t i = 0; i < 8; ++i)
      head[i + 1] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(bytes.size()) >> (8 * i));
    digest_.add(head);
    if (!bytes.empty()) digest_.add(bytes);
  }

  acquisition::PacketDigest digest_;
};

int columnsOf(const QSqlQuery& query) { return query.record().count(); }

}  // namespace

TableDigest::TableDigest(database::SqlConnection& connection) : connection_(connection) {
  for (const char* table : frameTables) ofFrames_.push_back(connection_.prepare(table));
  events_ =
      connection_.prepare("SELECT id,frame,at_s,kind,detail FROM event WHERE id > ? AND id <= ? ORDER BY id");
  plans_ = connection_.prepare("SELECT id,at_s,name,json FROM plan WHERE id > ? AND id <= ? ORDER BY id");
  lastEvent_ = connection_.prepare("SELECT max(id) FROM event");
  lastPlan_ = connection_.prepare("SELECT max(id) FROM plan");
  calibrations_ = connection_.prepare("SELECT id,file,kind,json FROM calibration ORDER BY id");
  meta_ =
      connection_.prepare("SELECT key,value FROM meta WHERE key NOT IN ('complete','repaired') ORDER BY key");
}

std::string TableDigest::of(const TableRange& range) {
  Values values;
  const auto add = [&](QSqlQuery& query, std::int64_t from, std::int64_t to) {
    query.bindValue(0, static_cast<qlonglong>(from));
    query.bindValue(1, static_cast<qlonglong>(to));
    connection_.execute(query);
    values.addRows(query, columnsOf(query));
  };
  for (QSqlQuery& query : ofFrames_) add(query, range.firstFrame, range.lastFrame);
  add(events_, range.afterEvent, range.lastEvent);
  add(plans_, range.afterPlan, range.lastPlan);
  if (range.firstFrame == 0)
    for (QSqlQuery* query : {&calibrations_, &meta_}) {
      connection_.execute(*query);
      values.addRows(*query, columnsOf(*query));
    }
  return values.take();
}

std::int64_t TableDigest::lastId(QSqlQuery& query) {
  connection_.execute(query);
  const std::int64_t id = query.next() ? query.value(0).toLongLong() : 0;
  query.finish();
  return id;
}

std::int64_t TableDigest::lastEvent() { return lastId(lastEvent_); }
std::int64_t TableDigest::lastPlan() { return lastId(lastPlan_); }

void TableDigest::finish() {
  for (QSqlQuery& query : ofFrames_) query.finish();
  for (QSqlQuery* query : {&events_, &plans_, &lastEvent_, &lastPlan_, &calibrations_, &meta_})
    query->finish();
}

}  // namespace acuguide::recording
