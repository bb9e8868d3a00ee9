#include "ui/windows/guide_window.h"

#include "guidance/danger_from_outline.h"
#include "guidance/target_locator.h"
#include "ui/picture_view.h"
#include "ui/space_view.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/window_metrics.h"
#include "ui/style/wording.h"
#include "ui/widgets/action_grid.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/blade_dial.h"
#include "ui/widgets/checklist_card.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/guidance_cue.h"
#include "ui/widgets/guidance_sound.h"
#include "ui/widgets/overlay_switches.h"
#include "ui/widgets/plan_panel.h"
#include "ui/widgets/points_bar.h"
#include "ui/widgets/read_out.h"
#include "ui/widgets/sitting_page.h"
#include "ui/widgets/start_page.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/steps_line.h"
#include "ui/widgets/target_marker.h"
#include "ui/widgets/zone_prompt.h"
#include "ui/windows/plan_control.h"
#include "ui/windows/plan_window.h"
#include "ui/windows/procedure_keys.h"
#include "ui/windows/sitting_control.h"

#include <QAction>
#include <QDesktopServices>
#include <QFutureWatcher>
#include <QMouseEvent>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace acuguide::ui {

GuideWindow::GuideWindow(navigation::Navigator& navigator, WindowOptions options)
    : InstrumentWindow(navigator, std::move(options), QStringLiteral("guide")),
      readOut_(new ReadOut),
      dial_(new BladeDial),
      blade_(new FitLabel),
      danger_(new DangerReadOut),
      space_(new SpaceView),
      planPanel_(new PlanPanel),
      steps_(new StepsLine),
      marker_(new TargetMarker(&picture())),
      grid_(new ActionGrid),
      checklist_(new ChecklistCard),
      sitting_(new SittingControl(this->options().sessionsFolder, this)) {
  setObjectName(QStringLiteral("guideWindow"));
  setWindowTitle(tr("acuguide – guide"));
  space_->setObjectName(QStringLiteral("space"));
  if (this->options().sound) sound_ = new GuidanceSound(this);
  makeActions();
  makeButtons();
  points_ = new PointsBar(next_);
  prompt_ = new ZonePrompt(&picture(), confirmZone_, dismissZone_);
  statusStrip().setStructuresAction(structures_);
  connect(&picture(), &PictureView::clicked, this, &GuideWindow::clickPicture);
  connect(&plans(), &PlanControl::changed, this, &GuideWindow::showProposal);
  connect(&plans(), &PlanControl::changed, this, &GuideWindow::showReadiness);
  connect(&plans(), &PlanControl::changed, this, &GuideWindow::keepPlan);
  connect(sitting_, &SittingControl::said, this, [this](const QString& sentence) { say(sentence); });
  connect(sitting_, &SittingControl::changed, this, &GuideWindow::showSitting);
  connect(points_, &PointsBar::chosen, this, [this](std::size_t point) {
    sitting_->take(point);
    showPoint();
  });
  connect(&startPage(), &StartPage::sittingAsked, this, &GuideWindow::planSitting);
  connect(checklist_, &ChecklistCard::answered, this, &GuideWindow::takeAnswers);
  connect(checklist_, &ChecklistCard::finished, this, [this] {
    askChecklist();
    say(tr("Asked today: no contraindication."));
  });
  connect(checklist_, &ChecklistCard::sideAnswered, this, &GuideWindow::takeSide);
  connect(this, &InstrumentWindow::snapshotSaved, this,
          [this](const QString& file) { note("snapshot", file.toStdString()); });
  build({.panel = makePanel(),
         .panelShare = metrics::guidePanelShare,
         .stackedShare = metrics::guideStackedShare,
         .underPicture = makeFoot()});
  startPage().setSitting(true);
  new ProcedureKeys(*this);
  showReadiness();
  showProposal();
  showRecording();
}

GuideWindow::~GuideWindow() = default;

