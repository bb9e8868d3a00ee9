#include "apps/drawing_application.h"

#include <QtGui/QGuiApplication>

namespace acuguide::apps {
namespace {

int count = 1;
char name[] = "acuguide";
char* words[] = {name, nullptr};

}  // namespace

DrawingApplication::DrawingApplication() {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  // Qt tells the terminal where it puts its own runtime files; nobody asked.
  const QtMessageHandler before =
      qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  application_ = std::make_unique<QGuiApplication>(count, words);
  qInstallMessageHandler(before);
}

DrawingApplication::~DrawingApplication() = default;

}  // namespace acuguide::apps
