#include "core/clock.h"
#include "guidance/hints.h"
#include "navigation/fail_safe.h"
#include "planning/danger_zones.h"
#include "rendering/picture_scene.h"
#include "ui/widgets/alarm_line.h"
#include "ui/widgets/danger_read_out.h"
#include "ui/widgets/fit_label.h"
#include "ui/widgets/read_out.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/steps_line.h"
#include "ui/window_fixture.h"

#include <QRegularExpression>
#include <gtest/gtest.h>

#include <random>

namespace acuguide::ui {
namespace {

using Eigen::Vector2d;
using navigation::GuidanceSnapshot;
using tracking::NeedleState;

/// All that the guiding window says of a snapshot: read-out, danger, steps, alarms with those behind "+1
/// more", status, and the words in the image.
class Said {
 public:
  QStringList of(const GuidanceSnapshot& snapshot) {
    readOut_.setSnapshot(snapshot);
    danger_.setSnapshot(snapshot);
    steps_.setSnapshot(snapshot);
    alarms_.setAlarms(snapshot.alarms);
    StatusStrip status;  // a new one: it renews its facts only every now and then
    status.setSnapshot(snapshot);
    QStringList texts;
    for (const QWidget* part :
         std::initializer_list<const QWidget*>{&readOut_, &danger_, &alarms_, &status}) {
      for (const QLabel* label : part->findChildren<QLabel*>()) {
        QString text = label->text();
        if (const auto* fit = qobject_cast<const FitLabel*>(label); fit != nullptr && !fit->unit().isEmpty())
          text += QLatin1Char(' ') + fit->unit();
        if (!text.isEmpty()) texts << text;
        if (label->objectName() == QLatin1String("alarmMore") && !label->toolTip().isEmpty())
          texts << label->toolTip();
      }
    }
    const auto layout = rendering::PictureLayout::enlarged(snapshot.frame->pixels.size(), 1);
    for (const auto& label :
         rendering::drawOverlays(snapshot, rendering::Overlays::all(), layout, monotonicSeconds()).labels)
      texts << QString::fromStdString(label.text);
    return texts;
  }
  QString state() const { return test::textOf(readOut_, "readoutState"); }
  QString order() const { return test::textOf(readOut_, "readoutOrder"); }
  QString step() const {
    for (int i = 1; i <= 6; ++i) {
      const QString text = test::textOf(steps_, qPrintable(QStringLiteral("step%1").arg(i)));
      if (text.startsWith(QStringLiteral("▸"))) return text.mid(2);
    }
    return {};
  }