/// The steps of the insertion, and the points of the sitting beside them: a row of its own would be the
/// picture's.
QWidget* GuideWindow::makeFoot() {
  foot_ = new QWidget;
  auto* row = new QHBoxLayout(foot_);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap / 2);
  row->addWidget(steps_, 1);
  row->addWidget(points_);
  return foot_;
}

QWidget* GuideWindow::makePanel() {
  const auto panel = [](const char* name) {
    auto* frame = new QFrame;
    frame->setObjectName(QString::fromLatin1(name));
    setRole(*frame, "panel");
    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
    column->setSpacing(metrics::gap / 2);
    return column;
  };
  auto* read = panel("readoutPanel");
  read->addWidget(readOut_);
  read->addStretch(1);

  auto* near = panel("dangerPanel");
  near->addWidget(danger_);
  auto* turn = new QHBoxLayout;
  turn->setSpacing(metrics::gap);
  blade_->setObjectName(QStringLiteral("bladeLine"));
  blade_->setBold(false);
  blade_->setLines(2);
  turn->addWidget(dial_);
  turn->addWidget(blade_, 1);
  near->addLayout(turn);

  auto* plan = panel("planPanel");
  plan->addWidget(planPanel_);

  rest_ = new QWidget;
  auto* restColumn = new QVBoxLayout(rest_);
  restColumn->setContentsMargins(0, 0, 0, 0);
  restColumn->setSpacing(metrics::gap / 2);
  restColumn->addWidget(near->parentWidget());
  restColumn->addWidget(space_, 1);
  restColumn->addStretch(0);
  restColumn->addWidget(plan->parentWidget());
  restColumn->addWidget(grid_);

  panel_ = new QWidget;
  panelRow_ = new QBoxLayout(QBoxLayout::TopToBottom, panel_);
  panelRow_->setContentsMargins(0, metrics::gap / 2, metrics::gap / 2, metrics::gap / 2);
  panelRow_->setSpacing(metrics::gap / 2);
  panelRow_->addWidget(read->parentWidget());
  panelRow_->addWidget(checklist_);
  panelRow_->addWidget(rest_);
  checklist_->hide();
  return panel_;
}

