#pragma once

#include "ui/widgets/source_choices.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QTabWidget;

namespace acuguide::ui {

/// Choosing a source with one click: capture devices present now, a file or folder, a scanner or pipeline by
/// its text, the simulator's scenarios. Never modal.
class SourceDialog : public QDialog {
  Q_OBJECT
 public:
  enum class Page { Device, Recording, Scanner, Simulator };

  SourceDialog(SourceChoices choices, QWidget* parent = nullptr);

  /// Shows the dialog on a page; looks for devices anew.
  void showPage(Page page);
  void setRecent(const QStringList& sources);

 signals:
  void chosen(const QString& source);

 private:
  QWidget* devicePage();
  QWidget* recordingPage();
  QWidget* scannerPage();
  QWidget* simulatorPage();
  void listDevices();
  void connectToText();
  void chooseFile();
  void chooseFolder();
  void choose(const QString& source);

  SourceChoices choices_;
  QTabWidget* pages_;
  QListWidget* devices_;
  QLabel* noDevice_;
  QListWidget* recent_;
  QLineEdit* text_;
  QLabel* error_;
};

}  // namespace acuguide::ui
