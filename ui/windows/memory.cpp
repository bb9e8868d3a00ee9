#include "ui/windows/memory.h"

namespace acuguide::ui {

namespace {

constexpr int kRecentKept = 8;

QString shareKey(const QString& window, bool stacked) {
  return window + (stacked ? QStringLiteral("/stackedShare") : QStringLiteral("/panelShare"));
}

}  // namespace

Memory::Memory(bool enabled, const std::filesystem::path& file) {
  if (!enabled) return;
  settings_ = file.empty()
                  ? std::make_unique<QSettings>(QStringLiteral("acuguide"), QStringLiteral("acuguide"))
                  : std::make_unique<QSettings>(QString::fromStdString(file.string()), QSettings::IniFormat);
}

QStringList Memory::recentSources() const {
  return settings_ ? settings_->value(QStringLiteral("recent/sources")).toStringList() : QStringList();
}

QString Memory::lastSource() const { return recentSources().value(0); }

QStringList Memory::recentPlans() const {
  return settings_ ? settings_->value(QStringLiteral("recent/plans")).toStringList() : QStringList();
}

void Memory::addSource(const QString& source) { addTo(QStringLiteral("recent/sources"), source); }

void Memory::addPlan(const QString& path) { addTo(QStringLiteral("recent/plans"), path); }

void Memory::addTo(const QString& key, const QString& entry) {
  if (!settings_) return;
  QStringList list = settings_->value(key).toStringList();
  list.removeAll(entry);
  list.prepend(entry);
  settings_->setValue(key, QStringList(list.mid(0, kRecentKept)));
}

bool Memory::statementSeen() const {
  return !settings_ || settings_->value(QStringLiteral("statementSeen"), false).toBool();
}

void Memory::setStatementSeen() {
  if (settings_) settings_->setValue(QStringLiteral("statementSeen"), true);
}

QByteArray Memory::geometry(const QString& window) const {
  return settings_ ? settings_->value(window + QStringLiteral("/geometry")).toByteArray() : QByteArray();
}

void Memory::setGeometry(const QString& window, const QByteArray& geometry) {
  if (settings_) settings_->setValue(window + QStringLiteral("/geometry"), geometry);
}

std::optional<double> Memory::panelShare(const QString& window, bool stacked) const {
  if (!settings_) return std::nullopt;
  const QVariant kept = settings_->value(shareKey(window, stacked));
  return kept.canConvert<double>() ? std::optional(kept.toDouble()) : std::nullopt;
}

void Memory::setPanelShare(const QString& window, bool stacked, double share) {
  if (settings_) settings_->setValue(shareKey(window, stacked), share);
}

}  // namespace acuguide::ui