void GuideWindow::makeActions() {
  freeze_ = addKeyAction(tr("Freeze"), tr("Freeze the picture and withhold guidance; again: live"),
                         {Qt::Key_Space});
  freeze_->setCheckable(true);
  connect(freeze_, &QAction::triggered, this, &GuideWindow::toggleFreeze);
  confirm_ = addKeyAction(tr("Confirm target"), tr("The place clicked in the picture becomes the target"),
                          {Qt::Key_Return, Qt::Key_Enter});
  connect(confirm_, &QAction::triggered, this, &GuideWindow::confirmPoint);
  ask_ =
      addKeyAction(tr("Checklist"),
                   tr("Contraindications, to be asked for before a plan is used; again: away"), {Qt::Key_C});
  connect(ask_, &QAction::triggered, this, &GuideWindow::askChecklist);
  planning_ = addKeyAction(tr("Edit plan"), tr("The plan window, with this picture"), {Qt::Key_P});
  connect(planning_, &QAction::triggered, this, &GuideWindow::openPlanWindow);
  drop_ = addKeyAction(tr("Drop target"), tr("Forget the place clicked in the picture"), {Qt::Key_Escape});
  connect(drop_, &QAction::triggered, &plans(), &PlanControl::dropProposal);
  record_ = addKeyAction(tr("Record"), tr("Record; again: stop"), {Qt::Key_R});
  record_->setCheckable(true);
  connect(record_, &QAction::triggered, this, &GuideWindow::toggleRecording);
  if (!options().recording.available()) {
    record_->setEnabled(false);
    record_->setToolTip(tr("Recording is not part of this build"));
  }
  mute_ = addKeyAction(tr("Mute"), tr("All sound off and on"), {Qt::Key_M});
  mute_->setCheckable(true);
  mute_->setEnabled(sound_ != nullptr);
  connect(mute_, &QAction::triggered, this, [this](bool on) { sound_->setMuted(on); });

  pictureOnly_ = addKeyAction(tr("Picture only"),
                              tr("The picture alone, with state, distance and nearest danger in it; again: "
                                 "with the panel"),
                              {Qt::Key_F});
  pictureOnly_->setCheckable(true);
  connect(pictureOnly_, &QAction::triggered, this, &GuideWindow::showPictureOnly);
  spaceAsked_ = addKeyAction(tr("3D view"), tr("Probe, image and needle in space, in the panel; again: away"),
                             {Qt::Key_T});
  spaceAsked_->setCheckable(true);
  connect(spaceAsked_, &QAction::triggered, this, [this](bool on) {
    spaceWanted_ = on;
    showSpace();
  });
  structures_ = addKeyAction(
      tr("Nerves and vessels"),
      tr("Look for possible nerves and vessels; again: not. Brings back dismissed ones"), {Qt::Key_V});
  connect(structures_, &QAction::triggered, this, &GuideWindow::toggleStructures);
  confirmZone_ = addKeyAction(tr("It is one"),
                              tr("The possible nerve or vessel becomes a danger zone of the plan and stops; "
                                 "to a question: yes"),
                              {Qt::Key_Y});
  confirmZone_->setObjectName(QStringLiteral("confirmZone"));
  connect(confirmZone_, &QAction::triggered, this, &GuideWindow::confirmZone);
  dismissZone_ = addKeyAction(
      tr("Dismiss"), tr("It is no nerve or vessel: hidden while its tissue is carried"), {Qt::Key_D});
  connect(dismissZone_, &QAction::triggered, this, &GuideWindow::dismissZone);

  next_ = addKeyAction(tr("Next point"), tr("This point is done: on to the next; to a question: no"),
                       {Qt::Key_N, Qt::Key_PageDown});
  connect(next_, &QAction::triggered, this, [this] {
    if (!checklist_->isHidden()) return checklist_->answer(false);
    goOn(false);
  });
  previous_ = addKeyAction(tr("Point before"), tr("Back to the point before"), {Qt::Key_PageUp});
  connect(previous_, &QAction::triggered, this, [this] { goOn(true); });
  QAction* before =
      addKeyAction(tr("Question before"), tr("The question before, to answer it again"), {Qt::Key_Backspace});
  connect(before, &QAction::triggered, checklist_, &ChecklistCard::goBack);
  newSitting_ = addKeyAction(tr("Sitting…"), tr("Patient, side and points of a sitting"),
                             {QKeySequence(Qt::CTRL | Qt::Key_N)});
  connect(newSitting_, &QAction::triggered, this, &GuideWindow::planSitting);

  QAction* mark = addKeyAction(tr("Bookmark"), tr("Mark this moment of the recording"), {Qt::Key_B});
  connect(mark, &QAction::triggered, this, [this] {
    note("bookmark", {});
    say(options().recording.note && options().recording.status().recording ? tr("Marked")
                                                                           : tr("Nothing is being recorded"));
  });

  setInstrumentActions({snapshotAction(), freeze_, planning_, ask_, confirm_, drop_, structures_,
                        confirmZone_, dismissZone_, record_, mark, mute_, pictureOnly_, spaceAsked_, next_,
                        previous_, before});
}

