# Sourced by scripts that build: runs Maven with its progress on a terminal, and remembers what a build was made of.

. "$project/scripts/lib/jdk.sh"

# The place of a build and the libraries it runs with, which Maven names by absolute paths.
stamp_of() { # module
  printf '%s\n' "$project"
  cksum <"$project/functions/$1/target/classpath"
}

# Whether there is a build of this very place whose libraries are all there.
is_built() { # module
  local target=$project/functions/$1/target library
  [ -f "$target/built" ] && [ -f "$target/classpath" ] && [ "$(cat "$target/built")" = "$(stamp_of "$1")" ] &&
    compgen -G "$target/$1-*-SNAPSHOT.jar" >/dev/null || return 1
  while IFS= read -r -d : library; do
    [ -r "$library" ] || return 1
  done <<<"$(cat "$target/classpath"):"
}

# Whether nothing is newer than the build.
is_current() { # module
  is_built "$1" && [ -z "$(find "$project/pom.xml" "$project"/functions/*/pom.xml "$project"/functions/*/src/main \
    -newer "$project/functions/$1/target/built" -print -quit)" ]
}

# All tools are built together, so that the next one that is used need not be.
build_if_needed() { # module
  local target=$project/functions/$1/target modules=(local operator-cli packaging) module paths=
  is_current "$1" && return
  [ "$1" != benchmarks ] || modules+=(benchmarks)
  for module in "${modules[@]}"; do
    paths+=${paths:+,}functions/$module
    # Its time is when the build began: what is changed meanwhile is newer than the build.
    { mkdir -p "$project/functions/$module/target" && : >"$project/functions/$module/target/building"; } 2>/dev/null || {
      echo "Building writes into $project/functions/$module/target, and that is not possible: make it writable, or copy the project to a folder of yours." >&2
      exit 2
    }
  done
  if [ -f "$target/built" ]; then
    run_maven "Building what has changed" -pl "$paths" -am package
  else
    run_maven "Building for the first time, which fetches libraries and takes some minutes" -pl "$paths" -am package
  fi
  for module in "${modules[@]}"; do
    target=$project/functions/$module/target
    stamp_of "$module" >"$target/built"
    touch -r "$target/building" "$target/built"
    rm "$target/building"
  done
}

run_maven() { # what it does, Maven's arguments
  local what=$1 log failed=0
  shift
  require_maven
  log=$(mktemp)
  # A process group of its own, so that all of it can be stopped.
  set -m
  (cd "$project" && exec mvn --batch-mode --no-transfer-progress -Dstyle.color=never -DskipTests -Dspotless.check.skip=true "$@") \
    >"$log" 2>&1 </dev/null &
  maven=$!
  set +m
  trap 'stop_maven 130' INT
  trap 'stop_maven 143' TERM
  trap 'stop_maven 129' HUP
  if [ -t 2 ]; then
    show_progress "$what" "$log"
  else
    echo "$what …" >&2
  fi
  wait "$maven" || failed=1
  trap - INT TERM HUP
  [ "$failed" = 0 ] || fail_with_log "$log"
  rm -f "$log"
}

stop_maven() { # exit code
  kill -- "-$maven" 2>/dev/null || true
  { wait "$maven" || true; } 2>/dev/null
  [ ! -t 2 ] || printf '\r\033[K' >&2
  exit "$1"
}

fail_with_log() { # log
  if grep -qE 'UnknownHost|Unknown host|Could not transfer|Network is unreachable|Connection (refused|timed out|reset)|offline mode' "$1"; then
    echo "Libraries cannot be fetched: Maven does not reach its repository. Is there a network? (A proxy or a mirror is named in ~/.m2/settings.xml.) Maven says:" >&2
  elif grep -qE 'Permission denied|Read-only file system|AccessDeniedException|No space left' "$1"; then
    echo "The build failed, because a folder cannot be written to. Maven says:" >&2
  else
    echo "The build failed. Maven says:" >&2
  fi
  grep -v '^\[INFO\]' "$1" >&2 || true
  rm -f "$1"
  exit 2
}

# One line, while Maven runs: which module of how many, for how long, and how long the rest may take, by the modules' sizes.
show_progress() { # what it does, log
  local begin=$SECONDS now module number all done=0 total=0 left order
  while kill -0 "$maven" 2>/dev/null; do
    now=$(sed -n 's|^\[INFO\] Building \([A-Za-z -]*\).*\[\([0-9]*\)/\([0-9]*\)\]$|\2 \3 \1|p' "$2" | tail -n 1)
    read -r number all module <<<"$now" || true
    if [ -n "${module-}" ]; then
      order=$(sed -n 's|^\[INFO\] \([A-Za-z -]*\).*\[[a-z]*\]$|\1|p' "$2")
      done=$(size_of_first "$((number - 1))" <<<"$order")
      total=$(size_of_first "$all" <<<"$order")
      left=
      if [ "$done" -gt 0 ]; then
        left=$(((SECONDS - begin) * (total - done) / done))
        left=", about $((left / 60 + 1)) min left"
      fi
      printf '\r\033[K%s: %s [%s/%s], %d s%s' "${1%%,*}" "$module" "$number" "$all" "$((SECONDS - begin))" "$left" >&2
    else
      printf '\r\033[K%s … %d s' "$1" "$((SECONDS - begin))" >&2
    fi
    sleep 1
  done
  printf '\r\033[K' >&2
}

# The size of the first modules of those whose names are read.
size_of_first() { # how many
  local name sum=0 size
  while [ "$1" -gt 0 ] && IFS= read -r name; do
    size=$(du -sk "$project/functions/$name/src" 2>/dev/null) || true
    size=${size%%[!0-9]*}
    sum=$((sum + ${size:-0}))
    set -- "$(($1 - 1))"
  done
  echo "$sum"
}
