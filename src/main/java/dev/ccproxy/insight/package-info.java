/**
 * Explains exchanges: what fills the context window, what changed since the request before, why the prompt cache was not
 * read. Pure; works on bodies and numbers that others have read.
 */
@NullMarked
package dev.ccproxy.insight;

import org.jspecify.annotations.NullMarked;
