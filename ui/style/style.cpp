#include "ui/style/style.h"

#include "ui/style/metrics.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPalette>
#include <QProxyStyle>
#include <QStyle>
#include <QVariant>
#include <QWidget>

#include <algorithm>
#include <utility>

// A static library's resources have to be asked for by name, outside any namespace.
static void initStyleResource() { Q_INIT_RESOURCE(style); }

namespace acuguide::ui {

namespace {

constexpr rendering::palette::Colour kDisabled = rendering::palette::colour(0x5B646D);
constexpr rendering::palette::Colour kWhite = rendering::palette::colour(0xFFFFFF);

QPalette darkPalette() {
  QPalette colours;
  colours.setColor(QPalette::Window, toQt(rendering::palette::kBackground));
  colours.setColor(QPalette::Base, toQt(rendering::palette::kBackground));
  colours.setColor(QPalette::AlternateBase, toQt(rendering::palette::kPanel));
  colours.setColor(QPalette::Button, toQt(rendering::palette::kPanel));
  colours.setColor(QPalette::Mid, toQt(rendering::palette::kLine));
  colours.setColor(QPalette::Text, toQt(rendering::palette::kText));
  colours.setColor(QPalette::WindowText, toQt(rendering::palette::kText));
  colours.setColor(QPalette::ButtonText, toQt(rendering::palette::kText));
  colours.setColor(QPalette::PlaceholderText, toQt(rendering::palette::kMuted));
  colours.setColor(QPalette::ToolTipBase, toQt(rendering::palette::kPanel));
  colours.setColor(QPalette::ToolTipText, toQt(rendering::palette::kText));
  colours.setColor(QPalette::Highlight, toQt(rendering::palette::kAccent));
  colours.setColor(QPalette::HighlightedText, toQt(rendering::palette::kBackground));
  colours.setColor(QPalette::Link, toQt(rendering::palette::kAccent));
  colours.setColor(QPalette::LinkVisited, toQt(rendering::palette::kAccent));
  for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText}) {
    colours.setColor(QPalette::Disabled, role, toQt(kDisabled));
  }
  return colours;
}

/// Text is text: names, notes and messages come from files and networks, and Qt's labels (tool tips and
/// message boxes with them) would run whatever looks like HTML in it. A label that is to be rich says so
/// itself.
class PlainTextStyle : public QProxyStyle {
 public:
  using QProxyStyle::polish;
  using QProxyStyle::QProxyStyle;
  void polish(QWidget* widget) override {
    QProxyStyle::polish(widget);
    if (auto* label = qobject_cast<QLabel*>(widget); label && label->textFormat() == Qt::AutoText)
      label->setTextFormat(Qt::PlainText);
  }
};

}  // namespace

QColor toQt(const rendering::palette::Colour& colour) {
  return QColor::fromRgb(colour.red, colour.green, colour.blue);
}

QString styleSheet() {
  initStyleResource();
  QFile file(QStringLiteral(":/acuguide/style.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString sheet = QString::fromUtf8(file.readAll());
  const std::pair<const char*, QString> names[] = {
      {"@background", toQt(rendering::palette::kBackground).name()},
      {"@panel", toQt(rendering::palette::kPanel).name()},
      {"@line", toQt(rendering::palette::kLine).name()},
      {"@text", toQt(rendering::palette::kText).name()},
      {"@muted", toQt(rendering::palette::kMuted).name()},
      {"@accent", toQt(rendering::palette::kAccent).name()},
      {"@disabled", toQt(kDisabled).name()},
      {"@white", toQt(kWhite).name()},
      {"@alarmHigh", toQt(rendering::palette::kAlarmHigh).name()},
      {"@caution", toQt(rendering::palette::kOffCourse).name()},
      {"@controlText", QStringLiteral("%1px").arg(metrics::controlText)},
      {"@labelText", QStringLiteral("%1px").arg(metrics::labelText)}};
  for (const auto& [name, value] : names) sheet.replace(QLatin1String(name), value);
  return sheet;
}

QFont textFont(int pixelSize, bool bold) {
  QFont font;
  font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC"),
                    QStringLiteral("Noto Sans CJK KR"), QStringLiteral("Noto Sans Symbols"),
                    QStringLiteral("Noto Sans Symbols2"), QStringLiteral("Noto Sans Math")});
  font.setPixelSize(std::max(1, pixelSize));
  font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
  return font;
}

QColor colourOf(guidance::GuidanceState state) {
  using guidance::GuidanceState;
  switch (state) {
    case GuidanceState::NoNeedle:
      return toQt(rendering::palette::kText);
    case GuidanceState::Approach:
      return toQt(rendering::palette::kApproach);
    case GuidanceState::OnCourse:
      return toQt(rendering::palette::kOnCourse);
    case GuidanceState::OffCourse:
      return toQt(rendering::palette::kOffCourse);
    case GuidanceState::AtTarget:
      return toQt(rendering::palette::kOnCourse);
    case GuidanceState::Stop:
      return toQt(rendering::palette::kStop);
  }
  return toQt(rendering::palette::kText);
}

QColor colourOf(navigation::AlarmPriority priority) {
  using navigation::AlarmPriority;
  switch (priority) {
    case AlarmPriority::High:
      return toQt(rendering::palette::kAlarmHigh);
    case AlarmPriority::Medium:
      return toQt(rendering::palette::kAlarmMedium);
    case AlarmPriority::Low:
      return toQt(rendering::palette::kAlarmLow);
  }
  return toQt(rendering::palette::kText);
}

void setRole(QWidget& widget, const char* role) {
  if (widget.property("role").toString() == QLatin1String(role)) return;
  widget.setProperty("role", QString::fromLatin1(role));
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
}

void applyStyle(QApplication& application) {
  application.setStyle(new PlainTextStyle(QStringLiteral("Fusion")));
  application.setPalette(darkPalette());
  application.setFont(textFont(metrics::controlText));
  application.setStyleSheet(styleSheet());
}

}  // namespace acuguide::ui
