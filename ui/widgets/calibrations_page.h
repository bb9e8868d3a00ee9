#pragma once

#include "calibration/report/result_list.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace acuguide::ui {

class ElidedLabel;

/// The calibrations of a folder: verdict, probe, error and age of each, and what the chosen one was made
/// from.
class CalibrationsPage : public QWidget {
  Q_OBJECT
 public:
  explicit CalibrationsPage(QWidget* parent = nullptr);

  /// Reads the folder anew; a folder that cannot be read is said instead of a list.
  void showFolder(const std::filesystem::path& folder);
  const std::filesystem::path& folder() const { return folder_; }

 signals:
  void repeatAsked(const acuguide::calibration::ResultEntry& entry);
  void newAsked();
  void folderAsked();

 private:
  QWidget* listPanel();
  QWidget* detailPanel();
  void showEntries();
  void showDetail(int row);
  void openPage() const;

  std::filesystem::path folder_;
  std::vector<calibration::ResultEntry> entries_;
  QStackedWidget* listOrNone_;
  QTableWidget* table_;
  QLabel* none_;
  ElidedLabel* place_;
  QLabel* name_;
  QLabel* verdict_;
  QLabel* sentence_;
  QLabel* facts_;
  QLabel* inputs_;
  QPushButton* page_;
  QPushButton* repeat_;
};

}  // namespace acuguide::ui
