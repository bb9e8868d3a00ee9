#pragma once

#include <QString>

#include <functional>

class QFileDialog;
class QWidget;

namespace acuguide::ui {

enum class FileWanted { Open, Save, Folder };

/// A file dialog that is never modal: what runs in the other windows, guidance first, goes on while it is
/// open. `chosen` is called with the file or folder, unless `parent` is gone by then. `suffix`: of a file to
/// be saved that is given none.
QFileDialog* askForFile(QWidget* parent, FileWanted wanted, const QString& title, const QString& filter,
                        std::function<void(const QString&)> chosen, const QString& suffix = {});

}  // namespace acuguide::ui
