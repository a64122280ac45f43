# Builds the program when it is missing or out of date. Sourced by ../ccproxy.

TARGET="$ROOT/target"
JAR="$TARGET/ccproxy.jar"
BUILD_STAMP="$TARGET/ccproxy.built"
BUILD_LOG="$TARGET/build.log"
BUILD_LOCK="$TARGET/building.lock"
START_CACHE="$TARGET/ccproxy.aot"
START_CACHE_STAMP="$TARGET/ccproxy.aot.stamp"

# Where a Maven is looked for, besides the PATH. Colon-separated.
MAVEN_FOLDERS="${CCPROXY_MAVEN_FOLDERS-$HOME/.sdkman/candidates/maven/current:/opt/maven:/opt/apache-maven:/usr/share/maven:/opt/homebrew:/usr/local}"

build_if_needed() {
  if is_built && is_trained; then
    return
  fi
  mkdir -p "$TARGET"
  lock_build
  is_built || build
  is_trained || train_start_cache
  unlock_build
}

# The jar belongs to the state too: somebody may have built it with Maven from other sources.
is_built() {
  [ -f "$JAR" ] && [ -f "$BUILD_STAMP" ] && [ "$(cat "$BUILD_STAMP")" = "$(source_state) $(cksum <"$JAR")" ]
}

# Prints one line that changes with the name or content of any source file.
source_state() (
  cd "$ROOT"
  set -- pom.xml src/main
  [ ! -d dashboard ] || set -- "$@" dashboard
  find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print |
    LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum | cksum
)

build() {
  local maven state started=$SECONDS
  maven="$(find_maven)" || {
    explain_missing_maven
    exit 1
  }
  if [ -f "$ROOT/dashboard/package.json" ] && [ "${CCPROXY_DASHBOARD-on}" != off ]; then
    require_node
  fi
  say "Building Claude Code Proxy; the first time, Maven and npm fetch libraries."
  state="$(source_state)"
  # Removed, not overwritten: a proxy that runs keeps the old file open and reads its classes from it.
  # And whatever happens now, no stale jar is left to run.
  rm -f "$JAR" "$BUILD_STAMP"
  set -- -Dquick -Dmaven.test.skip=true
  [ "${CCPROXY_DASHBOARD-on}" != off ] || set -- "$@" -Dui.skip
  if ! "$maven" -B -f "$ROOT/pom.xml" "$@" package 2>&1 </dev/null |
    tee "$BUILD_LOG" | show_progress; then
    say "ccproxy: the build failed."
    grep -E '^\[(ERROR|FATAL)\]' "$BUILD_LOG" | head -n 40 >&2 || tail -n 40 "$BUILD_LOG" >&2
    say "ccproxy: $BUILD_LOG has everything."
    exit 1
  fi
  printf '%s %s\n' "$state" "$(cksum <"$JAR")" >"$BUILD_STAMP"
  say "Built in $((SECONDS - started)) s."
}

# Shows on a terminal what Maven is at; elsewhere nothing.
show_progress() {
  local line step
  while IFS= read -r line; do
    case "$line" in
      "[INFO] --- "*)
        step="${line#"[INFO] --- "}"
        step="${step%% *}"
        step="${step%%:*}: ${step##*:}"
        ;;
      *"Downloaded from "*)
        step="${line%% (*}"
        step="fetched ${step##*/}"
        ;;
      "dashboard: "*) step="$line" ;;
      *) continue ;;
    esac
    if [ -t 2 ]; then printf '\r\033[K  %s' "$step" >&2; fi
  done
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
}

# Prints the path of mvn: the one on the PATH, or one in the usual places.
find_maven() {
  local home rest="${MAVEN_HOME-}:${M2_HOME-}:$MAVEN_FOLDERS:"
  if command -v mvn; then
    return
  fi
  while [ -n "$rest" ]; do
    home="${rest%%:*}"
    rest="${rest#*:}"
    if [ -n "$home" ] && [ -x "$home/bin/mvn" ]; then
      printf '%s\n' "$home/bin/mvn"
      return
    fi
  done
  return 1
}

explain_missing_maven() {
  say "ccproxy: Maven 3.8 or newer is needed to build, and no mvn was found on the PATH or in the usual places."
  say "Install it, for example"
  say "  Debian, Ubuntu   apt install maven"
  say "  macOS            brew install maven"
  say "  anywhere         sdk install maven  (https://sdkman.io)"
  say "and run this again. A Maven in another place: MAVEN_HOME=/path/to/maven ./ccproxy"
}

# The dashboard is built by the machine's own Node.
require_node() {
  local version=none
  if command -v node >/dev/null 2>&1; then
    version="$(node --version 2>/dev/null || true)"
    if node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
      >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
      return
    fi
  fi
  say "ccproxy: Node 20.19 or newer, with npm, is needed to build the dashboard; found: $version."
  say "Install it, for example"
  say "  Debian, Ubuntu   apt install nodejs npm  (where that is new enough)"
  say "  macOS            brew install node"
  say "  anywhere         https://nodejs.org"
  say "and run this again. Without the dashboard: CCPROXY_DASHBOARD=off ./ccproxy"
  exit 1
}

# Two launchers at once build once.
lock_build() {
  take_lock "$BUILD_LOCK" "Another ./ccproxy is building; waiting for it."
  trap unlock_build EXIT
}

unlock_build() {
  give_lock "$BUILD_LOCK"
  trap - EXIT
}

# The JVM itself refuses a start-up cache of another jar; one of another JDK is recorded anew.
is_trained() {
  [ "${CCPROXY_START_CACHE-on}" = off ] ||
    { [ -f "$START_CACHE_STAMP" ] && [ "$(cat "$START_CACHE_STAMP")" = "$(start_cache_state)" ]; }
}

start_cache_state() {
  cat "$BUILD_STAMP" "$JAVA_HOME/release" 2>/dev/null | cksum
}

# Runs the program for a moment so that the JVM keeps its loaded classes and profiles in a file. Without it the program
# starts a little slower; so a failure is no reason to stop, nor to try again at each start.
train_start_cache() {
  local JAVA_OPTS="" CCPROXY_JAVA_OPTS=""
  say "Recording the start-up cache."
  set_java_flags
  rm -f "$START_CACHE" "$START_CACHE.new"
  if (cd "$TARGET" && "$JAVA_HOME/bin/java" "${JAVA_FLAGS[@]}" "-XX:AOTCacheOutput=$START_CACHE.new" \
    -jar "$JAR" train) >>"$BUILD_LOG" 2>&1 </dev/null && [ -f "$START_CACHE.new" ]; then
    mv "$START_CACHE.new" "$START_CACHE"
  else
    say "It could not be recorded ($BUILD_LOG says why); the program works without it."
  fi
  start_cache_state >"$START_CACHE_STAMP"
}

# Adds the start-up cache to JAVA_FLAGS. One that does not fit, because of other JVM options say, is ignored in silence.
add_start_cache() {
  if [ -f "$START_CACHE" ] && [ "${CCPROXY_START_CACHE-on}" != off ]; then
    JAVA_FLAGS+=("-XX:AOTCache=$START_CACHE" "-Xlog:aot*=off" "-Xlog:cds*=off")
  fi
}
