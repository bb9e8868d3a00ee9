#include "rendering/fonts.h"

#include <fontconfig/fontconfig.h>
#include <memory>

namespace acuguide::rendering {
namespace {

using Pattern = std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)>;
using CharSet = std::unique_ptr<FcCharSet, decltype(&FcCharSetDestroy)>;

const FcChar8* bytes(const char* text) { return reinterpret_cast<const FcChar8*>(text); }

CharSet charactersOf(const std::string& text) {
  CharSet set(FcCharSetCreate(), &FcCharSetDestroy);
  const FcChar8* at = bytes(text.c_str());
  int left = static_cast<int>(text.size());
  while (left > 0) {
    FcChar32 character = 0;
    const int length = FcUtf8ToUcs4(at, &character, left);
    if (length <= 0) break;
    FcCharSetAddChar(set.get(), character);
    at += length;
    left -= length;
  }
  return set;
}

}  // namespace

std::string fontFileFor(const std::string& text, bool bold) {
  const CharSet characters = charactersOf(text);
  const Pattern wanted(FcPatternCreate(), &FcPatternDestroy);
  for (const char* family : {"Noto Sans", "Noto Sans CJK SC", "sans-serif"})
    FcPatternAddString(wanted.get(), FC_FAMILY, bytes(family));
  FcPatternAddCharSet(wanted.get(), FC_CHARSET, characters.get());
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(wanted.get(), FC_SCALABLE, FcTrue);
  FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());

  // By falling likeness; the first that has every character wins, else the likest.
  FcResult result = FcResultNoMatch;
  const std::unique_ptr<FcFontSet, decltype(&FcFontSetDestroy)> fonts(
      FcFontSort(nullptr, wanted.get(), FcTrue, nullptr, &result), &FcFontSetDestroy);
  std::string likest;
  for (int i = 0; fonts && i < fonts->nfont; ++i) {
    FcChar8* file = nullptr;
    FcCharSet* has = nullptr;
    if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) != FcResultMatch) continue;
    std::string path = reinterpret_cast<const char*>(file);
    if (FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &has) == FcResultMatch &&
        FcCharSetIsSubset(characters.get(), has) == FcTrue)
      return path;
    if (likest.empty()) likest = std::move(path);
  }
  return likest;
}

}  // namespace acuguide::rendering
