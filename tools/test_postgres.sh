#!/usr/bin/env bash
# A PostgreSQL for tests: its own cluster in DIRECTORY, reached by the socket there only, without fsync.
#   test_postgres.sh start DIRECTORY [durable]   (again when it already runs: starts afresh)
#                                       "durable" is for measurements: what is committed is on the disk
#   test_postgres.sh stop DIRECTORY    (removes the directory)
#   test_postgres.sh run COMMAND...    (starts one, runs the command with SCHALTER_TEST_POSTGRES set, stops it)
# The tests' role owns the database and is no superuser, so that row-level security holds for it.
set -euo pipefail

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$programs" ] || { echo "PostgreSQL is not installed: apt-get install postgresql-15" >&2; exit 1; }

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi
}

stop() {
  [ -e "$1" ] || return 0
  [ ! -e "$1/cluster/postmaster.pid" ] || as_owner "$programs/pg_ctl" -D "$1/cluster" -m immediate -w stop >/dev/null || true
  rm -rf "$1"
}

start() {
  local settings="-c fsync=off -c full_page_writes=off -c shared_buffers=64MB"
  [ "${2:-}" != durable ] || settings="-c fsync=on -c synchronous_commit=on -c shared_buffers=512MB -c max_wal_size=8GB"
  stop "$1"
  mkdir -m 755 "$1"
  [ "$(id -u)" != 0 ] || chown postgres "$1"
  as_owner "$programs/initdb" -D "$1/cluster" -U postgres -A trust --encoding=UTF8 --locale=C --no-sync >/dev/null
  as_owner "$programs/pg_ctl" -D "$1/cluster" -l "$1/log" -w start -o "-c listen_addresses='' \
    -c unix_socket_directories='$1' -c max_connections=200 -c lc_messages=C $settings" >/dev/null
  as_owner "$programs/psql" -q -h "$1" -U postgres -c "CREATE ROLE schalter LOGIN" \
    -c "CREATE DATABASE schalter OWNER schalter" >/dev/null
}

run() {
  local directory status=0
  directory=$(mktemp -d /tmp/schalter-postgres-XXXXXX)
  start "$directory"
  trap "stop $directory" EXIT
  SCHALTER_TEST_POSTGRES="postgresql://schalter@/schalter?host=$directory" "$@" || status=$?
  return $status
}

"$@"
