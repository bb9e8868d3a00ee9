#pragma once

#include "ui/widgets/source_dialog.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace acuguide::ui {

/// What the window shows while there is no source: the way to a sitting, four ways to a picture, the way to
/// the engineer's bench, the sources used last, and what went wrong with the one just tried.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  explicit StartPage(QWidget* parent = nullptr);

  void setError(const QString& sentence);
  void setRecent(const QStringList& sources);
  /// Whether there is a way to the bench.
  void setBench(bool there);
  /// Whether a sitting can be begun here.
  void setSitting(bool there);

 signals:
  void choosePage(SourceDialog::Page page);
  void chosen(const QString& source);
  void benchAsked();
  void sittingAsked();

 private:
  QLabel* error_;
  QWidget* bench_;
  QWidget* sitting_;
  QLabel* recentHeading_;
  QVBoxLayout* recent_;
};

}  // namespace acuguide::ui
