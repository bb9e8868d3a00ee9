#include "ui/windows/memory.h"

namespace acuguide::ui {

namespace {

constexpr int kRecentKept = 8;

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

QByteArray Memory::splitter(const QString& window) const {
  return settings_ ? settings_->value(window + QStringLiteral("/splitter")).toByteArray() : QByteArray();
}

void Memory::setLayout(const QString& window, const QByteArray& geometry, const QByteArray& splitter) {
  if (!settings_) return;
  settings_->setValue(window + QStringLiteral("/geometry"), geometry);
  settings_->setValue(window + QStringLiteral("/splitter"), splitter);
}

}  // namespace acuguide::ui
