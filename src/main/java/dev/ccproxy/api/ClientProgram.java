package dev.ccproxy.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program as its {@code User-Agent} names it.
 *
 * @param name such as {@code claude-cli}
 * @param version such as {@code 2.1.330}
 * @param mode what stands in parentheses, such as {@code external, sdk-cli}; empty where nothing does
 */
record ClientProgram(String name, String version, String mode) {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_.-]+)/(\\d[A-Za-z0-9_.+-]*)(?:\\s+\\(([^)]*)\\))?.*");

    /** Empty where it names no version. */
    static Optional<ClientProgram> of(String agent) {
        Matcher matcher = FORM.matcher(agent);
        return matcher.matches()
                ? Optional.of(new ClientProgram(
                        matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3)))
                : Optional.empty();
    }
}
