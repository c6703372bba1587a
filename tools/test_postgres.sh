#!/usr/bin/env bash
# A PostgreSQL for tests: its own cluster in DIRECTORY, reached by the socket there only, without fsync.
#   test_postgres.sh start DIRECTORY [NAME=VALUE...]   (with these settings; when it already runs: starts afresh)
#   test_postgres.sh follow DIRECTORY PRIMARY [NAME=VALUE...]  (a standby: a copy that follows the one in PRIMARY)
#   test_postgres.sh promote DIRECTORY         (makes a primary of a standby)
#   test_postgres.sh restart DIRECTORY         (as after a crash)
#   test_postgres.sh crash DIRECTORY           (SIGKILL for all its processes)
#   test_postgres.sh stop DIRECTORY            (removes the directory)
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

make_directory() {
  stop "$1"
  mkdir -m 755 "$1"
  [ "$(id -u)" != 0 ] || chown postgres "$1"
}

# Without fsync what is written outlives the processes, though not the machine.
start_server() {
  local directory=$1 settings="" setting
  shift
  for setting in "$@"; do settings="$settings -c $setting"; done
  as_owner "$programs/pg_ctl" -D "$directory/cluster" -l "$directory/log" -w start -o "-c listen_addresses='' \
    -c unix_socket_directories='$directory' -c fsync=off -c full_page_writes=off -c max_connections=200 \
    -c shared_buffers=64MB -c lc_messages=C $settings" >/dev/null
}

start() {
  make_directory "$1"
  as_owner "$programs/initdb" -D "$1/cluster" -U postgres -A trust --encoding=UTF8 --locale=C --no-sync >/dev/null
  start_server "$@"
  as_owner "$programs/psql" -q -h "$1" -U postgres -c "CREATE ROLE schalter LOGIN" \
    -c "CREATE DATABASE schalter OWNER schalter" >/dev/null
}

follow() {
  make_directory "$1"
  as_owner "$programs/pg_basebackup" -D "$1/cluster" -d "host=$2 user=postgres application_name=standby" \
    -X stream -c fast --write-recovery-conf --no-sync
  start_server "$1" "${@:3}"
}

promote() { as_owner "$programs/pg_ctl" -D "$1/cluster" -w promote >/dev/null; }

restart() { as_owner "$programs/pg_ctl" -D "$1/cluster" -l "$1/log" -m immediate -w restart >/dev/null; }

crash() {
  local server
  server=$(head -1 "$1/cluster/postmaster.pid")
  # shellcheck disable=SC2046
  kill -KILL "$server" $(cat "/proc/$server/task/$server/children")
  rm "$1/cluster/postmaster.pid"
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