void GuideWindow::makeButtons() {
  const auto button = [this](QAction* action, Mark mark, const QString& word) {
    action->setIcon(icon(mark));
    action->setIconText(word);
    action->setIconVisibleInMenu(false);
    return grid_->add(action);
  };
  button(freeze_, Mark::Freeze, tr("Freeze"));
  button(snapshotAction(), Mark::Snapshot, tr("Snapshot"));
  setRole(*button(record_, Mark::Record, tr("Record")), "iconRecording");
  button(confirm_, Mark::Confirm, tr("Confirm"));
  button(ask_, Mark::Checklist, tr("Checklist"));
  button(planning_, Mark::EditPlan, tr("Edit plan"));
  button(openAction(), Mark::Open, tr("Open"));
  button(loadPlanAction(), Mark::Plan, tr("Plan"));
  QAction* overlays = overlaySwitches().defaultAction();
  overlays->setIcon(icon(Mark::Overlays));
  overlays->setIconText(tr("Overlays"));
  overlays->setIconVisibleInMenu(false);
  overlaySwitches().setPopupMode(QToolButton::DelayedPopup);
  grid_->add(&overlaySwitches());
  button(pictureOnly_, Mark::PictureOnly, tr("Picture"));
  button(wholeScreenAction(), Mark::WholeScreen, tr("Screen"));
  button(mute_, Mark::Mute, tr("Mute"));
}

void GuideWindow::showPictureOnly(bool only) {
  plans().dropProposal();  // its mark would no longer lie where it was put
  panel_->setVisible(!only);
  foot_->setVisible(!only);
  showCaption(*pump().current());
}

void GuideWindow::showCaption(const navigation::GuidanceSnapshot& snapshot) {
  if (!pictureOnly_->isChecked()) return picture().setCaption({});
  const NearestDanger danger = nearestDanger(snapshot);
  const bool known = danger.distance != wording::unknown();
  picture().setCaption(
      {.state = readOut_->state().toStdString(),
       .distance = readOut_->distance().toStdString(),
       .order = readOut_->order().toStdString(),
       .danger = known ? QStringLiteral("%1  %2").arg(danger.name, danger.distance).toStdString() : "",
       .glyph = readOut_->glyph(),
       .stateColour = rendering::palette::colour(readOut_->stateColour().rgb() & 0xFFFFFF),
       .dangerColour = danger.colour});
}

void GuideWindow::showSpace() {
  const bool room = !stacked() && height() >= metrics::spaceFromHeight;
  const bool shown = spaceWanted_.value_or(tracked_ && room);
  spaceAsked_->setChecked(shown);
  space_->setVisible(shown);
  planPanel_->parentWidget()->setVisible(!shown && !stacked() && height() >= metrics::planPanelFromHeight);
  grid_->setVisible(!shown || room);  // every button is a key and stands in the menu
}

void GuideWindow::toggleFreeze() {
  navigator().setFrozen(!navigator().frozen());
  freeze_->setChecked(navigator().frozen());
}

void GuideWindow::note(const std::string& kind, const std::string& detail) {
  if (options().recording.note) options().recording.note(kind, detail);
}

void GuideWindow::toggleRecording() {
  const RecordingControl& recording = options().recording;
  try {
    if (recording.status().recording) {
      wasRecording_ = false;
      const RecordingStatus last = recording.status();
      recording.stop();
      sayRecorded(last);
    } else {
      if (options().recordInto)
        options().recordInto(sitting_->active() ? sitting_->nextRecording() : std::filesystem::path());
      recording.start();
    }
  } catch (const std::exception& error) {
    say(QString::fromStdString(error.what()));
  }
  showRecording();
}

void GuideWindow::sayRecorded(const RecordingStatus& recorded) {
  std::vector<Toast::Action> actions;
  if (options().openReplay && !recorded.message.empty())
    actions.push_back({tr("Replay"), [this, session = recorded.message] { options().openReplay(session); }});
  if (options().writeReport && !recorded.message.empty())
    actions.push_back({tr("Report"), [this, session = recorded.message] { writeReport(session); }});
  say(tr("Recording of %1 saved").arg(wording::duration(recorded.seconds)), std::move(actions));
}

