#include "acquisition/text_table.h"

#include "acquisition/sequence/text_numbers.h"
#include "core/error.h"
#include "core/input_file.h"

#include <algorithm>

namespace acuguide::acquisition {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSeparatorsOfNumbers = ",; \t[]";

bool isDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The first row that counts, without its line end.
std::string_view firstRow(std::string_view text, bool comments) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = trimmed(text.substr(0, end));
    if (!row.empty() && !(comments && row.front() == '#')) return row;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

char separatorIn(std::string_view row) {
  std::string bare;  // without what is quoted
  bool quoted = false;
  for (const char c : row) {
    if (c == '"') quoted = !quoted;
    if (!quoted) bare += c;
  }
  for (const char separator : {';', '\t'})
    if (bare.find(separator) != std::string::npos) return separator;
  return ',';
}

/// Cells of a row of numbers. A comma between digits separates as any other comma does, unless the row is
/// written with decimal commas and separated by something else throughout: then the cells keep it, to be
/// told.
std::vector<std::string> numberCells(std::string_view row) {
  const auto split = [row](std::string_view separators) {
    std::vector<std::string> cells;
    for (std::size_t at = row.find_first_not_of(separators); at != std::string_view::npos;) {
      const std::size_t end = std::min(row.find_first_of(separators, at), row.size());
      cells.emplace_back(trimmed(row.substr(at, end - at)));
      at = row.find_first_not_of(separators, end);
    }
    return cells;
  };
  const std::vector<std::string> words = split(kSeparatorsOfNumbers.substr(1));
  const auto plain = [](const std::string& word) {
    return hasDecimalComma(word) || word.find(',') == std::string::npos;
  };
  const bool brackets = row.find('[') != std::string_view::npos;  // MATLAB's rows: commas separate
  if (!brackets && words.size() > 1 && std::ranges::all_of(words, plain) &&
      std::ranges::any_of(words, hasDecimalComma))
    return words;
  return split(kSeparatorsOfNumbers);
}

bool isHeading(const std::vector<std::string>& cells) {
  return std::ranges::none_of(
      cells, [](const std::string& cell) { return cell.empty() || numberIn(cell) || hasDecimalComma(cell); });
}

}  // namespace

bool hasDecimalComma(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::size_t comma = text.find(',');
  return comma != std::string_view::npos && isDigits(text.substr(0, comma)) &&
         isDigits(text.substr(comma + 1));
}

TextTable::TextTable(const std::filesystem::path& path, TextTableOptions options) : name_(path.string()) {
  const std::string content = readInputFile(path);
  std::string_view text = content;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw Error(name_, "is written in UTF-16", "save it as CSV in UTF-8");
  if (text.find('\0') != std::string_view::npos)
    throw Error(name_, "is not a table of text", "check that it is the right file, or save it as CSV");
  parse(text, options);
  if (rows_.empty() || !isHeading(rows_.front().cells)) return;
  heading_ = std::move(rows_.front().cells);
  rows_.erase(rows_.begin());
}

void TextTable::parse(std::string_view text, const TextTableOptions& options) {
  const char separator = separatorIn(firstRow(text, options.comments));
  std::size_t line = 1;
  Row row{line, {""}};
  bool quoted = false;
  const auto endRow = [&] {
    for (std::string& cell : row.cells) cell = trimmed(cell);
    if (options.anySeparator) row.cells = numberCells(row.cells.front());
    const bool empty = row.cells.empty() || (row.cells.size() == 1 && row.cells.front().empty());
    if (!empty) rows_.push_back(std::move(row));
    row = {line, {""}};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lastOfLine = i + 1 == text.size() || text[i + 1] != '\n';
    const char c = text[i] == '\r' && lastOfLine ? '\n' : text[i];  // line ends may be LF, CR LF or CR
    if (c == '\n') ++line;
    if (options.comments && c == '#' && !quoted && row.cells.size() == 1 && trimmed(row.cells[0]).empty()) {
      i = std::min(text.find_first_of("\r\n", i), text.size()) - 1;
    } else if (quoted) {
      if (c != '"') {
        row.cells.back() += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        row.cells.back() += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator && !options.anySeparator) {
      row.cells.emplace_back();
    } else if (c == '\n') {
      endRow();
    } else if (c != '\r') {
      row.cells.back() += c;
    }
  }
  if (quoted)
    throw Error(name_ + " line " + std::to_string(row.line), "a quote is opened and not closed",
                "close it, or double a quote that is meant as one");
  endRow();
}

std::string TextTable::where(const Row& row) const { return name_ + " line " + std::to_string(row.line); }

double TextTable::number(const Row& row, std::size_t cell) const {
  const std::string& text = row.cells[cell];
  if (const auto value = numberIn(text)) return *value;
  if (hasDecimalComma(text))
    throw Error(where(row), "writes " + text + " with a decimal comma", "write numbers with a decimal point");
  throw Error(
      where(row),
      text.empty() ? "has an empty cell where a number should be" : "\"" + text + "\" is not a number",
      "correct it, with a decimal point if it has decimals");
}

}  // namespace acuguide::acquisition
