package dev.ccproxy.insight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what a text of the client is, and what to call it. */
final class PartNames {

    private static final String REMINDER = "<system-reminder>";
    private static final String ATTRIBUTION = "x-anthropic-billing-header:";
    private static final Pattern MEMORY_FILE = Pattern.compile("([\\w./~-]*(?:CLAUDE(?:\\.local)?|AGENTS)\\.md)");
    private static final Pattern LISTING = Pattern.compile(
            "(?i)\\b(?:available (?:skills|agents|agent types)|(?:skills|agents|agent types) are available)");
    private static final int MOST_LABEL_CHARS = 80;

    private PartNames() {}

    static PartKind kindOfText(String role, String text) {
        boolean clients = role.equals("system") || text.stripLeading().startsWith(REMINDER);
        if (!clients) {
            return role.equals("assistant") ? PartKind.ASSISTANT : PartKind.USER;
        }
        if (MEMORY_FILE.matcher(text).find()) {
            return PartKind.MEMORY;
        }
        return LISTING.matcher(text).find() ? PartKind.SKILLS : PartKind.REMINDER;
    }

    static String ofText(PartKind kind, String text) {
        if (kind == PartKind.MEMORY) {
            Matcher file = MEMORY_FILE.matcher(text);
            return file.find() ? line(file.group(1)) : "memory";
        }
        return line(text.strip().replace(REMINDER, ""));
    }

    static String ofSystem(String text) {
        return text.startsWith(ATTRIBUTION) ? "attribution" : line(text);
    }

    /** The first line that says something. */
    private static String line(String text) {
        String first = text.lines()
                .map(line -> line.replaceFirst("^#+\\s*", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("empty");
        return first.length() <= MOST_LABEL_CHARS ? first : first.substring(0, MOST_LABEL_CHARS - 1) + "…";
    }
}
