#include "acquisition/image_folder_source.h"

#include "acquisition/scratch_folder.h"
#include "acquisition/source_catalog.h"
#include "acquisition/test_frames.h"

#include <opencv2/imgcodecs.hpp>

namespace acuguide::acquisition {
namespace {

TEST(ImageFolderSource, ReadsMixedImagesInNaturalOrder) {
  const ScratchFolder folder;
  cv::Mat wide(20, 30, CV_16UC1, cv::Scalar(65535));
  wide.at<std::uint16_t>(0, 0) = 0;
  wide.at<std::uint16_t>(0, 1) = 257;
  cv::imwrite((folder / "f10.png").string(), wide);
  cv::imwrite((folder / "f2.PNG").string(), noisePicture(2));
  cv::imwrite((folder / "f1.bmp").string(), noisePicture(1, 31, 17, CV_8UC3));
  cv::imwrite((folder / "f3.png").string(), noisePicture(3, 1, 1));
  cv::imwrite((folder / "f4.tiff").string(), noisePicture(4));
  folder.write("notes.txt", "not an image");
  folder.write("Thumbs.db", "neither");

  ImageFolderSource source(folder.path().string());
  EXPECT_EQ(source.info().frameCount, 5);
  EXPECT_FALSE(source.info().live);
  const std::string parent = folder.path().filename().string();

  const auto first = source.read();
  EXPECT_EQ(first->name, parent + "/f1.bmp");
  EXPECT_TRUE(samePicture(first->pixels, noisePicture(1, 31, 17, CV_8UC3)));
  const auto second = source.read();
  EXPECT_EQ(second->name, parent + "/f2.PNG");
  EXPECT_TRUE(samePicture(second->pixels, noisePicture(2)));
  EXPECT_GT(second->time, first->time);
  EXPECT_EQ(source.read()->pixels.size(), cv::Size(1, 1));
  EXPECT_TRUE(samePicture(source.read()->pixels, noisePicture(4)));
  const auto last = source.read();
  EXPECT_EQ(last->pixels.type(), CV_8UC1);
  EXPECT_EQ(last->pixels.at<std::uint8_t>(0, 0), 0);
  EXPECT_EQ(last->pixels.at<std::uint8_t>(0, 1), 1);
  EXPECT_EQ(last->pixels.at<std::uint8_t>(5, 5), 255);
  EXPECT_EQ(last->index, 4);
  EXPECT_FALSE(source.read());
}

TEST(ImageFolderSource, GoesToAnyFrame) {
  const ScratchFolder folder;
  for (int i = 0; i < 5; ++i) cv::imwrite((folder / (std::to_string(i) + ".png")).string(), noisePicture(i));
  ImageFolderSource source(folder.path().string() + "/");
  source.seek(3);
  const auto frame = source.read();
  EXPECT_EQ(frame->index, 3);
  EXPECT_EQ(frame->name, folder.path().filename().string() + "/3.png");
  EXPECT_TRUE(samePicture(frame->pixels, noisePicture(3)));
  expectSentence(errorOf([&] { source.seek(5); }), folder.path().string());
  expectSentence(errorOf([&] { source.seek(-1); }), folder.path().string());
}

TEST(ImageFolderSource, NamesADamagedImage) {
  const ScratchFolder folder;
  cv::imwrite((folder / "0.png").string(), noisePicture(0));
  folder.write("1.png", "");
  folder.write("2.png", contentOf(folder / "0.png").substr(0, 60));
  cv::imwrite((folder / "whole.jpg").string(), noisePicture(1, 200, 200));
  folder.write("3.jpg", contentOf(folder / "whole.jpg").substr(0, 9000));
  ImageFolderSource source(folder.path().string());
  EXPECT_TRUE(source.read());
  expectSentence(errorOf([&] { source.read(); }), "1.png");
  expectSentence(errorOf([&] { source.read(); }), "2.png");
  expectSentence(errorOf([&] { source.read(); }), "3.jpg");
  EXPECT_EQ(source.read()->pixels.size(), cv::Size(200, 200));
}

TEST(ImageFolderSource, NamesAnImageWithoutPixels) {
  const ScratchFolder folder;
  folder.write("zero.pgm", "P5\n0 0\n255\n");
  ImageFolderSource source((folder / "zero.pgm").string());
  expectSentence(errorOf([&] { source.read(); }), "zero.pgm");
}

TEST(ImageFolderSource, RefusesAFolderWithoutImages) {
  const ScratchFolder folder;
  folder.write("notes.txt", "nothing to see");
  expectSentence(errorOf([&] { ImageFolderSource(folder.path().string()); }), folder.path().string());
}

TEST(ImageFolderSource, LeavesSessionsToOthers) {
  const ScratchFolder folder;
  EXPECT_TRUE(ImageFolderSource::claims(folder.path().string()));
  folder.write("slice.dcm", "");
  EXPECT_FALSE(ImageFolderSource::claims((folder / "slice.dcm").string()));
  folder.write("session.sqlite", "");
  EXPECT_FALSE(ImageFolderSource::claims(folder.path().string()));
}

// A scanner's CD: folders in folders, names without ending, a directory of it all.
TEST(ImageFolderSource, SaysThatAFolderHoldsDicomAndNamesAFileOfIt) {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder / "DICOM/PA000001");
  folder.write("DICOMDIR", std::string(128, '\0') + "DICM");
  folder.write("DICOM/PA000001/IM000001", std::string(128, '\0') + "DICM");
  for (const std::string& place : {folder.path().string(), (folder / "DICOM").string()}) {
    const std::string refusal = errorOf([&] { ImageFolderSource source(place); });
    expectSentence(refusal, place);
    EXPECT_NE(refusal.find("holds DICOM files"), std::string::npos) << refusal;
    EXPECT_NE(refusal.find("PA000001/IM000001"), std::string::npos) << refusal;
  }
  const ScratchFolder flat;
  flat.write("a.dcm", "");
  EXPECT_NE(errorOf([&] { ImageFolderSource source(flat.path().string()); }).find("a.dcm"),
            std::string::npos);
}

// Beside each image on a memory stick a Mac leaves a file of another kind with the same ending.
TEST(ImageFolderSource, PassesOverNamesThatBeginWithADot) {
  const ScratchFolder folder;
  cv::imwrite((folder / "0.png").string(), noisePicture(0));
  folder.write("._0.png", std::string("\0\5\x16\7", 4));
  folder.write(".hidden.png", "");
  ImageFolderSource source(folder.path().string());
  EXPECT_EQ(source.info().frameCount, 1);
  EXPECT_TRUE(samePicture(source.read()->pixels, noisePicture(0)));
}

TEST(ImageFolderSource, SixteenBitImagesShareTheBitsTheyUse) {
  const ScratchFolder folder;
  cv::imwrite((folder / "0.png").string(), cv::Mat(4, 4, CV_16UC1, cv::Scalar(160)));
  cv::imwrite((folder / "1.png").string(), cv::Mat(4, 4, CV_8UC1, cv::Scalar(77)));
  cv::imwrite((folder / "2.png").string(), cv::Mat(4, 4, CV_16UC1, cv::Scalar(4080)));
  ImageFolderSource source(folder.path().string());
  for (const int value : {10, 77, 254}) EXPECT_EQ(source.read()->pixels.at<std::uint8_t>(0), value);
  source.seek(0);
  EXPECT_EQ(source.read()->pixels.at<std::uint8_t>(0), 10);
}

TEST(ImageFolderSource, SignedImagesAreNotHalved) {
  const ScratchFolder folder;
  cv::Mat stored(4, 4, CV_16SC1, cv::Scalar(0));
  stored.at<std::int16_t>(0, 0) = 32767;
  stored.at<std::int16_t>(0, 1) = 16384;
  cv::imwrite((folder / "signed.tiff").string(), stored);
  ImageFolderSource source((folder / "signed.tiff").string());
  const cv::Mat pixels = source.read()->pixels;
  EXPECT_EQ(pixels.at<std::uint8_t>(0, 0), 255);
  EXPECT_EQ(pixels.at<std::uint8_t>(0, 1), 128);
}

}  // namespace
}  // namespace acuguide::acquisition
