#pragma once

#include "navigation/navigator.h"

#include <Eigen/Core>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace acuguide::ui {

/// The plan of a window: loaded from a file, or a target set in the picture; every change can be undone. What
/// was there stays when a file cannot be read.
class PlanControl : public QObject {
  Q_OBJECT
 public:
  using PlanPtr = std::shared_ptr<const planning::Plan>;

  explicit PlanControl(navigation::Navigator& navigator, QObject* parent = nullptr);

  const PlanPtr& plan() const { return plan_; }
  /// The plan the window starts with: nothing to undo.
  void start(PlanPtr plan) { apply(std::move(plan)); }
  /// Null takes the plan away.
  void set(PlanPtr plan);
  /// The same plan with other danger zones: the target stays on its tissue, the insertion goes on.
  void amend(PlanPtr plan);
  bool load(const QString& path);
  bool save(const QString& path);

  /// A place in the picture that may become the target (full-image pixels).
  void propose(const Eigen::Vector2d& px);
  const std::optional<Eigen::Vector2d>& proposal() const { return proposal_; }
  void dropProposal();
  /// The proposed place becomes the target of the plan, or of a new plan. Without a proposal the plan's own
  /// target is tied anew to the tissue that now lies at its place.
  void confirm();

  bool canUndo() const { return !past_.empty(); }
  void undo();

 signals:
  void changed();
  /// What happened or went wrong, in one sentence.
  void said(const QString& sentence);

 private:
  void apply(PlanPtr plan);

  navigation::Navigator& navigator_;
  PlanPtr plan_;
  struct Past {
    PlanPtr plan;
    bool amended = false;  ///< what came after it changed danger zones only
  };
  std::vector<Past> past_;
  std::optional<Eigen::Vector2d> proposal_;
};

}  // namespace acuguide::ui
