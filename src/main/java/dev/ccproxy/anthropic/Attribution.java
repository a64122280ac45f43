package dev.ccproxy.anthropic;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Claude Code says about itself in its first system block, such as {@code x-anthropic-billing-header:
 * cc_version=2.1.330.5f4; cc_entrypoint=cli; cc_is_subagent=true;}.
 */
public record Attribution(
        @Nullable String version, @Nullable String entrypoint, boolean subagent) {

    private static final String MARK = "x-anthropic-billing-header:";

    /** Reads the text of a first system block; empty when it is no such line (users may switch it off). */
    static Optional<Attribution> of(String systemText) {
        if (!isOne(systemText)) {
            return Optional.empty();
        }
        String version = null;
        String entrypoint = null;
        boolean subagent = false;
        for (String pair : systemText.substring(MARK.length()).split(";", -1)) {
            int equals = pair.indexOf('=');
            String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
            switch (equals < 0 ? "" : pair.substring(0, equals).strip()) {
                case "cc_version" -> version = value;
                case "cc_entrypoint" -> entrypoint = value;
                case "cc_is_subagent" -> subagent = value.equals("true");
                default -> {
                    // The line is open: new pairs come with new releases.
                }
            }
        }
        return Optional.of(new Attribution(version, entrypoint, subagent));
    }

    static boolean isOne(String systemText) {
        return systemText.startsWith(MARK);
    }
}
