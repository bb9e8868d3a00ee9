#pragma once

#include <stdexcept>
#include <string>

namespace acuguide {

/// What constructors and loaders throw when input cannot be used: what is wrong, where, and what to do about
/// it. `what()` is one sentence for a person, for example
///   "plan.json: /target/depthMm is -3; give a depth of 0.1 mm or more".
/// The per-frame path never throws; there, absence is std::optional.
class Error : public std::runtime_error {
 public:
  Error(const std::string& where, const std::string& whatIsWrong, const std::string& whatToDo)
      : std::runtime_error(where + ": " + whatIsWrong + (whatToDo.empty() ? "" : "; " + whatToDo)) {}

  /// From a sentence made elsewhere (a status that carried an Error's text from another thread).
  static Error sentence(const std::string& text) { return Error(text); }

 private:
  explicit Error(const std::string& text) : std::runtime_error(text) {}
};

}  // namespace acuguide
