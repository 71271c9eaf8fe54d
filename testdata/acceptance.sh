#!/usr/bin/env bash
# Holds the record of the seed article against what a careful reader finds in it, and reads every article
# there is, when the shared folder is beside the project; says so and passes when it is not.
set -euo pipefail
shared=${1:-../shared}
if [ ! -d "$shared/acceptance" ]; then
  echo "acceptance: $shared/acceptance is not here; skipped"
  exit 0
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bin/parley read --published 2022-02-20 --format json "$shared/articles/macron-putin-2022-02-20.txt" >"$out/seed.json"
python3 "$shared/acceptance/check.py" "$shared/acceptance/macron-putin.expected.json" "$out/seed.json" --missing --floor "$(cat testdata/acceptance.floor)"
bin/parley read --format json "$shared/articles" >"$out/all.jsonl"
echo "acceptance: $(wc -l <"$out/all.jsonl") articles read"
