#pragma once

#include "acquisition/igtl/igtl_address.h"
#include "volume/volume.h"

#include <cstdint>
#include <string>
#include <vector>

namespace acuguide::interop {

/// A volume as one OpenIGTLink IMAGE message, whole, ready to be sent (header version 1, CRC set): 8 bit
/// grey, its place in RAS, as OpenIGTLink and 3D Slicer have it; the volume's LPS has x and y of the other
/// sign. `device`: the name it gets in Slicer, at most 19 characters of it.
std::vector<std::uint8_t> igtlImageOf(const volume::Volume& volume, const std::string& device);

/// Sends it to a listening peer (in 3D Slicer OpenIGTLinkIF, a connector of type Server). Throws Error:
/// nobody listens there, or the connection broke before the whole was sent.
void sendVolume(const volume::Volume& volume, const std::string& device, const acquisition::HostPort& peer);

}  // namespace acuguide::interop
