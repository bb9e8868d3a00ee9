#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace acuguide::apps {

/// Tells a person how far long work has come, on stderr: a bar on a terminal, a plain line every few seconds
/// in a pipe.
class Progress {
 public:
  Progress(std::string what, std::optional<std::int64_t> total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::int64_t done);

 private:
  void drawBar(std::int64_t done) const;
  void printLine(std::int64_t done) const;

  std::string what_;
  std::optional<std::int64_t> total_;
  bool terminal_;
  double started_;
  double shownAt_;
  bool drawn_ = false;
};

}  // namespace acuguide::apps
