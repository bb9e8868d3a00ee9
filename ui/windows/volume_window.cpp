#include "ui/windows/volume_window.h"

#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/volume_view.h"
#include "ui/widgets/elided_label.h"
#include "ui/window_picture.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStatusBar>

#include <cmath>
#include <utility>

namespace acuguide::ui {

using Plane = SliceView::Plane;

namespace {

// Of 8-bit grey levels, all of them.
constexpr double kWholeWindow = 255, kWholeLevel = 127.5;

}  // namespace

VolumeWindow::VolumeWindow(VolumeShown shown, const QString& name) : shown_(std::move(shown)) {
  setWindowTitle(name + QStringLiteral(" – acuguide"));
  auto* middle = new QWidget(this);
  middle->setObjectName(QStringLiteral("page"));
  auto* grid = new QGridLayout(middle);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(2);
  const volume::Volume* labels = shown_.labels ? &*shown_.labels : nullptr;
  for (const Plane plane : {Plane::Sagittal, Plane::Coronal, Plane::Axial})
    slices_[static_cast<std::size_t>(plane)] =
        new SliceView(shown_.volume, labels, shown_.structures, plane, middle);
  space_ = new VolumeView(shown_.volume, shown_.structures, middle);
  grid->addWidget(&slice(Plane::Axial), 0, 0);
  grid->addWidget(space_, 0, 1);
  grid->addWidget(&slice(Plane::Coronal), 1, 0);
  grid->addWidget(&slice(Plane::Sagittal), 1, 1);
  for (int i = 0; i < 2; ++i) {
    grid->setRowStretch(i, 1);
    grid->setColumnStretch(i, 1);
  }
  setCentralWidget(middle);

  std::vector<std::pair<QString, rendering::palette::Colour>> legend;
  for (const auto& structure : shown_.structures) legend.emplace_back(nameOf(structure), structure.colour);
  space_->setLegend(std::move(legend));

  place_ = new QLabel(this);
  place_->setObjectName(QStringLiteral("volumePlace"));
  auto* keys = new ElidedLabel(Qt::ElideRight, this);
  keys->setText(
      tr("F, B: next and previous slice   Shift+move: all slices here   V: slices in space   "
         "G: structures   R: reset"));
  keys->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setRole(*keys, "muted");
  statusBar()->setSizeGripEnabled(false);
  statusBar()->setContentsMargins(metrics::gap, 0, metrics::gap, 0);
  statusBar()->addWidget(place_);
  statusBar()->addWidget(keys, 1);

  for (SliceView* view : slices_) {
    connect(view, &SliceView::pointedAt, this, &VolumeWindow::pointAt);
    connect(view, &SliceView::crossMoved, this, [this](int x, int y, int z) {
      for (SliceView* each : slices_) each->setCross({x, y, z});
    });
    connect(view, &SliceView::sliceChanged, this, [this] {
      for (SliceView* each : slices_) each->setCross(cross());
      space_->setSlices(cross());
    });
    connect(view, &SliceView::windowLevelChanged, this, &VolumeWindow::setWindowLevel);
  }

  const auto add = [this](const QList<QKeySequence>& keysOf, auto slot) {
    auto* action = new QAction(this);
    action->setShortcuts(keysOf);
    connect(action, &QAction::triggered, this, slot);
    addAction(action);
  };
  add({QKeySequence(Qt::Key_F11)}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
  add({QKeySequence::Quit, QKeySequence::Close}, [this] { close(); });
  setMinimumSize(metrics::smallestWindowWidth, metrics::smallestWindowHeight);
}

VolumeWindow::~VolumeWindow() = default;

std::array<int, 3> VolumeWindow::cross() const {
  return {slices_[0]->slice(), slices_[1]->slice(), slices_[2]->slice()};
}

/// "possible vessel 1 (64 %)"; of what acuguide has not named, the file's own name.
QString VolumeWindow::nameOf(const rendering::VolumeStructure& structure) const {
  const QString id = QString::fromStdString(structure.id);
  QString name = id;
  for (const auto& [kind, words] : {std::pair{QStringLiteral("bone"), tr("possible bone")},
                                    {QStringLiteral("fascia"), tr("possible deep fascia")},
                                    {QStringLiteral("vessel"), tr("possible vessel")},
                                    {QStringLiteral("nerve"), tr("possible nerve")}}) {
    if (!id.startsWith(kind)) continue;
    const QString number = id.mid(kind.size());
    name = number.isEmpty() ? words : words + QLatin1Char(' ') + number;
  }
  if (structure.confidence > 0)
    name += QStringLiteral(" (%1 %)").arg(static_cast<int>(std::lround(100 * structure.confidence)));
  return name;
}

void VolumeWindow::setWindowLevel(double window, double level) {
  for (SliceView* each : slices_) each->setWindowLevel(window, level);
  space_->setWindowLevel(window, level);
  place_->setText(tr("window %1   level %2").arg(window, 0, 'f', 0).arg(level, 0, 'f', 0));
}

void VolumeWindow::pointAt(int x, int y, int z) {
  const volume::VolumeGrid& grid = shown_.volume.grid;
  const std::array<int, 3> voxel{x, y, z};
  QString text;
  for (std::size_t a = 0; a < 3; ++a) {  // as 3D Slicer says it
    const double lps = grid.originMm[a] + voxel[a] * grid.spacingMm[a];
    text += QStringLiteral("%1 %2  ")
                .arg(QLatin1Char(lps < 0 ? "RAI"[a] : "LPS"[a]))
                .arg(std::abs(lps), 0, 'f', 1);
  }
  const std::size_t at = grid.index(x, y, z);
  text += QStringLiteral("mm   ") + tr("grey level %1").arg(shown_.volume.grey[at]);
  const std::uint8_t label = shown_.labels ? shown_.labels->grey[at] : std::uint8_t{0};
  for (const auto& structure : shown_.structures)
    if (label > 0 && structure.label == label) text += QStringLiteral("   ") + nameOf(structure);
  place_->setText(text);
}

void VolumeWindow::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_V:
      space_->showSlices(slicesInSpace_ = !slicesInSpace_);
      break;
    case Qt::Key_G:
      structures_ = !structures_;
      for (SliceView* view : slices_) view->showLabels(structures_);
      space_->showSurfaces(structures_);
      break;
    case Qt::Key_R:
      for (SliceView* view : slices_) view->resetView();
      setWindowLevel(kWholeWindow, kWholeLevel);
      space_->resetView();
      break;
    default:
      QMainWindow::keyPressEvent(event);
  }
}

bool VolumeWindow::saveScreenshot(const QString& path) { return saveWindowPicture(*this, path); }

}  // namespace acuguide::ui
