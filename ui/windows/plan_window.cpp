#include "ui/windows/plan_window.h"

#include "planning/atlas.h"
#include "planning/blade_direction.h"
#include "planning/picture_frame.h"
#include "ui/plan/landmark_window.h"
#include "ui/plan/limb_figure_view.h"
#include "ui/plan/plan_page.h"
#include "ui/plan/points_in_space.h"
#include "ui/plan/section_editor.h"
#include "ui/points_view.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/blade_dial.h"
#include "ui/widgets/checklist_panel.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/file_dialog.h"
#include "ui/window_picture.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <opencv2/imgproc.hpp>

#include <exception>
#include <utility>
#include <vector>

namespace acuguide::ui {

namespace {

using planning::Plan;

/// Brings the rows of a box to these, in place: what changes them may be a choice made in the box itself.
void setRows(QComboBox& box, const std::vector<std::pair<QString, QVariant>>& rows) {
  for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
    const auto& [text, data] = rows[static_cast<std::size_t>(row)];
    if (row >= box.count()) box.addItem(QString());
    if (box.itemText(row) != text) box.setItemText(row, text);
    if (box.itemData(row) != data) box.setItemData(row, data);
  }
  while (box.count() > static_cast<int>(rows.size())) box.removeItem(box.count() - 1);
}

/// As setRows: the list's own signals change it.
void setTexts(QListWidget& list, const QStringList& texts) {
  for (int row = 0; row < texts.size(); ++row) {
    if (row >= list.count()) list.addItem(QString());
    if (list.item(row)->text() != texts[row]) list.item(row)->setText(texts[row]);
  }
  while (list.count() > texts.size()) delete list.takeItem(list.count() - 1);
}

QString joined(const std::vector<std::string>& lines) {
  QStringList list;
  for (const std::string& line : lines) list << QStringLiteral("• ") + QString::fromStdString(line);
  return list.join(QLatin1Char('\n'));
}

}  // namespace

bool PlanWindow::attempt(const std::function<void()>& doIt) {
  if (showing_) return false;
  bool done = true;
  say({});
  try {
    doIt();
  } catch (const std::exception& error) {
    say(QString::fromStdString(error.what()), true);
    done = false;
  }
  refresh();
  return done;
}

void PlanWindow::change(const std::function<void(Plan&)>& how) {
  attempt([&] {
    Plan next = draft_.plan();
    how(next);
    draft_.setPlan(std::move(next));
  });
}

void PlanWindow::open(const Plan& plan) {
  attempt([&] {
    draft_.setSide(plan.side);
    draft_.setPatientCode(plan.patientCode);
    if (!planning::atlas().point(plan.acupoint)) return;
    draft_.setCurrent(plan.acupoint);
    draft_.choose(plan.acupoint, true);
    draft_.setPlan(plan);
  });
}

bool PlanWindow::loadPlan(const QString& path) {
  if (!attempt([&] { draft_.load(path.toStdString()); })) return false;
  keepFile(path);
  say(tr("Plan %1 loaded").arg(QString::fromStdString(draft_.plan().name)));
  return true;
}

bool PlanWindow::savePlan(const QString& path) {
  if (!attempt([&] { planning::writePlan(draft_.finished(), path.toStdString()); })) return false;
  keepFile(path);
  say(tr("Plan saved as %1").arg(path));
  return true;
}

bool PlanWindow::printPlan(const QString& path) {
  if (!attempt([&] {
        writePlanPdf(sectionOf(draft_.finished(), draft_.library().all(), draft_.probeWidthMm), path);
      }))
    return false;
  say(tr("Plan printed to %1").arg(path));
  return true;
}

