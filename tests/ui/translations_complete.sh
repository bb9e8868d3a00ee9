#!/usr/bin/env bash
# Every string of the program has its word in every language. usage: translations_complete.sh SOURCE_DIR SCRATCH_DIR
set -euo pipefail
rm -rf "$2" && mkdir -p "$2"
cp "$1"/ui/translations/*.ts "$2"
"$1/scripts/translations" "$2" 2>/dev/null
bad=0
for words in "$2"/*.ts; do
  if grep -B2 'type="unfinished"' "$words" | grep '<source>'; then
    echo "^ not translated in $(basename "$words"); run scripts/translations, then fill it in" >&2
    bad=1
  fi
done
[ "$(grep -c '<source>' "$2"/acuguide_ko.ts)" -gt 200 ] || { echo "lupdate found hardly any string" >&2; bad=1; }
exit $bad