void GuideWindow::writeReport(const std::string& session) {
  using Written = std::pair<bool, QString>;  // the file, or why there is none
  auto* watcher = new QFutureWatcher<Written>(this);
  connect(watcher, &QFutureWatcher<Written>::finished, this, [this, watcher] {
    watcher->deleteLater();
    const auto [written, text] = watcher->result();
    if (!written) return say(text);
    say(tr("Report saved as %1").arg(text),
        {{tr("Open"), [file = text] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); }}});
  });
  say(tr("Writing the report…"));
  // Measuring the insertions takes longer than a frame: not on this thread.
  watcher->setFuture(QtConcurrent::run([write = options().writeReport, session] {
    try {
      return Written(true, QString::fromStdString(write(session).string()));
    } catch (const std::exception& error) {
      return Written(false, QString::fromStdString(error.what()));
    }
  }));
}

void GuideWindow::showRecording() {
  const RecordingControl& recording = options().recording;
  const RecordingStatus status = recording.available() ? recording.status() : RecordingStatus{};
  statusStrip().setRecording(status);
  record_->setChecked(status.recording);
  if (status.recording) {
    sitting_->recorded(status.message);
    recordingFailed_ = status.alarm;
  } else if (wasRecording_) {  // and nobody stopped it
    recordingFailed_ = navigation::Alarm{navigation::AlarmKind::RecordingFailed,
                                         navigation::AlarmPriority::Medium, status.message};
  }
  wasRecording_ = status.recording;
}

/// On a possible nerve or vessel: is it one? Else the place may become the target.
void GuideWindow::clickPicture(double xPx, double yPx) {
  const auto shown = pump().current();
  if (const auto* zone = tracking::zoneAt(shown->structures.zones, {xPx, yPx})) {
    plans().dropProposal();
    prompt_->ask(zone->id, zone->kind, lastPress_);
    return;
  }
  prompt_->close();
  if (!guidance::insideRegion(shown->analysis->region, {xPx, yPx})) {
    plans().dropProposal();
    return say(tr("No target here: it lies outside the imaging region"));
  }
  plans().propose({xPx, yPx});
  marker_->showAt(lastPress_);
}

void GuideWindow::toggleStructures() {
  const bool on = !navigator().structuresOn();
  navigator().setStructuresOn(on);
  note("structures", on ? "on" : "off");
  say(on ? tr("Looking for nerves and vessels") : tr("Nobody looks for nerves and vessels now"));
}

const tracking::PossibleZone* GuideWindow::meantZone(const navigation::GuidanceSnapshot& snapshot) const {
  const auto& zones = snapshot.structures.zones;
  const guidance::Guidance* drawn = navigation::drawnGuidance(snapshot);
  const auto* nearest = drawn != nullptr && drawn->nearestPossible ? &*drawn->nearestPossible : nullptr;
  const std::uint64_t id = prompt_->zone() != 0 ? prompt_->zone() : nearest != nullptr ? nearest->id : 0;
  for (const auto& zone : zones)
    if (zone.id == id) return &zone;
  return id == 0 && zones.size() == 1 ? &zones.front() : nullptr;
}

void GuideWindow::confirmZone() {
  if (!checklist_->isHidden()) return checklist_->answer(true);
  const auto shown = pump().current();
  const auto* zone = meantZone(*shown);
  if (zone == nullptr) return say(tr("Which one? Click the possible nerve or vessel first"));
  const auto& plan = plans().plan();
  if (!plan || shown->plan != plan)
    return say(tr("Load a plan first: what is confirmed becomes a danger zone of it"));
  const bool nerve = zone->kind == imaging::StructureKind::Nerve;
  auto danger = guidance::dangerFrom(
      *zone, (nerve ? tr("confirmed nerve") : tr("confirmed vessel")).toStdString(), shown->frame->geometry,
      shown->analysis->region, *plan, shown->structures.planMotion);
  if (!danger) return say(tr("Scale unknown: a danger zone needs one"));
  auto next = std::make_shared<planning::Plan>(*plan);
  next->dangers.push_back(std::move(*danger));
  if (confirmed_ == plan) confirmed_ = next;  // the point is where it was
  plans().amend(next);
  prompt_->close();
  note("structures", nerve ? "confirmed nerve" : "confirmed vessel");
  say(tr("Danger zone of the plan now; Ctrl+Z takes it back"));
}

