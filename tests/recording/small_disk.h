#pragma once

#include <filesystem>
#include <string>
#include <sys/mount.h>

namespace acuguide::test {

/// A disk of a few MiB (tmpfs), mounted on a folder and gone with the object. Needs the right to mount.
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, int mebibytes) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    const std::string size = "size=" + std::to_string(mebibytes) + "m";
    mounted_ = mount("none", folder_.c_str(), "tmpfs", 0, size.c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

}  // namespace acuguide::test
