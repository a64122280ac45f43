# Finds a JDK and starts the program. Sourced by ../ccproxy.

NEEDED_JAVA=25

# Folders whose sub-folders are looked at, besides JAVA_HOME and the PATH. Colon-separated.
JDK_FOLDERS="${CCPROXY_JDK_FOLDERS-/usr/lib/jvm:/usr/java:/opt:/opt/java:$HOME/.sdkman/candidates/java:$HOME/.jdks:$HOME/.local/share/mise/installs/java:$HOME/.asdf/installs/java:/Library/Java/JavaVirtualMachines:$HOME/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt}"

# Prints the major version of the Java in a folder, such as 25; nothing when there is none.
java_major() {
  local version=""
  [ -x "$1/bin/java" ] || return 0
  if [ -f "$1/release" ]; then
    version="$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release")"
  fi
  if [ -z "$version" ]; then
    version="$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)" || true
  fi
  printf '%s' "$version"
}

is_usable_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local major
  major="$(java_major "$1")"
  [ -n "$major" ] && [ "$major" -ge "$NEEDED_JAVA" ]
}

# Prints the home of the java on the PATH, links resolved.
java_home_on_path() {
  local java link
  java="$(command -v java 2>/dev/null)" || return 0
  while [ -L "$java" ]; do
    link="$(readlink "$java")"
    case "$link" in
      /*) java="$link" ;;
      *) java="$(dirname "$java")/$link" ;;
    esac
  done
  (cd "$(dirname "$java")/.." && pwd -P)
}

jdk_candidates() {
  local folder rest
  printf '%s\n' "${JAVA_HOME-}"
  java_home_on_path
  rest="$JDK_FOLDERS:"
  while [ -n "$rest" ]; do
    folder="${rest%%:*}"
    rest="${rest#*:}"
    [ -d "$folder" ] || continue
    printf '%s\n' "$folder"/*/ "$folder"/*/Contents/Home "$folder"/*/libexec/openjdk.jdk/Contents/Home
  done
}

# Sets and exports JAVA_HOME to a JDK that is new enough, or says how to get one.
find_jdk() {
  local candidate
  while IFS= read -r candidate; do
    candidate="${candidate%/}"
    if is_usable_jdk "$candidate"; then
      export JAVA_HOME="$candidate"
      return
    fi
  done <<EOF
$(jdk_candidates)
EOF
  explain_missing_jdk
  exit 1
}

explain_missing_jdk() {
  local on_path
  on_path="$(java_home_on_path)"
  say "ccproxy: JDK $NEEDED_JAVA or newer is needed, and none was found."
  if [ -n "${JAVA_HOME-}" ]; then
    say "  JAVA_HOME   $JAVA_HOME (Java $(or_none "$(java_major "$JAVA_HOME")"))"
  else
    say "  JAVA_HOME   not set"
  fi
  if [ -n "$on_path" ]; then
    say "  PATH        $on_path (Java $(or_none "$(java_major "$on_path")"))"
  else
    say "  PATH        no java"
  fi
  say "  also        $JDK_FOLDERS"
  say "Install one, for example"
  say "  Debian, Ubuntu   apt install openjdk-$NEEDED_JAVA-jdk, or Temurin from https://adoptium.net"
  say "  macOS            brew install openjdk@$NEEDED_JAVA"
  say "  anywhere         sdk install java $NEEDED_JAVA-tem  (https://sdkman.io)"
  say "and run this again. A JDK in another place: JAVA_HOME=/path/to/jdk ./ccproxy"
}

or_none() {
  printf '%s' "${1:-none}"
}

# Sets JAVA_FLAGS: small heap and quick start; options of JAVA_OPTS and CCPROXY_JAVA_OPTS come last, so they win.
# docs/adr/0007-memory.md has the measurements behind the numbers.
set_java_flags() {
  local own="${JAVA_OPTS-} ${CCPROXY_JAVA_OPTS-}"
  # glibc would give each thread that allocates an arena of its own, and never give it back.
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX-2}"
  JAVA_FLAGS=(-Xms128m -Xmn96m -Xmx256m -XX:SurvivorRatio=2 -XX:-ShrinkHeapInSteps -XX:MinHeapFreeRatio=10
    -XX:MaxHeapFreeRatio=30 -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  case "$own" in
    *-XX:+Use*GC*) ;; # The JVM refuses two collectors.
    *) JAVA_FLAGS+=(-XX:+UseSerialGC) ;;
  esac
  # shellcheck disable=SC2206  # Words are wanted.
  JAVA_FLAGS+=($own)
}

# Runs the program in place of this script, so that signals and exit codes pass.
exec_java() {
  set_java_flags
  add_start_cache
  exec "$JAVA_HOME/bin/java" "${JAVA_FLAGS[@]}" -jar "$JAR" "$@"
}

run_java() {
  set_java_flags
  add_start_cache
  "$JAVA_HOME/bin/java" "${JAVA_FLAGS[@]}" -jar "$JAR" "$@"
}
