#!/usr/bin/env bash
# Every test that docs/safety.md names exists. usage: safety_table.sh CTEST BUILD_DIR SAFETY.md
# Exit code 77 (skipped) where not all test programs are built, so that their tests cannot be listed.
set -euo pipefail
ctest=$1 build=$2 table=$3
list=$("$ctest" --test-dir "$build" -N | sed -n 's/^ *Test *#[0-9]*: //p')
if grep -q '_NOT_BUILT' <<<"$list"; then
  echo "not all test programs are built: build everything, then this can be checked"
  exit 77
fi
# The last column's names in backquotes; "*" stands for anything. Names with "/" and an ending are files.
names=$(grep -E '^\| [0-9]+ \|' "$table" | sed 's/ *|$//; s/.*|//' | grep -o '`[^`]*`' | tr -d '`' | sort -u)
[ -n "$names" ] || { echo "$table names no test" >&2; exit 1; }
missing=0
while read -r name; do
  if [[ $name == docs/* ]]; then
    [ -f "$(dirname "$table")/../$name" ] && continue
  else
    regex="^$(sed 's/[.]/\\./g; s/[*]/.*/g' <<<"$name")\$"
    grep -qE -- "$regex" <<<"$list" && continue
  fi
  echo "$table names $name, which is not there" >&2
  missing=1
done <<<"$names"
# And every hazard has one.
if grep -E '^\| [0-9]+ \|' "$table" | grep -vE '`[^`|]*` *\|$'; then
  echo "^ a hazard without a test" >&2
  missing=1
fi
exit $missing
