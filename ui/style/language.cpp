#include "ui/style/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

// A static library's resources have to be asked for by name, outside any namespace.
static void initWordsResource() { Q_INIT_RESOURCE(words); }

namespace acuguide::ui {

void applyLanguage(QCoreApplication& application, const QLocale& locale) {
  initWordsResource();
  const auto install = [&](const QString& name, const QString& folder) {
    auto* words = new QTranslator(&application);
    if (words->load(locale, name, QStringLiteral("_"), folder)) {
      QCoreApplication::installTranslator(words);
    } else {
      delete words;
    }
  };
  // Of its dialogs; only where Qt's translations are installed.
  install(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  install(QStringLiteral("acuguide"), QStringLiteral(":/acuguide/words"));
}

}  // namespace acuguide::ui