void GuideWindow::dismissZone() {
  const auto shown = pump().current();
  const auto* zone = meantZone(*shown);
  if (zone == nullptr) return say(tr("Which one? Click the possible nerve or vessel first"));
  navigator().dismissStructure(zone->id);
  prompt_->close();
  note("structures", "dismissed " + std::string(imaging::nameOf(zone->kind)));
  say(tr("Dismissed: hidden while its tissue is carried; V twice brings it back"));
}

/// What is asked about goes with what is shown.
void GuideWindow::showZones(const navigation::GuidanceSnapshot& snapshot) {
  const auto& zones = snapshot.structures.zones;
  const bool there = std::any_of(zones.begin(), zones.end(),
                                 [this](const auto& zone) { return zone.id == prompt_->zone(); });
  if (prompt_->zone() != 0 && !there) prompt_->close();
  confirmZone_->setEnabled(!zones.empty() || !checklist_->isHidden());
  dismissZone_->setEnabled(!zones.empty());
}

void GuideWindow::showProposal() {
  const bool proposed = plans().proposal().has_value();
  confirm_->setEnabled(proposed || pointOpen_);
  drop_->setEnabled(proposed);
  marker_->setVisible(proposed);
}

/// Enter: the probe is over the point, and the target (or the place clicked) lies on this tissue.
void GuideWindow::confirmPoint() {
  if (sitting_->sideInDoubt()) return askSide();
  plans().confirm();
  confirmed_ = plans().plan();
  showReadiness();
}

void GuideWindow::showReadiness() {
  const auto& plan = plans().plan();
  if (confirmed_ != plan) confirmed_.reset();
  guidance::Readiness readiness;
  readiness.asked = options().askFirst;
  if (readiness.asked) {
    readiness.checklistPassed =
        plan && plan->checklist && planning::judgeChecklist(*plan->checklist, planning::today()).passed();
    readiness.pointConfirmed = plan && confirmed_ == plan;
  }
  navigator().setReadiness(readiness);
  ask_->setEnabled(plan != nullptr);
  if (plan == nullptr) showCard(false);
}

/// In the panel, in place of what guides: nothing is guided before it is answered, and the picture keeps its
/// room.
void GuideWindow::showCard(bool shown) {
  checklist_->setVisible(shown);
  rest_->setVisible(!shown);
  next_->setEnabled(shown || sitting_->active());
  if (shown) {
    confirmZone_->setEnabled(true);
    if (pictureOnly_->isChecked()) pictureOnly_->trigger();
  } else if (checklist_->asksSide()) {
    checklist_->stopAskingSide();
  }
}

void GuideWindow::askChecklist() {
  const auto& plan = plans().plan();
  if (!plan) return;
  const bool open = !checklist_->isHidden() && !checklist_->asksSide();
  if (!open) {
    checklist_->stopAskingSide();
    checklist_->setChecklist(plan->checklist.value_or(planning::Checklist{}), plan->acupoint);
  }
  showCard(!open);
}

void GuideWindow::takeAnswers() {
  if (!plans().plan()) return;
  planning::Plan next = *plans().plan();
  next.checklist = checklist_->checklist();
  plans().set(std::make_shared<const planning::Plan>(std::move(next)));
}

/// At the point, before the needle goes in: the last moment to see that it is the wrong side.
void GuideWindow::askSide() {
  const planning::Sitting& sitting = sitting_->sitting();
  const auto word = [](planning::BodySide side) {
    return side == planning::BodySide::Left ? tr("LEFT") : tr("RIGHT");
  };
  const planning::Plan& plan = sitting.now().plan;
  checklist_->askSide(tr("%1 is planned on the %2, and the affected side of %3 is the %4. Treat the %2 side?")
                          .arg(QString::fromStdString(plan.acupoint), word(plan.side),
                               QString::fromStdString(sitting.patientCode), word(*sitting.affectedSide)));
  showCard(true);
}

