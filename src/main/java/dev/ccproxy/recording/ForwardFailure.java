package dev.ccproxy.recording;

import dev.ccproxy.exchange.ExchangeEvent;
import dev.ccproxy.exchange.ExchangeId;
import dev.ccproxy.exchange.Opened;
import dev.ccproxy.exchange.Outcome;
import dev.ccproxy.http.Redaction;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A request that the proxy could not carry to its end, as two lines of the log: one for people, one of {@code key=value}
 * for programs. The names of the second are those of the Go original.
 *
 * @param id {@code request_id}: the exchange's own id, which the API and {@code x-ccproxy-exchange-id} name too; an
 *     upstream that failed gave none
 * @param asked null when the request could not be read
 * @param bodyBytes of the request, as many as came
 * @param betas the {@code anthropic-beta} header; null where the client sent none
 * @param query of the request target, credentials redacted
 * @param cutBy {@code ctx_err}: what had ended the exchange on our own side when the upstream failed; null when nothing
 *     had
 */
record ForwardFailure(
        ExchangeId id,
        String method,
        String path,
        String detail,
        @Nullable Asked asked,
        long bodyBytes,
        @Nullable String betas,
        String query,
        long elapsedMillis,
        @Nullable Outcome cutBy) {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardFailure.class);

    private static final String UNKNOWN = "-";
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:/&=?%+@~-]+");
    private static final int MOST_VALUE_CHARS = 1_000;

    /** Whether an end is one of these; the client that leaves counts only until it was given a head. */
    static boolean isOne(Outcome outcome, boolean headSent) {
        return switch (outcome) {
            case UPSTREAM_BROKE, UPSTREAM_TIMEOUT -> true;
            case CLIENT_LEFT, CANCELLED, DRAINED -> !headSent;
            case RUNNING, COMPLETED, UPSTREAM_ERROR, REFUSED, INTERRUPTED -> false;
        };
    }

    static ForwardFailure of(
            Opened opened, @Nullable Asked asked, long bodyBytes, ExchangeEvent.Ended ended, Redaction redaction) {
        String target = redaction.target(opened.target());
        String path = Summaries.path(target);
        Outcome outcome = ended.outcome();
        return new ForwardFailure(
                opened.id(),
                opened.method(),
                path,
                ended.detail(),
                asked,
                bodyBytes,
                opened.headers().contains("anthropic-beta")
                        ? String.join(",", opened.headers().all("anthropic-beta"))
                        : null,
                target.length() == path.length() ? "" : target.substring(path.length() + 1),
                (ended.nanos() - opened.nanos()) / 1_000_000,
                outcome == Outcome.UPSTREAM_BROKE ? null : outcome);
    }

    /** A warning when the upstream is at fault, else for information: the client or the operator wanted it so. */
    void log() {
        Level level = cutBy == null || cutBy == Outcome.UPSTREAM_TIMEOUT ? Level.WARN : Level.INFO;
        LOG.atLevel(level).log("{} {} was not carried to its end: {}", method, value(path), detail);
        LOG.atLevel(level)
                .log(
                        "request_id={} model={} stream={} body_bytes={} has_thinking={} anthropic_beta={} query={}"
                                + " elapsed={}ms ctx_err={}",
                        id,
                        value(asked == null ? null : asked.model()),
                        value(asked == null ? null : asked.stream()),
                        bodyBytes,
                        value(asked == null ? null : asked.thinking()),
                        value(betas),
                        value(query),
                        elapsedMillis,
                        value(cutBy == null ? null : cutBy.word()));
    }

    /** A value that came from outside never makes a second line or a second key. */
    private static String value(@Nullable Object value) {
        String text = Objects.toString(value, UNKNOWN);
        String shown = ShortText.cut(text, MOST_VALUE_CHARS);
        return PLAIN.matcher(shown).matches() ? shown : quoted(shown);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (Character.isISOControl(character)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
