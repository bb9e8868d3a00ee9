#pragma once

#include "navigation/guidance_snapshot.h"
#include "rendering/palette.h"

#include <QString>
#include <QWidget>

#include <optional>

namespace acuguide::ui {

class DangerBar;
class FitLabel;

/// What there is to say of the nearest danger, in one place for all that say it.
struct NearestDanger {
  QString name;
  QString distance;                              ///< "! 1.8 mm" inside the margin; unknown is "–"
  std::optional<double> margins = std::nullopt;  ///< the distance, in margins; none where it is not known
  rendering::palette::Colour colour = rendering::palette::kText;
};

/// Of the plan's dangers and of what may be one: amber within twice its margin, red inside it (what is only
/// possible stays amber).
NearestDanger nearestDanger(const navigation::GuidanceSnapshot& snapshot);

/// The nearest danger and how far the needle is from it, of the plan's and of what may be one; "–" when none
/// is known.
class DangerReadOut : public QWidget {
  Q_OBJECT
 public:
  explicit DangerReadOut(QWidget* parent = nullptr);

  void setSnapshot(const navigation::GuidanceSnapshot& snapshot);
  /// Shares of `height`, and no type smaller than `least`, logical pixels.
  void setTextSizes(int height, int least);

 private:
  FitLabel* name_;
  FitLabel* distance_;
  DangerBar* bar_;
};

}  // namespace acuguide::ui