void GuideWindow::takeSide(bool meant) {
  showCard(false);
  if (!meant)
    return say(tr("Not this side: choose the points again"), {{tr("Points"), [this] { planSitting(); }}});
  sitting_->meanSide();
  confirmPoint();
}

void GuideWindow::planSitting() {
  if (sittingPage_ == nullptr) {
    sittingPage_ = new SittingPage;
    connect(sittingPage_, &SittingPage::left, this, [this] { showOwnPage(nullptr); });
    connect(sittingPage_, &SittingPage::begun, this, [this](const planning::Sitting& sitting) {
      if (!sitting_->begin(sitting)) return;
      showOwnPage(nullptr);
      showPoint();
    });
    connect(sittingPage_, &SittingPage::resumed, this, [this](const planning::PastSitting& before) {
      sitting_->resume(before);
      showOwnPage(nullptr);
      showPoint();
    });
  }
  sittingPage_->clear();
  sittingPage_->setPast(sitting_->past());
  showOwnPage(sittingPage_);
}

void GuideWindow::showPoint() {
  if (!sitting_->active()) return;
  const planning::Plan& plan = sitting_->sitting().now().plan;
  showCard(false);
  plans().set(std::make_shared<const planning::Plan>(plan));
  say(tr("Now %1").arg(wording::planTitle(plan)));
}

/// A plan that comes otherwise (edited, loaded, taken back) is that of the point in hand from now on.
void GuideWindow::keepPlan() {
  const auto& plan = plans().plan();
  if (!sitting_->active() || !plan) return;
  const planning::Sitting& sitting = sitting_->sitting();
  if (plan->patientCode != sitting.patientCode) {
    auto own = std::make_shared<planning::Plan>(*plan);
    own->patientCode = sitting.patientCode;
    const QString other = QString::fromStdString(plan->patientCode);
    plans().set(own);
    if (!other.isEmpty())
      say(tr("That plan was made for %1; it is %2's now")
              .arg(other, QString::fromStdString(sitting.patientCode)));
    return;
  }
  for (std::size_t i = 0; i < sitting.points.size(); ++i) {
    const planning::Plan& point = sitting.points[i].plan;
    if (i == sitting.current || point.acupoint != plan->acupoint || point.side != plan->side) continue;
    sitting_->take(i);  // taken back to a point before
    break;
  }
  if (planning::planText(*plan) != planning::planText(sitting_->sitting().now().plan))
    sitting_->keepPlan(*plan);
}

void GuideWindow::showSitting() {
  const bool active = sitting_->active();
  points_->setSitting(active ? &sitting_->sitting() : nullptr);
  next_->setEnabled(active || !checklist_->isHidden());
  previous_->setEnabled(active && sitting_->sitting().current > 0);
  startPage().setSitting(!active);
}

void GuideWindow::goOn(bool back) {
  if (!sitting_->active()) return;
  if (options().recording.available() && options().recording.status().recording)
    return say(tr("Recording: stop it first (R), then go on"));
  if (back ? sitting_->goBack() : sitting_->goOn()) return showPoint();
  if (!back)
    say(tr("All points of %1 are done").arg(QString::fromStdString(sitting_->sitting().patientCode)),
        {{tr("Next patient"), [this] { planSitting(); }}});
}

void GuideWindow::openPlanWindow() {
  if (!planWindow_) {
    planWindow_ = new PlanWindow(options().trackers, this);
    connect(planWindow_, &PlanWindow::used, this, [this](const planning::Plan& plan) {
      plans().set(std::make_shared<const planning::Plan>(plan));
      planWindow_->hide();
      activateWindow();
    });
  }
  // What is being planned there already stays.
  if (!planWindow_->isVisible() && plans().plan()) planWindow_->open(*plans().plan());
  planWindow_->setPicture(*pump().current());
  planWindow_->show();
  planWindow_->raise();
}