 private:
  ReadOut readOut_;
  DangerReadOut danger_;
  StepsLine steps_;
  AlarmLine alarms_;
};

bool shows(const QStringList& texts, const char* pattern) {
  return !texts.filter(QRegularExpression(QString::fromUtf8(pattern))).isEmpty();
}

/// In capitals or not.
bool says(const QStringList& texts, const char* pattern) {
  const QRegularExpression words(QString::fromUtf8(pattern), QRegularExpression::CaseInsensitiveOption);
  return !texts.filter(words).isEmpty();
}

/// What no window may say at once; empty when nothing contradicts.
QString contradiction(const QStringList& texts, const Said& said, const GuidanceSnapshot& snapshot) {
  using guidance::Step;
  const QString order = said.order(), state = said.state();
  const bool advance = order.contains(QStringLiteral("advance"));
  const bool high =
      !snapshot.alarms.empty() && snapshot.alarms.front().priority == navigation::AlarmPriority::High;
  const bool still = state == "STALE" || state == "FROZEN" || state == "ENDED";
  if (texts.filter(QRegularExpression(QStringLiteral("^(steeper|shallower|move |advance|WITHDRAW|hold$|▸ )")))
          .size() > 1)
    return QStringLiteral("several orders");
  if (advance && (state == "STOP" || high || still)) return QStringLiteral("advance with a stop or an alarm");
  if (advance && snapshot.procedure && snapshot.procedure->step < Step::Align)
    return QStringLiteral("advance while a step is open");
  if (snapshot.procedure && snapshot.procedure->asked && snapshot.guidance &&
      (snapshot.procedure->step == Step::Checklist || snapshot.procedure->step == Step::ConfirmPoint) &&
      !order.startsWith(QStringLiteral("▸")))
    return QStringLiteral("another order than the step that is open");
  if (says(texts, "\\bhold\\b") && says(texts, "withdraw")) return QStringLiteral("hold and withdraw");
  if (says(texts, "not calibrated|scale unknown") && says(texts, "[0-9] mm\\b"))
    return QStringLiteral("millimetres without a scale");
  if (still && (!order.isEmpty() || shows(texts, "ON COURSE|OFF COURSE|AT TARGET|APPROACH|\\bSTOP\\b")))
    return QStringLiteral("guided by an image that is not the present");
  if ((state == "ON COURSE" || state == "AT TARGET") && high)
    return QStringLiteral("a claim and a high alarm");
  if (state == "STOP" && snapshot.guidance->hints.empty() && snapshot.needle.state != NeedleState::None)
    return QStringLiteral("a stop without a way out");
  return {};
}

/// A random plan, image and hand, frame by frame through rule, steps and fail-safe as in the running program.
class Insertion {
 public:
  explicit Insertion(unsigned seed) : random_(seed) {
    const bool scaled = chance(0.8);
    auto plan = std::make_shared<planning::Plan>();
    plan->acupoint = "ST36";
    if (scaled || chance(0.5))
      plan->target = planning::TargetAtDepth{{in(-4, 4), in(9, 20)}};
    else
      plan->target = planning::TargetAtPixel{{in(150, 250), in(90, 200)}};
    if (chance(0.5)) plan->maximumDepthMm = in(10, 22);
    for (int i = 0; i < 2; ++i) {
      planning::DangerZone zone;
      zone.name = i == 0 ? "deep peroneal nerve" : "anterior tibial artery";
      zone.automatic = chance(0.3);
      zone.shape = planning::Ellipse{{in(-12, 12), in(6, 28)}, in(0.5, 3), in(0.5, 3), 0};
      plan->dangers.push_back(zone);
    }
    plan_ = plan;
    auto frame = std::make_shared<Frame>();
    frame->pixels = cv::Mat(301, 401, CV_8UC1, cv::Scalar(60));
    if (scaled) frame->geometry.spacingMm = Vector2d(0.1, 0.1);
    frame_ = frame;
    analysis_ = std::make_shared<imaging::FrameAnalysis>();
    analysis_->region.bounds = {0, 0, 401, 301};
    analysis_->region.probe = imaging::ProbeSide::Top;
    tracking::PossibleZone zone;
    zone.id = 1;
    const Vector2d at(in(80, 320), in(60, 260));
    zone.outlinePx = {at, at + Vector2d(25, 0), at + Vector2d(25, 25), at + Vector2d(0, 25)};
    possible_ = {zone};
    readiness_ = {chance(0.6), chance(0.7), chance(0.7)};
    if (!readiness_.asked) readiness_.checklistPassed = readiness_.pointConfirmed = true;
    angle_ = in(0.4, 1.9);
    aim_ = {in(150, 250), in(80, 220)};
    left_ = in(40, 220);
    live_ = chance(0.7);
  }

  GuidanceSnapshot next() {
    time_ += 1.0 / 30;
    left_ += in(-6, 4);
    if (chance(0.05)) left_ += in(-60, 60);
    tracking::NeedleTrack needle;
    needle.state = chance(0.85)  ? NeedleState::Observed
                   : chance(0.5) ? NeedleState::Predicted
                                 : NeedleState::None;
    const Vector2d direction(std::cos(angle_), std::sin(angle_));
    needle.tipPx = aim_ - left_ * direction + Vector2d(in(-2, 2), in(-2, 2));
    needle.tailPx = needle.tipPx - 70 * direction;
    needle.confidence = 0.9;
    needle.time = time_;

    GuidanceSnapshot snapshot;
    snapshot.sequence = ++sequence_;
    auto frame = std::make_shared<Frame>(*frame_);
    frame->time = time_;
    frame->arrival = monotonicSeconds();
    snapshot.frame = frame;
    snapshot.analysis = analysis_;
    snapshot.needle = needle;
    snapshot.plan = plan_;
    const bool apart = chance(0.05) && frame_->geometry.spacingMm;
    if (apart) snapshot.needlesApartMm = 4.2;
    snapshot.guidance = rule().process(frame->geometry, *analysis_, needle, {}, possible_, apart);
    snapshot.procedure = procedure_.process(*snapshot.guidance, needle, readiness_);
    guidance::withholdClaims(*snapshot.procedure, *snapshot.guidance);
    hints_.settle(*snapshot.guidance, time_);
    snapshot.structures.doubt = navigation::StructuresDoubt::None;
    snapshot.structures.answered = time_;
    snapshot.structures.answerSure = snapshot.structures.tissue.sure = true;
    snapshot.structures.zones = possible_;

    acquisition::StreamStatus stream;
    stream.source.name = "the test's";
    stream.source.live = live_;
    stream.connection = acquisition::Connection::Running;
    navigation::Watch watch;
    watch.now = frame->arrival;
    if (chance(0.1)) watch.frozen = true;
    if (chance(0.1)) watch.now += 2.0;
    if (chance(0.1)) watch.staleUntil = watch.now + 0.5;
    if (chance(0.1)) watch.paused = true;
    if (chance(0.1))
      stream.connection = live_ ? acquisition::Connection::Lost : acquisition::Connection::Ended;
    return navigation::asOf(std::move(snapshot), stream, watch);
  }

