#include "outcomes/seal.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace acuguide::outcomes {
namespace {

namespace fs = std::filesystem;

class Seal : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "acuguide-seal-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Seal, OpensWithItsKeyInItsPlaceAndOnlyWhole) {
  const SealingKey key = SealingKey::make(folder_ / "key");
  const SealingKey again = SealingKey::read(folder_ / "key");
  EXPECT_EQ(key.id(), again.id());
  for (const std::string text : {"", "Kim", "a longer note\nover two lines"}) {
    const auto bytes = sealed(text, "P1|name", key);
    EXPECT_EQ(opened(bytes, "P1|name", again, "test"), text);
    EXPECT_NE(bytes, sealed(text, "P1|name", key)) << "a fresh nonce each time";
    EXPECT_THROW(opened(bytes, "P2|name", key, "test"), Error);
    EXPECT_THROW(opened(bytes, "P1|name", SealingKey::make(folder_ / ("other" + text.substr(0, 1))), "test"),
                 Error);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      auto changed = bytes;
      changed[i] ^= 1;
      EXPECT_THROW(opened(changed, "P1|name", key, "test"), Error) << i;
    }
    for (std::size_t length = 0; length < bytes.size(); ++length)
      EXPECT_THROW(
          opened({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)}, "P1|name", key, "t"),
          Error);
  }
}

TEST_F(Seal, KeysAreTheirOwnersAlone) {
  SealingKey::make(folder_ / "key");
  EXPECT_EQ(fs::status(folder_ / "key").permissions() & fs::perms::mask,
            fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THROW(SealingKey::make(folder_ / "key"), Error) << "a key is never overwritten";
  chmod((folder_ / "key").c_str(), 0644);
  EXPECT_THROW(SealingKey::read(folder_ / "key"), Error);
  EXPECT_THROW(SealingKey::read(folder_ / "nowhere"), Error);
  std::ofstream(folder_ / "text") << "no key";
  chmod((folder_ / "text").c_str(), 0600);
  EXPECT_THROW(SealingKey::read(folder_ / "text"), Error);
}

}  // namespace
}  // namespace acuguide::outcomes
