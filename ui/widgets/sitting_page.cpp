#include "ui/widgets/sitting_page.h"

#include "outcomes/measurement.h"
#include "planning/atlas.h"
#include "ui/plan/limb_figure_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <exception>
#include <utility>

namespace acuguide::ui {

namespace {

using planning::BodySide;

constexpr int kRecentShown = 5;
constexpr int kCodeRole = Qt::UserRole;
constexpr int kLeft = 0, kRight = 1, kNotKnown = 2;

QString sideWord(BodySide side) {
  return side == BodySide::Left ? SittingPage::tr("LEFT") : SittingPage::tr("RIGHT");
}

QFrame* makePanel(QVBoxLayout*& column, const QString& heading) {
  auto* panel = new QFrame;
  setRole(*panel, "panel");
  column = new QVBoxLayout(panel);
  column->setContentsMargins(metrics::panelPadding, metrics::panelPadding, metrics::panelPadding,
                             metrics::panelPadding);
  column->setSpacing(metrics::gap);
  auto* label = new QLabel(heading);
  setRole(*label, "strong");
  column->addWidget(label);
  return panel;
}

QPushButton* makeChoice(const char* name, const QString& text, const char* role = "choice") {
  auto* button = new QPushButton(text);
  button->setObjectName(QString::fromLatin1(name));
  button->setCheckable(true);
  setRole(*button, role);
  return button;
}

/// The day on this machine's calendar, "2026-12-01".
QString dayOf(const planning::Sitting& sitting) {
  return QDateTime::fromString(QString::fromStdString(sitting.startedUtc), Qt::ISODate)
      .toLocalTime()
      .date()
      .toString(Qt::ISODate);
}

/// Whether a search finds a point: by its code or one of its names.
bool matches(const planning::Acupoint& point, const QString& text) {
  if (text.isEmpty()) return true;
  for (const std::string& name :
       {point.code, point.names.pinyin, point.names.chinese, point.names.korean, point.names.english})
    if (QString::fromStdString(name).contains(text, Qt::CaseInsensitive)) return true;
  return false;
}

}  // namespace

SittingPage::SittingPage(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("page"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(metrics::panelPadding, metrics::panelPadding, metrics::panelPadding,
                             metrics::panelPadding);
  column->setSpacing(metrics::gap);
  auto* title = new QLabel(tr("A sitting"));
  setRole(*title, "title");
  column->addWidget(title);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap);
  row->addWidget(makePatient(), 2);
  row->addWidget(makePoints(), 3);
  row->addWidget(makeChosen(), 4);
  column->addLayout(row, 1);
  refresh();
}

QWidget* SittingPage::makePatient() {
  QVBoxLayout* column = nullptr;
  QFrame* panel = makePanel(column, tr("1  Patient"));
  code_ = new QLineEdit;
  code_->setObjectName(QStringLiteral("sittingCode"));
  code_->setPlaceholderText(tr("Code, never a name: P07"));
  code_->setMaxLength(64);
  connect(code_, &QLineEdit::editingFinished, this, [this] {
    if (!showing_) takePatient(code_->text().trimmed().toStdString());
  });
  column->addWidget(code_);
  recent_ = new QVBoxLayout;
  recent_->setSpacing(0);
  column->addLayout(recent_);
  auto* affected = new QLabel(tr("Affected side"));
  setRole(*affected, "heading");
  column->addWidget(affected);
  affectedSide_ = new QButtonGroup(this);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap / 2);
  const char* names[] = {"affectedLeft", "affectedRight", "affectedUnknown"};
  const QString words[] = {tr("Left"), tr("Right"), tr("Both, or not known")};
  for (const int side : {kLeft, kRight, kNotKnown}) {
    auto* button = makeChoice(names[side], words[side], "small");
    affectedSide_->addButton(button, side);
    row->addWidget(button);
  }
  column->addLayout(row);
  connect(affectedSide_, &QButtonGroup::idClicked, this, [this](int id) {
    attempt([&] {
      affected_ = id == kNotKnown ? std::nullopt : std::optional(static_cast<BodySide>(id));
      // The paretic side is the default, as long as nobody has said otherwise.
      if (affected_ && !sideChosen_) draft_.setSide(*affected_);
    });
  });
  column->addStretch(1);
  resume_ = new QPushButton;
  resume_->setObjectName(QStringLiteral("sittingResume"));
  connect(resume_, &QPushButton::clicked, this, [this] {
    if (!past_.empty()) emit resumed(past_.front());
  });
  column->addWidget(resume_);
  return panel;
}

