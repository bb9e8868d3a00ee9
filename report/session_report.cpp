#include "report/session_report.h"

#include "core/version.h"
#include "outcomes/number_text.h"
#include "planning/atlas.h"
#include "report/page_writer.h"

#include <algorithm>
#include <map>
#include <set>

namespace acuguide::report {
namespace {

using outcomes::fixedText;
using Row = PageWriter::Row;

const QColor warningColour(0xb3, 0x26, 0x1e), fineColour(0x2e, 0x8b, 0x57), plainColour(0x6b, 0x6b, 0x6b);

QString q(std::string_view text) {
  return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString orUnknown(const std::string& text) { return text.empty() ? QStringLiteral("not known") : q(text); }

std::string clock(double seconds) {
  const int whole = static_cast<int>(seconds + 0.5);
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

double lengthOf(const recording::SessionRecord& record) {
  return record.frames.empty() ? 0.0 : record.frames.back().time - record.frames.front().time;
}

QString pointText(const planning::Plan& plan) {
  QString text = q(plan.acupoint);
  if (const planning::Acupoint* point = planning::atlas().point(plan.acupoint))
    text += QStringLiteral(" (%1 %2)").arg(q(point->names.pinyin), q(point->names.chinese));
  return text;
}

QString targetText(const planning::Plan& plan) {
  QString text;
  if (const auto* depth = std::get_if<planning::TargetAtDepth>(&plan.target))
    text = QStringLiteral("at %1 mm depth").arg(q(fixedText(depth->point.depthMm, 1)));
  else if (const auto* plane = std::get_if<planning::TargetAtPlane>(&plan.target))
    text = QStringLiteral("on the %1").arg(q(nameOf(plane->plane)).replace('_', ' '));
  else
    text = QStringLiteral("at a place in the picture");
  if (plan.maximumDepthMm)
    text += QStringLiteral("; not deeper than %1 mm").arg(q(fixedText(*plan.maximumDepthMm, 1)));
  return text;
}

QString instrumentText(const planning::Instrument& instrument) {
  QString text = q(instrument.name);
  if (!text.isEmpty()) text += QStringLiteral(", ");
  return text + QStringLiteral("%1 mm thick, blade %2 mm, %3 mm long")
                    .arg(q(fixedText(instrument.diameterMm, 2)), q(fixedText(instrument.bladeWidthMm, 2)),
                         q(fixedText(instrument.lengthMm, 0)));
}

QString dangersText(const planning::Plan& plan) {
  QString text;
  for (const planning::DangerZone& danger : plan.dangers) {
    if (!text.isEmpty()) text += QStringLiteral(", ");
    text += q(danger.name) + (danger.automatic ? QStringLiteral(" (found by software)") : QString());
  }
  return text.isEmpty() ? QStringLiteral("none drawn") : text;
}

/// Sides and persons that do not go together are what a report must not pass over.
void warnOfContradictions(PageWriter& page, const SessionReport& report) {
  const auto points = recording::pointsOf(report.plans);
  for (const auto& plan : points) {
    for (const outcomes::Person& person : report.followUp.people)
      if (!person.side.empty() && person.side != nameOf(plan->side))
        page.notice(QStringLiteral("%1 was planned on the %2; the affected side of %3 is the %4.")
                        .arg(q(plan->acupoint), q(nameOf(plan->side)), q(person.code), q(person.side)),
                    warningColour);
    if (!plan->patientCode.empty() && plan->patientCode != report.person)
      page.notice(QStringLiteral("The plan of %1 is for %2; this report is of %3.")
                      .arg(q(plan->acupoint), q(plan->patientCode), q(report.person)),
                  warningColour);
  }
  const auto most = static_cast<std::size_t>(planning::atlas().mostPointsASession);
  if (points.size() > most)
    page.notice(
        QStringLiteral("%1 points in one session; at most %2 are advised.").arg(points.size()).arg(most),
        warningColour);
}

void writePoints(PageWriter& page, const SessionReport& report) {
  page.heading(QStringLiteral("Points"));
  if (report.plans.empty()) {
    page.notice(QStringLiteral("Recorded without a plan: point, side and instrument are not known."),
                warningColour);
    return;
  }
  std::vector<Row> rows;
  for (const auto& plan : recording::pointsOf(report.plans))
    rows.push_back({pointText(*plan), q(nameOf(plan->side)), instrumentText(plan->instrument),
                    targetText(*plan), dangersText(*plan)});
  page.table({QStringLiteral("Point"), QStringLiteral("Side"), QStringLiteral("Instrument"),
              QStringLiteral("Target"), QStringLiteral("Danger zones")},
             rows, {1.9, 0.7, 2, 2, 2.2});
  warnOfContradictions(page, report);
}

void writeSession(PageWriter& page, const SessionReport& report) {
  const recording::SessionRecord& record = report.record;
  const bool scaled = !record.frames.empty() && record.frames.front().spacingMm;
  std::vector<std::pair<QString, QString>> facts{
      {QStringLiteral("Person"), orUnknown(report.person)},
      {QStringLiteral("Started (UTC)"), orUnknown(record.metaOr("started_utc", ""))}};
  facts.insert(
      facts.end(),
      {{QStringLiteral("Recording"),
        QStringLiteral("%1 min, %2 pictures").arg(q(clock(lengthOf(record)))).arg(record.frames.size())},
       {QStringLiteral("Scale"),
        scaled ? QStringLiteral("%1 mm a pixel").arg(q(fixedText(record.frames.front().spacingMm->y(), 3)))
               : QStringLiteral("not known: no millimetres")},
       {QStringLiteral("Software"), QStringLiteral("acuguide %1").arg(q(record.metaOr("version", "")))},
       {QStringLiteral("Recording ended"), record.metaOr("complete", "") == "yes"
                                               ? QStringLiteral("properly")
                                               : QStringLiteral("early (killed or power lost)")}});
  page.heading(QStringLiteral("Session"));
  page.facts(facts);
  writePoints(page, report);
}

void writeChecklist(PageWriter& page, const SessionReport& report) {
  using planning::Answer;
  page.heading(QStringLiteral("Checklist before the session"));
  const bool answered = std::ranges::any_of(
      report.checklist, [](const ChecklistLine& line) { return line.answer != Answer::Open; });
  if (!answered)
    page.remark(QStringLiteral("Not recorded with the plan of this session: to be answered by hand."));
  else if (!report.checklistDate.empty())
    page.remark(QStringLiteral("Answered on %1.").arg(q(report.checklistDate)));
  std::vector<Row> rows;
  for (const ChecklistLine& line : report.checklist) {
    const bool open = line.answer == Answer::Open;
    rows.push_back({q(line.question),
                    open                        ? QStringLiteral("☐")
                    : line.answer == Answer::No ? QStringLiteral("no")
                                                : QString(),
                    open                         ? QStringLiteral("☐")
                    : line.answer == Answer::Yes ? QStringLiteral("YES")
                                                 : QString()});
  }
  page.table({QStringLiteral("Asked"), QStringLiteral("no"), QStringLiteral("yes")}, rows, {6, 1, 1});
  if (std::ranges::any_of(report.checklist, [](const auto& line) { return line.answer == Answer::Yes; }))
    page.notice(QStringLiteral("A contraindication was present."), warningColour);
}

void writePictures(PageWriter& page, const SessionReport& report) {
  page.heading(QStringLiteral("Key pictures"), report.pictures.empty() ? 24 : 90);
  if (report.pictures.empty()) {
    page.remark(QStringLiteral("The recording holds no pictures."));
    return;
  }
  page.remark(
      QStringLiteral("Drawn as recorded: blade white (dashed where predicted), target yellow, corridor blue, "
                     "danger zones orange, "
                     "tissue planes green. Outside the ultrasound picture all is blackened."));
  std::vector<PagePicture> pictures;
  for (const KeyPicture& one : report.pictures) {
    const QImage view(one.pixels.data, one.pixels.cols, one.pixels.rows,
                      static_cast<qsizetype>(one.pixels.step), QImage::Format_BGR888);
    pictures.push_back({view.convertToFormat(QImage::Format_RGB888), q(one.caption)});
  }
  page.pictures(pictures);
}

QString valueText(const assessment::InsertionMetrics& one, const assessment::MetricInfo& info) {
  const auto& value = one.values[info.metric];
  if (!value) return QStringLiteral("–");
  if (info.unit == "bool") return *value > 0.5 ? QStringLiteral("yes") : QStringLiteral("no");
  return q(fixedText(*value, info.decimals));
}

/// At most `columns` insertions side by side.
void writeMetricsTable(PageWriter& page, const std::vector<assessment::InsertionMetrics>& insertions,
                       std::size_t first, std::size_t columns) {
  const std::size_t end = std::min(first + columns, insertions.size());
  Row head{QStringLiteral("Measure"), QStringLiteral("unit")};
  Row when{QStringLiteral("From – to"), QStringLiteral("min:s")};
  std::vector<double> shares{3.2, 0.9};
  for (std::size_t i = first; i < end; ++i) {
    head.push_back(QStringLiteral("Insertion %1").arg(insertions[i].number));
    when.push_back(q(clock(insertions[i].start)) + QStringLiteral(" – ") + q(clock(insertions[i].end)));
    shares.push_back(1.5);
  }
  std::vector<Row> rows{when};
  for (const assessment::MetricInfo& info : assessment::metricInfos()) {
    Row row{q(info.title), info.unit == "bool" ? QString() : q(info.unit)};
    bool known = false;
    for (std::size_t i = first; i < end; ++i) {
      row.push_back(valueText(insertions[i], info));
      known |= insertions[i].values[info.metric].has_value();
    }
    if (known) rows.push_back(row);
  }
  page.table(head, rows, shares);
}

void writeMetrics(PageWriter& page, const SessionReport& report) {
  page.heading(QStringLiteral("Measured"));
  if (!report.notMeasured.empty()) {
    page.remark(QStringLiteral("Not measured. ") + q(report.notMeasured));
    return;
  }
  const auto& insertions = report.metrics.insertions;
  constexpr std::size_t columns = 4;
  for (std::size_t first = 0; first < insertions.size(); first += columns)
    writeMetricsTable(page, insertions, first, columns);
  std::map<std::string, std::set<std::string>> unknown;  // by reason
  for (const assessment::InsertionMetrics& one : insertions)
    for (const auto& [metric, reason] : one.unknown)
      unknown[reason].insert(std::string(assessment::infoOf(metric).title));
  for (const auto& [reason, titles] : unknown) {
    QString names;
    for (const std::string& title : titles)
      names += (names.isEmpty() ? QString() : QStringLiteral(", ")) + q(title);
    page.remark(QStringLiteral("Not measured, %1: %2.").arg(q(reason), names));
  }
  std::set<std::string> dangers;
  for (const assessment::InsertionMetrics& one : insertions)
    if (!one.nearestDanger.empty()) dangers.insert(one.nearestDanger);
  for (const std::string& danger : dangers) page.remark(QStringLiteral("Nearest danger: %1.").arg(q(danger)));
}

void writeAlarms(PageWriter& page, const SessionReport& report) {
  std::map<std::string, int> alarms;
  for (const recording::EventRecord& event : report.record.events) {
    if (event.kind != "alarm_on") continue;
    std::string name = event.detail;
    std::ranges::replace(name, '_', ' ');
    ++alarms[name];
  }
  page.heading(QStringLiteral("Alarms during the session"));
  if (alarms.empty()) {
    page.remark(QStringLiteral("None."));
    return;
  }
  std::vector<Row> rows;
  for (const auto& [name, times] : alarms) rows.push_back({q(name), QString::number(times)});
  page.table({QStringLiteral("Alarm"), QStringLiteral("times")}, rows, {6, 1});
}

QString amountText(const outcomes::AdverseEvent& event, const outcomes::AdverseEventKind& kind) {
  return kind.unit.empty() ? QString() : q(fixedText(event.amount, 1)) + QStringLiteral(" ") + q(kind.unit);
}

void writeEvents(PageWriter& page, const SessionReport& report) {
  page.heading(QStringLiteral("Adverse events"));
  if (report.events.empty()) {
    page.notice(
        QStringLiteral("Nothing was noted, neither an event nor that there was none. To be asked: bleeding, "
                       "bruise, pain, numbness or weakness, fainting."),
        plainColour);
  } else {
    std::vector<Row> rows;
    QString counted;
    for (const outcomes::AdverseEvent& event : report.events) {
      const auto& kind = outcomes::adverseEventKindNamed(event.kind, report.database);
      const bool counts = kind.counts(event.amount);
      if (counts) counted += (counted.isEmpty() ? QString() : QStringLiteral(", ")) + q(kind.title).toLower();
      rows.push_back({q(kind.title), amountText(event, kind),
                      event.kind == "none" ? QStringLiteral("–")
                      : kind.systemic      ? QStringLiteral("systemic")
                                           : QStringLiteral("local"),
                      counts ? QStringLiteral("yes") : QStringLiteral("no"), q(event.on), q(event.detail)});
    }
    if (counted.isEmpty())
      page.notice(QStringLiteral("No adverse event by the definitions below."), fineColour);
    else
      page.notice(QStringLiteral("Adverse event: %1.").arg(counted), warningColour);
    page.table({QStringLiteral("What"), QStringLiteral("Amount"), QStringLiteral("Where"),
                QStringLiteral("Counts"), QStringLiteral("Seen on"), QStringLiteral("Detail")},
               rows, {2, 1.2, 1.2, 1, 1.5, 3});
  }
  page.remark(QStringLiteral(
      "Counted: bleeding of 3 minutes and more, a bruise of 3 cm and more, pain of more than 72 "
      "hours; injuries of nerve, vessel or tendon, infection and systemic events always."));
}

void writeFollowUp(PageWriter& page, const SessionReport& report) {
  page.heading(QStringLiteral("Follow-up"));
  if (report.followUp.measurements.empty()) {
    page.remark(report.database.empty() ? QStringLiteral("No outcomes database was given.")
                : report.person.empty()
                    ? QStringLiteral("Whose session this was is not known.")
                    : QStringLiteral("No scores of this person in the outcomes database."));
    return;
  }
  std::map<std::pair<std::string, std::string>, std::map<outcomes::Visit, outcomes::Measurement>> scales;
  for (const outcomes::Measurement& one : report.followUp.measurements)
    scales[{one.scale, one.site}][one.visit] = one;
  Row head{QStringLiteral("Scale")};
  std::vector<double> shares{3.4};
  for (const outcomes::Visit visit : outcomes::allVisits) {
    QString title = q(titleOf(visit));
    title[0] = title[0].toUpper();
    head.push_back(title);
    shares.push_back(1.25);
  }
  head.push_back(QStringLiteral("Better is"));
  shares.push_back(0.9);
  std::vector<Row> rows;
  for (const auto& [key, visits] : scales) {
    const outcomes::Scale& scale = outcomes::scaleNamed(key.first, report.database);
    QString title = q(scale.title);
    if (!key.second.empty()) title += QStringLiteral(", ") + q(key.second);
    Row row{title};
    for (const outcomes::Visit visit : outcomes::allVisits) {
      const auto found = visits.find(visit);
      QString cell = found == visits.end() ? QStringLiteral("not scored") : q(found->second.score.written);
      if (found != visits.end() && !found->second.on.empty())
        cell += QStringLiteral("\n") + q(found->second.on);
      row.push_back(cell);
    }
    row.push_back(scale.higherIsBetter ? QStringLiteral("more") : QStringLiteral("less"));
    rows.push_back(row);
  }
  page.table(head, rows, shares);
}

std::pair<QByteArray, int> writeAll(const SessionReport& report, int pages) {
  const std::string started = report.record.metaOr("started_utc", "");
  const QString person = report.person.empty() ? QStringLiteral("person not known") : q(report.person);
  PageOptions options;
  options.title = QStringLiteral("Session report – %1 – %2").arg(person, q(started.substr(0, 10)));
  options.statement = q(researchUseStatement);
  options.pages = pages;
  PageWriter page(options);
  page.title(QStringLiteral("Session report"),
             QStringLiteral("Ultrasound-guided acupotomy – %1 – %2").arg(person, q(started.substr(0, 10))));
  page.notice(q(researchUseStatement), plainColour);
  writeSession(page, report);
  writeChecklist(page, report);
  writePictures(page, report);
  writeMetrics(page, report);
  writeAlarms(page, report);
  writeEvents(page, report);
  writeFollowUp(page, report);
  page.signatures({QStringLiteral("Practitioner"), QStringLiteral("Date"), QStringLiteral("Signature")});
  return page.finish();
}

}  // namespace

std::string reportPdf(const SessionReport& report) {
  const int pages = writeAll(report, 0).second;
  return writeAll(report, pages).first.toStdString();
}

}  // namespace acuguide::report