/// The imaging region of a picture with a scale, turned so that the probe is at the top.
void PlanWindow::setPicture(const navigation::GuidanceSnapshot& snapshot) {
  if (!snapshot.frame || !snapshot.frame->geometry.spacingMm) return;
  const auto& region = snapshot.analysis->region;
  const auto probe = planning::chooseProbe(draft_.plan().probe, region.probe).side;
  const auto frame = planning::PictureFrame::find(snapshot.frame->geometry, region, probe);
  if (!frame) return;
  cv::Mat rgb;
  const cv::Mat part = snapshot.frame->pixels(region.bounds);
  cv::cvtColor(part, rgb, part.channels() == 1 ? cv::COLOR_GRAY2RGB : cv::COLOR_BGR2RGB);
  const bool bottom = probe == imaging::ProbeSide::Bottom;
  if (bottom) cv::flip(rgb, rgb, 0);
  const QImage image(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step), QImage::Format_RGB888);
  const cv::Rect& box = region.bounds;
  const Eigen::Vector2d first =
      frame->fromPx(Eigen::Vector2d(box.x, bottom ? box.y + box.height - 1 : box.y));
  const Eigen::Vector2d last =
      frame->fromPx(Eigen::Vector2d(box.x + box.width - 1, bottom ? box.y : box.y + box.height - 1));
  section_->setPicture(image.copy(), QRectF(QPointF(first.x(), first.y()), QPointF(last.x(), last.y())));
  draft_.probeWidthMm = last.x() - first.x();
  refresh();
}

LandmarkWindow& PlanWindow::openLandmarks() {
  if (landmarks_ == nullptr) {
    landmarks_ = new LandmarkWindow(catalog_, this);
    connect(landmarks_, &LandmarkWindow::changed, this, &PlanWindow::takeLandmarks);
  }
  landmarks_->setPatient(draft_.landmarks());
  showLandmarks();
  landmarks_->show();
  landmarks_->raise();
  return *landmarks_;
}

void PlanWindow::takeLandmarks() {
  QString problem;
  try {
    draft_.setLandmarks(landmarks_->patient());
  } catch (const std::exception& error) {
    problem = QString::fromStdString(error.what());
  }
  refresh();
  if (!problem.isEmpty()) landmarks_->say(problem, true);
}

void PlanWindow::showLandmarks() {
  if (landmarks_ == nullptr) return;
  const auto* point = planning::atlas().point(draft_.current());
  landmarks_->setLimb(point->limb, draft_.missingLandmarks());
  landmarks_->setPatientCode(draft_.patientCode());
  if (draft_.located())
    landmarks_->say(tr("%1 points located; %2")
                        .arg(draft_.located()->located.size())
                        .arg(QString::fromStdString(draft_.located()->sideReason)));
}

void PlanWindow::standAlone(std::function<bool(const QString&)> guide) {
  guide_ = std::move(guide);
  use_->setToolTip(tr("Save the plan where it has changed, and guide by it (%1)")
                       .arg(use_->shortcut().toString(QKeySequence::NativeText)));
}

void PlanWindow::keepFile(const QString& path) {
  file_ = path;
  inFile_ = planning::planText(draft_.finished());
}

void PlanWindow::use() {
  const Plan plan = draft_.finished();
  if (!guide_) {
    emit used(plan);
    return;
  }
  if (!file_.isEmpty() && planning::planText(plan) == inFile_) {
    guideBy(file_);
    return;
  }
  auto* dialog = askForFile(
      this, FileWanted::Save, tr("Save the plan to guide by"), tr("Plans (*.json)"),
      [this](const QString& path) {
        if (savePlan(path)) guideBy(path);
      },
      QStringLiteral("json"));
  if (!file_.isEmpty()) dialog->selectFile(file_);
}

void PlanWindow::guideBy(const QString& planFile) {
  if (guide_(planFile))
    say(tr("Guiding by %1").arg(planFile));
  else
    say(tr("The guiding window cannot be started: open it with \"acuguide guide --plan %1\"").arg(planFile),
        true);
}

bool PlanWindow::saveScreenshot(const QString& path) { return saveWindowPicture(*this, path); }

