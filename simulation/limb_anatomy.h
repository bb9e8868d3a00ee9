#pragma once

#include "simulation/anatomy.h"

namespace acuguide::simulation {

// The places of the body the scenarios show. Layers and structures follow anatomy texts for the acupoint
// named; depths are those of a slim adult.

Anatomy
st36Anatomy();  ///< tibialis anterior, extensor digitorum longus, interosseous membrane with its bundle
Anatomy li10Anatomy();  ///< radial wrist extensors, supinator with the deep radial nerve, radius
Anatomy gb34Anatomy();  ///< peroneal muscles, fibula, common peroneal nerve
Anatomy bl57Anatomy();  ///< gastrocnemius over soleus, lengthwise
Anatomy pc6Anatomy();   ///< flexors of the forearm across, median nerve
Anatomy gb30Anatomy();  ///< gluteus maximus over piriformis, sciatic nerve

/// The same limb under a stand-off of gel, mm thick: everything lies deeper, and the skin is the first echo.
Anatomy underGel(Anatomy anatomy, double thickness);

}  // namespace acuguide::simulation
