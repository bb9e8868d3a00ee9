#include "planning/atlas.h"
#include "ui/plan/limb_figure_view.h"
#include "ui/plan/plan_page.h"
#include "ui/plan/section_editor.h"
#include "ui/points_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/blade_dial.h"
#include "ui/widgets/checklist_panel.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_focus.h"
#include "ui/widgets/file_dialog.h"
#include "ui/widgets/panel.h"
#include "ui/windows/plan_window.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace acuguide::ui {

// What stands where in the plan window, and which change each widget makes; plan_window.cpp does them.

namespace {

using planning::Plan;

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  setRole(*label, "heading");
  return label;
}

QDoubleSpinBox* millimetres(double least, double most, const char* name) {
  auto* box = new QDoubleSpinBox;
  box->setObjectName(QString::fromLatin1(name));
  box->setRange(least, most);
  box->setDecimals(1);
  box->setSingleStep(0.5);
  box->setSuffix(QStringLiteral(" mm"));
  box->setKeyboardTracking(false);
  return box;
}

QWidget* scrolled(QWidget* inside) {
  auto* area = new QScrollArea;
  area->setWidget(inside);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return area;
}

}  // namespace

PlanWindow::PlanWindow(acquisition::SourceCatalog catalog, QWidget* parent)
    : QMainWindow(parent), catalog_(std::move(catalog)), notice_(new ElidedLabel) {
  FieldFocus::install();
  setObjectName(QStringLiteral("planWindow"));
  setWindowTitle(tr("acuguide – plan"));
  notice_->setObjectName(QStringLiteral("planNotice"));
  auto* page = new QWidget;
  page->setObjectName(QStringLiteral("page"));
  auto* rows = new QVBoxLayout(page);
  rows->setContentsMargins(metrics::gap, metrics::gap, metrics::gap, metrics::gap);
  rows->setSpacing(metrics::gap);
  auto* columns = new QHBoxLayout;
  columns->setSpacing(metrics::gap);
  QWidget *left = makeLeft(), *middle = makeMiddle(), *right = makeRight();
  left->setFixedWidth(270);
  right->setFixedWidth(380);
  columns->addWidget(left);
  columns->addWidget(middle, 1);
  columns->addWidget(right);
  rows->addLayout(columns, 1);
  rows->addWidget(makeBar());
  setCentralWidget(page);
  setMinimumSize(1120, 640);  // less cuts words off
  resize(1280, 800);
  refresh();
}

PlanWindow::~PlanWindow() = default;

QWidget* PlanWindow::makeLeft() {
  QWidget* frame = nullptr;
  auto* column = makePanel(frame);
  patient_ = new QLineEdit;
  patient_->setObjectName(QStringLiteral("patientCode"));
  patient_->setPlaceholderText(tr("patient code, never a name"));
  patient_->setMaxLength(64);
  patient_->setValidator(
      new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[A-Za-z0-9._-]*")), patient_));
  connect(patient_, &QLineEdit::editingFinished, this,
          [this] { attempt([this] { draft_.setPatientCode(patient_->text().toStdString()); }); });
  column->addWidget(patient_);

  auto* sides = new QHBoxLayout;
  side_ = new QButtonGroup(this);
  for (const auto side : {planning::BodySide::Left, planning::BodySide::Right}) {
    auto* button = new QPushButton(side == planning::BodySide::Left ? tr("LEFT") : tr("RIGHT"));
    button->setObjectName(side == planning::BodySide::Left ? QStringLiteral("sideLeft")
                                                           : QStringLiteral("sideRight"));
    button->setToolTip(tr("The patient's side: the paretic one as a rule"));
    button->setCheckable(true);
    side_->addButton(button, static_cast<int>(side));
    sides->addWidget(button);
  }
  connect(side_, &QButtonGroup::idClicked, this, [this](int side) {
    attempt([this, side] { draft_.setSide(static_cast<planning::BodySide>(side)); });
  });
  column->addLayout(sides);

  auto* landmarks = new QPushButton(tr("Landmarks…"));
  landmarks->setToolTip(tr(
      "The patient's landmarks, touched or measured: they check the side and give the points their place"));
  connect(landmarks, &QPushButton::clicked, this, [this] { openLandmarks(); });
  column->addWidget(landmarks);

  protocol_ = new QComboBox;
  protocol_->addItem(tr("all points"), QString());
  for (const auto& protocol : planning::atlas().protocols)
    protocol_->addItem(QString::fromStdString(protocol.title), QString::fromStdString(protocol.name));
  connect(protocol_, &QComboBox::currentIndexChanged, this, [this] { showPoints(); });
  column->addWidget(protocol_);
  points_ = new QListWidget;
  points_->setObjectName(QStringLiteral("points"));
  connect(points_, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    if (showing_) return;
    const std::string code = item->data(codeRole).toString().toStdString();
    tickRefused_ = !attempt([&] { draft_.choose(code, item->checkState() == Qt::Checked); });
  });
  connect(points_, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
    if (std::exchange(tickRefused_, false)) return;  // why stays said
    attempt([&] { draft_.setCurrent(item->data(codeRole).toString().toStdString()); });
  });
  column->addWidget(points_, 1);
  point_ = new QLabel;
  point_->setObjectName(QStringLiteral("pointText"));
  point_->setWordWrap(true);
  point_->setTextFormat(Qt::RichText);
  column->addWidget(point_);
  return frame;
}