void GuideWindow::showBlade(const navigation::GuidanceSnapshot& snapshot) {
  if (!snapshot.guidance) {
    dial_->setDirections(std::nullopt, std::nullopt);
    setTextIfChanged(*blade_, QString());
    return;
  }
  const planning::BladeDirection& wanted = snapshot.guidance->blade;
  dial_->setDirections(wanted.clock, snapshot.bladeClock);
  setTextIfChanged(*blade_, wording::blade(wanted, snapshot.bladeClock));
  blade_->setToolTip(QString::fromStdString(planning::describe(wanted)));
}

void GuideWindow::present(const navigation::GuidanceSnapshot& snapshot) {
  // A discontinuity (another source, another image size, a clock that was set) takes the confirmation away.
  if (options().askFirst && !navigator().readiness().pointConfirmed) confirmed_.reset();
  pointOpen_ = snapshot.procedure && snapshot.procedure->step == guidance::Step::ConfirmPoint;
  showProposal();
  readOut_->setSnapshot(snapshot);
  danger_->setSnapshot(snapshot);
  showBlade(snapshot);
  showCaption(snapshot);
  showZones(snapshot);
  const bool tracked = snapshot.frame && (!snapshot.frame->poses.empty() || snapshot.trackedNeedle);
  if (tracked != tracked_) {
    tracked_ = tracked;
    showSpace();
  }
  steps_->setSnapshot(snapshot);
  planPanel_->setPlan(snapshot.plan ? snapshot.plan.get() : plans().plan().get());
  space_->setSnapshot(pump().current());
  freeze_->setChecked(snapshot.picture == navigation::PictureState::Frozen && navigator().frozen());
}

void GuideWindow::tick(const navigation::GuidanceSnapshot& snapshot) {
  if (options().recording.observe) options().recording.observe(snapshot);
  showRecording();
  if (sound_ == nullptr) return;
  sound_->setCue(cueFor(snapshot, alarmLine().sounding()));
  statusStrip().setSound(sound_->state());
}

void GuideWindow::setReadOutHeight(int height) {
  const bool under = stacked();
  const int least = metrics::pixels(height, metrics::reasonTextShare, metrics::labelText);
  const int shares = under ? static_cast<int>(height * metrics::stackedReadOut) : height;
  readOut_->setTextSizes(shares, least);
  readOut_->setLines(under ? 1 : 2, under ? 3 : 4);
  danger_->setTextSizes(shares, least);
  blade_->setTextPixels(least);
  dial_->setFixedSize(3 * blade_->textPixels(), 3 * blade_->textPixels());
  grid_->setTextPixels(metrics::pixels(height, metrics::buttonTextShare, metrics::controlText));
  grid_->setRoomForWords(!under);
  checklist_->setTextPixels(std::max(least, metrics::pixels(shares, metrics::orderTextShare * 0.7, 0)));
  steps_->setWindowHeight(height);
  points_->setWindowHeight(height);
  panelRow_->setDirection(under ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
  panelRow_->setStretch(0, under ? 1 : 0);
  panelRow_->setStretch(1, 1);
  showSpace();
}

/// On the row under the picture; where that is not shown, over the lower edge of the picture.
QRect GuideWindow::noticePlace() const {
  if (!showsPicture()) return InstrumentWindow::noticePlace();
  if (steps_->isVisible()) return onPage(*steps_, steps_->rect());
  const QRect picture = this->picture().rect();
  return onPage(this->picture(), picture.adjusted(0, picture.height() - steps_->height(), 0, 0));
}

bool GuideWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseButtonPress) {
    lastPress_ = static_cast<QMouseEvent*>(event)->position().toPoint();
  } else if (event->type() == QEvent::Resize) {
    plans().dropProposal();  // its mark would no longer lie where it was put
  }
  return InstrumentWindow::eventFilter(watched, event);
}

}  // namespace acuguide::ui
