#include "ui/windows/source_control.h"

#include <QFutureWatcher>
#include <QRegularExpression>
#include <QtConcurrentRun>

#include <exception>
#include <string>

namespace acuguide::ui {

namespace {

/// Empty when the source can be opened, else why not.
std::string whyNotOpened(const acquisition::SourceCatalog& catalog, const std::string& source) {
  try {
    catalog.open(source);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace

SourceControl::SourceControl(navigation::Navigator& navigator, acquisition::SourceCatalog catalog,
                             QObject* parent)
    : QObject(parent), navigator_(navigator), catalog_(std::move(catalog)) {}

void SourceControl::open(const QString& source) {
  ++attempt_;
  const std::string why = whyNotASource(catalog_, source.toStdString());
  if (!why.empty()) {
    emit said(QString::fromStdString(why));
    return;
  }
  const bool somethingToLose = navigator_.snapshot()->frame != nullptr && !navigator_.source().empty();
  static const QRegularExpression scheme(QStringLiteral("^[a-z]+:"));
  const bool isFile = !source.contains(scheme);
  if (somethingToLose && isFile) {
    tryBeside(source);
  } else {
    start(source);
  }
}

void SourceControl::tryBeside(const QString& source) {
  emit said(tr("Opening %1 …").arg(source));
  auto* watcher = new QFutureWatcher<std::string>(this);
  connect(watcher, &QFutureWatcher<std::string>::finished, this, [this, watcher, source, mine = attempt_] {
    watcher->deleteLater();
    if (mine != attempt_) return;
    const std::string why = watcher->result();
    if (why.empty()) {
      start(source);
    } else {
      emit said(QString::fromStdString(why));
    }
  });
  watcher->setFuture(QtConcurrent::run(
      [catalog = catalog_, text = source.toStdString()] { return whyNotOpened(catalog, text); }));
}

void SourceControl::start(const QString& source) {
  navigator_.open(source.toStdString());
  emit said({});
  emit opened(source);
}

}  // namespace acuguide::ui
