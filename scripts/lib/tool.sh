# Sourced by the scripts that run a tool: builds what is newer than the last build, then starts a class of the tool's module.
# Help is answered at once by the last build, if there is one.

. "$project/scripts/lib/build.sh"

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

run_tool() { # module, class, the tool's arguments
  local module=$1 main=$2 progress=false columns=
  shift 2
  { asks_for_help "$@" && is_built "$module"; } || build_if_needed "$module"
  if [ -t 2 ]; then progress=true; fi
  if [ -t 1 ]; then columns=${COLUMNS:-$(stty size <&1 2>/dev/null | cut -d' ' -f2 || true)}; fi
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dupdategateway.project="$project" -Dupdategateway.progress="$progress" -Dupdategateway.columns="$columns" \
    -cp "$(echo "$project/functions/$module/target/$module"-*-SNAPSHOT.jar):$(cat "$project/functions/$module/target/classpath")" \
    "$main" "$@"
}
