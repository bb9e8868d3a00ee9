#include "ui/widgets/help_dialog.h"

#include "core/version.h"
#include "ui/style/wording.h"

#include <QAction>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace acuguide::ui {

namespace {

QString keyTable(const QList<QAction*>& actions) {
  QString rows;
  for (const QAction* action : actions) {
    const QString key = keyText(*action);
    if (key.isEmpty()) continue;
    QString what = action->whatsThis().isEmpty() ? action->text() : action->whatsThis();
    what.remove(QLatin1Char('&'));
    rows += QStringLiteral(
                "<tr><td style='padding:2px 18px 2px 0'><b>%1</b></td><td style='padding:2px 0'>%2</td></tr>")
                .arg(key.toHtmlEscaped(), what.toHtmlEscaped());
  }
  return QStringLiteral("<table>%1</table>").arg(rows);
}

QString linesText() {
  return HelpDialog::tr(
      "<p>Frame round the picture and word beside it: cyan approach, green on course, yellow off course, red "
      "stop.</p>"
      "<p>Needle: solid when seen, dashed when predicted, absent when lost. The circle at its tip is as "
      "large as the tip "
      "is uncertain. Blue bars behind it, or a ring with a dot: how the blade's edge has to lie. Target: "
      "cross in a ring. Corridor: pair of thin lines. Tissue planes: thin curves with "
      "a letter (S "
      "superficial, D deep aponeurosis, B bone). Dangers: hatched, with a name, and “?” when found by "
      "software. Dashed and not hatched, “nerve?” or “vessel?”: found by a network that is often wrong; a "
      "click "
      "on it, or Y and D, says whether it is one.</p>"
      "<p>A click in the picture proposes a target there; Enter confirms it, Esc drops it, Ctrl+Z takes it "
      "back.</p>"
      "<p>“–” is unknown. Lengths are in px while the size of a pixel is not known.</p>");
}

}  // namespace

QString keyText(const QAction& action) {
  QStringList keys;
  for (const QKeySequence& sequence : action.shortcuts()) {
    QString key = sequence.toString(QKeySequence::NativeText);
    key.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
    if (!keys.contains(key)) keys << key;
  }
  return keys.join(QStringLiteral(", "));
}

HelpDialog::HelpDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("helpDialog"));
  setWindowTitle(tr("Help"));
  setModal(false);
  resize(640, 600);
  auto* browser = new QTextBrowser;
  browser->setObjectName(QStringLiteral("helpText"));
  browser->setHtml(
      QStringLiteral("<h3>%1</h3>%2<h3>%3</h3>%4<h3>%5</h3><p>%6</p><p>%7</p>")
          .arg(tr("Keys"), keyTable(actions), tr("What the picture shows"), linesText(), tr("What this is"),
               wording::researchStatement(),
               tr("acuguide %1, %2 licence").arg(QString::fromUtf8(version), QString::fromUtf8(licence))));
  auto* column = new QVBoxLayout(this);
  column->addWidget(browser);
}

QString HelpDialog::text() const { return findChild<QTextBrowser*>()->toPlainText(); }

}  // namespace acuguide::ui
