package dev.ccproxy.client;

import dev.ccproxy.testing.MessageHead;
import dev.ccproxy.testing.RawTap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The requests of a run in a form in which two runs are equal: without {@code Host}, and with the ids that the client
 * draws at random replaced by the order in which they first appear.
 */
final class SentRequests {

    /** Ids of agents, of background tasks, of the device; times in results. */
    private static final Pattern RANDOM =
            Pattern.compile("\\ba[0-9a-f]{16}\\b|\\b[0-9a-f]{64}\\b|duration_ms(?:: ?|>)\\d+");

    private SentRequests() {}

    static List<String> of(ClientRun run) {
        return of(run.before());
    }

    static List<String> of(List<RawTap.Seen> seen) {
        Map<String, String> names = new HashMap<>();
        return seen.stream()
                .map(RawTap.Seen::request)
                .map(request -> text(request, names))
                .toList();
    }

    private static String text(RawTap.Message request, Map<String, String> names) {
        String whole = head(request.head()) + "\n" + request.body().utf8();
        return RANDOM.matcher(whole).replaceAll(match -> name(match, names));
    }

    private static String name(MatchResult match, Map<String, String> names) {
        if (match.group().startsWith("duration_ms")) {
            return "duration_ms some";
        }
        return names.computeIfAbsent(match.group(), id -> "random-" + names.size());
    }

    private static String head(MessageHead head) {
        List<String> lines = head.lines().stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("host:"))
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .toList();
        return head.startLine() + "\n" + String.join("\n", lines);
    }
}
