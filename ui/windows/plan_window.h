#pragma once

#include "acquisition/source_catalog.h"
#include "navigation/guidance_snapshot.h"
#include "ui/plan/plan_draft.h"

#include <QMainWindow>

#include <functional>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
class QTabWidget;

namespace acuguide::ui {

class BladeDial;
class ChecklistPanel;
class ElidedLabel;
class LandmarkWindow;
class LimbFigure;
class PointsView;
class SectionEditor;

/// The plan window: patient and side, protocol and points, landmarks, the points on a figure of the limb and
/// in space, the section with its danger zones, the way in with its reasons, the blade's direction, the
/// checklist, and the plan on one page. Everything is planned anew at every change; what makes no sense is
/// refused in one sentence and what was there stays.
class PlanWindow : public QMainWindow {
  Q_OBJECT
 public:
  /// `catalog`: the trackers that a stylus can be seen by.
  explicit PlanWindow(acquisition::SourceCatalog catalog, QWidget* parent = nullptr);
  ~PlanWindow() override;

  PlanDraft& draft() { return draft_; }
  /// Opens a plan as the one in hand.
  void open(const planning::Plan& plan);
  bool loadPlan(const QString& path);
  bool savePlan(const QString& path);
  bool printPlan(const QString& path);
  /// The picture that the section is drawn over: this patient's, with its scale.
  void setPicture(const navigation::GuidanceSnapshot& snapshot);
  bool saveScreenshot(const QString& path);
  /// The window of the patient's landmarks, opened.
  LandmarkWindow& openLandmarks();
  /// For a plan window with no guiding window behind it: "Use this plan" saves the plan, asking for a file
  /// where it has none or has changed since, and gives that file to `guide`, which starts the guiding and
  /// says whether it could.
  void standAlone(std::function<bool(const QString& planFile)> guide);

 signals:
  /// "Use this plan": with the proposed way in. Not where the window stands alone.
  void used(const planning::Plan& plan);

 private:
  QWidget* makeLeft();
  QWidget* makeMiddle();
  QWidget* makeRight();
  QWidget* makeWay();
  QWidget* makeDangers();
  QWidget* makeBar();
  /// Does it and shows the result; says why where it cannot be done.
  bool attempt(const std::function<void()>& change);
  void change(const std::function<void(planning::Plan&)>& change);
  void refresh();
  void showPoints();
  void showPoint();
  void showWay();
  void showBlade();
  void showDangers();
  void showLandmarks();
  void takeLandmarks();
  void say(const QString& sentence, bool bad = false);
  void use();
  void guideBy(const QString& planFile);
  /// The plan in hand is what the file holds.
  void keepFile(const QString& path);

  static constexpr int codeRole = 0x0100;  ///< Qt::UserRole: the WHO code of a line in the list of points

  const acquisition::SourceCatalog catalog_;
  PlanDraft draft_;
  std::function<bool(const QString&)> guide_;
  QString file_;              ///< that the plan in hand was last read from or written to
  std::string inFile_;        ///< its text then
  bool tickRefused_ = false;  ///< by the click that is being handled
  bool showing_ = false;      ///< the widgets are being filled: their signals are not a person's

  QLineEdit* patient_ = nullptr;
  QButtonGroup* side_ = nullptr;
  QComboBox* protocol_ = nullptr;
  QListWidget* points_ = nullptr;
  QLabel* point_ = nullptr;
  LandmarkWindow* landmarks_ = nullptr;
  LimbFigure* figure_ = nullptr;
  PointsView* inSpace_ = nullptr;
  QTabWidget* figures_ = nullptr;
  SectionEditor* section_ = nullptr;
  QButtonGroup* tools_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QComboBox* targetKind_ = nullptr;
  QDoubleSpinBox *targetDepth_ = nullptr, *lateral_ = nullptr, *limit_ = nullptr, *probe_ = nullptr;
  QComboBox *picture_ = nullptr, *instrument_ = nullptr;
  QSpinBox* strokes_ = nullptr;
  QLabel *wayTitle_ = nullptr, *wayText_ = nullptr, *why_ = nullptr, *bladeText_ = nullptr;
  BladeDial* dial_ = nullptr;
  ChecklistPanel* checklist_ = nullptr;
  QListWidget* dangers_ = nullptr;
  QLineEdit* dangerName_ = nullptr;
  QComboBox *dangerKind_ = nullptr, *dangerCourse_ = nullptr;
  QDoubleSpinBox* margin_ = nullptr;
  ElidedLabel* notice_ = nullptr;
  QPushButton* use_ = nullptr;
};

}  // namespace acuguide::ui
