#include "report/page_writer.h"

#include <QtCore/QBuffer>
#include <QtGui/QFont>
#include <QtGui/QFontMetricsF>
#include <QtGui/QPageLayout>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>

#include <algorithm>
#include <numeric>

namespace acuguide::report {
namespace {

constexpr int dotsPerInch = 300;
constexpr double widthMm = 210, heightMm = 297, marginMm = 18, footMm = 20;
const QColor inkColour(0x1c, 0x24, 0x30), mutedColour(0x55, 0x5f, 0x6d), lineColour(0xc9, 0xd0, 0xd8),
    headColour(0xf0, 0xf3, 0xf6), accentColour(0x1f, 0x5f, 0xa8);

double dots(double mm) { return mm / 25.4 * dotsPerInch; }

QFont fontOf(double points, bool bold = false) {
  QFont font(QStringLiteral("Noto Sans"));
  font.setStyleHint(QFont::SansSerif);
  font.setPointSizeF(points);
  font.setBold(bold);
  // Any spacing of its own turns ligatures off, with which "affected" could not be searched for in the PDF.
  font.setLetterSpacing(QFont::AbsoluteSpacing, 0.02);
  return font;
}

constexpr int wrapped = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

}  // namespace

struct PageWriter::Page {
  explicit Page(const PageOptions& told) : options(told), writer(&buffer) {
    buffer.open(QIODevice::WriteOnly);
    writer.setResolution(dotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setTitle(options.title);
    writer.setCreator(QStringLiteral("acuguide"));
    painter.begin(&writer);
    startPage();
  }

  void startPage() {
    y = dots(marginMm);
    if (number > 1) {
      draw(options.title, fontOf(8), mutedColour);
      y += dots(4);
    }
    drawFoot();
  }

  void drawFoot() {
    painter.setPen(QPen(lineColour, dots(0.2)));
    const double top = dots(heightMm - footMm);
    painter.drawLine(QPointF(left(), top), QPointF(left() + width(), top));
    painter.setFont(fontOf(7.5));
    painter.setPen(mutedColour);
    painter.drawText(QRectF(left(), top + dots(2), width() * 0.87, dots(12)), wrapped, options.statement);
    QString where = QStringLiteral("page %1").arg(number);
    if (options.pages > 0) where += QStringLiteral(" of %1").arg(options.pages);
    painter.drawText(QRectF(left(), top + dots(2), width(), dots(6)), Qt::AlignRight | Qt::AlignTop, where);
  }

  void nextPage() {
    writer.newPage();
    ++number;
    startPage();
  }

  /// A new page unless so much is left on this one.
  bool require(double height) {
    if (y + height <= dots(heightMm - footMm - 2)) return false;
    nextPage();
    return true;
  }

  static double left() { return dots(marginMm); }
  static double width() { return dots(widthMm - 2 * marginMm); }

  double heightOf(const QString& text, const QFont& font, double across) {
    painter.setFont(font);
    return painter.boundingRect(QRectF(0, 0, across, dots(1000)), wrapped, text).height();
  }

  /// Sets text over the whole width and goes on below it.
  void draw(const QString& text, const QFont& font, const QColor& colour) {
    const double height = heightOf(text, font, width());
    require(height);
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(QRectF(left(), y, width(), height), wrapped, text);
    y += height;
  }

  double rowHeight(const Row& row, const std::vector<double>& widths, const QFont& font) {
    double height = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
      height = std::max(height, heightOf(row[i], font, widths[i] - dots(3)));
    return height + dots(1.4);
  }

  void drawRow(const Row& row, const std::vector<double>& widths, const QFont& font, double height,
               bool head) {
    if (head) painter.fillRect(QRectF(left(), y, width(), height), headColour);
    double x = left();
    painter.setFont(font);
    for (std::size_t i = 0; i < row.size(); ++i) {
      painter.setPen(inkColour);
      painter.drawText(QRectF(x + dots(1.5), y + dots(0.7), widths[i] - dots(3), height - dots(0.7)), wrapped,
                       row[i]);
      x += widths[i];
    }
    y += height;
    painter.setPen(QPen(lineColour, dots(0.15)));
    painter.drawLine(QPointF(left(), y), QPointF(left() + width(), y));
  }

  PageOptions options;
  QByteArray bytes;
  QBuffer buffer{&bytes};
  QPdfWriter writer;
  QPainter painter;
  double y = 0;
  int number = 1;
};

PageWriter::PageWriter(const PageOptions& options) : page_(std::make_unique<Page>(options)) {}
PageWriter::~PageWriter() = default;

void PageWriter::title(const QString& text, const QString& below) {
  page_->draw(text, fontOf(18, true), inkColour);
  page_->y += dots(1);
  page_->draw(below, fontOf(10), mutedColour);
  page_->y += dots(3);
}

void PageWriter::heading(const QString& text, double roomMm) {
  page_->require(dots(roomMm));
  page_->y += dots(4);
  page_->draw(text, fontOf(11.5, true), accentColour);
  page_->painter.setPen(QPen(accentColour, dots(0.3)));
  page_->painter.drawLine(QPointF(Page::left(), page_->y + dots(0.5)),
                          QPointF(Page::left() + Page::width(), page_->y + dots(0.5)));
  page_->y += dots(2.5);
}

void PageWriter::remark(const QString& text) {
  page_->draw(text, fontOf(8), mutedColour);
  page_->y += dots(1);
}

void PageWriter::notice(const QString& text, const QColor& colour) {
  const QFont font = fontOf(9.5, true);
  const double height = page_->heightOf(text, font, Page::width() - dots(8)) + dots(4);
  page_->require(height);
  QColor ground = colour;
  ground.setAlphaF(0.09F);
  page_->painter.fillRect(QRectF(Page::left(), page_->y, Page::width(), height), ground);
  page_->painter.fillRect(QRectF(Page::left(), page_->y, dots(1.2), height), colour);
  page_->painter.setFont(font);
  page_->painter.setPen(inkColour);
  page_->painter.drawText(QRectF(Page::left() + dots(4), page_->y + dots(2), Page::width() - dots(8), height),
                          wrapped, text);
  page_->y += height + dots(2);
}

void PageWriter::facts(const std::vector<std::pair<QString, QString>>& facts) {
  const double half = Page::width() / 2, name = dots(30), value = half - name - dots(3);
  for (std::size_t i = 0; i < facts.size(); i += 2) {
    double height = 0;
    for (std::size_t k = i; k < std::min(i + 2, facts.size()); ++k)
      height = std::max({height, page_->heightOf(facts[k].second, fontOf(9.5), value),
                         page_->heightOf(facts[k].first, fontOf(8.5), name)});
    page_->require(height + dots(1));
    for (std::size_t k = i; k < std::min(i + 2, facts.size()); ++k) {
      const double x = Page::left() + (k == i ? 0 : half);
      page_->painter.setFont(fontOf(8.5));
      page_->painter.setPen(mutedColour);
      page_->painter.drawText(QRectF(x, page_->y + dots(0.3), name, height), wrapped, facts[k].first);
      page_->painter.setFont(fontOf(9.5));
      page_->painter.setPen(inkColour);
      page_->painter.drawText(QRectF(x + name, page_->y, value, height), wrapped, facts[k].second);
    }
    page_->y += height + dots(1);
  }
}

void PageWriter::table(const Row& head, const std::vector<Row>& rows, const std::vector<double>& shares) {
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<double> widths;
  for (const double share : shares) widths.push_back(share / all * Page::width());
  const QFont bold = fontOf(8.5, true), plain = fontOf(8.5);
  const double headHeight = page_->rowHeight(head, widths, bold);
  page_->require(headHeight + dots(12));
  page_->drawRow(head, widths, bold, headHeight, true);
  for (const Row& row : rows) {
    const double height = page_->rowHeight(row, widths, plain);
    if (page_->require(height)) page_->drawRow(head, widths, bold, headHeight, true);
    page_->drawRow(row, widths, plain, height, false);
  }
  page_->y += dots(2);
}

void PageWriter::pictures(const std::vector<PagePicture>& pictures) {
  const double gap = dots(4), across = (Page::width() - gap) / 2;
  const QFont font = fontOf(8);
  for (std::size_t i = 0; i < pictures.size(); i += 2) {
    const std::size_t end = std::min(i + 2, pictures.size());
    double height = 0, caption = 0;
    for (std::size_t k = i; k < end; ++k) {
      const QSize size = pictures[k].pixels.size();
      height = std::max(height, std::min(across * size.height() / std::max(1, size.width()), dots(100)));
      caption = std::max(caption, page_->heightOf(pictures[k].caption, font, across));
    }
    page_->require(height + caption + dots(4));
    for (std::size_t k = i; k < end; ++k) {
      const double x = Page::left() + (k == i ? 0 : across + gap);
      const QSizeF size =
          QSizeF(pictures[k].pixels.size()).scaled(QSizeF(across, height), Qt::KeepAspectRatio);
      page_->painter.drawImage(QRectF(QPointF(x, page_->y), size), pictures[k].pixels);
      page_->painter.setFont(font);
      page_->painter.setPen(mutedColour);
      page_->painter.drawText(QRectF(x, page_->y + height + dots(1), across, caption), wrapped,
                              pictures[k].caption);
    }
    page_->y += height + caption + dots(4);
  }
}

void PageWriter::drawing(double share, const std::function<void(QPainter&, const QRectF&)>& draw) {
  const QSizeF size(Page::width(), share * Page::width());
  page_->require(size.height());
  page_->painter.save();
  draw(page_->painter, QRectF(QPointF(Page::left(), page_->y), size));
  page_->painter.restore();
  page_->y += size.height() + dots(2);
}

void PageWriter::signatures(const std::vector<QString>& captions) {
  page_->require(dots(26));
  page_->y += dots(16);
  const double gap = dots(6);
  const double across =
      (Page::width() - gap * static_cast<double>(captions.size() - 1)) / static_cast<double>(captions.size());
  double x = Page::left();
  for (const QString& caption : captions) {
    page_->painter.setPen(QPen(inkColour, dots(0.25)));
    page_->painter.drawLine(QPointF(x, page_->y), QPointF(x + across, page_->y));
    page_->painter.setFont(fontOf(8));
    page_->painter.setPen(mutedColour);
    page_->painter.drawText(QRectF(x, page_->y + dots(1), across, dots(6)), wrapped, caption);
    x += across + gap;
  }
  page_->y += dots(8);
}

std::pair<QByteArray, int> PageWriter::finish() {
  page_->painter.end();
  page_->buffer.close();
  return {page_->bytes, page_->number};
}

}  // namespace acuguide::report