void PlanWindow::say(const QString& sentence, bool bad) {
  notice_->setText(sentence);
  setRole(*notice_, bad ? "bad" : "muted");
}

void PlanWindow::refresh() {
  showing_ = true;
  const Plan& plan = draft_.plan();
  patient_->setText(QString::fromStdString(draft_.patientCode()));
  side_->button(static_cast<int>(draft_.side()))->setChecked(true);
  showing_ = false;
  showPoints();
  showing_ = true;
  showPoint();
  showDangers();
  showBlade();
  checklist_->setChecklist(plan.checklist.value_or(planning::Checklist{}), plan.acupoint);
  showing_ = false;
  showWay();
  showLandmarks();
}

void PlanWindow::showPoints() {
  const bool outer = std::exchange(showing_, true);
  const auto* protocol = planning::atlas().protocol(protocol_->currentData().toString().toStdString());
  QStringList chosen, texts;
  std::vector<const planning::Acupoint*> listed;
  for (const std::string& code : draft_.chosen()) chosen << QString::fromStdString(code);
  if (protocol) {
    for (const std::string& code : protocol->points) listed.push_back(planning::atlas().point(code));
  } else {
    for (const auto& point : planning::atlas().points) listed.push_back(&point);
  }
  for (const planning::Acupoint* point : listed)
    texts << QString::fromStdString(point->code + "   " + point->names.pinyin + "  " + point->names.chinese);
  setTexts(*points_, texts);
  int current = -1;
  for (int row = 0; row < points_->count(); ++row) {
    QListWidgetItem& item = *points_->item(row);
    const std::string& code = listed[static_cast<std::size_t>(row)]->code;
    item.setData(codeRole, QString::fromStdString(code));
    item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item.setCheckState(chosen.contains(QString::fromStdString(code)) ? Qt::Checked : Qt::Unchecked);
    if (code == draft_.current()) current = row;
  }
  if (points_->currentRow() != current) points_->setCurrentRow(current);
  figure_->setPoints(draft_.side(), chosen, QString::fromStdString(draft_.current()));
  inSpace_->setPoints(pointsInSpace(draft_));
  showing_ = outer;
}

void PlanWindow::showPoint() {
  const planning::Acupoint* point = planning::atlas().point(draft_.current());
  if (!point) return;
  const auto text = [](const std::string& part) { return QString::fromStdString(part).toHtmlEscaped(); };
  QStringList avoid;
  for (const auto& part : point->avoid)
    avoid << text(part.name) + (part.general ? QStringLiteral(" [U]") : QString());
  const planning::CunRange depth = point->referenceDepth();
  QString page = QStringLiteral("<b>%1 %2</b> %3 · %4<br>%5<br>")
                     .arg(text(point->code), text(point->names.pinyin), text(point->names.chinese),
                          text(point->names.korean), text(point->where));
  page += tr("avoid: %1").arg(avoid.join(QStringLiteral(", "))) + QStringLiteral("<br>");
  page += tr("reference depth %1–%2 cun, for filiform needles").arg(depth.from).arg(depth.to);
  if (point->forbiddenInPregnancy())
    page += QStringLiteral("<br><b style='color:%1'>%2</b>")
                .arg(toQt(rendering::palette::kOffCourse).name(), tr("Never in pregnancy"));
  point_->setText(page);
  findChild<QLabel*>(QStringLiteral("avoid"))
      ->setText(tr("The atlas names: %1. What is not drawn is not kept clear of.")
                    .arg(avoid.join(QStringLiteral(", "))));
}

