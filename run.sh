#!/usr/bin/env bash
# Alias of ./ccproxy.
exec "$(dirname "${BASH_SOURCE[0]}")/ccproxy" "$@"