QWidget* SittingPage::makePoints() {
  QVBoxLayout* column = nullptr;
  QFrame* panel = makePanel(column, tr("2  Side and points"));
  side_ = new QButtonGroup(this);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap);
  for (const BodySide side : {BodySide::Left, BodySide::Right}) {
    auto* button = makeChoice(side == BodySide::Left ? "sideLeft" : "sideRight", sideWord(side));
    side_->addButton(button, static_cast<int>(side));
    row->addWidget(button);
  }
  column->addLayout(row);
  connect(side_, &QButtonGroup::idClicked, this, [this](int id) {
    attempt([&] {
      draft_.setSide(static_cast<BodySide>(id));
      sideChosen_ = true;
    });
  });
  search_ = new QLineEdit;
  search_->setObjectName(QStringLiteral("sittingSearch"));
  search_->setPlaceholderText(tr("Search: code or name"));
  connect(search_, &QLineEdit::textChanged, this, [this] { showPoints(); });
  column->addWidget(search_);
  protocol_ = new QComboBox;
  protocol_->setObjectName(QStringLiteral("sittingProtocol"));
  protocol_->addItem(tr("All points"), QString());
  for (const auto& protocol : planning::atlas().protocols)
    protocol_->addItem(QString::fromStdString(protocol.title), QString::fromStdString(protocol.name));
  protocol_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(protocol_, &QComboBox::currentIndexChanged, this, [this] { showPoints(); });
  column->addWidget(protocol_);
  points_ = new QListWidget;
  points_->setObjectName(QStringLiteral("sittingPoints"));
  for (const auto& point : planning::atlas().points) {
    auto* item = new QListWidgetItem(
        QString::fromStdString(point.code + "   " + point.names.pinyin + "  " + point.names.chinese));
    item->setData(kCodeRole, QString::fromStdString(point.code));
    item->setFlags(Qt::ItemIsEnabled);
    item->setCheckState(Qt::Unchecked);
    points_->addItem(item);
  }
  connect(points_, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
    const std::string code = item->data(kCodeRole).toString().toStdString();
    search_->clear();  // what was sought is found: the next search begins with all points
    attempt([&] { draft_.choose(code, std::ranges::find(draft_.chosen(), code) == draft_.chosen().end()); });
  });
  column->addWidget(points_, 1);
  return panel;
}

QWidget* SittingPage::makeChosen() {
  QVBoxLayout* column = nullptr;
  QFrame* panel = makePanel(column, tr("3  Begin"));
  figure_ = new LimbFigure;
  figure_->setToolTip(tr("A click on a point takes it, or takes it away"));
  connect(figure_, &LimbFigure::pointClicked, this, [this](const QString& point) {
    const std::string code = point.toStdString();
    attempt([&] { draft_.choose(code, std::ranges::find(draft_.chosen(), code) == draft_.chosen().end()); });
  });
  column->addWidget(figure_, 1);
  chosen_ = new QLabel;
  chosen_->setObjectName(QStringLiteral("sittingChosen"));
  chosen_->setWordWrap(true);
  setRole(*chosen_, "title");
  column->addWidget(chosen_);
  notice_ = new QLabel;
  notice_->setObjectName(QStringLiteral("sittingNotice"));
  notice_->setWordWrap(true);
  column->addWidget(notice_);
  auto* row = new QHBoxLayout;
  row->setSpacing(metrics::gap);
  auto* back = new QPushButton(tr("Back"));
  back->setObjectName(QStringLiteral("sittingBack"));
  connect(back, &QPushButton::clicked, this, &SittingPage::left);
  copy_ = new QPushButton;
  copy_->setObjectName(QStringLiteral("sittingCopy"));
  connect(copy_, &QPushButton::clicked, this, &SittingPage::copyLast);
  begin_ = new QPushButton(tr("Begin"));
  begin_->setObjectName(QStringLiteral("sittingBegin"));
  setRole(*begin_, "primary");
  connect(begin_, &QPushButton::clicked, this, &SittingPage::begin);
  row->addWidget(back);
  row->addStretch(1);
  row->addWidget(copy_);
  row->addWidget(begin_);
  column->addLayout(row);
  return panel;
}

void SittingPage::setPast(std::vector<planning::PastSitting> past) {
  past_ = std::move(past);
  showRecent();
  refresh();
}

void SittingPage::clear() {
  draft_ = PlanDraft();
  affected_.reset();
  sideChosen_ = false;
  refused_.clear();
  search_->clear();
  refresh();
}

void SittingPage::attempt(const std::function<void()>& change) {
  if (showing_) return;
  refused_.clear();
  try {
    change();
  } catch (const std::exception& error) {
    refused_ = QString::fromStdString(error.what());
  }
  refresh();
}

const planning::PastSitting* SittingPage::lastOf(const std::string& code) const {
  const auto found =
      std::ranges::find_if(past_, [&](const auto& past) { return past.sitting.patientCode == code; });
  return found == past_.end() ? nullptr : &*found;
}

void SittingPage::takePatient(const std::string& code) {
  attempt([&] {
    if (code.empty()) {
      draft_.setPatientCode({});
      return;
    }
    const std::string before = draft_.patientCode();
    draft_.setPatientCode(outcomes::checkedCode(code, tr("the patient's code").toStdString()));
    if (code == before) return;
    const planning::PastSitting* last = lastOf(code);
    affected_ = last != nullptr ? last->sitting.affectedSide : std::nullopt;
    if (affected_ && !sideChosen_) draft_.setSide(*affected_);
  });
}

