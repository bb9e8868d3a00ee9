#pragma once

#include <QIcon>

namespace acuguide::ui {

/// The marks on the buttons beside the picture, drawn as lines: sharp at every size.
enum class Mark {
  Open,
  Plan,
  Freeze,
  Snapshot,
  Record,
  EditPlan,
  Checklist,
  Confirm,
  Mute,
  Overlays,
  PictureOnly,
  WholeScreen
};

/// In the colour of text; dark on a button that is checked.
QIcon icon(Mark mark);

}  // namespace acuguide::ui
