package dev.ccproxy.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ccproxy.app.LauncherBench.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code launcher/lock.sh}, between processes. */
class LauncherLockTest {

    @TempDir
    private Path directory;

    private LauncherBench bench;

    @BeforeEach
    void prepare() throws Exception {
        bench = new LauncherBench(directory.toRealPath());
    }

    /** Each round begins with a lock whose owner is gone: that several find it so must not let two of them in. */
    @Test
    void neverTwoHoldALockWhoseOwnerIsGone() throws Exception {
        Ended ended = run("""
                worker() {
                  "$BASH" "$0" worker
                }
                if [ "${1-}" = worker ]; then
                  take_lock held waiting 2>/dev/null
                  mkdir inside || echo "two are inside"
                  sleep 0.02
                  rm -r inside
                  give_lock held
                  exit
                fi
                for round in 1 2; do
                  ln -s 999999999-1 held
                  for one in 1 2 3 4; do worker & done
                  wait
                  [ ! -L held ] || echo "left behind"
                done
                echo done
                """);

        assertThat(ended.output()).as(ended.errors()).isEqualTo("done\n");
    }

    @Test
    void aLockIsWaitedForAndSaysSo() throws Exception {
        Ended ended = run("""
                ln -s "$(process_identity $$)" held
                (
                  sleep 0.5
                  rm held
                ) &
                "$BASH" -c '. "$1"; say() { echo "$@"; }; take_lock held "another is at it"; give_lock held' - "%s/launcher/lock.sh"
                [ ! -L held ] && echo free
                """.formatted(bench.root()));

        assertThat(ended.output()).as(ended.errors()).isEqualTo("another is at it\nfree\n");
    }

    @Test
    void whoeverBreaksALockAndDiesThereHoldsNobodyUp() throws Exception {
        Ended ended = run("""
                ln -s 999999999-1 held
                ln -s 999999999-2 held.breaking
                take_lock held waiting
                give_lock held
                ls_left="$(find . -name 'held*')"
                echo "left:$ls_left"
                """);

        assertThat(ended.output()).as(ended.errors()).isEqualTo("left:\n");
    }

    private Ended run(String script) throws Exception {
        String head = """
                #!/usr/bin/env bash
                set -euo pipefail
                say() { printf '%%s\\n' "$*" >&2; }
                . "%s/launcher/lock.sh"
                """.formatted(bench.root());
        Files.writeString(bench.root().resolve("locks"), head + script);
        assertThat(bench.root().resolve("locks").toFile().setExecutable(true)).isTrue();
        return bench.runScript("locks");
    }
}
