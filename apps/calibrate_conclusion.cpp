#include "apps/calibrate_conclusion.h"

#include <iostream>

namespace acuguide::apps {

int concludeCalibration(const calibration::Result& result, const calibration::Report& report,
                        const std::filesystem::path& out) {
  const auto written = calibration::publish(result, report, out);
  std::cout << (result.usable ? "Usable." : "Not usable.");
  for (const std::string& reason : result.reasons) std::cout << "\n- " << reason;
  std::cout << "\nThe result is in " << written.string() << ", its report beside it (.html).\n";
  return calibration::exitCodeOf(result);
}

}  // namespace acuguide::apps
