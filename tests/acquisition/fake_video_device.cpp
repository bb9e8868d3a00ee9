#include "acquisition/fake_video_device.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstring>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace acuguide::acquisition::test {
namespace {

struct Mode {
  unsigned width, height;
  std::array<unsigned, 2> rates;  // frames per second, fastest last; 0: none
};
constexpr std::array<Mode, 2> kModes{{{640, 480, {30, 60}}, {1280, 720, {10, 0}}}};
constexpr unsigned kBuffers = 4;

std::atomic<bool> present{false}, hanging{false}, busy{false};
std::atomic<int> opened{0};
std::atomic<int> handle{-1};  // of the one who has it open
Mode mode = kModes[0];
unsigned framesPerSecond = 30;
unsigned char brightness = 0;
std::array<std::vector<unsigned char>, kBuffers> memory;
std::vector<unsigned> queued;

unsigned frameBytes() { return mode.width * mode.height * 2; }

void describe(v4l2_pix_format& format) {
  format = {};
  format.width = mode.width;
  format.height = mode.height;
  format.pixelformat = V4L2_PIX_FMT_YUYV;
  format.field = V4L2_FIELD_NONE;
  format.bytesperline = mode.width * 2;
  format.sizeimage = frameBytes();
}

int refuse(int error) {
  errno = error;
  return -1;
}

int chooseFormat(v4l2_format& format) {
  if (format.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return refuse(EINVAL);
  // As drivers do: what is not on offer becomes what is nearest.
  for (const Mode& one : kModes) {
    if (one.width == format.fmt.pix.width && one.height == format.fmt.pix.height) mode = one;
  }
  describe(format.fmt.pix);
  return 0;
}

int listFormat(v4l2_fmtdesc& format) {
  if (format.index > 0 || format.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return refuse(EINVAL);
  format.pixelformat = V4L2_PIX_FMT_YUYV;
  return 0;
}

int listSize(v4l2_frmsizeenum& size) {
  if (size.index >= kModes.size() || size.pixel_format != V4L2_PIX_FMT_YUYV) return refuse(EINVAL);
  size.type = V4L2_FRMSIZE_TYPE_DISCRETE;
  size.discrete = {kModes[size.index].width, kModes[size.index].height};
  return 0;
}

int listRate(v4l2_frmivalenum& interval) {
  for (const Mode& one : kModes) {
    if (one.width != interval.width || one.height != interval.height) continue;
    if (interval.index >= one.rates.size() || one.rates[interval.index] == 0) return refuse(EINVAL);
    interval.type = V4L2_FRMIVAL_TYPE_DISCRETE;
    interval.discrete = {1, one.rates[interval.index]};
    return 0;
  }
  return refuse(EINVAL);
}

int stream(v4l2_streamparm& parameters, bool set) {
  if (parameters.type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return refuse(EINVAL);
  v4l2_captureparm& capture = parameters.parm.capture;
  if (set && capture.timeperframe.numerator > 0)
    framesPerSecond = std::max(1U, capture.timeperframe.denominator / capture.timeperframe.numerator);
  capture.capability = V4L2_CAP_TIMEPERFRAME;
  capture.timeperframe = {1, framesPerSecond};
  return 0;
}

int requestBuffers(v4l2_requestbuffers& request) {
  if (request.memory != V4L2_MEMORY_MMAP) return refuse(EINVAL);
  request.count = std::min(request.count, kBuffers);
  queued.clear();
  for (auto& buffer : memory) buffer.assign(frameBytes(), 0);
  return 0;
}

int fill(v4l2_buffer& buffer) {
  const auto period = std::chrono::microseconds(1'000'000 / framesPerSecond);
  std::this_thread::sleep_for(period);
  while (hanging && present) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  if (!present) return refuse(ENODEV);
  if (queued.empty()) return refuse(EAGAIN);
  buffer.index = queued.front();
  queued.erase(queued.begin());
  buffer.length = buffer.bytesused = frameBytes();
  std::vector<unsigned char>& pixels = memory[buffer.index];
  ++brightness;
  for (std::size_t i = 0; i < pixels.size(); i += 2) {
    pixels[i] = brightness;
    pixels[i + 1] = 128;  // no colour
  }
  return 0;
}

int answer(unsigned long request, void* about) {
  if (!present) return refuse(ENODEV);
  switch (request) {
    case VIDIOC_QUERYCAP: {
      auto& capability = *static_cast<v4l2_capability*>(about);
      capability = {};
      std::strcpy(reinterpret_cast<char*>(capability.driver), "fake");
      std::strcpy(reinterpret_cast<char*>(capability.card), "Fake Grabber");
      capability.device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
      capability.capabilities = capability.device_caps | V4L2_CAP_DEVICE_CAPS;
      return 0;
    }
    case VIDIOC_ENUM_FMT:
      return listFormat(*static_cast<v4l2_fmtdesc*>(about));
    case VIDIOC_ENUM_FRAMESIZES:
      return listSize(*static_cast<v4l2_frmsizeenum*>(about));
    case VIDIOC_ENUM_FRAMEINTERVALS:
      return listRate(*static_cast<v4l2_frmivalenum*>(about));
    case VIDIOC_G_FMT:
      describe(static_cast<v4l2_format*>(about)->fmt.pix);
      return 0;
    case VIDIOC_S_FMT:
    case VIDIOC_TRY_FMT:
      return chooseFormat(*static_cast<v4l2_format*>(about));
    case VIDIOC_G_PARM:
      return stream(*static_cast<v4l2_streamparm*>(about), false);
    case VIDIOC_S_PARM:
      return stream(*static_cast<v4l2_streamparm*>(about), true);
    case VIDIOC_REQBUFS:
      return requestBuffers(*static_cast<v4l2_requestbuffers*>(about));
    case VIDIOC_QUERYBUF: {
      auto& buffer = *static_cast<v4l2_buffer*>(about);
      buffer.length = frameBytes();
      buffer.m.offset = buffer.index * 0x1000000U;
      return 0;
    }
    case VIDIOC_QBUF:
      queued.push_back(static_cast<v4l2_buffer*>(about)->index);
      return 0;
    case VIDIOC_DQBUF:
      return fill(*static_cast<v4l2_buffer*>(about));
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
    case VIDIOC_S_INPUT:
      return 0;
    default:
      return refuse(ENOTTY);
  }
}

bool isFake(const char* file) { return std::strcmp(file, FakeVideoDevice::path) == 0; }

/// The C library's function of that name.
template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int openFake() {
  if (!present) return refuse(ENOENT);
  if (busy) return refuse(EBUSY);
  ++opened;
  handle =
      eventfd(1, EFD_CLOEXEC);  // always readable: whoever waits for a picture asks for it, and is kept there
  return handle;
}

int openAny(const char* name, const char* file, int flags, mode_t rights) {
  if (isFake(file)) return openFake();
  return real<int (*)(const char*, int, ...)>(name)(file, flags, rights);
}

}  // namespace

FakeVideoDevice::FakeVideoDevice() {
  mode = kModes[0];
  framesPerSecond = 30;
  brightness = 0;
  opened = 0;
  hanging = busy = false;
  present = true;
}
FakeVideoDevice::~FakeVideoDevice() { present = hanging = false; }
void FakeVideoDevice::plug(bool in) { present = in; }
void FakeVideoDevice::hang(bool hangs) { hanging = hangs; }
void FakeVideoDevice::keepBusy(bool kept) { busy = kept; }
int FakeVideoDevice::timesOpened() const { return opened; }

}  // namespace acuguide::acquisition::test

// In front of the C library's.
namespace fake = acuguide::acquisition::test;

extern "C" {

int open(const char* file, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return fake::openAny("open", file, flags, mode);
}

int open64(const char* file, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return fake::openAny("open64", file, flags, mode);
}

int close(int descriptor) {
  int expected = descriptor;
  fake::handle.compare_exchange_strong(expected, -1);
  return fake::real<int (*)(int)>("close")(descriptor);
}

int ioctl(int descriptor, unsigned long request, ...) noexcept {
  va_list rest;
  va_start(rest, request);
  void* about = va_arg(rest, void*);
  va_end(rest);
  if (descriptor >= 0 && descriptor == fake::handle) return fake::answer(request, about);
  return fake::real<int (*)(int, unsigned long, ...)>("ioctl")(descriptor, request, about);
}

void* mmap(void* where, size_t length, int protection, int flags, int descriptor, off_t offset) noexcept {
  if (descriptor >= 0 && descriptor == fake::handle) return fake::memory[offset / 0x1000000].data();
  return fake::real<void* (*)(void*, size_t, int, int, int, off_t)>("mmap")(where, length, protection, flags,
                                                                            descriptor, offset);
}

void* mmap64(void* where, size_t length, int protection, int flags, int descriptor, off64_t offset) noexcept {
  return mmap(where, length, protection, flags, descriptor, offset);
}

int munmap(void* where, size_t length) noexcept {
  for (const auto& buffer : fake::memory) {
    if (!buffer.empty() && where == buffer.data()) return 0;
  }
  return fake::real<int (*)(void*, size_t)>("munmap")(where, length);
}

int stat(const char* file, struct stat* status) noexcept {
  if (!fake::isFake(file)) return fake::real<int (*)(const char*, struct stat*)>("stat")(file, status);
  if (!fake::present) return fake::refuse(ENOENT);
  *status = {};
  status->st_mode = S_IFCHR | 0660;
  return 0;
}

int access(const char* file, int wanted) noexcept {
  if (!fake::isFake(file)) return fake::real<int (*)(const char*, int)>("access")(file, wanted);
  return fake::present ? 0 : fake::refuse(ENOENT);
}

/// /dev holds one entry more.
dirent* readdir(DIR* folder) {
  static thread_local DIR* told = nullptr;
  dirent* entry = fake::real<dirent* (*)(DIR*)>("readdir")(folder);
  if (entry != nullptr || told == folder || !fake::present) {
    if (entry == nullptr) told = nullptr;
    return entry;
  }
  struct stat here {
  }, dev{};
  if (fstat(dirfd(folder), &here) != 0 || stat("/dev", &dev) != 0 || here.st_ino != dev.st_ino ||
      here.st_dev != dev.st_dev)
    return nullptr;
  told = folder;
  static thread_local dirent extra;
  extra = {};
  extra.d_type = DT_CHR;
  std::strcpy(extra.d_name, "video7");
  return &extra;
}

dirent64* readdir64(DIR* folder) {
  static_assert(sizeof(dirent) == sizeof(dirent64));
  return reinterpret_cast<dirent64*>(readdir(folder));
}
}
