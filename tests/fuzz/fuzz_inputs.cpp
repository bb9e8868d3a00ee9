// Feeds mutated OpenIGTLink messages, DICOM files and MetaImage/NRRD sequences to the readers. Ends with 1 on
// an exception that is no acuguide::Error, a single input that takes more than a second of processor time, or
// an allocation of more than 1 GiB; sanitizers end it on their own. Every input follows from --seed and its
// number, so that --first N --runs 1 does one again.

#include "acquisition/dicom/dicom_library.h"
#include "acquisition/dicom/dicom_source.h"
#include "acquisition/igtl/igtl_framer.h"
#include "acquisition/sequence/sequence_source.h"
#include "core/error.h"
#include "fuzz/seeds.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <new>
#include <string>
#include <unistd.h>

namespace {

using namespace acuguide;
namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{1} << 30;
constexpr double kMostSeconds = 1.0;

}  // namespace

// Any allocation of C++ code passes here; those of C libraries are watched by the address sanitizer's
// max_allocation_size_mb.
void* operator new(std::size_t size) {
  if (size > kMostBytes) {
    std::cerr << "fuzz: an allocation of " << size << " bytes\n";
    std::abort();
  }
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

double processorSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void readMessages(const fuzz::Bytes& bytes) {
  acquisition::IgtlFramer framer;
  for (std::size_t at = 0; at < bytes.size(); at += 700) {
    framer.append(std::span(bytes).subspan(at, std::min<std::size_t>(700, bytes.size() - at)));
    std::string reason;
    while (const auto message = framer.next())
      acquisition::parseIgtlBody(message->header, message->body, reason);
  }
  // Also past the checksum, which keeps most mutations from the bodies.
  std::size_t at = 0;
  while (bytes.size() - at >= acquisition::IgtlHeader::kSize) {
    const auto rest = std::span(bytes).subspan(at);
    const auto header = acquisition::parseIgtlHeader(rest);
    if (!header || header->bodySize > rest.size() - acquisition::IgtlHeader::kSize) break;
    std::string reason;
    acquisition::parseIgtlBody(*header, rest.subspan(acquisition::IgtlHeader::kSize, header->bodySize),
                               reason);
    at += acquisition::IgtlHeader::kSize + header->bodySize;
  }
}

template <class Source>
void readFrames(const fs::path& file) {
  constexpr int kMostFrames = 50;
  Source source(file.string());
  for (int i = 0; i < kMostFrames && source.read(); ++i) {
  }
}

struct Arguments {
  std::uint64_t runs = 10000, first = 0, seed = 1;
  std::string kind = "all";
};

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--runs") arguments.runs = std::stoull(value);
    if (key == "--first") arguments.first = std::stoull(value);
    if (key == "--seed") arguments.seed = std::stoull(value);
    if (key == "--kind") arguments.kind = value;
  }
  return arguments;
}

/// Reads `runs` mutations of the seeds; false when one fails.
bool run(const std::string& kind, const std::vector<fuzz::Seed>& seeds, const Arguments& arguments,
         const std::function<void(const fuzz::Seed&)>& read) {
  std::uint64_t refused = 0;
  double slowest = 0;
  for (std::uint64_t i = arguments.first; i < arguments.first + arguments.runs; ++i) {
    std::mt19937_64 random(arguments.seed * 1'000'003 + i);
    fuzz::Seed input = seeds[random() % seeds.size()];
    input.bytes = fuzz::mutated(input.bytes, random);
    const double start = processorSeconds();
    std::string failure;
    try {
      read(input);
    } catch (const Error&) {
      ++refused;
    } catch (const std::exception& error) {
      failure = error.what();
    }
    const double seconds = processorSeconds() - start;
    slowest = std::max(slowest, seconds);
    if (seconds > kMostSeconds) failure = "takes " + std::to_string(seconds) + " s";
    if (failure.empty()) continue;
    std::cerr << "fuzz: " << kind << " --seed " << arguments.seed << " --first " << i << " (" << input.name
              << "): " << failure << "\n";
    return false;
  }
  std::cout << kind << ": " << arguments.runs << " inputs, " << refused << " refused, slowest " << slowest
            << " s of processor time\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = parse(argc, argv);
  const auto wanted = [&](const std::string& kind) {
    return arguments.kind == "all" || arguments.kind == kind;
  };
  const fs::path scratch = fs::temp_directory_path() / ("acuguide-fuzz-" + std::to_string(getpid()));
  fs::create_directories(scratch);
  acquisition::startDicomLibrary();
  const auto stored = [&](const fuzz::Seed& input) {
    const fs::path file = scratch / input.name;
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(input.bytes.data()),
               static_cast<std::streamsize>(input.bytes.size()));
    return file;
  };
  bool good = true;
  if (wanted("igtl"))
    good = run("igtl", fuzz::igtlSeeds(), arguments, [](const auto& input) { readMessages(input.bytes); });
  if (good && wanted("dicom"))
    good = run("dicom", fuzz::dicomSeeds(scratch), arguments,
               [&](const auto& input) { readFrames<acquisition::DicomSource>(stored(input)); });
  if (good && wanted("sequence"))
    good = run("sequence", fuzz::sequenceSeeds(scratch), arguments,
               [&](const auto& input) { readFrames<acquisition::SequenceSource>(stored(input)); });
  if (good) fs::remove_all(scratch);  // else the last input is still there
  return good ? 0 : 1;
}
