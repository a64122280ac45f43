package dev.ccproxy.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs work that says nothing while it lasts, and shows from outside how far it is. */
final class Attended {

    private static final long LOOK_MILLIS = 100;

    private final ProgressLine line;

    Attended(Surroundings surroundings) {
        this.line = new ProgressLine(surroundings, System::nanoTime);
    }

    /** Returns when the work is done; what it throws comes through. */
    void run(Runnable work, Consumer<ProgressLine> look) throws InterruptedException {
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                work, task -> Thread.ofPlatform().name("db").daemon(true).start(task));
        while (true) {
            try {
                done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                line.clear();
                return;
            } catch (TimeoutException working) {
                look.accept(line);
            } catch (ExecutionException failed) {
                line.clear();
                throw failed.getCause() instanceof RuntimeException cause ? cause : new CompletionException(failed);
            }
        }
    }
}
