#!/usr/bin/env bash
# Installs what building and testing need and the machine lacks: Debian packages of packages.txt, node and npm when
# there is none of version 18 or newer, and the npm packages of web/ and tests/e2e/ when their lock has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

wanted=$(sed 's/#.*//' packages.txt | xargs)
if ! node_version=$(node --version 2>/dev/null) || [ "$(expr "$node_version" : 'v\([0-9]*\)')" -lt 18 ]; then
  wanted="$wanted nodejs"
fi
command -v npm >/dev/null || wanted="$wanted npm"

# Names that dpkg does not know as installed; it complains about those it has never heard of.
# shellcheck disable=SC2086
installed=$(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null | sed -n 's/ installed$//p' || true)
missing=$(comm -23 <(tr ' ' '\n' <<<"$wanted" | sort -u) <(sort -u <<<"$installed"))
if [ -n "$missing" ]; then
  echo "Installing:" $missing
  as_root apt-get update
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing
fi

for folder in web tests/e2e; do
  [ -f "$folder/package-lock.json" ] || continue
  if ! cmp -s "$folder/package-lock.json" "$folder/node_modules/.installed-lock"; then
    echo "Installing the npm packages of $folder"
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed-lock)
  fi
done