 private:
  bool chance(double share) { return in(0, 1) < share; }
  double in(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }
  guidance::GuidanceRule& rule() {
    if (!rule_) rule_.emplace(plan_);
    return *rule_;
  }

  std::mt19937 random_;
  std::shared_ptr<const planning::Plan> plan_;
  std::shared_ptr<const Frame> frame_;
  std::shared_ptr<imaging::FrameAnalysis> analysis_;
  std::vector<tracking::PossibleZone> possible_;
  std::optional<guidance::GuidanceRule> rule_;
  guidance::Procedure procedure_{3};
  guidance::HintSettler hints_;
  guidance::Readiness readiness_;
  double time_ = 0, angle_ = 0, left_ = 0;
  Vector2d aim_;
  bool live_ = true;
  std::uint64_t sequence_ = 0;
};

class WindowOrders : public test::WindowTest {};

TEST_F(WindowOrders, NothingThatIsSaidAtOnceContradicts) {
  Said said;
  int stops = 0, orders = 0, open = 0, still = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    Insertion insertion(seed);
    for (int frame = 0; frame < 60; ++frame) {
      const GuidanceSnapshot snapshot = insertion.next();
      const QStringList texts = said.of(snapshot);
      const QString what = contradiction(texts, said, snapshot);
      ASSERT_EQ(what.toStdString(), "") << "seed " << seed << ", frame " << frame << ": "
                                        << texts.join(QStringLiteral(" | ")).toStdString();
      stops += said.state() == "STOP";
      orders += !said.order().isEmpty();
      open += said.order().startsWith(QStringLiteral("▸"));
      still += said.state() == "STALE" || said.state() == "FROZEN" || said.state() == "ENDED";
    }
  }
  EXPECT_GT(stops, 100);
  EXPECT_GT(orders, 500);
  EXPECT_GT(open, 100);
  EXPECT_GT(still, 200);
}

/// The test itself: each contradiction is found where it is.
TEST_F(WindowOrders, ContradictionsAreFound) {
  Said said;
  auto snapshot = test::guidedSnapshot();
  const auto found = [&] {
    const QStringList texts = said.of(snapshot);
    return contradiction(texts, said, snapshot);
  };
  EXPECT_EQ(found(), "");
  snapshot.guidance->state = guidance::GuidanceState::Stop;
  snapshot.guidance->hints = {{guidance::Hint::Advance, 94, 9.4}};
  EXPECT_EQ(found(), "advance with a stop or an alarm");
  snapshot.guidance->hints = {{guidance::Hint::Hold, 0, {}}};
  snapshot.guidance->reason = guidance::GuidanceReason::TooDeep;
  EXPECT_EQ(found(), "hold and withdraw");
  snapshot = test::guidedSnapshot();
  snapshot.procedure = guidance::ProcedureState{guidance::Step::Align, {}, {}, 3, true};
  auto frame = std::make_shared<Frame>(*snapshot.frame);
  frame->geometry.spacingMm.reset();
  snapshot.frame = frame;
  EXPECT_EQ(found(), "millimetres without a scale");
  snapshot = test::guidedSnapshot();
  snapshot.picture = navigation::PictureState::Stale;
  EXPECT_EQ(found(), "guided by an image that is not the present");
}

}  // namespace
}  // namespace acuguide::ui
