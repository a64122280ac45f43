package dev.ccproxy.translate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a Claude model says about how it thinks. Models before 3.7 do not; since 4.7 they take an effort and
 * refuse a budget; 3.5 and older are the only names in which the version stands before the family's name.
 */
record ClaudeTraits(boolean thinks, boolean byEffort) {

    private static final Pattern NAME = Pattern.compile("claude-[a-z]+-(\\d{1,2})(?:-(\\d{1,2}))?(?:\\D.*)?");
    private static final Pattern OLDER_NAME = Pattern.compile("claude-(?:2|instant|3)(?:[-.](\\d))?(?:\\D.*)?");

    static ClaudeTraits of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        Matcher older = OLDER_NAME.matcher(name);
        if (older.matches()) {
            return new ClaudeTraits("7".equals(older.group(1)), false);
        }
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return new ClaudeTraits(true, false);
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return new ClaudeTraits(true, major > 4 || (major == 4 && minor >= 7));
    }
}