QWidget* PlanWindow::makeMiddle() {
  auto* middle = new QWidget;
  auto* rows = new QVBoxLayout(middle);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(metrics::gap);
  QWidget* figureFrame = nullptr;
  figure_ = new LimbFigure;
  inSpace_ = new PointsView;
  figures_ = new QTabWidget;
  figures_->setObjectName(QStringLiteral("figures"));
  figures_->addTab(figure_, tr("Figure"));
  figures_->addTab(inSpace_, tr("This patient, in 3D"));
  makePanel(figureFrame)->addWidget(figures_);
  const auto takeInHand = [this](const QString& code) {
    attempt([&] { draft_.setCurrent(code.toStdString()); });
  };
  connect(figure_, &LimbFigure::pointClicked, this, takeInHand);
  connect(inSpace_, &PointsView::pointClicked, this, takeInHand);
  rows->addWidget(figureFrame, 5);

  QWidget* sectionFrame = nullptr;
  auto* column = makePanel(sectionFrame);
  section_ = new SectionEditor;
  auto* bar = new QHBoxLayout;
  bar->setSpacing(metrics::gap / 2);
  tools_ = new QButtonGroup(this);
  using Tool = SectionEditor::Tool;
  const std::pair<Tool, std::pair<QString, QString>> tools[] = {
      {Tool::Select, {tr("Select"), tr("Click a danger zone to take it in hand")}},
      {Tool::Target, {tr("Target"), tr("Click where the target is")}},
      {Tool::Ellipse, {tr("Danger: ellipse"), tr("Drag over what must be kept clear of")}},
      {Tool::Polygon,
       {tr("Danger: polygon"), tr("Click corner by corner; Enter or a double click closes it")}}};
  for (const auto& [tool, words] : tools) {
    auto* button = new QPushButton(words.first);
    button->setToolTip(words.second);
    button->setCheckable(true);
    button->setChecked(tool == Tool::Select);
    tools_->addButton(button, static_cast<int>(tool));
    bar->addWidget(button);
  }
  bar->addStretch(1);
  connect(tools_, &QButtonGroup::idClicked, this,
          [this](int tool) { section_->setTool(static_cast<Tool>(tool)); });
  column->addLayout(bar);
  column->addWidget(section_, 1);
  connect(section_, &SectionEditor::targetPlaced, this, [this](const planning::PicturePoint& at) {
    change([&](Plan& plan) { plan.target = planning::TargetAtDepth{at}; });
  });
  connect(section_, &SectionEditor::targetRefused, this,
          [this] { say(tr("No target here: it lies outside the image"), true); });
  const auto addZone = [this](const auto& shape) {
    change([&](Plan& plan) {
      planning::DangerZone zone;
      zone.shape = shape;
      zone.kind = planning::DangerKind::Nerve;
      const planning::Acupoint* point = planning::atlas().point(plan.acupoint);
      zone.name = point && !point->avoid.empty() ? point->avoid.front().name : tr("danger").toStdString();
      plan.dangers.push_back(zone);
    });
    dangers_->setCurrentRow(dangers_->count() - 1);
    tabs_->setCurrentIndex(1);
  };
  connect(section_, &SectionEditor::ellipseDrawn, this, addZone);
  connect(section_, &SectionEditor::polygonDrawn, this, addZone);
  connect(section_, &SectionEditor::dangerClicked, this, [this](int row) {
    dangers_->setCurrentRow(row);
    tabs_->setCurrentIndex(1);
  });
  rows->addWidget(sectionFrame, 6);
  return middle;
}

