#include "ui/windows/plan_window.h"

#include "planning/atlas.h"
#include "planning/blade_direction.h"
#include "planning/danger_zones.h"
#include "planning/picture_frame.h"
#include "ui/plan/limb_figure_view.h"
#include "ui/plan/plan_page.h"
#include "ui/plan/section_editor.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/blade_dial.h"
#include "ui/widgets/checklist_panel.h"
#include "ui/widgets/elided_label.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
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
#include <opencv2/imgproc.hpp>

#include <exception>
#include <utility>

namespace acuguide::ui {

namespace {

using planning::Plan;

constexpr int kCodeRole = Qt::UserRole;

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  setRole(*label, "heading");
  return label;
}

QVBoxLayout* panel(QWidget*& frame) {
  auto* made = new QFrame;
  setRole(*made, "panel");
  auto* column = new QVBoxLayout(made);
  column->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  column->setSpacing(metrics::gap);
  frame = made;
  return column;
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

QString joined(const std::vector<std::string>& lines) {
  QStringList list;
  for (const std::string& line : lines) list << QStringLiteral("• ") + QString::fromStdString(line);
  return list.join(QLatin1Char('\n'));
}

}  // namespace

PlanWindow::PlanWindow(QWidget* parent) : QMainWindow(parent), notice_(new ElidedLabel) {
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
  setMinimumSize(1000, 600);
  resize(1280, 800);
  refresh();
}

PlanWindow::~PlanWindow() = default;

QWidget* PlanWindow::makeLeft() {
  QWidget* frame = nullptr;
  auto* column = panel(frame);
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
  landmarks->setToolTip(
      tr("The patient's landmarks (JSON): they check the side and give the points their place"));
  connect(landmarks, &QPushButton::clicked, this, [this] {
    const QString file = QFileDialog::getOpenFileName(this, tr("Landmarks"), {}, tr("Landmarks (*.json)"));
    if (file.isEmpty() || !attempt([&] { draft_.setLandmarks(file.toStdString()); })) return;
    say(tr("%1 points located; %2")
            .arg(draft_.located()->located.size())
            .arg(QString::fromStdString(draft_.located()->sideReason)));
  });
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
    const std::string code = item->data(kCodeRole).toString().toStdString();
    attempt([&] { draft_.choose(code, item->checkState() == Qt::Checked); });
  });
  connect(points_, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
    attempt([&] { draft_.setCurrent(item->data(kCodeRole).toString().toStdString()); });
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
  panel(figureFrame)->addWidget(figure_);
  connect(figure_, &LimbFigure::pointClicked, this,
          [this](const QString& code) { attempt([&] { draft_.setCurrent(code.toStdString()); }); });
  rows->addWidget(figureFrame, 5);

  QWidget* sectionFrame = nullptr;
  auto* column = panel(sectionFrame);
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
  auto* column = panel(frame);
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
      const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of your instruments"));
      if (!folder.isEmpty()) attempt([&] { draft_.addInstruments(folder.toStdString()); });
      refresh();
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
    const QString file = QFileDialog::getOpenFileName(this, tr("Load a plan"), {}, tr("Plans (*.json)"));
    if (!file.isEmpty()) loadPlan(file);
  });
  button(tr("Save…"), QKeySequence(Qt::CTRL | Qt::Key_S), tr("Save the plan of the point in hand"), [this] {
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the plan"), {}, tr("Plans (*.json)"));
    if (!file.isEmpty()) savePlan(file);
  });
  button(tr("Print…"), QKeySequence(Qt::CTRL | Qt::Key_P), tr("The plan on one page, as a PDF"), [this] {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("The plan on one page"), {}, tr("PDF (*.pdf)"));
    if (!file.isEmpty()) printPlan(file);
  });
  notice_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  notice_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  row->addWidget(notice_, 1);
  use_ = button(tr("Use this plan"), QKeySequence(Qt::CTRL | Qt::Key_Return), tr("Guide by this plan"),
                [this] { emit used(draft_.finished()); });
  setRole(*use_, "primary");
  return bar;
}

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
  say(tr("Plan %1 loaded").arg(QString::fromStdString(draft_.plan().name)));
  return true;
}

bool PlanWindow::savePlan(const QString& path) {
  if (!attempt([&] { planning::writePlan(draft_.finished(), path.toStdString()); })) return false;
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
  const auto& region = snapshot.analysis.region;
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

bool PlanWindow::saveScreenshot(const QString& path) { return grab().save(path); }

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
}

void PlanWindow::showPoints() {
  const bool outer = std::exchange(showing_, true);
  const auto* protocol = planning::atlas().protocol(protocol_->currentData().toString().toStdString());
  QStringList chosen;
  for (const std::string& code : draft_.chosen()) chosen << QString::fromStdString(code);
  points_->clear();
  const auto add = [&](const planning::Acupoint& point) {
    const QString code = QString::fromStdString(point.code);
    auto* item = new QListWidgetItem(code + QStringLiteral("   ") +
                                     QString::fromStdString(point.names.pinyin + "  " + point.names.chinese));
    item->setData(kCodeRole, code);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(chosen.contains(code) ? Qt::Checked : Qt::Unchecked);
    points_->addItem(item);
    if (point.code == draft_.current()) points_->setCurrentItem(item);
  };
  if (protocol) {
    for (const std::string& code : protocol->points) add(*planning::atlas().point(code));
  } else {
    for (const auto& point : planning::atlas().points) add(point);
  }
  figure_->setPoints(draft_.side(), chosen, QString::fromStdString(draft_.current()));
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
                .arg(toQt(palette::kOffCourse).name(), tr("Never in pregnancy"));
  point_->setText(page);
  findChild<QLabel*>(QStringLiteral("avoid"))
      ->setText(tr("The atlas names: %1. What is not drawn is not kept clear of.")
                    .arg(avoid.join(QStringLiteral(", "))));
}

void PlanWindow::showDangers() {
  const Plan& plan = draft_.plan();
  const int row = std::min(dangers_->currentRow(), static_cast<int>(plan.dangers.size()) - 1);
  dangers_->clear();
  for (const auto& zone : plan.dangers) dangers_->addItem(wording::dangerName(zone));
  dangers_->setCurrentRow(row);
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
  instrument_->clear();
  for (const auto& item : draft_.library().instruments) {
    const QString name = QString::fromStdString(item.instrument.name);
    instrument_->addItem(name + (item.general ? QStringLiteral(" [U]") : QString()), name);
    if (item.instrument.name == plan.instrument.name) instrument_->setCurrentIndex(instrument_->count() - 1);
  }
  if (!draft_.library().find(plan.instrument.name)) {  // the plan's own
    const QString own = QString::fromStdString(plan.instrument.name);
    instrument_->addItem(own.isEmpty() ? tr("the plan's own") : own);
    instrument_->setCurrentIndex(instrument_->count() - 1);
  }
  instrument_->addItem(tr("Add a folder of yours…"));

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
