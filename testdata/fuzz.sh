#!/usr/bin/env bash
# Runs every fuzz target of the module for the time given (default 5s each); stops at the first failure.
set -euo pipefail
time=${1:-5s}
for dir in $(go list -f '{{.Dir}}' ./...); do
  for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]*' "$dir"/*_test.go 2>/dev/null | awk '{print $2}'); do
    echo "fuzz ${dir##*/} $target"
    (cd "$dir" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" . >/tmp/parley-fuzz.log 2>&1) || { cat /tmp/parley-fuzz.log; exit 1; }
  done
done