/// The same points with the same plans, and every question to be asked anew.
void SittingPage::copyLast() {
  const planning::PastSitting* last = lastOf(draft_.patientCode());
  if (last == nullptr) return;
  attempt([&] {
    PlanDraft next;
    next.setPatientCode(draft_.patientCode());
    next.setSide(last->sitting.points.front().plan.side);
    for (const planning::SittingPoint& point : last->sitting.points) {
      next.choose(point.plan.acupoint, true);
      planning::Plan plan = point.plan;
      plan.side = next.side();
      plan.checklist.reset();
      next.setPlan(std::move(plan));
    }
    draft_ = std::move(next);
    sideChosen_ = true;
  });
}

QString SittingPage::missing() const {
  if (draft_.patientCode().empty()) return tr("Give the patient's code first.");
  if (!sideChosen_ && !affected_) return tr("Choose the side: LEFT or RIGHT.");
  if (draft_.chosen().empty()) return tr("Choose the points: in the list, or on the figure.");
  return {};
}

void SittingPage::begin() {
  if (!missing().isEmpty()) return;
  attempt([&] {
    planning::Sitting sitting;
    sitting.patientCode = draft_.patientCode();
    sitting.affectedSide = affected_;
    const std::string inHand = draft_.current();
    for (const std::string& code : draft_.chosen()) {
      draft_.setCurrent(code);
      planning::SittingPoint point;
      point.plan = draft_.finished();
      sitting.points.push_back(std::move(point));
    }
    draft_.setCurrent(inHand);
    emit begun(sitting);
  });
}

void SittingPage::showRecent() {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // not at once: a click on one of them may be what changes them
    delete item;
  }
  QStringList shown;
  for (const auto& past : past_) {
    const QString code = QString::fromStdString(past.sitting.patientCode);
    if (shown.contains(code) || shown.size() >= kRecentShown) continue;
    shown << code;
    auto* button = new QPushButton(tr("%1   last %2").arg(code, dayOf(past.sitting)));
    button->setObjectName(QStringLiteral("recentPatient_") + code);
    setRole(*button, "row");
    connect(button, &QPushButton::clicked, this, [this, code] { takePatient(code.toStdString()); });
    recent_->addWidget(button);
  }
}

void SittingPage::showPoints() {
  const auto* protocol = planning::atlas().protocol(protocol_->currentData().toString().toStdString());
  const QString text = search_->text().trimmed();
  for (int row = 0; row < points_->count(); ++row) {
    QListWidgetItem& item = *points_->item(row);
    const std::string code = item.data(kCodeRole).toString().toStdString();
    const bool listed =
        protocol == nullptr || std::ranges::find(protocol->points, code) != protocol->points.end();
    item.setHidden(!listed || !matches(*planning::atlas().point(code), text));
    const bool chosen = std::ranges::find(draft_.chosen(), code) != draft_.chosen().end();
    item.setCheckState(chosen ? Qt::Checked : Qt::Unchecked);
  }
}

void SittingPage::refresh() {
  showing_ = true;
  code_->setText(QString::fromStdString(draft_.patientCode()));
  affectedSide_->button(affected_ ? static_cast<int>(*affected_) : kNotKnown)->setChecked(true);
  const bool sided = sideChosen_ || affected_;
  side_->setExclusive(false);
  for (const BodySide side : {BodySide::Left, BodySide::Right})
    side_->button(static_cast<int>(side))->setChecked(sided && draft_.side() == side);
  side_->setExclusive(true);
  showPoints();
  QStringList chosen;
  for (const std::string& code : draft_.chosen()) chosen << QString::fromStdString(code);
  figure_->setPoints(draft_.side(), chosen, chosen.isEmpty() ? QString() : chosen.back());
  QStringList parts;
  if (!draft_.patientCode().empty()) parts << QString::fromStdString(draft_.patientCode());
  if (sided) parts << sideWord(draft_.side());
  parts << chosen;
  chosen_->setText(parts.join(QStringLiteral("  ")));
  const planning::PastSitting* last = lastOf(draft_.patientCode());
  copy_->setVisible(last != nullptr);
  if (last != nullptr) copy_->setText(tr("Points of %1").arg(dayOf(last->sitting)));
  const bool open = !past_.empty() && dayOf(past_.front().sitting).toStdString() == planning::today() &&
                    std::ranges::any_of(past_.front().sitting.points, [](const auto& p) { return !p.done; });
  resume_->setVisible(open);
  if (open)
    resume_->setText(tr("Go on with %1").arg(QString::fromStdString(past_.front().sitting.patientCode)));
  const QString need = missing();
  begin_->setEnabled(need.isEmpty());
  const bool other = sided && affected_ && draft_.side() != *affected_;
  const QString said =
      !refused_.isEmpty() ? refused_
      : !need.isEmpty()   ? need
      : other ? tr("The affected side is %1: it will be asked at the point.").arg(sideWord(*affected_))
              : tr("At most %1 points a session.").arg(planning::atlas().mostPointsASession);
  notice_->setText(said);
  setRole(*notice_, !refused_.isEmpty() ? "bad" : other && need.isEmpty() ? "warn" : "muted");
  showing_ = false;
}

}  // namespace acuguide::ui
