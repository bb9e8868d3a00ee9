#include "ui/widgets/statement_panel.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace acuguide::ui {

StatementPanel::StatementPanel(QWidget* parent) : QFrame(parent) {
  setObjectName(QStringLiteral("statement"));
  setRole(*this, "panel");
  auto* text = new QLabel(wording::researchStatement());
  text->setObjectName(QStringLiteral("statementText"));
  text->setWordWrap(true);
  auto* understood = new QPushButton(tr("Understood"));
  understood->setObjectName(QStringLiteral("statementUnderstood"));
  setRole(*understood, "primary");
  connect(understood, &QPushButton::clicked, this, &StatementPanel::understood);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::panelPadding, metrics::gap, metrics::panelPadding, metrics::gap);
  row->setSpacing(metrics::panelPadding);
  row->addWidget(text, 1);
  row->addWidget(understood, 0, Qt::AlignVCenter);
}

}  // namespace acuguide::ui
