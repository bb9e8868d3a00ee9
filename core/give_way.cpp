#include "core/give_way.h"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace acuguide {

void giveWayForAMoment() {
  const sched_param none{};
  ::sched_setscheduler(::gettid(), SCHED_BATCH, &none);
}

void giveWay(int niceness) { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness); }

}  // namespace acuguide
