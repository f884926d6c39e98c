# Sourced by the scripts that run the room `local`: builds what is newer than the last build, then starts a class of it.
# Who asks for help gets that of the last build at once, if there was one.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$project/scripts/lib/jdk.sh"

build_local() {
  local target=$project/functions/local/target stamp=$project/functions/local/target/built log
  if [ -f "$stamp" ] && [ -f "$target/classpath" ] && [ -z "$(find "$project/pom.xml" "$project"/functions/*/pom.xml \
    "$project"/functions/*/src/main -newer "$stamp" -print -quit)" ]; then
    return
  fi
  require_maven
  echo "Building (the first time it fetches libraries, which takes some minutes) …" >&2
  log=$(mktemp)
  if ! (cd "$project" && mvn --batch-mode --no-transfer-progress --quiet -DskipTests -Dspotless.check.skip=true \
    -pl functions/local -am package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "The build failed; what it says is above." >&2
    exit 2
  fi
  rm -f "$log"
  touch "$stamp"
}

asks_for_help() {
  local argument
  for argument in "$@"; do
    case $argument in
      -h | --help | -V | --version) return 0 ;;
      --) return 1 ;;
    esac
  done
  return 1
}

is_built() {
  [ -f "$project/functions/local/target/built" ] && [ -f "$project/functions/local/target/classpath" ] &&
    compgen -G "$project/functions/local/target/local-*-SNAPSHOT.jar" >/dev/null
}

run_local() {
  local main=$1 progress=false
  shift
  { asks_for_help "$@" && is_built; } || build_local
  if [ -t 2 ]; then progress=true; fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dupdategateway.project="$project" -Dupdategateway.progress="$progress" \
    -cp "$(echo "$project"/functions/local/target/local-*-SNAPSHOT.jar):$(cat "$project/functions/local/target/classpath")" \
    "$main" "$@"
}
