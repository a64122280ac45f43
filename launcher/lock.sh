# Locks between launchers that run at once. Sourced by ../ccproxy.

# Waits until this process alone holds the lock, a folder of that name; says $2 when that takes time. A lock whose owner
# is gone does not count.
take_lock() {
  local folder="$1" owner said=no
  until mkdir "$folder" 2>/dev/null; do
    owner="$(cat "$folder/pid" 2>/dev/null || true)"
    if [ "$owner" = $$ ]; then
      return 0 # A plain return would give the status from before the trap that this may run in.
    fi
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$folder"
      continue
    fi
    [ "$said" = yes ] || say "$2"
    said=yes
    sleep 0.2
  done
  echo $$ >"$folder/pid"
}

give_lock() {
  rm -rf "$1"
}
