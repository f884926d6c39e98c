#!/usr/bin/env bash
# Builds the peers into FOLDER: build.sh FOLDER. A peer whose language is not installed is left out, and its reason printed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
to=$(cd "$1" && pwd)

# Copies a peer's sources; fails if it is built already from the same ones.
prepare() {
  if [ -f "$to/$1/built" ] && diff -rq "$here/$1" "$to/$1/source" >/dev/null; then return 1; fi
  rm -rf "${to:?}/$1"
  mkdir -p "$to/$1"
  cp -r "$here/$1" "$to/$1/source"
  echo "Building the peer in $1 …" >&2
}

missing() { echo "The peer in $1 is left out: $2." >&2; }

if ! command -v go >/dev/null; then
  missing go "go is not installed (https://go.dev/dl)"
elif prepare go; then
  (cd "$to/go/source" && CGO_ENABLED=0 go build -trimpath -tags lambda.norpc -ldflags='-s -w' -o ../bootstrap .)
  touch "$to/go/built"
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  missing node "node and npm are not installed (https://nodejs.org)"
elif prepare node; then
  cp "$to/node/source"/* "$to/node/"
  (cd "$to/node" && npm ci --silent --no-fund --no-audit && npm run --silent build -- --log-level=warning)
  touch "$to/node/built"
fi

if ! command -v python3 >/dev/null || ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  missing python "python3 with venv is not installed (https://www.python.org)"
elif prepare python; then
  python3 -m venv "$to/python/venv"
  "$to/python/venv/bin/pip" install --quiet --disable-pip-version-check -r "$to/python/source/requirements.txt"
  cp "$to/python/source/handler.py" "$to/python/"
  touch "$to/python/built"
fi
