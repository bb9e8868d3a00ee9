#pragma once

#include "navigation/navigator.h"
#include "ui/widgets/source_choices.h"

#include <QObject>
#include <QString>

namespace acuguide::ui {

/// Opening sources for a window. While one delivers pictures, a file is first tried beside it: one that
/// cannot be read changes nothing and is answered with a sentence.
class SourceControl : public QObject {
  Q_OBJECT
 public:
  SourceControl(navigation::Navigator& navigator, acquisition::SourceCatalog catalog,
                QObject* parent = nullptr);

  void open(const QString& source);

 signals:
  void opened(const QString& source);
  /// What happened or went wrong, in one sentence.
  void said(const QString& sentence);

 private:
  void start(const QString& source);
  void tryBeside(const QString& source);

  navigation::Navigator& navigator_;
  acquisition::SourceCatalog catalog_;
  quint64 attempt_ = 0;  ///< answers of older attempts are dropped
};

}  // namespace acuguide::ui
