package dev.ccproxy.anthropic;

import dev.ccproxy.http.Header;
import dev.ccproxy.http.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the limits that an answer's head tells of. Names are an open list: whatever begins with {@code anthropic-ratelimit-}
 * and ends with a known word is a limit; the rest is detail of the limit whose name it begins with. Values that make no
 * sense say nothing.
 */
public final class RateLimits {

    private static final String PREFIX = "anthropic-ratelimit-";
    private static final String PLAN = "unified";
    private static final int MOST_LIMITS = 32;
    private static final int MOST_TEXT_CHARS = 120;

    private RateLimits() {}

    /** The limits by name; none where the head has no such lines. */
    public static List<RateLimit> of(Headers headers) {
        Map<String, Told> told = new TreeMap<>();
        List<Header> rest = new ArrayList<>();
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX) && !header.value().isBlank()) {
                Header line = new Header(
                        name.substring(PREFIX.length()), header.value().strip());
                if (!take(line, told)) {
                    rest.add(line);
                }
            }
        }
        rest.forEach(line -> addDetail(line, told));
        return told.entrySet().stream()
                .map(entry -> entry.getValue().limit(entry.getKey()))
                .toList();
    }

    private static boolean take(Header line, Map<String, Told> told) {
        int dash = line.name().lastIndexOf('-');
        if (dash < 0) {
            return false;
        }
        String name = line.name().substring(0, dash);
        return switch (line.name().substring(dash + 1)) {
            case "status" -> set(told, name, limit -> limit.status = shortened(line.value()));
            case "limit" -> set(told, name, limit -> limit.limit = whole(line.value()));
            case "remaining" -> set(told, name, limit -> limit.remaining = whole(line.value()));
            case "utilization" -> set(told, name, limit -> limit.utilization = share(line.value()));
            case "reset" -> set(told, name, limit -> limit.resetsAt = time(line.value()));
            default -> false;
        };
    }

    private static boolean set(Map<String, Told> told, String name, Consumer<Told> change) {
        Told limit = told.get(name);
        if (limit == null && told.size() < MOST_LIMITS) {
            limit = new Told();
            told.put(name, limit);
        }
        if (limit != null) {
            change.accept(limit);
        }
        return true;
    }

    private static void addDetail(Header line, Map<String, Told> told) {
        String owner = told.keySet().stream()
                .filter(name -> line.name().startsWith(name + "-"))
                .reduce((one, other) -> other.length() > one.length() ? other : one)
                .orElse(line.name().startsWith(PLAN + "-") ? PLAN : null);
        if (owner != null) {
            String detail = line.name().substring(owner.length() + 1) + ": " + line.value();
            set(told, owner, limit -> limit.add(detail));
        }
    }

    private static final class Told {
        private @Nullable String status;
        private @Nullable Long limit;
        private @Nullable Long remaining;
        private @Nullable Double utilization;
        private @Nullable Instant resetsAt;
        private @Nullable String detail;

        void add(String more) {
            detail = shortened(detail == null ? more : detail + ", " + more);
        }

        RateLimit limit(String name) {
            return new RateLimit(name, status, limit, remaining, utilization, resetsAt, detail);
        }
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT_CHARS ? text : text.substring(0, MOST_TEXT_CHARS);
    }

    private static @Nullable Long whole(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private static @Nullable Double share(String text) {
        try {
            double share = Double.parseDouble(text);
            return Double.isFinite(share) && share >= 0 ? share : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /** Limits of plans tell seconds since 1970, the others RFC 3339. */
    private static @Nullable Instant time(String text) {
        return Optional.ofNullable(whole(text)).map(RateLimits::ofSeconds).orElseGet(() -> parsed(text));
    }

    private static @Nullable Instant ofSeconds(long seconds) {
        return seconds > 0 && seconds < 100_000_000_000L ? Instant.ofEpochSecond(seconds) : null;
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noTime) {
            return null;
        }
    }
}
