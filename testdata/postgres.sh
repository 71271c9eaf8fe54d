#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own, whose address is in PARLEY_TEST_POSTGRES, and takes the server away
# afterwards: testdata/postgres.sh go test ./internal/store/...
# A server that is not installed is installed with apt (Debian's postgresql). It listens on a socket only, keeps its data in
# a temporary folder, and runs as the user postgres where this script is run by root, which PostgreSQL refuses.
set -euo pipefail
find_bin() { command -v "$1" 2>/dev/null || ls /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -1; }
if [ -z "$(find_bin initdb)" ]; then
  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql
fi
initdb=$(find_bin initdb) pg_ctl=$(find_bin pg_ctl)
dir=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
  id postgres >/dev/null 2>&1 || useradd --system --home-dir "$dir" postgres
  chown postgres "$dir"
  as=(setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups)
fi
stop() { (cd "$dir" && "${as[@]}" "$pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1) || true; rm -rf "$dir"; }
trap stop EXIT
(
  cd "$dir"
  "${as[@]}" "$initdb" -D data -U parley -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  "${as[@]}" "$pg_ctl" -D data -l log -w -o "-k $dir -c listen_addresses= -c fsync=off -c max_connections=200" start >/dev/null || { cat log; exit 1; }
)
export PARLEY_TEST_POSTGRES="postgres://parley@/postgres?host=$dir"
"$@"
