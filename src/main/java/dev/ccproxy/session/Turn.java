package dev.ccproxy.session;

import org.jspecify.annotations.Nullable;

/**
 * A user prompt, which stands for everything that it causes.
 *
 * @param number from 1
 * @param promptId the client's own id of the prompt; null where it sends none
 * @param prompt the first 400 characters; null where they are not known
 */
public record Turn(
        int number, @Nullable String promptId, @Nullable String prompt) {}
