#include "calibration/report/report.h"

#include "calibration/report/plot.h"
#include "core/utf8_text.h"
#include "core/version.h"

#include <opencv2/imgcodecs.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace acuguide::calibration {
namespace {

constexpr const char* style = R"css(
body{font:15px/1.5 "Noto Sans",sans-serif;color:#1c2430;max-width:1080px;margin:24px auto;padding:0 16px}
h1{font-size:24px;margin:0 0 12px}h2{font-size:18px;margin:28px 0 8px;border-bottom:1px solid #d5dae1}
.verdict{padding:12px 16px;border-left:6px solid;font-size:17px}.usable{border-color:#2e8b57;background:#edf7f1}
.unusable{border-color:#b3261e;background:#fbeeed}
table{border-collapse:collapse;margin:8px 0}th,td{padding:3px 12px;border-bottom:1px solid #e2e6eb;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}svg.plot{width:520px;max-width:100%;margin:6px}
svg text{font:12px "Noto Sans",sans-serif}svg .title{font-weight:600;text-anchor:middle}svg .label{text-anchor:middle}
svg .tick{font-size:11px;fill:#4a5563}svg .cell{font-size:11px;text-anchor:middle}svg .grid{stroke:#e2e6eb}
figure{margin:10px 0}figure img{max-width:100%}figcaption,footer{color:#4a5563;font-size:13px}
@media print{svg.plot,figure,table{break-inside:avoid}}
)css";

bool isNumber(const std::string& text) {
  if (text.empty()) return false;
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() || text == "–";
}

std::string base64(const std::vector<uchar>& bytes) {
  constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve(bytes.size() * 4 / 3 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = bytes.size() - i;
    const unsigned group = unsigned{bytes[i]} << 16 | (left > 1 ? unsigned{bytes[i + 1]} << 8 : 0u) |
                           (left > 2 ? unsigned{bytes[i + 2]} : 0u);
    text += digits[group >> 18];
    text += digits[group >> 12 & 63];
    text += left > 1 ? digits[group >> 6 & 63] : '=';
    text += left > 2 ? digits[group & 63] : '=';
  }
  return text;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : utf8Text(text)) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", decimals, value);
  return text;
}

Report::Report(const std::string& title) : title_(title) {}

void Report::verdict(bool usable, const std::string& sentence) {
  body_ += std::string("<p class=\"verdict ") + (usable ? "usable" : "unusable") + "\">" + escaped(sentence) +
           "</p>\n";
}

void Report::section(const std::string& heading) { body_ += "<h2>" + escaped(heading) + "</h2>\n"; }

void Report::text(const std::string& paragraph) { body_ += "<p>" + escaped(paragraph) + "</p>\n"; }

void Report::list(const std::vector<std::string>& sentences) {
  body_ += "<ul>\n";
  for (const std::string& sentence : sentences) body_ += "<li>" + escaped(sentence) + "</li>\n";
  body_ += "</ul>\n";
}

void Report::table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  body_ += "<table><tr>";
  for (const std::string& cell : head) body_ += "<th>" + escaped(cell) + "</th>";
  body_ += "</tr>\n";
  for (const auto& row : rows) {
    body_ += "<tr>";
    for (const std::string& cell : row)
      body_ += (isNumber(cell) ? "<td class=\"n\">" : "<td>") + escaped(cell) + "</td>";
    body_ += "</tr>\n";
  }
  body_ += "</table>\n";
}

void Report::plot(const Plot& plot) { body_ += plot.svg() + "\n"; }

void Report::plot(const MapPlot& plot) { body_ += plot.svg() + "\n"; }

void Report::picture(const cv::Mat& pixels, const std::string& caption) {
  std::vector<uchar> png;
  cv::imencode(".png", pixels, png);
  body_ += "<figure><img alt=\"" + escaped(caption) + "\" src=\"data:image/png;base64," + base64(png) +
           "\"><figcaption>" + escaped(caption) + "</figcaption></figure>\n";
}

std::string Report::html() const {
  return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title_) +
         "</title><style>" + style + "</style></head><body>\n<h1>" + escaped(title_) + "</h1>\n" + body_ +
         "<footer>acuguide " + version + ". " + escaped(researchUseStatement) + "</footer></body></html>\n";
}

}  // namespace acuguide::calibration
