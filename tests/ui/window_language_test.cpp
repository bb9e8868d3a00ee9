#include "ui/plan/points_in_space.h"
#include "ui/style/language.h"
#include "ui/style/wording.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace acuguide::ui {
namespace {

/// An application that speaks a language while it lives: the one there is, or its own.
class Speaking {
 public:
  explicit Speaking(const char* locale) {
    if (qApp == nullptr) own_ = std::make_unique<QCoreApplication>(argc_, argv_);
    applyLanguage(*qApp, QLocale(QString::fromLatin1(locale)));
  }
  ~Speaking() { qDeleteAll(qApp->findChildren<QTranslator*>()); }

 private:
  int argc_ = 1;
  char name_[5] = "test";
  char* argv_[2] = {name_, nullptr};
  std::unique_ptr<QCoreApplication> own_;
};

std::string stop() { return wording::stateWord(guidance::GuidanceState::Stop).toStdString(); }

TEST(Language, FollowsTheLocaleAndIsEnglishForAnyOther) {
  EXPECT_EQ(stop(), "STOP");
  for (const auto& [locale, word] : {std::pair{"zh_CN", "停止"},
                                     {"zh_TW", "停止"},
                                     {"ko_KR", "멈춤"},
                                     {"en_US", "STOP"},
                                     {"de_DE", "STOP"},
                                     {"C", "STOP"}}) {
    const Speaking application(locale);
    EXPECT_EQ(stop(), word) << locale;
  }
}

/// lupdate filed these under a class that nobody asks for, and they stayed English.
TEST(Language, ThePointsInSpaceSpeakItToo) {
  const std::string english = pointsInSpace(PlanDraft()).note;
  for (const char* locale : {"zh_CN", "ko_KR"}) {
    const Speaking application(locale);
    EXPECT_NE(pointsInSpace(PlanDraft()).note, english) << locale;
  }
}

TEST(Language, AmountsAndUnitsStayInEveryTranslation) {
  const QDir folder(QStringLiteral(ACUGUIDE_SOURCE_DIR "/ui/translations"));
  const QStringList files = folder.entryList({QStringLiteral("*.ts")});
  ASSERT_EQ(files.size(), 2);
  static const QRegularExpression kept(
      QStringLiteral("%\\d|\\bmm\\b|\\bpx\\b|Ctrl\\+\\w|\\([A-Z]\\)|[←→↗↘↓↑■●]"));
  const auto partsOf = [](const QString& text) {
    QStringList parts;
    for (auto match = kept.globalMatch(text); match.hasNext();) parts << match.next().captured();
    parts.sort();
    return parts.join(QLatin1Char(' ')).toStdString();
  };
  for (const QString& name : files) {
    QFile file(folder.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    QString source;
    int pairs = 0;
    while (!xml.atEnd()) {
      if (xml.readNext() != QXmlStreamReader::StartElement) continue;
      if (xml.name() == QLatin1String("source")) source = xml.readElementText();
      if (xml.name() == QLatin1String("translation")) {
        const QString words = xml.readElementText();
        EXPECT_FALSE(words.isEmpty()) << name.toStdString() << ": " << source.toStdString();
        EXPECT_EQ(partsOf(words), partsOf(source)) << name.toStdString() << ": " << source.toStdString();
        ++pairs;
      }
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    EXPECT_GT(pairs, 200);
  }
}

}  // namespace
}  // namespace acuguide::ui
