# Sourced first by every script, in whatever shell it was called: says that it needs bash, and finds the project, also where the
# script is called through a symbolic link.

if [ -z "${BASH_VERSION-}" ]; then
  echo "$0 needs bash: run $0 or bash $0" >&2
  exit 2
fi
set +o posix
set -euo pipefail
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
