#pragma once

namespace acuguide::acquisition {

/// DCMTK is told, once a process, which compressed pictures it may decode and encode, and that its own
/// messages do not belong on our stderr. To be called before DCMTK reads or writes a picture.
void startDicomLibrary();

}  // namespace acuguide::acquisition
