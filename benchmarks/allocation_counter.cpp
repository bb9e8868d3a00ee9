#include "benchmarks/allocation_counter.h"

#include <cerrno>
#include <cstddef>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ACUGUIDE_COUNTS_ALLOCATIONS 1
#else
#define ACUGUIDE_COUNTS_ALLOCATIONS 0
#endif

namespace {

thread_local acuguide::benchmarks::Allocations soFar;

}  // namespace

#if ACUGUIDE_COUNTS_ALLOCATIONS

// glibc keeps its allocator under these names for programs that stand in front of it ("Replacing malloc",
// glibc manual); what they return is given back by the plain free().
extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

static void* counted(void* taken, std::size_t size) {
  ++soFar.count;
  soFar.bytes += static_cast<std::int64_t>(size);
  return taken;
}

void* malloc(std::size_t size) noexcept { return counted(__libc_malloc(size), size); }

void* calloc(std::size_t count, std::size_t size) noexcept {
  return counted(__libc_calloc(count, size), count * size);
}

void* realloc(void* old, std::size_t size) noexcept { return counted(__libc_realloc(old, size), size); }

void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return counted(__libc_memalign(alignment, size), size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return counted(__libc_memalign(alignment, size), size);
}

int posix_memalign(void** taken, std::size_t alignment, std::size_t size) noexcept {
  void* const memory = counted(__libc_memalign(alignment, size), size);
  if (memory == nullptr) return ENOMEM;
  *taken = memory;
  return 0;
}

}  // extern "C"

#endif

namespace acuguide::benchmarks {

Allocations allocationsSoFar() { return soFar; }

bool allocationsAreCounted() { return ACUGUIDE_COUNTS_ALLOCATIONS != 0; }

}  // namespace acuguide::benchmarks
