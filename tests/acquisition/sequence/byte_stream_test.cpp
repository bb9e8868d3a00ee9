#include "acquisition/sequence/byte_stream.h"

#include "acquisition/scratch_folder.h"
#include "acquisition/test_frames.h"

#include <vector>
#include <zlib.h>

namespace acuguide::acquisition {
namespace {

std::string zlibbed(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            static_cast<uLong>(bytes.size()), 1);
  out.resize(size);
  return out;
}

/// 4-byte counters, so that every place in the stream is recognised.
std::string counters(std::uint32_t count) {
  std::string bytes(std::size_t{count} * 4, '\0');
  for (std::uint32_t i = 0; i < count; ++i) std::memcpy(&bytes[std::size_t{i} * 4], &i, 4);
  return bytes;
}

std::uint32_t counterAt(ByteStream& stream, std::uint32_t index) {
  stream.seek(std::int64_t{index} * 4);
  std::uint32_t value = 0;
  EXPECT_EQ(stream.read(reinterpret_cast<std::uint8_t*>(&value), 4), 4u);
  return value;
}

class ByteStreamTest : public testing::TestWithParam<bool> {};

TEST_P(ByteStreamTest, ReadsAndSeeksAnywhere) {
  constexpr std::uint32_t kCount = 9'000'000;  // 36 MB: two restart points on the way
  const ScratchFolder folder;
  const std::string bytes = counters(kCount);
  const auto file = folder.write("data", "head" + (GetParam() ? zlibbed(bytes) : bytes));
  const auto stream = openByteStream(file, 4, GetParam());

  std::vector<std::uint8_t> block(1 << 20);
  for (std::size_t at = 0; at + block.size() <= bytes.size(); at += block.size()) {
    ASSERT_EQ(stream->read(block.data(), block.size()), block.size());
    ASSERT_EQ(std::memcmp(block.data(), bytes.data() + at, block.size()), 0) << at;
  }
  for (const std::uint32_t index :
       {0u, 8'999'999u, 5u, 4'194'304u, 4'194'303u, 8'500'000u, 8'499'999u, 6'000'000u}) {
    EXPECT_EQ(counterAt(*stream, index), index);
  }
  EXPECT_EQ(stream->read(block.data(), 4), 4u) << "goes on where the last read ended";
}

TEST_P(ByteStreamTest, TellsTheEnd) {
  const ScratchFolder folder;
  const std::string bytes = counters(1000);
  const auto stream =
      openByteStream(folder.write("data", GetParam() ? zlibbed(bytes) : bytes), 0, GetParam());
  std::vector<std::uint8_t> block(5000);
  EXPECT_EQ(stream->read(block.data(), block.size()), 4000u);
  EXPECT_EQ(stream->read(block.data(), block.size()), 0u);
  EXPECT_EQ(counterAt(*stream, 7), 7u) << "and goes back from there";
}

INSTANTIATE_TEST_SUITE_P(Encodings, ByteStreamTest, testing::Bool(),
                         [](const auto& param) { return param.param ? "Zlib" : "Raw"; });

TEST(InflateStream, StopsWhereTheFileIsCutShort) {
  const ScratchFolder folder;
  const cv::Mat noise = noisePicture(1, 300, 300);
  const std::string whole = zlibbed({reinterpret_cast<const char*>(noise.data), noise.total()});
  const auto stream = openByteStream(folder.write("data", whole.substr(0, whole.size() / 2)), 0, true);
  std::vector<std::uint8_t> block(noise.total());
  const std::size_t got = stream->read(block.data(), block.size());
  EXPECT_LT(got, noise.total());
  EXPECT_EQ(std::memcmp(block.data(), noise.data, got), 0);
  expectSentence(errorOf([&] { stream->seek(static_cast<std::int64_t>(noise.total()) - 1); }), "data");
}

TEST(InflateStream, RefusesDamagedData) {
  const ScratchFolder folder;
  std::string bytes = zlibbed(counters(100000));
  for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 64; ++i)
    bytes[i] = static_cast<char>(~bytes[i]);
  const auto stream = openByteStream(folder.write("data", bytes), 0, true);
  std::vector<std::uint8_t> block(400000);
  const std::string sentence = errorOf([&] { stream->read(block.data(), block.size()); });
  expectSentence(sentence, "data");
  EXPECT_THAT(sentence, testing::HasSubstr("damaged"));
}

}  // namespace
}  // namespace acuguide::acquisition
