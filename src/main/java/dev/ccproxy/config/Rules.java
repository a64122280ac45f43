package dev.ccproxy.config;

import java.util.ArrayList;
import java.util.List;

/** What must hold between values that are right each on their own. */
final class Rules {

    private Rules() {}

    static List<Problem> check(Values values) {
        List<Problem> problems = new ArrayList<>();
        if (!Addresses.isLoopback(values.get(Keys.SERVER_HOST))) {
            problems.add(Problem.about(
                    values.given(Keys.SERVER_HOST),
                    "everyone who reaches this address could use your credentials and read what is recorded. It needs"
                            + " access control (AUTH_ENABLED=true with AUTH_TOKEN) or a guarding reverse proxy"
                            + " (TRUST_PROXY=true), which this version does not support: use 127.0.0.1, ::1 or"
                            + " localhost"));
        }
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
        return problems;
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
