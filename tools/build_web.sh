#!/usr/bin/env bash
# Builds web/dist. Installs the packages of web/package-lock.json first when they are not those installed last.
set -euo pipefail
cd "$(dirname "$0")/../web"
command -v node >/dev/null || { echo "node is missing: run ./do setup" >&2; exit 1; }
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json node_modules/.installed-lock
fi
node build.mjs
