#pragma once

#include "core/error.h"
#include "core/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/core.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace acuguide::acquisition {

/// A picture in which every pixel matters, different for every index.
inline cv::Mat noisePicture(int index, int width = 64, int height = 48, int type = CV_8UC1) {
  cv::Mat pixels(height, width, type);
  cv::RNG random(static_cast<std::uint64_t>(index) * 7919 + 1);
  random.fill(pixels, cv::RNG::UNIFORM, 0, 256);
  return pixels;
}

inline bool samePicture(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0.0;
}

inline std::string contentOf(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

/// The sentence of the Error that `action` throws; empty when it throws none.
template <class Action>
std::string errorOf(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

/// One line, ended by no dot of its own, that names the place.
inline void expectSentence(const std::string& sentence, const std::string& place) {
  EXPECT_THAT(sentence, testing::HasSubstr(place));
  EXPECT_THAT(sentence, testing::Not(testing::HasSubstr("\n")));
  EXPECT_THAT(sentence, testing::HasSubstr("; ")) << "says what to do";
}

}  // namespace acuguide::acquisition
