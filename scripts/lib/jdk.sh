# Sourced by the scripts: exports JAVA_HOME of a JDK 25, or says what to install and exits 2.

is_jdk_25() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$1/release"
}

find_jdk_25() {
  local home java
  if [ -n "${JAVA_HOME-}" ] && is_jdk_25 "$JAVA_HOME"; then
    echo "$JAVA_HOME"
    return
  fi
  if java=$(command -v java); then
    while [ -L "$java" ]; do
      home=$(readlink "$java")
      case $home in /*) java=$home ;; *) java=$(dirname "$java")/$home ;; esac
    done
    home=$(cd "$(dirname "$java")/.." && pwd)
    if is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  fi
  for home in "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  done
  return 1
}

if ! JAVA_HOME=$(find_jdk_25); then
  cat >&2 <<'TEXT'
No JDK 25 was found in JAVA_HOME, on the PATH, in the usual JVM folders or in SDKMAN.
Install one, for example with `sdk install java 25-tem`, `brew install temurin@25` or `apt install temurin-25-jdk`
(https://adoptium.net), or set JAVA_HOME to where it is.
TEXT
  exit 2
fi
export JAVA_HOME

require_maven() {
  command -v mvn >/dev/null && return
  echo "Maven 3.8 or later is needed to build: install it (https://maven.apache.org/install.html) and put mvn on the PATH." >&2
  exit 2
}
