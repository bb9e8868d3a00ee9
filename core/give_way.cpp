#include "core/give_way.h"

#include <sys/resource.h>
#include <unistd.h>

namespace acuguide {

void giveWay(int niceness) { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness); }

}  // namespace acuguide