QWidget* PlanWindow::makeRight() {
  QWidget* frame = nullptr;
  auto* column = makePanel(frame);
  tabs_ = new QTabWidget;
  tabs_->addTab(makeWay(), tr("Way in"));
  tabs_->addTab(makeDangers(), tr("Dangers"));
  checklist_ = new ChecklistPanel;
  connect(checklist_, &ChecklistPanel::answered, this,
          [this] { change([&](Plan& plan) { plan.checklist = checklist_->checklist(); }); });
  tabs_->addTab(scrolled(checklist_), tr("Checklist"));
  column->addWidget(tabs_, 1);
  return frame;
}

QWidget* PlanWindow::makeWay() {
  auto* inside = new QWidget;
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(0, metrics::gap, 0, 0);
  column->setSpacing(metrics::gap);
  wayTitle_ = new QLabel;
  wayTitle_->setObjectName(QStringLiteral("wayTitle"));
  setRole(*wayTitle_, "strong");
  wayText_ = new QLabel;
  wayText_->setObjectName(QStringLiteral("wayText"));
  wayText_->setWordWrap(true);
  wayTitle_->setWordWrap(true);
  column->addWidget(wayTitle_);
  column->addWidget(wayText_);

  auto* blade = new QHBoxLayout;
  dial_ = new BladeDial;
  dial_->setFixedSize(84, 84);
  bladeText_ = new QLabel;
  bladeText_->setObjectName(QStringLiteral("bladeText"));
  bladeText_->setWordWrap(true);
  blade->addWidget(dial_);
  blade->addWidget(bladeText_, 1);
  column->addLayout(blade);

  auto* form = new QFormLayout;
  form->setLabelAlignment(Qt::AlignLeft);
  form->setVerticalSpacing(metrics::gap / 2);
  targetKind_ = new QComboBox;
  targetKind_->addItem(tr("at a depth"));
  targetKind_->addItem(wording::planeName(imaging::PlaneLabel::SuperficialAponeurosis));
  targetKind_->addItem(wording::planeName(imaging::PlaneLabel::DeepAponeurosis));
  targetKind_->addItem(wording::planeName(imaging::PlaneLabel::Bone));
  form->addRow(tr("target"), targetKind_);
  targetDepth_ = millimetres(0.0, 120, "targetDepth");
  targetDepth_->setSpecialValueText(wording::unknown());
  lateral_ = millimetres(-60, 60, "targetLateral");
  lateral_->setToolTip(tr("From the picture's centre line, positive to its right"));
  limit_ = millimetres(0, 120, "depthLimit");
  limit_->setSpecialValueText(tr("none"));
  probe_ = millimetres(0, 120, "probeWidth");
  probe_->setSpecialValueText(tr("unknown"));
  form->addRow(tr("its depth"), targetDepth_);
  form->addRow(tr("from the centre"), lateral_);
  form->addRow(tr("not deeper than"), limit_);
  form->addRow(tr("probe's face"), probe_);
  instrument_ = new QComboBox;
  instrument_->setObjectName(QStringLiteral("instrument"));
  form->addRow(tr("instrument"), instrument_);
  picture_ = new QComboBox;
  picture_->setObjectName(QStringLiteral("limbPlane"));
  for (const QString& text : {tr("not said"), tr("along the limb"), tr("across the limb")})
    picture_->addItem(text);
  form->addRow(tr("picture lies"), picture_);
  strokes_ = new QSpinBox;
  strokes_->setRange(1, 5);
  form->addRow(tr("strokes"), strokes_);
  column->addLayout(form);

  const auto retarget = [this] {
    if (showing_) return;
    constexpr imaging::PlaneLabel planes[] = {imaging::PlaneLabel::SuperficialAponeurosis,
                                              imaging::PlaneLabel::DeepAponeurosis,
                                              imaging::PlaneLabel::Bone};
    const double depth = targetDepth_->value();
    const int kind = targetKind_->currentIndex();
    change([&](Plan& plan) {
      if (kind == 0) {
        if (depth > 0) plan.target = planning::TargetAtDepth{{lateral_->value(), depth}};
      } else {
        plan.target = planning::TargetAtPlane{planes[kind - 1], lateral_->value(), 0.0};
        draft_.planeDepthMm = depth > 0 ? std::optional(depth) : std::nullopt;
      }
    });
  };
  connect(targetKind_, &QComboBox::activated, this, retarget);
  connect(targetDepth_, &QDoubleSpinBox::valueChanged, this, retarget);
  connect(lateral_, &QDoubleSpinBox::valueChanged, this, retarget);
  connect(limit_, &QDoubleSpinBox::valueChanged, this, [this](double mm) {
    change([&](Plan& plan) { plan.maximumDepthMm = mm > 0 ? std::optional(mm) : std::nullopt; });
  });
  connect(probe_, &QDoubleSpinBox::valueChanged, this, [this](double mm) {
    if (!showing_) attempt([&] { draft_.probeWidthMm = mm > 0 ? std::optional(mm) : std::nullopt; });
  });
  connect(instrument_, &QComboBox::activated, this, [this](int row) {
    if (row == instrument_->count() - 1) {
      askForFile(
          this, FileWanted::Folder, tr("Folder of your instruments"), {},
          [this](const QString& folder) { attempt([&] { draft_.addInstruments(folder.toStdString()); }); });
      refresh();  // that line is no instrument: the one in use is shown again
      return;
    }
    const auto* chosen = draft_.library().find(instrument_->itemData(row).toString().toStdString());
    if (chosen) change([&](Plan& plan) { plan.instrument = chosen->instrument; });
  });
  connect(picture_, &QComboBox::activated, this, [this](int row) {
    change([&](Plan& plan) { plan.picture = static_cast<planning::LimbPlane>(row); });
  });
  connect(strokes_, &QSpinBox::valueChanged, this,
          [this](int strokes) { change([&](Plan& plan) { plan.strokes = strokes; }); });

  column->addWidget(heading(tr("Why this way")));
  why_ = new QLabel;
  why_->setObjectName(QStringLiteral("why"));
  why_->setWordWrap(true);
  setRole(*why_, "muted");
  column->addWidget(why_);
  column->addStretch(1);
  return scrolled(inside);
}

