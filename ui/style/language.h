#pragma once

#include <QLocale>

class QCoreApplication;

namespace acuguide::ui {

/// Puts the program's words, and Qt's own, into the language of a person: English, Chinese or Korean; English
/// for any other. Call once, before the first window. The words are in ui/translations, one file a language.
void applyLanguage(QCoreApplication& application, const QLocale& locale = QLocale::system());

}  // namespace acuguide::ui
