#pragma once

#include <memory>

class QGuiApplication;

namespace acuguide::apps {

/// What Qt needs to set type on paper and pictures without a display; one at a time, for as long as it draws.
class DrawingApplication {
 public:
  DrawingApplication();
  ~DrawingApplication();
  DrawingApplication(const DrawingApplication&) = delete;
  DrawingApplication& operator=(const DrawingApplication&) = delete;

 private:
  std::unique_ptr<QGuiApplication> application_;
};

}  // namespace acuguide::apps
