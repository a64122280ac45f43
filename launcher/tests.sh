# ./ccproxy test: installs what the tests need and runs them all. Sourced by ../ccproxy.

TEST_REPORT="$TARGET/test-report.txt"

run_tests() {
  local maven status=0
  find_jdk
  maven="$(find_maven)" || {
    explain_missing_maven
    exit 1
  }
  install_client
  require_browser
  install_sdks
  install_java_sdks
  rm -f "$TEST_REPORT"
  # Tests of a part that is missing fail instead of being skipped.
  CCPROXY_CACHE="$CACHE" "$maven" -B -f "$ROOT/pom.xml" -Dccproxy.required=true "$@" verify </dev/null || status=$?
  print_report
  exit "$status"
}

# The dashboard is tested in a real browser, which no package manager of ours brings along.
require_browser() {
  local candidate
  for candidate in "${CHROMIUM-}" chromium chromium-browser google-chrome \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
      return
    fi
  done
  fail "a Chromium is needed to test the dashboard. Install one (apt-get install chromium), or name it: CHROMIUM=/path/to/it"
}

# The real Claude Code, in the version that src/test/resources/claude-code.version names, outside of the project.
install_client() {
  local version folder
  version="$(cat "$ROOT/src/test/resources/claude-code.version")"
  folder="$CACHE/claude-$version"
  if [ -x "$folder/node_modules/.bin/claude" ]; then
    return
  fi
  command -v npm >/dev/null 2>&1 ||
    fail "npm is needed to install the Claude Code that the tests run. Install Node 20 or newer (https://nodejs.org)."
  say "Installing Claude Code $version for the tests (about 360 MB) into $folder"
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-fund --no-audit --loglevel error "@anthropic-ai/claude-code@$version" >&2 ||
    fail "Claude Code $version could not be installed into $folder"
  [ -x "$folder/node_modules/.bin/claude" ] || fail "the installation left no claude in $folder"
}

# The official client libraries, in the versions that src/test/resources/sdk-clients.versions names, outside of the project.
install_sdks() {
  local versions folder
  versions="$(cat "$ROOT/src/test/resources/sdk-clients.versions")"
  folder="$CACHE/sdks$(printf '%s' "$versions" | tr -cs 'A-Za-z0-9.' '-')"
  if [ -f "$folder/installed" ]; then
    return
  fi
  say "Installing the client libraries $versions for the tests (about 70 MB) into $folder"
  mkdir -p "$folder"
  # shellcheck disable=SC2086 # one word for each library
  npm install --prefix "$folder" --no-fund --no-audit --loglevel error $versions >&2 ||
    fail "the client libraries could not be installed into $folder"
  : >"$folder/installed"
}

# The same for Java, with what they need themselves.
install_java_sdks() {
  local versions folder maven library group artifact version
  versions="$(cat "$ROOT/src/test/resources/sdk-clients-java.versions")"
  folder="$CACHE/java-sdks-$(printf '%s' "$versions" | tr -cs 'A-Za-z0-9.' '-')"
  if [ -f "$folder/installed" ]; then
    return
  fi
  maven="$(find_maven)" || {
    explain_missing_maven
    exit 1
  }
  say "Installing the client libraries $versions for the tests (about 125 MB) into $folder"
  mkdir -p "$folder"
  {
    printf '<project><modelVersion>4.0.0</modelVersion><groupId>clients</groupId><artifactId>clients</artifactId>'
    printf '<version>1</version><packaging>pom</packaging><dependencies>'
    for library in $versions; do
      IFS=: read -r group artifact version <<<"$library"
      printf '<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>' \
        "$group" "$artifact" "$version"
    done
    printf '</dependencies></project>\n'
  } >"$folder/pom.xml"
  "$maven" -q -B -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
    "-DoutputDirectory=$folder/lib" </dev/null >&2 ||
    fail "the client libraries could not be installed into $folder"
  : >"$folder/installed"
}

print_report() {
  if [ -f "$TEST_REPORT" ]; then
    printf '\n'
    cat "$TEST_REPORT"
  else
    printf '\nNo test ran.\n'
  fi
}

# ./ccproxy docs: writes the generated documents anew, those of the settings, of translation and of the API.
write_documents() {
  local maven
  find_jdk
  build_if_needed
  maven="$(find_maven)" || {
    explain_missing_maven
    exit 1
  }
  cd "$ROOT"
  run_java docs
  "$maven" -q -B -f "$ROOT/pom.xml" -Dquick -Dccproxy.regenerate=true -Dtest=OpenApiTest test </dev/null
  say "docs/openapi.yaml"
}
