#include "ui/widgets/file_dialog.h"

#include <QFileDialog>

#include <utility>

namespace acuguide::ui {

QFileDialog* askForFile(QWidget* parent, FileWanted wanted, const QString& title, const QString& filter,
                        std::function<void(const QString&)> chosen, const QString& suffix) {
  auto* dialog = new QFileDialog(parent, title, QString(), filter);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setOption(QFileDialog::DontUseNativeDialog);
  dialog->setModal(false);
  switch (wanted) {
    case FileWanted::Open:
      dialog->setFileMode(QFileDialog::ExistingFile);
      break;
    case FileWanted::Save:
      dialog->setAcceptMode(QFileDialog::AcceptSave);
      dialog->setDefaultSuffix(suffix);
      break;
    case FileWanted::Folder:
      dialog->setFileMode(QFileDialog::Directory);
      break;
  }
  QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
  dialog->show();
  return dialog;
}

}  // namespace acuguide::ui
