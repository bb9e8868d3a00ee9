#include "ui/widgets/start_page.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace acuguide::ui {

namespace {

constexpr int kColumnWidth = 760;
constexpr int kRecentShown = 3;

/// A large button: what it does, and a line on what for.
class Card : public QPushButton {
 public:
  Card(const QString& title, const QString& line) {
    setRole(*this, "card");
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(2);
    auto* heading = new QLabel(title);
    auto* text = new QLabel(line);
    setRole(*heading, "strong");
    setRole(*text, "muted");
    text->setWordWrap(true);
    for (QLabel* label : {heading, text}) {
      label->setAttribute(Qt::WA_TransparentForMouseEvents);
      column->addWidget(label);
    }
    column->addStretch(1);
  }
  // A QPushButton knows nothing of a layout in it.
  QSize sizeHint() const override { return layout()->sizeHint(); }
  QSize minimumSizeHint() const override { return layout()->minimumSize(); }
};

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent),
      error_(new QLabel),
      recentHeading_(new QLabel(tr("Recent"))),
      recent_(new QVBoxLayout) {
  setObjectName(QStringLiteral("page"));
  auto* inner = new QWidget;
  inner->setMaximumWidth(kColumnWidth);
  auto* column = new QVBoxLayout(inner);
  column->setSpacing(metrics::panelPadding);

  auto* sitting = new Card(tr("Begin a sitting"), tr("Patient, side and points, then guide, point by point"));
  sitting->setObjectName(QStringLiteral("startSitting"));
  connect(sitting, &QPushButton::clicked, this, &StartPage::sittingAsked);
  sitting_ = sitting;
  sitting_->hide();
  column->addWidget(sitting);

  auto* title = new QLabel(tr("Where do the pictures come from?"));
  title->setObjectName(QStringLiteral("startTitle"));
  setRole(*title, "title");
  column->addWidget(title);
  error_->setObjectName(QStringLiteral("startError"));
  error_->setWordWrap(true);
  error_->setVisible(false);
  setRole(*error_, "bad");
  column->addWidget(error_);

  using Page = SourceDialog::Page;
  struct Entry {
    const char* name;
    QString title, line;
    Page page;
  };
  const std::array<Entry, 4> entries{{
      {"startDevice", tr("Use a capture device"),
       tr("The scanner's video output on this computer's frame grabber"), Page::Device},
      {"startRecording", tr("Open a recording"), tr("A video, a sequence, or a folder of images"),
       Page::Recording},
      {"startScanner", tr("Connect to a scanner"), tr("Over the network or through a GStreamer pipeline"),
       Page::Scanner},
      {"startSimulator", tr("Try the simulator"), tr("Simulated ultrasound with a blade going to its target"),
       Page::Simulator},
  }};
  auto* grid = new QGridLayout;
  grid->setSpacing(metrics::panelPadding);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto* card = new Card(entries[i].title, entries[i].line);
    card->setObjectName(QString::fromLatin1(entries[i].name));
    connect(card, &QPushButton::clicked, this, [this, page = entries[i].page] { emit choosePage(page); });
    grid->addWidget(card, static_cast<int>(i / 2), static_cast<int>(i % 2));
    grid->setColumnStretch(static_cast<int>(i % 2), 1);
  }
  auto* bench =
      new Card(tr("Calibrate a probe"),
               tr("The engineer's bench: calibrations there are, and new ones from recorded sweeps"));
  bench->setObjectName(QStringLiteral("startBench"));
  connect(bench, &QPushButton::clicked, this, &StartPage::benchAsked);
  bench_ = bench;
  grid->addWidget(bench, static_cast<int>(entries.size() / 2), 0, 1, 2);
  column->addLayout(grid);
  setRole(*recentHeading_, "heading");
  column->addWidget(recentHeading_);
  recent_->setSpacing(0);
  column->addLayout(recent_);

  auto* centre = new QGridLayout(this);
  centre->setColumnStretch(0, 1);
  centre->setColumnStretch(1, 20);
  centre->setColumnStretch(2, 1);
  centre->setRowStretch(0, 1);
  centre->setRowStretch(2, 1);
  centre->addWidget(inner, 1, 1);
  setRecent({});
}

void StartPage::setError(const QString& sentence) {
  setTextIfChanged(*error_, sentence);
  error_->setVisible(!sentence.isEmpty());
}

void StartPage::setSitting(bool there) { sitting_->setVisible(there); }

void StartPage::setBench(bool there) { bench_->setVisible(there); }

void StartPage::setRecent(const QStringList& sources) {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    item->widget()->hide();
    item->widget()->deleteLater();  // not at once: a click on one of them is what changes them
    delete item;
  }
  for (const QString& source : sources.first(std::min<qsizetype>(kRecentShown, sources.size()))) {
    const QFileInfo file(source);
    const QString title =
        file.exists() ? QStringLiteral("%1   %2").arg(file.fileName(), file.path()) : source;
    auto* button = new QPushButton;
    button->setText(button->fontMetrics().elidedText(title, Qt::ElideMiddle, kColumnWidth - 40));
    button->setToolTip(source);
    button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setRole(*button, "row");
    connect(button, &QPushButton::clicked, this, [this, source] { emit chosen(source); });
    recent_->addWidget(button);
  }
  recentHeading_->setVisible(!sources.isEmpty());
}

}  // namespace acuguide::ui
