#!/usr/bin/env bash
# scripts/rooms.py finds one planted violation of each rule and nothing in a tree that keeps them.
# usage: rooms_test.sh SOURCE_DIR
set -euo pipefail
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
git -C "$tree" init -q
mkdir -p "$tree"/{core,imaging/needle,tracking,ui,apps}
bad=0
put() { printf '%s\n' "$2" >"$tree/$1"; }
expect() { # expect SOURCE_DIR WHAT TEXT: the output has TEXT, or nothing where TEXT is empty
  local said
  said=$("$1/scripts/rooms.py" "$tree" 2>&1) || true
  if [ -n "$3" ] && [[ "$said" != *"$3"* ]]; then echo "$2: not found, rooms.py printed: $said" >&2; bad=1; fi
  if [ -z "$3" ] && [ -n "$said" ]; then echo "$2: rooms.py printed: $said" >&2; bad=1; fi
}
put tracking/a.cpp '#include "imaging/frame_analysis.h"'
put apps/b.cpp '#include <QtCore/QString>'
expect "$1" "a tree that keeps the rules" ""
put core/up.cpp '#include "tracking/a.h"'
expect "$1" "an include upwards" "core/up.cpp:1: core/ may not include tracking/"
rm "$tree/core/up.cpp"
put tracking/door.cpp '#include "imaging/needle/needle_shaft.h"'
expect "$1" "a header that is not a door" "tracking/door.cpp:1: \"imaging/needle/needle_shaft.h\" is not a door of imaging/"
rm "$tree/tracking/door.cpp"
put tracking/qt.cpp '#include <QtCore/QString>'
expect "$1" "Qt in a room that must not know it" "tracking/qt.cpp:1: <QtCore/QString> is not for tracking/"
rm "$tree/tracking/qt.cpp"
put ui/itk.cpp '#include <itkImage.h>'
expect "$1" "ITK" "ui/itk.cpp:1: <itkImage.h> is not for ui/"
rm "$tree/ui/itk.cpp"
put ui/bare.cpp '#include "widget.h"'
expect "$1" "a path that names no room" "names no room"
exit $bad
