#include "acquisition/frame_source.h"

namespace acuguide::acquisition {

void FrameSource::seek(std::int64_t index) {
  throw Error(info().name,
              "cannot go to frame " + std::to_string(index) + ", this kind of source only runs forward",
              "record it first and open the recording");
}

}  // namespace acuguide::acquisition
