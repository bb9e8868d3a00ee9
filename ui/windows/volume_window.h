#pragma once

#include "rendering/volume_scene.h"
#include "ui/slice_view.h"
#include "volume/volume.h"

#include <QMainWindow>

#include <array>
#include <optional>
#include <vector>

class QLabel;

namespace acuguide::ui {

class VolumeView;

/// What a volume's window shows.
struct VolumeShown {
  volume::Volume volume;
  std::optional<volume::Volume> labels;  ///< the segmentation, on the volume's grid
  std::vector<rendering::VolumeStructure> structures;
};

/// A volume as 3D Slicer lays it out: axial, rendering, coronal and sagittal. Keys: V shows the slices in the
/// rendering, G the structures found, R resets; the slices' own in slice_view.h.
class VolumeWindow : public QMainWindow {
  Q_OBJECT
 public:
  VolumeWindow(VolumeShown shown, const QString& name);
  ~VolumeWindow() override;

  SliceView& slice(SliceView::Plane plane) { return *slices_[static_cast<std::size_t>(plane)]; }
  VolumeView& space() { return *space_; }
  bool saveScreenshot(const QString& path);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void pointAt(int x, int y, int z);
  void setWindowLevel(double window, double level);
  QString nameOf(const rendering::VolumeStructure& structure) const;
  std::array<int, 3> cross() const;

  VolumeShown shown_;
  std::array<SliceView*, 3> slices_{};
  VolumeView* space_ = nullptr;
  QLabel* place_ = nullptr;
  bool slicesInSpace_ = false, structures_ = true;
};

}  // namespace acuguide::ui
