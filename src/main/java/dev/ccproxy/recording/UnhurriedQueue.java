package dev.ccproxy.recording;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The work of a recorder thread, which it takes by the batch: when it has done all it rests for a moment before it looks
 * again. To wake it for each step of each exchange would take the core from the event loop just when an answer is on its
 * way. One thread takes; any may add.
 */
final class UnhurriedQueue extends LinkedBlockingQueue<Runnable> {

    private static final long serialVersionUID = 1;

    private final long restMillis;

    UnhurriedQueue(long restMillis) {
        this.restMillis = restMillis;
    }

    @Override
    public Runnable take() throws InterruptedException {
        Runnable next = poll();
        if (next != null) {
            return next;
        }
        TimeUnit.MILLISECONDS.sleep(restMillis);
        return super.take();
    }
}
