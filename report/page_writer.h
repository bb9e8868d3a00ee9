#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QImage>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

class QPainter;
class QRectF;

namespace acuguide::report {

struct PageOptions {
  QString title;      ///< of the document, and at the head of every page after the first
  QString statement;  ///< at the foot of every page
  int pages = 0;      ///< in all, for "page 1 of 3"; 0: not known yet
};

struct PagePicture {
  QImage pixels;
  QString caption;
};

/// Sets a document on A4 pages from top to bottom as PDF, text as text. Needs a QGuiApplication.
class PageWriter {
 public:
  using Row = std::vector<QString>;

  explicit PageWriter(const PageOptions& options);
  ~PageWriter();
  PageWriter(const PageWriter&) = delete;
  PageWriter& operator=(const PageWriter&) = delete;

  void title(const QString& text, const QString& below);
  /// On a new page unless so much room is left under it: never alone at a page's foot.
  void heading(const QString& text, double roomMm = 24);
  /// Smaller and grey: where numbers come from, what is not known.
  void remark(const QString& text);
  /// A sentence in a box that is not to be overlooked.
  void notice(const QString& text, const QColor& colour);
  /// Names and values in two columns.
  void facts(const std::vector<std::pair<QString, QString>>& facts);
  /// `shares` of the width, one a column. The head is set again on every page the table runs over to.
  void table(const Row& head, const std::vector<Row>& rows, const std::vector<double>& shares);
  /// Two a line.
  void pictures(const std::vector<PagePicture>& pictures);
  /// Over the whole width and `share` of it high; `draw` gets the place in the painter's units.
  void drawing(double share, const std::function<void(QPainter&, const QRectF&)>& draw);
  /// Lines to sign on, side by side.
  void signatures(const std::vector<QString>& captions);

  /// Ends the document: the PDF, and how many pages it has.
  std::pair<QByteArray, int> finish();

 private:
  struct Page;
  std::unique_ptr<Page> page_;
};

}  // namespace acuguide::report
