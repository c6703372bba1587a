#!/usr/bin/env bash
# Everything a developer does here. ./do help lists it.
set -euo pipefail
cd "$(dirname "$0")"
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

setup()  { tools/setup.sh; }  ## setup: install what is missing
web()    { tools/build_web.sh; }  ## web: styles, islands and icons into web/dist
build()  { cmake --preset "${1:-dev}" >/dev/null && cmake --build --preset "${1:-dev}" "${@:2}"; }  ## build [PRESET]: dev, sanitize or release
unit()   { build "${1:-dev}" && ctest --preset "${1:-dev}" -j2 -L unit "${@:2}"; }  ## unit [PRESET]: unit and room tests
test()   { setup && build sanitize && build release && all_tests "$@"; }  ## test: everything, browser and PostgreSQL included
all_tests() { mkdir -p build/all && printf 'subdirs("%s" "%s")\n' "$PWD/build/sanitize" "$PWD/build/release" > build/all/CTestTestfile.cmake && ctest --test-dir build/all --output-on-failure -j2 "$@"; }
run()    { setup && build release >&2 && exec build/release/schalter demo "$@"; }  ## run: the demo canton on http://localhost:8080
bench()  { setup >&2 && build release >&2 && exec bench/bench.py "$@"; }  ## bench [NAME...] [--json]: figures and ratios
soak()   { setup && build release && SCHALTER_SOAK_MINUTES="${1:-30}" node --test tests/e2e/chaos.test.mjs; }  ## soak [MINUTES]: the chaos test for 30 minutes, with a summary
fuzz()   { cmake --preset fuzz >/dev/null && for room in ${1:-$(find src -name '*_fuzz.cpp' | xargs -n1 dirname | cut -d/ -f2- | sort)}; do fuzz_room "$room" "${2:-60}" || return; done; }  ## fuzz [ROOM] [SECONDS]: feeds each room's parser (or one's: kit/json) nonsense for 60 seconds
fuzz_room() { cmake --build build/fuzz --target "${1//\//_}_fuzz" && mkdir -p "build/fuzz/corpus/$1" "tests/fuzz/$1" && "build/fuzz/${1//\//_}_fuzz" -max_total_time="$2" "build/fuzz/corpus/$1" "tests/fuzz/$1"; }
format() { git ls-files -co --exclude-standard 'src/*.[ch]pp' 'tests/*.cpp' 'bench/*.cpp' 'sandbox/*.[ch]pp' | xargs -r clang-format -i; }  ## format: apply the house's style
lint()   { git ls-files 'src/*.[ch]pp' 'tests/*.cpp' 'bench/*.cpp' 'sandbox/*.[ch]pp' | xargs clang-format --dry-run --Werror && tools/check_rooms.py && tools/check_words.py; }  ## lint: style, rooms, words
help()   { sed -n 's/^[a-z_]*() *{.*}  ## /  .\/do /p' "$0"; }  ## help: this list

"${@:-help}"
