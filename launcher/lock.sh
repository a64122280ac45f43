# Processes and locks between launchers that run at once. Sourced by ../ccproxy.

# Prints the number of a process and when it began, such as 1234-567890, which no later process of that number can be;
# nothing when there is none.
process_identity() {
  local pid="$1" facts
  if [ -r "/proc/$pid/stat" ] && { read -r facts <"/proc/$pid/stat"; } 2>/dev/null; then
    # proc_pid_stat(5): behind the name, which may hold anything, the start is the 20th field.
    # shellcheck disable=SC2086  # Words are wanted.
    set -- ${facts##*) }
    [ "$1" = Z ] || printf '%s' "$pid-${20}"
  elif [ ! -d /proc/self ] && kill -0 "$pid" 2>/dev/null; then
    printf '%s' "$pid-$(ps -o lstart= -p "$pid" 2>/dev/null | tr -cd '0-9A-Za-z')"
  fi
}

# Whether the process of that identity still runs.
is_running() {
  [ -n "$1" ] && [ "$(process_identity "${1%%-*}")" = "$1" ]
}

# Waits until this process alone holds the lock; says $2 when that takes time. A lock is a link to no file but to its
# owner's identity, so it never exists without its owner's name. One whose owner is gone is removed under a lock of its
# own: else of two that find it so, the slower one would remove the lock that the quicker one has taken meanwhile.
take_lock() {
  local lock="$1" waiting="$2" own owner said=no
  own="$(process_identity $$)"
  until ln -s "$own" "$lock" 2>/dev/null; do
    owner="$(readlink "$lock" 2>/dev/null || true)"
    if [ "$owner" = "$own" ]; then
      return 0 # A plain return would give the status from before the trap that this may run in.
    fi
    if [ -n "$owner" ] && ! is_running "$owner"; then
      take_lock "$lock.breaking" "$waiting"
      [ "$(readlink "$lock" 2>/dev/null || true)" != "$owner" ] || rm -f "$lock"
      give_lock "$lock.breaking"
      continue
    fi
    [ "$said" = yes ] || say "$waiting"
    said=yes
    sleep 0.2
  done
}

# Does nothing when this process does not hold it.
give_lock() {
  [ "$(readlink "$1" 2>/dev/null || true)" != "$(process_identity $$)" ] || rm -f "$1"
}
