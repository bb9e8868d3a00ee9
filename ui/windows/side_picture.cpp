#include "ui/windows/side_picture.h"

#include "ui/picture_view.h"
#include "ui/style/metrics.h"
#include "ui/style/style.h"
#include "ui/style/wording.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace acuguide::ui {

SidePicture::SidePicture(QWidget* parent)
    : QWidget(parent),
      picture_(new PictureView),
      title_(new ElidedLabel(Qt::ElideMiddle)),
      said_(new ElidedLabel) {
  setObjectName(QStringLiteral("sidePicture"));
  picture_->setObjectName(QStringLiteral("sidePictureView"));
  title_->setObjectName(QStringLiteral("sidePictureTitle"));
  said_->setObjectName(QStringLiteral("sidePictureSaid"));
  setRole(*title_, "strong");
  setRole(*said_, "muted");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(title_);
  column->addWidget(picture_, 1);
  column->addWidget(said_);
}

void SidePicture::setTitle(const QString& title) { title_->setText(title); }

void SidePicture::setSnapshot(std::shared_ptr<const navigation::GuidanceSnapshot> snapshot,
                              const QString& moment) {
  QStringList said{moment};
  if (snapshot && snapshot->guidance) {
    said << wording::stateWord(snapshot->guidance->state)
         << tr("depth %1").arg(wording::length(snapshot->guidance->tipDepth))
         << tr("to target %1").arg(wording::length(snapshot->guidance->tipToTarget));
  } else if (snapshot) {
    said << wording::needleState(snapshot->needle.state);
  }
  said_->setText(said.join(QStringLiteral(" · ")));
  picture_->setSnapshot(std::move(snapshot));
}

void SidePicture::setOverlays(const rendering::Overlays& overlays) { picture_->setOverlays(overlays); }

void SidePicture::setWhole(bool whole) { picture_->setWhole(whole); }

}  // namespace acuguide::ui
