# ./ccproxy claude: starts the proxy or joins it, and runs Claude Code through it. Sourced by ../ccproxy.

run_claude() {
  local settings host port database status=0
  if ! command -v claude >/dev/null 2>&1; then
    say "ccproxy: claude is not on the PATH. Install Claude Code, for example: npm install -g @anthropic-ai/claude-code"
    exit 1
  fi
  find_jdk
  build_if_needed
  settings="$(run_java check-config --get server.host --get server.port --get storage.db_path)" || exit $?
  { read -r host && read -r port && read -r database; } <<EOF
$settings
EOF
  [ "$port" != 0 ] || fail "server.port is 0, any free port: claude needs a fixed one"
  case "$host" in *:*) ADDRESS="[$host]:$port" ;; *) ADDRESS="$host:$port" ;; esac
  STATE="$CACHE/proxy-$port"
  mkdir -p "$STATE/sessions"
  # From here on, whatever ends this script takes the proxy with it, unless another session uses it.
  SESSION="$STATE/sessions/$(process_identity $$)"
  : >"$SESSION"
  trap leave_proxy EXIT
  trap 'exit 130' INT
  lock_proxy
  join_or_start_proxy "$host" "$port" "$database"
  unlock_proxy
  # Ctrl-C belongs to claude alone; an empty command, unlike an ignored signal, is not inherited.
  trap : INT
  ANTHROPIC_BASE_URL="http://$ADDRESS" CLAUDE_CODE_GATEWAY_HINT_HEADERS=1 \
    NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost,::1" \
    no_proxy="${no_proxy:+$no_proxy,}127.0.0.1,localhost,::1" claude "$@" || status=$?
  exit "$status"
}

# Of sessions that begin or end at once, one starts or stops the proxy, and the others find it so.
lock_proxy() {
  take_lock "$STATE/changing.lock" "Another ./ccproxy claude is starting or stopping the proxy; waiting for it."
}

unlock_proxy() {
  give_lock "$STATE/changing.lock"
}

join_or_start_proxy() {
  local host="$1" port="$2" database="$3" log="$STATE/proxy.log" status=0
  if is_our_proxy "$host" "$port"; then
    say "ccproxy: joining the proxy at http://$ADDRESS"
    return
  fi
  # A process group of its own, so that Ctrl-C in the terminal does not reach it. Nobody balances load to it: no grace.
  set_java_flags
  add_start_cache
  set -m
  "$JAVA_HOME/bin/java" "${JAVA_FLAGS[@]}" -jar "$JAR" --server.drain.grace 0 >"$log" 2>&1 </dev/null &
  set +m
  local pid=$!
  process_identity "$pid" >"$STATE/process"
  if ! wait_until_ready "$host" "$port" "$pid"; then
    wait "$pid" || status=$?
    rm -f "$STATE/process"
    if is_our_proxy "$host" "$port"; then # Another ./ccproxy was quicker.
      say "ccproxy: joining the proxy at http://$ADDRESS"
      return
    fi
    say "ccproxy: the proxy did not start:"
    tail -n 20 "$log" >&2
    exit "$status"
  fi
  case "$database" in /*) ;; *) database="$PWD/$database" ;; esac
  say "ccproxy: proxy at http://$ADDRESS, recording to $database (log: $log)"
}

wait_until_ready() {
  local host="$1" port="$2" pid="$3" tries=0
  until http_get "$host" "$port" /readyz | grep -q '^HTTP/1.1 200'; do
    tries=$((tries + 1))
    if ! kill -0 "$pid" 2>/dev/null; then
      return 1
    fi
    if [ "$tries" -ge 300 ]; then
      kill "$pid" 2>/dev/null || true
      return 1
    fi
    sleep 0.1
  done
  kill -0 "$pid" 2>/dev/null
}

is_our_proxy() {
  http_get "$1" "$2" /livez | grep -q '"recording"'
}

# Prints the answer to a GET request, without any program that might not be installed.
http_get() {
  local host="$1" port="$2" path="$3" line
  (
    exec 3<>"/dev/tcp/$host/$port" || exit 0
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$ADDRESS" >&3
    while IFS= read -r -t 5 line <&3 || [ -n "$line" ]; do
      printf '%s\n' "$line"
      line=""
    done
  ) 2>/dev/null || true
}

# The last session that leaves stops the proxy, if one of them started it.
leave_proxy() {
  # A second Ctrl-C must not leave the proxy behind.
  trap '' INT
  rm -f "$SESSION"
  lock_proxy
  stop_unused_proxy
  unlock_proxy
}

stop_unused_proxy() {
  local session process tries=0
  for session in "$STATE/sessions"/*; do
    [ -e "$session" ] || continue
    if is_running "${session##*/}"; then
      return 0
    fi
    rm -f "$session"
  done
  process="$(cat "$STATE/process" 2>/dev/null || true)"
  rm -f "$STATE/process"
  # Of a proxy that died, the number may be another's by now.
  is_running "$process" || return 0
  # What is in flight may finish. Not SIGINT: a shell in the background has it ignored, and its children inherit that.
  kill -TERM "${process%%-*}" 2>/dev/null || return 0
  while is_running "$process"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 100 ]; then
      say "ccproxy: the proxy (process ${process%%-*}) still finishes what is in flight and then stops; log: $STATE/proxy.log"
      return 0
    fi
    sleep 0.1
  done
}
