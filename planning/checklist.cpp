#include "planning/checklist.h"

#include "planning/atlas.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace acuguide::planning {
namespace {

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    const auto& all = contraindications();
    const auto item = std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.id == id; });
    if (item != all.end()) text += (text.empty() ? "" : " ") + item->question;
  }
  return text;
}

}  // namespace

const std::vector<Contraindication>& contraindications() {
  static const std::vector<Contraindication> all{
      {"infection", "Local infection at the site?"},
      {"clotting", "Clotting disorder or anticoagulant (INR above 1.5)?"},
      {"heart_lung", "Severe heart or lung disease?"},
      {"pregnancy", "Pregnancy (LI4, SP6, BL60 at no time in it)?"},
      {"implant", "Implant at the site?"},
      {"metal_allergy", "Metal allergy?"},
      {"pressure_glucose", "Blood pressure or glucose out of control?"},
      {"cooperation", "Patient unable to cooperate?"},
      {"acute_phase", "Acute phase of a cardiac or cerebrovascular event?"}};
  return all;
}

ChecklistFinding judgeChecklist(const Checklist& checklist, std::string_view today) {
  ChecklistFinding finding;
  for (const Contraindication& item : contraindications()) {
    const auto answer = checklist.answers.find(item.id);
    const bool known = answer != checklist.answers.end();
    if (known && answer->second == Answer::Yes)
      finding.present.push_back(item.id);  // a yes of another day stands until someone says no
    else if (!known || answer->second == Answer::Open || checklist.date != today)
      finding.open.push_back(item.id);
  }
  return finding;
}

std::string describe(const ChecklistFinding& finding, std::string_view acupoint) {
  if (finding.passed()) return "No contraindication.";
  if (finding.present.empty()) return "Still to be asked today: " + listed(finding.open);
  std::string text = "Contraindicated: " + listed(finding.present);
  const Acupoint* point = atlas().point(acupoint);
  const bool pregnant =
      std::find(finding.present.begin(), finding.present.end(), "pregnancy") != finding.present.end();
  if (pregnant && point && point->forbiddenInPregnancy())
    text += " " + point->code + " is forbidden at any time in pregnancy.";
  return text;
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &local);
  return text.data();
}

}  // namespace acuguide::planning
