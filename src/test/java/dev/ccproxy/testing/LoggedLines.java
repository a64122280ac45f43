package dev.ccproxy.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class logs while this is open, each line as {@code LEVEL message}. Safe for all threads. */
public final class LoggedLines implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    };

    private LoggedLines(Logger logger) {
        this.logger = logger;
    }

    /** Listens to the logger of that name, such as {@code dev.ccproxy.app.Main}. */
    public static LoggedLines of(String name) {
        LoggedLines lines = new LoggedLines((Logger) LoggerFactory.getLogger(name));
        lines.appender.start();
        lines.logger.addAppender(lines.appender);
        return lines;
    }

    public List<String> all() {
        return List.copyOf(lines);
    }

    /** Waits for a line that holds this text. */
    public String await(String text) {
        return Patience.untilPasses(() -> lines.stream()
                .filter(line -> line.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + text + " in " + lines)));
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
    }
}
