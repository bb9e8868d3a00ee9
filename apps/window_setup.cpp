#include "apps/window_setup.h"

#include "apps/end_on_signal.h"
#include "apps/source_words.h"
#include "apps/sources.h"
#include "core/utf8_text.h"
#include "simulation/scenario.h"
#include "ui/windows/instrument_window.h"

#include <QProcess>
#include <opencv2/core.hpp>

#include <string>

namespace acuguide::apps {
namespace {

ui::SourceChoices sourceChoices(const acquisition::SourceCatalog& catalog) {
  ui::SourceChoices choices;
  choices.catalog = catalog;
  for (const auto& scenario : simulation::scenarios())
    choices.scenarios.push_back({"sim:" + scenario.name, scenario.description});
  return choices;
}

}  // namespace

WindowSetup::WindowSetup(const std::string& source, const AnalysisArguments& analysis,
                         const OffscreenArguments& offscreen,
                         const std::optional<acquisition::SourceCatalog::Kind>& ownKind)
    : offscreen_(offscreen) {
  requireUtf8Name(source, "what a window opens");
  options_.source = source;
  options_.plan = analysis.plan();
  navigation::NavigatorOptions navigatorOptions;
  navigatorOptions.analyzer = analysis.analyzer();
  navigatorOptions.scale = analysis.scale();
  acquisition::SourceCatalog catalog = analysis.sources();
  if (ownKind) catalog.add(*ownKind);
  cv::setNumThreads(analysis.threads);

  desktop_.emplace(offscreen);
  navigator_ = std::make_unique<navigation::Navigator>(catalog, navigatorOptions);
  telling_ = navigator_->subscribe([words = std::make_shared<SourceWords>()](const auto& snapshot) {
    words->tell(*snapshot->frame, snapshot->stream.remark);
  });
  options_.sources = sourceChoices(catalog);
  options_.trackers = allSources();
  options_.remember = !offscreen.offscreen;
  options_.sound = !offscreen.offscreen;
  // A program of its own: what the engineer does there cannot slow a window that guides.
  if (offscreen.offscreen) return;
  options_.openBench = [] {
    QProcess::startDetached(QApplication::applicationFilePath(), {QStringLiteral("bench")});
  };
  options_.openReplay = [](const std::string& session) {
    QProcess::startDetached(QApplication::applicationFilePath(),
                            {QStringLiteral("replay"), QString::fromStdString(session)});
  };
}

int WindowSetup::run(ui::InstrumentWindow& window) {
  if (offscreen_.offscreen) return runOffscreen(window, *navigator_, offscreen_);
  window.showAsLeft();
  const EndOnSignal endOnSignal(window);
  return QApplication::exec();
}

}  // namespace acuguide::apps
