#pragma once

#include "ui/widgets/source_dialog.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace acuguide::ui {

/// What the window shows while there is no source: four ways to a picture, the sources used last, and what
/// went wrong with the one just tried.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  explicit StartPage(QWidget* parent = nullptr);

  void setError(const QString& sentence);
  void setRecent(const QStringList& sources);

 signals:
  void choosePage(SourceDialog::Page page);
  void chosen(const QString& source);

 private:
  QLabel* error_;
  QLabel* recentHeading_;
  QVBoxLayout* recent_;
};

}  // namespace acuguide::ui
