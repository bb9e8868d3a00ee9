#include "planning/checklist.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acuguide::planning {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Checklist allNo() {
  Checklist list;
  list.date = "2026-11-25";
  for (const Contraindication& item : contraindications()) list.answers[item.id] = Answer::No;
  return list;
}

// domain.md: "Contraindications to ask for before a plan may be used".
TEST(ChecklistDomain, EveryContraindicationIsAsked) {
  std::string all;
  for (const Contraindication& item : contraindications()) all += item.question + " ";
  for (const char* word : {"infection", "Clotting", "anticoagulant", "INR above 1.5", "heart or lung",
                           "Pregnancy", "LI4, SP6, BL60", "Implant", "Metal allergy",
                           "Blood pressure or glucose", "unable to cooperate", "cardiac or cerebrovascular"})
    EXPECT_THAT(all, HasSubstr(word));
}

TEST(ChecklistDomain, PassesOnlyWhenAllWereAnsweredWithNoToday) {
  EXPECT_TRUE(judgeChecklist(allNo(), "2026-11-25").passed());
  for (const Contraindication& item : contraindications()) {
    Checklist list = allNo();
    list.answers[item.id] = Answer::Yes;
    EXPECT_THAT(judgeChecklist(list, "2026-11-25").present, ElementsAre(item.id));
    list.answers.erase(item.id);
    EXPECT_THAT(judgeChecklist(list, "2026-11-25").open, ElementsAre(item.id));
  }
  EXPECT_THAT(judgeChecklist(allNo(), "2026-11-26").open, Not(IsEmpty())) << "asked on another day";
  EXPECT_FALSE(judgeChecklist({}, "2026-11-25").passed());
}

// domain.md: "pregnancy (and LI4, SP6, BL60 at any time in it)".
TEST(ChecklistDomain, PregnancyNamesTheForbiddenPoints) {
  Checklist list = allNo();
  list.answers["pregnancy"] = Answer::Yes;
  const ChecklistFinding finding = judgeChecklist(list, list.date);
  for (const char* point : {"LI4", "SP6", "BL60"})
    EXPECT_THAT(describe(finding, point), HasSubstr(std::string(point) + " is forbidden at any time"));
  EXPECT_THAT(describe(finding, "ST36"), Not(HasSubstr("ST36 is forbidden")));
  EXPECT_THAT(describe(finding, "ST36"), HasSubstr("Contraindicated"));
}

}  // namespace
}  // namespace acuguide::planning
