package dev.ccproxy.config;

import java.util.ArrayList;
import java.util.List;

/** What must hold between values that are right each on their own. */
final class Rules {

    private Rules() {}

    static List<Problem> check(Values values) {
        List<Problem> problems = new ArrayList<>();
        access(values, problems);
        int port = values.get(Keys.SERVER_PORT);
        if (port != 0 && port == values.get(Keys.DASHBOARD_PORT)) {
            problems.add(bothSay(values, Keys.SERVER_PORT, Keys.DASHBOARD_PORT, "must differ"));
        }
        if (values.get(Keys.DRAIN_GRACE).compareTo(values.get(Keys.DRAIN_CEILING)) > 0) {
            problems.add(bothSay(
                    values, Keys.DRAIN_GRACE, Keys.DRAIN_CEILING, "the grace must not be longer than the ceiling"));
        }
        if (values.get(Keys.RECORD_MAX_BODY) > values.get(Keys.RECORD_MEMORY)) {
            problems.add(bothSay(
                    values, Keys.RECORD_MAX_BODY, Keys.RECORD_MEMORY, "one body must fit into the recorder's memory"));
        }
        new RoutingRules(values).check(problems);
        return problems;
    }

    private static void access(Values values, List<Problem> problems) {
        boolean enabled = values.get(Keys.AUTH_ENABLED);
        boolean hasToken = values.get(Keys.AUTH_TOKEN).isPresent()
                || values.get(Keys.AUTH_TOKENS).stream().anyMatch(token -> token.role() != AccessToken.Role.VIEWER);
        if (enabled && !hasToken) {
            problems.add(Problem.about(
                    values.given(Keys.AUTH_ENABLED),
                    "nobody could come in: set AUTH_TOKEN (auth.token), or a token of role proxy in auth.tokens"));
        }
        if (values.get(Keys.AUTH_TOKEN).isPresent() && !values.isGiven(Keys.AUTH_ENABLED)) {
            problems.add(Problem.about(
                    values.given(Keys.AUTH_TOKEN),
                    "the token is not asked for unless AUTH_ENABLED=true (auth.enabled); set that, or false to leave"
                            + " the token unused"));
        }
        if (!Addresses.isLoopback(values.get(Keys.SERVER_HOST)) && !enabled && !values.get(Keys.TRUST_PROXY)) {
            problems.add(Problem.about(
                    values.given(Keys.SERVER_HOST),
                    "everyone who reaches this address could send requests. Either protect it with a token"
                            + " (AUTH_ENABLED=true with AUTH_TOKEN), or put a guarding reverse proxy in front"
                            + " (TRUST_PROXY=true), or use 127.0.0.1, ::1 or localhost"));
        }
    }

    private static Problem bothSay(Values values, Key<?> left, Key<?> right, String remedy) {
        Given first = values.given(left);
        Given second = values.given(right);
        return new Problem(
                first.origin().description() + " and " + second.origin().description(),
                left.path() + " = " + left.shown(first.text()) + " and " + right.path() + " = "
                        + right.shown(second.text()),
                remedy);
    }
}