void PlanWindow::showDangers() {
  const Plan& plan = draft_.plan();
  const int row = std::min(dangers_->currentRow(), static_cast<int>(plan.dangers.size()) - 1);
  QStringList names;
  for (const auto& zone : plan.dangers) names << wording::dangerName(zone);
  setTexts(*dangers_, names);
  if (dangers_->currentRow() != row) dangers_->setCurrentRow(row);
  const bool any = row >= 0;
  for (QWidget* widget : std::initializer_list<QWidget*>{dangerName_, dangerKind_, dangerCourse_, margin_})
    widget->setEnabled(any);
  if (!any) {
    dangerName_->clear();
    return;
  }
  const planning::DangerZone& zone = plan.dangers[static_cast<std::size_t>(row)];
  dangerName_->setText(QString::fromStdString(zone.name));
  dangerKind_->setCurrentIndex(static_cast<int>(zone.kind));
  dangerCourse_->setCurrentIndex(zone.course ? 1 + static_cast<int>(*zone.course) : 0);
  margin_->setValue(zone.marginMm);
}

void PlanWindow::showBlade() {
  const Plan finished = draft_.finished();
  const auto blade = planning::wantedBlade(finished, planning::plannedNeedle(finished));
  dial_->setDirections(blade.clock, std::nullopt);
  bladeText_->setText(QString::fromStdString(planning::describe(blade)));
}

void PlanWindow::showWay() {
  const bool outer = std::exchange(showing_, true);
  const Plan& plan = draft_.plan();
  const PlanDraft::Finding finding = draft_.propose();
  Section section;
  section.plan = plan;
  section.target = draft_.target();
  section.proposal = finding.proposal;
  section.probeWidthMm = draft_.probeWidthMm;
  if (dangers_->currentRow() >= 0) section.selectedDanger = static_cast<std::size_t>(dangers_->currentRow());
  const auto* plane = std::get_if<planning::TargetAtPlane>(&plan.target);
  targetKind_->setCurrentIndex(!plane                                                        ? 0
                               : plane->plane == imaging::PlaneLabel::SuperficialAponeurosis ? 1
                               : plane->plane == imaging::PlaneLabel::DeepAponeurosis        ? 2
                                                                                             : 3);
  targetDepth_->setValue(section.target ? section.target->depthMm : 0.0);
  if (section.target) lateral_->setValue(section.target->lateralMm);
  limit_->setValue(plan.maximumDepthMm.value_or(0.0));
  probe_->setValue(draft_.probeWidthMm.value_or(0.0));
  picture_->setCurrentIndex(static_cast<int>(plan.picture));
  strokes_->setValue(plan.strokes);
  std::vector<std::pair<QString, QVariant>> instruments;
  int inUse = -1;
  for (const auto& item : draft_.library().instruments) {
    const QString name = QString::fromStdString(item.instrument.name);
    if (item.instrument.name == plan.instrument.name) inUse = static_cast<int>(instruments.size());
    instruments.emplace_back(name + (item.general ? QStringLiteral(" [U]") : QString()), name);
  }
  if (inUse < 0) {  // the plan's own
    const QString own = QString::fromStdString(plan.instrument.name);
    inUse = static_cast<int>(instruments.size());
    instruments.emplace_back(own.isEmpty() ? tr("the plan's own") : own, QVariant());
  }
  instruments.emplace_back(tr("Add a folder of yours…"), QVariant());
  setRows(*instrument_, instruments);
  instrument_->setCurrentIndex(inUse);

  if (finding.proposal.best) {
    const planning::Trajectory& way = *finding.proposal.best;
    wayTitle_->setText(way.fromLeft ? tr("From the left at %1").arg(wording::angle(way.angle))
                                    : tr("From the right at %1").arg(wording::angle(way.angle)));
    setRole(*wayTitle_, "strong");
    wayText_->setText(QString::fromStdString(planning::describe(way, plan.dangers)));
  } else {
    wayTitle_->setText(!section.target ? tr("The target's depth is not known") : tr("No way in"));
    setRole(*wayTitle_, section.target ? "bad" : "strong");
    wayText_->setText(QString::fromStdString(finding.problem));
  }
  why_->setText(joined(finding.proposal.explanation));
  use_->setEnabled(finding.proposal.best.has_value() || !section.target);
  section_->setSection(std::move(section));
  showing_ = outer;
}

}  // namespace acuguide::ui