QWidget* PlanWindow::makeDangers() {
  auto* inside = new QWidget;
  auto* column = new QVBoxLayout(inside);
  column->setContentsMargins(0, metrics::gap, 0, 0);
  column->setSpacing(metrics::gap);
  dangers_ = new QListWidget;
  dangers_->setObjectName(QStringLiteral("dangers"));
  column->addWidget(dangers_, 1);
  auto* form = new QFormLayout;
  dangerName_ = new QLineEdit;
  dangerName_->setObjectName(QStringLiteral("dangerName"));
  dangerName_->setMaxLength(120);
  dangerKind_ = new QComboBox;
  for (const QString& kind : {tr("nerve"), tr("vessel"), tr("bone"), tr("pleura"), tr("tendon"), tr("other")})
    dangerKind_->addItem(kind);
  dangerCourse_ = new QComboBox;
  for (const QString& course : {tr("as the atlas says"), tr("through the picture"), tr("along the picture")})
    dangerCourse_->addItem(course);
  margin_ = millimetres(0, 50, "margin");
  form->addRow(tr("name"), dangerName_);
  form->addRow(tr("kind"), dangerKind_);
  form->addRow(tr("runs"), dangerCourse_);
  form->addRow(tr("to stay free"), margin_);
  column->addLayout(form);
  auto* remove = new QPushButton(tr("Remove"));
  column->addWidget(remove);
  auto* reminder = new QLabel;
  reminder->setObjectName(QStringLiteral("avoid"));
  reminder->setWordWrap(true);
  setRole(*reminder, "muted");
  column->addWidget(reminder);

  const auto edit = [this](const std::function<void(planning::DangerZone&)>& how) {
    const int row = dangers_->currentRow();
    if (showing_ || row < 0) return;
    change([&](Plan& plan) { how(plan.dangers[static_cast<std::size_t>(row)]); });
  };
  connect(dangers_, &QListWidget::currentRowChanged, this, [this] {
    if (!showing_) refresh();
  });
  connect(dangerName_, &QLineEdit::editingFinished, this, [this, edit] {
    if (!dangerName_->text().isEmpty())
      edit([this](auto& zone) { zone.name = dangerName_->text().toStdString(); });
  });
  connect(dangerKind_, &QComboBox::activated, this, [edit](int kind) {
    edit([kind](auto& zone) { zone.kind = static_cast<planning::DangerKind>(kind); });
  });
  connect(dangerCourse_, &QComboBox::activated, this, [edit](int course) {
    edit([course](auto& zone) {
      zone.course =
          course == 0 ? std::nullopt : std::optional(static_cast<planning::CourseInPicture>(course - 1));
    });
  });
  connect(margin_, &QDoubleSpinBox::valueChanged, this,
          [edit](double mm) { edit([mm](auto& zone) { zone.marginMm = mm; }); });
  connect(remove, &QPushButton::clicked, this, [this] {
    const int row = dangers_->currentRow();
    if (row < 0) return;
    change([&](Plan& plan) { plan.dangers.erase(plan.dangers.begin() + row); });
  });
  return inside;
}

