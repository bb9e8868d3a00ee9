#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <filesystem>
#include <memory>
#include <optional>

namespace acuguide::ui {

/// What a window remembers from one start to the next: source, recent files, layout, and that the statement
/// was read. Plans, overlays and sound are not among it: each procedure starts with a deliberate plan, all
/// overlays and sound on.
class Memory {
 public:
  /// `enabled` false: remembers nothing and forgets nothing. `file` empty: the user's own settings.
  Memory(bool enabled, const std::filesystem::path& file);

  QString lastSource() const;
  QStringList recentSources() const;
  void addSource(const QString& source);
  QStringList recentPlans() const;
  void addPlan(const QString& path);

  bool statementSeen() const;
  void setStatementSeen();

  /// `window`: "guide", "replay". Empty when nothing was kept.
  QByteArray geometry(const QString& window) const;
  void setGeometry(const QString& window, const QByteArray& geometry);
  /// The panel's share of a window, beside the picture or stacked under it.
  std::optional<double> panelShare(const QString& window, bool stacked) const;
  void setPanelShare(const QString& window, bool stacked, double share);

 private:
  void addTo(const QString& key, const QString& entry);

  std::unique_ptr<QSettings> settings_;
};

}  // namespace acuguide::ui