QWidget* PlanWindow::makeBar() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(metrics::gap);
  const auto button = [&](const QString& text, const QKeySequence& key, const QString& tip, auto slot) {
    auto* made = new QPushButton(text);
    made->setShortcut(key);
    made->setToolTip(tip + QStringLiteral(" (") + key.toString(QKeySequence::NativeText) + QLatin1Char(')'));
    connect(made, &QPushButton::clicked, this, slot);
    row->addWidget(made);
    return made;
  };
  button(tr("Load…"), QKeySequence(Qt::CTRL | Qt::Key_L), tr("Load a plan"), [this] {
    askForFile(this, FileWanted::Open, tr("Load a plan"), tr("Plans (*.json)"),
               [this](const QString& file) { loadPlan(file); });
  });
  button(tr("Save…"), QKeySequence(Qt::CTRL | Qt::Key_S), tr("Save the plan of the point in hand"), [this] {
    askForFile(
        this, FileWanted::Save, tr("Save the plan"), tr("Plans (*.json)"),
        [this](const QString& file) { savePlan(file); }, QStringLiteral("json"));
  });
  button(tr("Print…"), QKeySequence(Qt::CTRL | Qt::Key_P), tr("The plan on one page, as a PDF"), [this] {
    askForFile(
        this, FileWanted::Save, tr("The plan on one page"), tr("PDF (*.pdf)"),
        [this](const QString& file) { printPlan(file); }, QStringLiteral("pdf"));
  });
  notice_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  notice_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  row->addWidget(notice_, 1);
  use_ = button(tr("Use this plan"), QKeySequence(Qt::CTRL | Qt::Key_Return), tr("Guide by this plan"),
                [this] { use(); });
  use_->setObjectName(QStringLiteral("usePlan"));
  setRole(*use_, "primary");
  return bar;
}

}  // namespace acuguide::ui
